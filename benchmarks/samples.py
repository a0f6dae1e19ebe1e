"""One table of realistic size, written in every format that pandas reads too.

Belongs here: writing. Does not belong here: measuring (``reading.py``). The figures are made up and say nothing.
"""

from __future__ import annotations

import csv
import json
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

Row = list[str | float]
ROWS, FIGURES = 10_000, 10


def table(rows: int = ROWS) -> list[Row]:
    """A header and so many rows of a label, a month and ten figures of one or two decimals."""
    chance = random.Random(1)
    header: list[str | float] = ["地区", "时期", *(f"指标{number}" for number in range(1, FIGURES + 1))]
    body = [
        [f"第{number % 180}县", f"2023年1-{number % 12 + 1}月",
         *(round(chance.uniform(-20, 5000), 1 + number % 2) for number in range(FIGURES))]
        for number in range(rows)
    ]  # fmt: skip
    return [header, *body]


def write_xlsx(path: Path, rows: list[Row]) -> None:
    """As Excel would."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("数据")
    shown = book.add_format({"num_format": "0.0"})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, shown)
    book.close()


def write_xlsb(path: Path, rows: list[Row]) -> None:
    """As Excel would, in records. The library leaves the sheet's dimension at one cell, pyxlsb relies on it."""
    from pyxlsbwriter import XlsbWriter

    whole = path.with_suffix(".tmp")
    with XlsbWriter(str(whole)) as book:
        book.add_sheet("数据")
        book.write_sheet(rows)
    dimension = struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.bin":
                at = content.index(b"\x94\x01\x10") + 3
                content = content[:at] + dimension + content[at + 16 :]
            new.writestr(name, content)
    whole.unlink()


def write_xls(path: Path, rows: list[Row]) -> None:
    """As Excel 97 would."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))


def write_ods(path: Path, rows: list[Row]) -> None:
    """As LibreOffice would; the library for it takes a minute."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())

    def cell(value: str | float) -> str:
        kind = f'float" office:value="{value}' if isinstance(value, float) else "string"
        text = escape(str(value))
        return f'<table:table-cell office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    media = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", media, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="数据">{body}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )


def write_csv(path: Path, rows: list[Row]) -> None:
    """UTF-8 with commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_html(path: Path, rows: list[Row]) -> None:
    """A page with one table."""
    lines = ("<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>" for row in rows)
    page = f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'
    path.write_text(page, encoding="utf-8")


def write_xml(path: Path, rows: list[Row]) -> None:
    """Records whose fields are elements."""
    names = [str(name) for name in rows[0]]
    records = (
        "<row>" + "".join(f"<{name}>{escape(str(v))}</{name}>" for name, v in zip(names, row, strict=True)) + "</row>"
        for row in rows[1:]
    )
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?><data>{"".join(records)}</data>', encoding="utf-8")


def write_json(path: Path, rows: list[Row]) -> None:
    """An array of objects."""
    names = [str(name) for name in rows[0]]
    records = [dict(zip(names, row, strict=True)) for row in rows[1:]]
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")


WRITERS: dict[str, Callable[[Path, list[Row]], None]] = {
    "xlsx": write_xlsx, "xlsb": write_xlsb, "xls": write_xls, "ods": write_ods, "csv": write_csv, "html": write_html,
    "xml": write_xml, "json": write_json,
}  # fmt: skip


def write_samples(folder: Path, stem: str = "sample", rows: int = ROWS) -> dict[str, Path]:
    """The table in every format; returns the files by format."""
    lines = table(rows)
    files = {kind: folder / f"{stem}.{kind}" for kind in WRITERS}
    for kind, write in WRITERS.items():
        write(files[kind], lines)
    return files
