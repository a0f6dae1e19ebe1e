"""A grid of cells and the file formats in which offices send it.

Same grid, same bytes: creation dates are fixed, nothing is read from the clock.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import xlsxwriter
import xlwt


@dataclass(frozen=True)
class Number:
    """A number and the decimals it is printed with."""

    value: float
    decimals: int

    def __str__(self) -> str:
        return f"{self.value:.{self.decimals}f}"

    @property
    def number_format(self) -> str:
        """The Excel number format."""
        return "0." + "0" * self.decimals if self.decimals else "0"


Value = str | Number | None
Row = Sequence[Value]
Merge = tuple[int, int, int, int]


def number(value: float | None, decimals: int, mark: str | None = None) -> Value:
    """A number cell, or the mark of this office where there is no figure."""
    return mark if value is None else Number(value, decimals)


@dataclass
class Sheet:
    """A named grid; ``merges`` are (first row, first column, last row, last column), from 0."""

    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)

    def cells(self) -> Iterable[tuple[int, int, str | Number]]:
        """All cells that hold something."""
        for row_no, row in enumerate(self.rows):
            for column_no, value in enumerate(row):
                if value is not None:
                    yield row_no, column_no, value


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """An xlsx workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2021, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    plain = book.add_format({"align": "center"})
    formats = {text: book.add_format({"num_format": text}) for text in ("0", "0.0", "0.00")}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        starts = {(merge[0], merge[1]): merge for merge in sheet.merges}
        for row, column, value in sheet.cells():
            if (row, column) in starts:
                page.merge_range(*starts[row, column], str(value), plain)
            elif isinstance(value, Number):
                page.write_number(row, column, value.value, formats[value.number_format])
            else:
                page.write_string(row, column, value)
        page.set_column(0, 0, 28)
    book.close()
    return buffer.getvalue()


def to_xls(sheets: Sequence[Sheet]) -> bytes:
    """An xls workbook (BIFF8), as older office programs write it."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        starts = {(merge[0], merge[1]): merge for merge in sheet.merges}
        for row, column, value in sheet.cells():
            if (row, column) in starts:
                first_row, first_column, last_row, last_column = starts[row, column]
                page.write_merge(first_row, last_row, first_column, last_column, str(value))
            elif isinstance(value, Number):
                page.write(row, column, value.value, xlwt.easyxf(num_format_str=value.number_format))
            else:
                page.write(row, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def to_csv(rows: Sequence[Row], encoding: str) -> bytes:
    """A CSV file with Windows line ends in the given encoding (``utf-8-sig`` = with BOM)."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([["" if value is None else str(value) for value in row] for row in rows])
    return buffer.getvalue().encode(encoding)


def to_html(title: str, paragraphs: Sequence[str], rows: Sequence[Row], notes: Sequence[str]) -> bytes:
    """A web page with one table whose first row is its header."""

    def line(row: Row, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(str(value or ''))}</{tag}>" for value in row) + "</tr>"

    body = [f"<h1>{html.escape(title)}</h1>", *(f"<p>{html.escape(text)}</p>" for text in paragraphs)]
    if rows:
        table = [line(rows[0], "th"), *(line(row, "td") for row in rows[1:])]
        body += ['<table border="1">', *table, "</table>"]
    body += [f"<p>{html.escape(text)}</p>" for text in notes]
    head = f'<head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
    page = ["<!DOCTYPE html>", '<html lang="zh-CN">', head, "<body>", *body, "</body>", "</html>", ""]
    return "\n".join(page).encode()
