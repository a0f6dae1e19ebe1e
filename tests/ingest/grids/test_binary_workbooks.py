"""Workbooks in records (xlsb, BIFF5): written here byte by byte, since no library writes what they must show."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from pyxlsbwriter import XlsbWriter
from xlwt.CompoundDoc import XlsDoc

from ingest.grids import EncryptedError


def record(kind: int, *fields: bytes) -> bytes:
    """An xlsb record: kind and size seven bits to a byte."""

    def packed(number: int) -> bytes:
        return bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80]) + packed(number >> 7)

    data = b"".join(fields)
    return packed(kind) + packed(len(data)) + data


def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, style), value)


def row(number: int, *, hidden: bool = False) -> bytes:
    flags = bytes([0, 0x10 if hidden else 0, 0])
    return record(0, struct.pack("<IIH", number, 0, 300), flags, struct.pack("<I", 0))


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path) -> bytes:
    """A workbook of which the sheet and the styles are our own."""
    with XlsbWriter(str(path)) as book:
        book.add_sheet("一表")
        book.write_sheet([["x"]])
        book.add_sheet("底稿", hidden=True)
        book.write_sheet([["x"]])
    sheet = b"".join([
        record(129), record(148, struct.pack("<4I", 0, 2, 0, 2)),
        record(390), record(60, struct.pack("<4IH", 2, 2, 2304, 0, 1)), record(391), record(145),
        row(0), cell(6, 0, 0, wide("标题")),
        row(1), cell(5, 0, 1, struct.pack("<d", 4.958)), cell(5, 1, 2, struct.pack("<d", 0.049)),
        cell(3, 2, 0, b"\x07"),
        row(2, hidden=True), cell(2, 0, 0, struct.pack("<I", 7 << 2 | 2)),
        cell(11, 1, 0, b"\x17" + bytes(14)), record(146),
        record(177, struct.pack("<I", 1)), record(176, struct.pack("<4I", 0, 0, 0, 2)), record(178), record(130),
    ])  # fmt: skip
    xf = b"".join(record(47, struct.pack("<HH12x", 0, number)) for number in (0, 164, 10))
    styles = b"".join([
        record(278), record(615, struct.pack("<I", 1)), record(44, struct.pack("<H", 164), wide("0.0_ ")), record(616),
        record(617, struct.pack("<I", 3)), xf, record(618), record(279),
    ])  # fmt: skip
    target = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            own = {"xl/worksheets/sheet1.bin": sheet, "xl/styles.bin": styles}.get(name)
            new.writestr(name, own if own is not None else old.read(name))
    return target.getvalue()


def test_a_binary_workbook_keeps_what_it_shows_beside_what_it_stores(tmp_path: Path, opened) -> None:
    file = opened(xlsb(tmp_path / "a.xlsb"))
    grid = file.grids[0]
    assert [(g.name, g.is_visible) for g in file.grids] == [("一表", True), ("底稿", False)]
    assert [(c.address, c.text, c.number, c.decimals) for c in grid.cells()] == [
        ("A1", "标题", None, None), ("A2", "4.958", 4.958, 1), ("B2", "4.9%", 4.9, 2), ("C2", "#DIV/0!", None, None),
        ("A3", "7", 7.0, 0), ("B3", "#REF!", None, None),
    ]  # fmt: skip
    assert [(m.top, m.left, m.bottom, m.right) for m in grid.merges] == [(0, 0, 0, 2)]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2})


def biff(kind: int, *fields: bytes) -> bytes:
    data = b"".join(fields)
    return struct.pack("<HH", kind, len(data)) + data


def short(text: str) -> bytes:
    encoded = text.encode("gbk")
    return bytes([len(encoded)]) + encoded


def excel_95(*more: bytes) -> bytes:
    """A workbook of Excel 5/95, code page 936, in its compound file."""
    title = "北关区".encode("gbk")
    sheet = b"".join([
        biff(0x0809, struct.pack("<4H", 0x0500, 0x0010, 0x0DBB, 0x07CC)),
        biff(0x0200, struct.pack("<5H", 0, 2, 0, 3, 0)),
        biff(0x0208, struct.pack("<8H", 1, 0, 3, 255, 0, 0, 0x0120, 15)),
        biff(0x0204, struct.pack("<4H", 0, 0, 0, len(title)), title),
        biff(0x0203, struct.pack("<3Hd", 1, 0, 1, 4.958)), biff(0x027E, struct.pack("<3HI", 1, 1, 0, 7 << 2 | 2)),
        biff(0x0205, struct.pack("<3H2B", 1, 2, 0, 23, 1)), biff(0x000A),
    ])  # fmt: skip

    def head(offset: int) -> bytes:
        return b"".join([
            biff(0x0809, struct.pack("<4H", 0x0500, 0x0005, 0x0DBB, 0x07CC)), *more,
            biff(0x0042, struct.pack("<H", 936)),
            biff(0x041E, struct.pack("<H", 164), short("0.0_ ")),
            *(biff(0x00E0, struct.pack("<HH12x", 0, number)) for number in (0, 164)),
            biff(0x0085, struct.pack("<IBB", offset, 0, 0), short("一表")), biff(0x000A),
        ])  # fmt: skip

    stream = head(len(head(0))) + sheet
    target = BytesIO()
    XlsDoc().save(target, stream.ljust(4096, b"\x00"))
    old, new = (name.encode("utf-16-le").ljust(64, b"\x00") for name in ("Workbook", "Book"))
    content = target.getvalue()
    at = content.index(old)
    return content[:at] + new + struct.pack("<H", 10) + content[at + 66 :]


def test_a_workbook_of_excel_95_is_read_in_its_code_page(opened) -> None:
    grid = opened(excel_95()).grids[0]
    assert grid.name == "一表"
    assert [(c.address, c.text, c.number, c.decimals) for c in grid.cells()] == [
        ("A1", "北关区", None, None), ("A2", "4.958", 4.958, 1), ("B2", "7", 7.0, 0), ("C2", "#REF!", None, None),
    ]  # fmt: skip
    assert grid.hidden_rows == {1}


def test_an_old_workbook_with_a_password_is_named_as_such(opened) -> None:
    with pytest.raises(EncryptedError):
        opened(excel_95(biff(0x002F, bytes(6))))


def test_a_sum_of_an_old_workbook_without_a_result_is_no_gap_and_an_empty_text_is_none(opened, tmp_path: Path) -> None:
    """Xlwt cannot calculate: it saves every formula as Excel saves one whose result is an empty text."""
    uncalculated = ["A1*2", "SUM(A1:A3)", "(A1+A2)/A3", "-A1", "ROUND(A1/A2,1)", "SUM(A1,2)"]
    may_be_empty = ['IF(A1>0,1,2)&""', 'IF(A1="","",A1)', 'IF(A1>0,"请核对","")', "A1", 'A1&""', "TRIM(A1)"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("月报")
    for row, text in enumerate([*uncalculated, *may_be_empty]):
        sheet.write(row, 0, row + 1)
        sheet.write(row, 1, xlwt.Formula(text))
    book.save(str(tmp_path / "a.xls"))
    grid = opened((tmp_path / "a.xls").read_bytes()).grids[0]
    shown = [cell.text if (cell := grid.cell(row, 1)) else "" for row in range(12)]
    assert shown == ["=…"] * 6 + [""] * 6
