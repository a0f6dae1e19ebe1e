"""Workbooks that Excel 2003 saved as "XML table" (SpreadsheetML), in Chinese offices often under the name .xls.

Belongs here: its sheets, cells, styles. Does not belong here: other XML (``xml.py``).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ingest import limits
from ingest.grids.errors import TooLargeError
from ingest.grids.formats import parse_number_format
from ingest.grids.grid import Grid, Merge, NumberFormat, RawValue
from ingest.grids.markup import local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00", "Scientific": "0.00E+00"}


def read_spreadsheetml(text: str) -> list[Grid]:
    """All sheets, hidden ones included and marked."""
    book = parse_xml(text.encode("utf-8", "replace"), "utf-8")
    formats = {
        style.get(f"{_SS}ID", ""): parse_number_format(_NAMED.get(code, code))
        for style in book.iter(f"{_SS}Style")
        for number in style.iter(f"{_SS}NumberFormat")
        if (code := number.get(f"{_SS}Format"))
    }
    return [_Sheet(sheet, formats).grid() for sheet in book.iter(f"{_SS}Worksheet")]


class _Sheet:
    """One sheet: cells are placed one after another unless they say where they stand."""

    def __init__(self, sheet: _Element, formats: dict[str, NumberFormat]) -> None:
        self._sheet = sheet
        self._styles = formats
        self._values: list[list[RawValue]] = []
        self._formats: dict[tuple[int, int], NumberFormat] = {}
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()

    def grid(self) -> Grid:
        at = -1
        for row in self._sheet.iter(f"{_SS}Row"):
            at = _index(row, at)
            self._check(at, 0)
            self._values.extend([] for _ in range(at + 1 - len(self._values)))
            if row.get(f"{_SS}Hidden") == "1":
                self._hidden.add(at)
            self._read_row(row, at)
            at += _whole(row, "Span")
        visible = next((text_of(e) for e in self._sheet.iter() if local_name(e) == "Visible"), "")
        return Grid(
            self._sheet.get(f"{_SS}Name", ""), self._values, is_visible=not visible.startswith("Sheet"),
            merges=self._merges, load_formats=lambda: self._formats, hidden_rows=frozenset(self._hidden),
        )  # fmt: skip

    def _check(self, row: int, column: int) -> None:
        if row < 0 or column < 0 or (row + 1) * (column + 1) > limits.AREA_CELLS:
            raise TooLargeError(
                f"工作表在极远的位置（第 {row + 1} 行）有孤立内容，请删除后重报。",
                f"A sheet has content in far cells (row {row + 1}): remove it.",
            )

    def _read_row(self, row: _Element, at: int) -> None:
        column = -1
        for cell in row.iter(f"{_SS}Cell"):
            column = _index(cell, column)
            self._check(at, column)
            data = cell.find(f"{_SS}Data")
            value = _value(data) if data is not None else cell.get(f"{_SS}Formula") or ""
            if value != "":
                line = self._values[at]
                line.extend([""] * (column + 1 - len(line)))
                line[column] = value
            style = self._styles.get(cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID") or "")
            if style is not None:
                self._formats[at, column] = style
            across, down = _whole(cell, "MergeAcross"), _whole(cell, "MergeDown")
            if across or down:
                self._merges.append(Merge(at, column, at + down, column + across))
            column += across


def _whole(element: _Element, name: str) -> int:
    text = element.get(_SS + name) or "0"
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _index(element: _Element, previous: int) -> int:
    return _whole(element, "Index") - 1 if element.get(f"{_SS}Index") else previous + 1


def _value(data: _Element) -> RawValue:
    kind, text = data.get(f"{_SS}Type"), "".join(str(piece) for piece in data.itertext())
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text == "1"
        if kind == "DateTime":
            return datetime.fromisoformat(text)
    except ValueError:
        return text
    return text
