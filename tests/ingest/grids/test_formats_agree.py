"""One table written in every format gives the same texts and numbers, and the same decimals where a format has them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
import xlsxwriter
import xlwt
from odf.number import Number, NumberStyle, PercentageStyle
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from pyxlsbwriter import XlsbWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, TableStyle
from reportlab.platypus import Table as PrintedTable

from ingest.grids import read_grids

HEAD = ["地 区", "总量（亿元）", "增速", "排名"]
ROWS: list[tuple[str, float, float, int]] = [
    ("滑　县", 12.5, -0.2, 3), ("殷都区", 1234.25, 0.0, 1),
    ("北关区<甲>", 0.1, 15.75, 2), ("龙安区", 100000.0, -3.5, 10),
]  # fmt: skip
WORKBOOKS = ["xlsx", "xlsb", "xls", "ods"]


def texts() -> list[list[str]]:
    plain = [[name, f"{total:g}" if total != 1234.25 else "1234.25", f"{growth:g}", str(rank)]
             for name, total, growth, rank in ROWS]  # fmt: skip
    return [HEAD, *plain]


def write_xlsx(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("一表")
    for number, row in enumerate([HEAD, *ROWS]):
        sheet.write_row(number, 0, row)
    book.close()


def write_xlsb(path: Path) -> None:
    with XlsbWriter(str(path)) as book:
        book.add_sheet("一表")
        book.write_sheet([HEAD, *map(list, ROWS)])


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一表")
    for number, row in enumerate([HEAD, *ROWS]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))


def ods_cell(value: object) -> TableCell:
    is_number = isinstance(value, int | float)
    cell = TableCell(valuetype="float", value=value) if is_number else TableCell(valuetype="string")
    cell.addElement(P(text=f"{value:.10g}" if is_number else str(value)))
    return cell


def write_ods(path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="一表")
    for row in [HEAD, *ROWS]:
        line = TableRow()
        for value in row:
            line.addElement(ods_cell(value))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def write_csv(path: Path) -> None:
    stream = StringIO()
    csv.writer(stream).writerows(texts())
    path.write_text(stream.getvalue(), encoding="gb18030")


def write_html(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in texts())
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")


def write_xml(path: Path) -> None:
    rows = "".join("<r>" + "".join(f"<c>{escape(text)}</c>" for text in row) + "</r>" for row in texts())
    path.write_text(f"<?xml version='1.0' encoding='utf-8'?><data><sheet>{rows}</sheet></data>", encoding="utf-8")


def write_spreadsheetml(path: Path) -> None:
    def cell(value: object) -> str:
        kind = "Number" if isinstance(value, int | float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in [HEAD, *ROWS])
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一表"><Table>'
        f"{rows}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )


def write_json(path: Path) -> None:
    path.write_text(json.dumps([dict(zip(HEAD, row, strict=True)) for row in texts()[1:]]), encoding="utf-8")


def write_docx(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(len(texts()), len(HEAD))
    for row, line in zip(table.rows, texts(), strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    document.save(str(path))


def write_pdf(path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = TableStyle([("FONT", (0, 0), (-1, -1), "STSong-Light", 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(path)).build([PrintedTable(texts(), style=style)])


WRITERS: dict[str, Callable[[Path], None]] = {
    "xlsx": write_xlsx, "xlsb": write_xlsb, "xls": write_xls, "ods": write_ods, "csv": write_csv, "html": write_html,
    "xml": write_xml, "spreadsheetml": write_spreadsheetml, "json": write_json, "docx": write_docx, "pdf": write_pdf,
}  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
def test_a_table_reads_back_the_same_from_every_format(tmp_path: Path, kind: str) -> None:
    WRITERS[kind](tmp_path / "月报")
    (grid,) = read_grids(tmp_path / "月报").grids
    found = [[(c.text if (c := grid.cell(row, column)) else "") for column in range(4)] for row in range(5)]
    assert [["".join(text.split()) for text in row] for row in found] == [
        ["".join(text.split()) for text in row] for row in texts()
    ]
    if kind in (*WORKBOOKS, "spreadsheetml"):
        assert found == texts()
        assert [[c.number for c in list(grid.row_cells(row))[1:]] for row in range(1, 5)] == [
            list(row[1:]) for row in ROWS
        ]
    if kind in WORKBOOKS:
        assert [[c.decimals for c in list(grid.row_cells(row))[1:]] for row in (1, 2)] == [[1, 1, 0], [2, 0, 0]]


def written_xlsx(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("一表")
    sheet.merge_range("A1:C1", "标题")
    sheet.write("A2", 4.958, book.add_format({"num_format": "0.0_ "}))
    sheet.write("B2", 0.049, book.add_format({"num_format": "0.0%"}))
    sheet.write_formula("C2", "=A2/0", None, "#DIV/0!")
    sheet.write("A3", date(2023, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula("B3", "=A2*2", None, "")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    book.add_worksheet("底稿").very_hidden()
    book.get_worksheet_by_name("底稿").write("A1", 1)
    book.close()


def written_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一表")
    sheet.write_merge(0, 0, 0, 2, "标题")
    sheet.write(1, 0, 4.958, xlwt.easyxf(num_format_str="0.0_ "))
    sheet.write(1, 1, 0.049, xlwt.easyxf(num_format_str="0.0%"))
    sheet.row(1).set_cell_error(2, "#DIV/0!")
    sheet.write(2, 0, date(2023, 6, 30), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(2).hidden = True
    sheet.col(2).hidden = True
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, 1)
    hidden.visibility = 2
    book.save(str(path))


def written_ods(path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    number = NumberStyle(name="N1")
    number.addElement(Number(decimalplaces=1, minintegerdigits=1))
    percent = PercentageStyle(name="N2")
    percent.addElement(Number(decimalplaces=1, minintegerdigits=1))
    for style in (number, percent):
        document.automaticstyles.addElement(style)
        document.automaticstyles.addElement(
            Style(name=f"ce{style.getAttribute('name')}", family="table-cell", datastylename=style)
        )
    table = Table(name="一表")
    rows = [
        [(TableCell(valuetype="string", numbercolumnsspanned=3), "标题"),
         (CoveredTableCell(numbercolumnsrepeated=2), "")],
        [(TableCell(valuetype="float", value=4.958, stylename="ceN1"), "5.0"),
         (TableCell(valuetype="percentage", value=0.049, stylename="ceN2"), "4.9%"),
         (TableCell(valuetype="float", value=0, formula="of:=[.A2]/0"), "#DIV/0!")],
        [(TableCell(valuetype="date", datevalue="2023-06-30"), "2023-06-30"), (TableCell(formula="of:=[.A2]*2"), "")],
    ]  # fmt: skip
    for cells in rows:
        line = TableRow(visibility="collapse" if cells is rows[2] else "visible")
        for cell, text in cells:
            if text:
                cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    table.addElement(TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(table)
    document.save(str(path))


@pytest.mark.parametrize("write", [written_xlsx, written_xls, written_ods])
def test_a_workbook_keeps_what_it_shows_beside_what_it_stores(tmp_path: Path, write: Callable[[Path], None]) -> None:
    write(tmp_path / "月报")
    grid = read_grids(tmp_path / "月报").grids[0]
    shown = {cell.address: (cell.text, cell.number, cell.decimals) for cell in grid.cells()}
    assert shown["A2"] == ("4.958", 4.958, 1)
    assert shown["B2"] == ("4.9%", 4.9, 1)
    assert shown["C2"] == ("#DIV/0!", None, None)
    assert shown["A3"] == ("2023-06-30", None, None)
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in grid.merges] == [(0, 0, 0, 2)]
    assert grid.hidden_rows == {2}, "the row was sent: it is read, and marked"
    if write is not written_xls:
        assert shown["B3"][0] in ("=A2*2", "=[.A2]*2"), "saved without a result: neither empty nor zero"
    if write is not written_ods:
        assert grid.hidden_columns == {2}
        assert [g.is_visible for g in read_grids(tmp_path / "月报").grids] == [True, False]


def test_hidden_sheets_and_columns_of_an_ods_are_marked(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    hidden = Style(name="ta2", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    for name, style in (("一表", None), ("底稿", hidden)):
        table = Table(name=name, stylename=style) if style else Table(name=name)
        table.addElement(TableColumn())
        table.addElement(TableColumn(visibility="collapse", numbercolumnsrepeated=2))
        line = TableRow(numberrowsrepeated=2)
        line.addElement(ods_cell(1.5))
        table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "月报"))
    first, second = read_grids(tmp_path / "月报").grids
    assert (first.is_visible, second.is_visible) == (True, False)
    assert first.hidden_columns == {1, 2}
    assert [(cell.address, cell.text, cell.decimals) for cell in first.cells()] == [("A1", "1.5", 1), ("A2", "1.5", 1)]
