"""Opening files: by content, cell by cell, or with a reason that a clerk understands."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from ingest.grids import (
    EmptyError,
    EncryptedError,
    Grid,
    GridError,
    TooLargeError,
    UnreadableError,
    address,
    read_grids,
)  # fmt: skip
from ingest.grids.delimited import find_delimiter
from ingest.grids.formats import parse_number_format


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("一表")
    sheet.merge_range("A1:C1", "标题")
    sheet.write("A2", 4.958, book.add_format({"num_format": "0.0_ "}))
    sheet.write("B2", 0.049, book.add_format({"num_format": "0.0%"}))
    sheet.write("C2", 1982.188)
    sheet.write("A3", -6.2490273813242)
    sheet.write("B3", " ")
    book.add_worksheet("草稿").hide()
    book.get_worksheet_by_name("草稿").write("A1", 1)
    book.close()
    return path


def cell(grid: Grid, at: str):
    return next(c for c in grid.cells() if c.address == at)


class TestWorkbook:
    def test_keeps_hidden_sheets_and_says_that_they_are_hidden(self, tmp_path: Path) -> None:
        file = read_grids(workbook(tmp_path / "a.xlsx"))
        assert [(g.name, g.is_visible) for g in file.grids] == [("一表", True), ("草稿", False)]

    def test_knows_how_many_decimals_a_cell_shows(self, tmp_path: Path) -> None:
        grid = read_grids(workbook(tmp_path / "a.xlsx")).grids[0]
        shown = cell(grid, "A2")
        assert (shown.text, shown.number, shown.decimals) == ("4.958", 4.958, 1)
        assert cell(grid, "C2").decimals == 3
        assert cell(grid, "A3").decimals is None, "General cuts fourteen decimals to the column's width"

    def test_reads_a_percent_cell_as_the_percent_that_it_shows(self, tmp_path: Path) -> None:
        percent = cell(read_grids(workbook(tmp_path / "a.xlsx")).grids[0], "B2")
        assert (percent.text, percent.number, percent.decimals) == ("4.9%", 4.9, 1)

    def test_fills_merged_ranges_on_request_only(self, tmp_path: Path) -> None:
        grid = read_grids(workbook(tmp_path / "a.xlsx")).grids[0]
        assert grid.cell(0, 2) is None
        filled = grid.filled(0, 2)
        assert filled is not None
        assert filled.text == "标题"

    def test_does_not_trust_the_size_that_a_sheet_declares(self, tmp_path: Path) -> None:
        source, target = workbook(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name.endswith("sheet1.xml"):
                    data = data.replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1:A1"/>')
                    assert b"A1:A1" in data
                new.writestr(name, data)
        assert cell(read_grids(target).grids[0], "C2").text == "1982.188"

    def test_reads_old_xls_under_any_name(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        sheet = book.add_sheet("数据")
        sheet.write_merge(0, 0, 0, 1, "标题")
        sheet.write(1, 1, 9.7)
        book.save(str(tmp_path / "old.csv"))
        file = read_grids(tmp_path / "old.csv")
        assert file.media_type == "application/vnd.ms-excel"
        assert cell(file.grids[0], "B2").number == 9.7
        assert file.grids[0].merges[0].right == 1

    def test_shows_the_error_of_a_broken_formula_instead_of_an_empty_cell(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        book.add_worksheet("封面").write("A1", "x")
        sheet = book.add_worksheet("一表")
        sheet.write_formula("B2", "=A1/0", None, "#DIV/0!")
        sheet.write("C2", 5)
        sheet.write_formula("D4", "=#REF!", None, "#REF!")
        book.close()
        assert [c.text for c in read_grids(tmp_path / "a.xlsx").grids[0].cells()] == ["x"]
        assert [(c.address, c.text) for c in read_grids(tmp_path / "a.xlsx").grids[1].cells()] == [
            ("B2", "#DIV/0!"), ("C2", "5"), ("D4", "#REF!"),
        ]  # fmt: skip

    @pytest.mark.parametrize("rows", [3, 400], ids=["small", "large"])
    def test_shows_it_in_old_xls_too(self, tmp_path: Path, rows: int) -> None:
        book = xlwt.Workbook()
        book.add_sheet("封面").write(0, 0, "x")
        sheet = book.add_sheet("一表")
        for row in range(rows):
            sheet.write(row, 0, f"指标{row}")
        sheet.row(1).set_cell_error(1, "#REF!")
        sheet.write(2, 2, 5)
        book.save(str(tmp_path / "a.xls"))
        grids = read_grids(tmp_path / "a.xls").grids
        assert [c.text for c in grids[0].cells()] == ["x"]
        assert [(c.address, c.text) for c in grids[1].cells() if c.column] == [("B2", "#REF!"), ("C3", "5")]


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "error"),
        [
            (b"", EmptyError),
            (b"\xef\xbb\xbf \r\n", EmptyError),
            (b"\x89PNG\r\n\x1a\n" + bytes(100), UnreadableError),
            (b"%PDF-1.7 ...", UnreadableError),
            (b"PK\x03\x04 cut off", UnreadableError),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), EncryptedError),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), UnreadableError),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), UnreadableError),
            (b"\xff\xff\x00\x80\x81" * 9, UnreadableError),
        ],
    )
    def test_say_why_in_both_languages(self, tmp_path: Path, content: bytes, error: type[GridError]) -> None:
        path = tmp_path / "月报.xlsx"
        path.write_bytes(content)
        with pytest.raises(error) as caught:
            read_grids(path)
        assert caught.value.reason.endswith("。")
        assert caught.value.reason_en.endswith(".")

    def test_a_workbook_cut_off_on_its_way(self, tmp_path: Path) -> None:
        whole = workbook(tmp_path / "a.xlsx").read_bytes()
        (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(UnreadableError, match="不完整"):
            read_grids(tmp_path / "b.xlsx")

    def test_a_value_at_the_far_end_of_a_sheet_does_not_end_the_process(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        sheet = book.add_worksheet()
        sheet.write("A1", 1)
        sheet.write("XFD1048576", 1)
        book.close()
        with pytest.raises(TooLargeError, match="极远"):
            read_grids(tmp_path / "a.xlsx")

    def test_a_damaged_file_of_any_kind_is_refused_and_not_raised(self, tmp_path: Path) -> None:
        whole = bytearray(workbook(tmp_path / "a.xlsx").read_bytes())
        for start in range(40, len(whole) - 40, 397):
            broken = whole[:start] + bytes(60) + whole[start + 60 :]
            (tmp_path / "b.xlsx").write_bytes(broken)
            with contextlib.suppress(GridError):  # anything else would be a traceback to the clerk
                read_grids(tmp_path / "b.xlsx")

    def test_a_list_far_larger_than_a_report_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ingest.limits.FILLED_CELLS", 5)
        (tmp_path / "a.csv").write_text("甲,乙\n1,2\n,\n3,4\n", encoding="utf-8")
        with pytest.raises(TooLargeError, match="6 个有内容的单元格") as caught:
            read_grids(tmp_path / "a.csv")
        assert "明细" in caught.value.advice

    def test_a_workbook_without_a_single_value_is_empty(self, tmp_path: Path) -> None:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        book.add_worksheet()
        book.close()
        with pytest.raises(EmptyError):
            read_grids(tmp_path / "a.xlsx")


class TestDelimited:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    def test_reads_any_encoding_and_delimiter(self, tmp_path: Path, encoding: str, delimiter: str) -> None:
        rows = [["地区", "增速（%）"], ["滑　县", "1.5"], ["殷都区", "-0.2"]]
        path = tmp_path / "a.txt"
        path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
        grid = read_grids(path).grids[0]
        assert [list(row) for row in grid.values] == rows
        assert cell(grid, "B3").text == "-0.2"

    def test_a_comma_inside_a_number_is_not_a_delimiter(self) -> None:
        assert find_delimiter('地区\t数值\n文峰区\t"1,234"\n北关区\t"2,345"') == "\t"


class TestHtml:
    PAGE = """<html><head><title>2023年6月</title><script>var x = "表";</script></head><body>
    <p>2023年1-6月主要指标</p><table><caption>附表</caption>
    <tr><th rowspan="2">地区</th><th colspan="2">1-6月</th></tr><tr><th>总量</th><th>增速</th></tr>
    <tr><td>北&nbsp;关&nbsp;区</td><td>1</td><td>2</td></tr></table>
    <table><tr><td>甲</td></tr></table>注：初步数</body></html>"""

    def test_spans_become_merges_and_the_text_outside_is_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "page.xls"
        path.write_text(self.PAGE, encoding="utf-8")
        file = read_grids(path)
        assert [grid.name for grid in file.grids] == ["附表", "表2"]
        assert file.page_lines == ["2023年6月", "2023年1-6月主要指标", "注：初步数"]
        grid = file.grids[0]
        texts = [[(c.text if (c := grid.filled(r, k)) else "") for k in range(3)] for r in range(3)]
        assert texts == [["地区", "1-6月", "1-6月"], ["地区", "总量", "增速"], ["北\xa0关\xa0区", "1", "2"]]

    def test_an_entity_that_points_at_a_file_stays_unresolved(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret")
        path = tmp_path / "a.html"
        path.write_text(
            f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "{tmp_path}/secret.txt">]>'
            "<r><table><row><cell>a</cell><cell>&e;</cell></row></table></r>"
        )
        assert all("secret" not in c.text for grid in read_grids(path).grids for c in grid.cells())


@pytest.mark.parametrize(
    ("code", "decimals", "percent"),
    [("0.0_ ", 1, False), ("#,##0.00", 2, False), ('0"年"', 0, False), ("0.00%", 2, True), ("General", None, False),
     ("0.0_);[Red]\\(0.0\\)", 1, False), ("@", None, False)],
)  # fmt: skip
def test_number_formats(code: str, decimals: int | None, percent: bool) -> None:
    found = parse_number_format(code)
    assert (found.decimals, found.is_percent) == (decimals, percent)


def test_addresses() -> None:
    assert [address(0, 0), address(9, 25), address(0, 26), address(4, 701)] == ["A1", "Z10", "AA1", "ZZ5"]
