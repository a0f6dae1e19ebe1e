"""A written table as the bytes of each format."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from tests.ingest.interpret.written.table import Written

STORES_NUMBERS = {"xlsx", "xls", "ods", "xlsb"}
KEEPS_FORMATS = {"xlsx", "xls", "ods"}
HAS_SHEETS = {"xlsx", "xls", "ods", "xlsb", "html"}
NO_THIN_SPACES = {"pdf"}
Grid = list[list[str]]


def texts(table: Written, *, fill: bool) -> Grid:
    """The table as text from A1 on; ``fill`` repeats a merged label in each cell of its range."""
    last_row = max(row for row, _ in table.cells)
    last_column = max(column for _, column in table.cells)
    grid = [["" for _ in range(last_column + 1)] for _ in range(last_row + 1)]
    for (row, column), put in table.cells.items():
        grid[row][column] = put.text
    for top, left, bottom, right in table.merges if fill else []:
        for column in range(left, right + 1):
            grid[top][column] = grid[top][left]
        assert bottom == top or left == right
    return grid


def _csv(table: Written, path: Path) -> None:
    dice = table.case.dice()
    text = StringIO()
    delimiter = dice.choice(",,\t;|")
    quoting = dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=dice.choice(["\r\n", "\n"])).writerows(
        texts(table, fill=not table.spec.get("spread_headers"))
    )
    encoding = dice.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    path.write_bytes(text.getvalue().encode(encoding))


def _xlsx(table: Written, path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(table.sheet)
    for area in table.merges:
        sheet.merge_range(*area, "")
    codes = {put.number_format for put in table.cells.values()}
    formats = {code: book.add_format({"num_format": code}) for code in codes}
    for (row, column), put in table.cells.items():
        if put.number is None:
            sheet.write_string(row, column, put.text)
        else:
            sheet.write_number(row, column, put.number, formats[put.number_format])
    book.close()


def _xls(table: Written, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet(table.sheet, cell_overwrite_ok=True)
    codes = {put.number_format for put in table.cells.values()}
    styles = {code: xlwt.easyxf(num_format_str=code) for code in codes}
    starts = {(top, left): (bottom, right) for top, left, bottom, right in table.merges}
    for (row, column), put in table.cells.items():
        value = put.text if put.number is None else put.number
        if (row, column) in starts:
            bottom, right = starts[row, column]
            sheet.write_merge(row, bottom, column, right, value)
        else:
            sheet.write(row, column, value, styles[put.number_format])
    book.save(str(path))


def _ods(table: Written, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = Table(name=table.sheet)
    grid = texts(table, fill=False)
    starts = {(top, left): (bottom, right) for top, left, bottom, right in table.merges}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in starts.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(starts)
    for number, texts_of_row in enumerate(grid):
        row = TableRow()
        for column, text in enumerate(texts_of_row):
            if (number, column) in covered:
                row.addElement(CoveredTableCell())
                continue
            spans = {}
            if (number, column) in starts:
                bottom, right = starts[number, column]
                spans = {"numberrowsspanned": bottom - number + 1, "numbercolumnsspanned": right - column + 1}
            put = table.cells.get((number, column))
            if put is not None and put.number is not None:
                kind = "percentage" if "%" in put.number_format else "float"
                cell = TableCell(valuetype=kind, value=repr(put.number), **spans)
            elif text:
                cell = TableCell(valuetype="string", **spans)
            else:
                cell = TableCell()
            if text:
                cell.addElement(P(text=text))
            row.addElement(cell)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))


def _html(table: Written, path: Path) -> None:
    grid = texts(table, fill=False)
    starts = {(top, left): (bottom, right) for top, left, bottom, right in table.merges}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in starts.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(starts)
    lines = []
    for number, row in enumerate(grid):
        cells = []
        for column, text in enumerate(row):
            if (number, column) in covered:
                continue
            bottom, right = starts.get((number, column), (number, column))
            spans = f' rowspan="{bottom - number + 1}"' if bottom > number else ""
            spans += f' colspan="{right - column + 1}"' if right > column else ""
            cells.append(f"<td{spans}>{html.escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{html.escape(table.sheet)}</caption>"
    charset = table.case.dice().choice(["utf-8", "gb18030"])
    page = f'<html><meta charset="{charset}"><body><table>{caption}{"".join(lines)}</table></body></html>'
    path.write_bytes(page.encode(charset))


def _json(table: Written, path: Path) -> None:
    path.write_text(json.dumps(texts(table, fill=True), ensure_ascii=False), encoding="utf-8")


def _xml(table: Written, path: Path) -> None:
    rows = "".join(
        f"<row>{''.join(f'<cell>{html.escape(text)}</cell>' for text in row)}</row>" for row in texts(table, fill=True)
    )
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?><report><table>{rows}</table></report>', encoding="utf-8")


def _xlsb(table: Written, path: Path) -> None:
    from pyxlsbwriter import XlsbWriter

    grid: list[list[str | float]] = [list(row) for row in texts(table, fill=True)]
    for (row, column), put in table.cells.items():
        if put.number is not None:
            grid[row][column] = put.number
    with XlsbWriter(str(path)) as book:
        book.add_sheet(table.sheet)
        book.write_sheet(grid)


def _document(table: Written) -> tuple[list[str], Grid, list[str]]:
    """The lines above, the table by itself, the lines below; cells are counted from the table's own corner."""
    rows = [row for row, _ in table.cells if table.header_top <= row < table.bottom]
    left = min(column for row, column in table.cells if row in rows)
    table.origin = (min(rows), left)
    grid = texts(table, fill=False)
    above = [text for row in grid[: table.header_top] for text in row if text]
    below = [text for row in grid[table.bottom :] for text in row if text]
    return above, [row[left:] for row in grid[min(rows) : table.bottom]], below


def _merges(table: Written) -> list[tuple[int, int, int, int]]:
    row, column = table.origin
    return [(top - row, left - column, bottom - row, right - column) for top, left, bottom, right in table.merges]


def _docx(table: Written, path: Path) -> None:
    import docx

    above, grid, below = _document(table)
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    made = document.add_table(len(grid), len(grid[0]))
    for row, line_of_cells in zip(made.rows, grid, strict=True):
        for cell, text in zip(row.cells, line_of_cells, strict=True):
            cell.text = text
    for top, left, bottom, right in _merges(table):
        made.cell(top, left).merge(made.cell(bottom, right))
    for line in below:
        document.add_paragraph(line)
    document.save(str(path))


def _pdf(table: Written, path: Path) -> None:
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("正文", fontName="STSong-Light", fontSize=9, leading=14)
    above, grid, below = _document(table)
    looks = [("FONT", (0, 0), (-1, -1), "STSong-Light", 8), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    spans = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in _merges(table)]
    parts = [Table(grid, style=[*looks, *spans])]
    parts = [*(Paragraph(line, style) for line in above), *parts, *(Paragraph(line, style) for line in below)]
    SimpleDocTemplate(str(path), pagesize=landscape(A3)).build(parts)


WRITERS: dict[str, Callable[[Written, Path], None]] = {
    "csv": _csv, "html": _html, "json": _json, "xml": _xml, "xlsx": _xlsx, "xls": _xls, "ods": _ods, "xlsb": _xlsb,
    "docx": _docx, "pdf": _pdf,
}  # fmt: skip
