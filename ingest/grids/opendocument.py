"""Spreadsheets of LibreOffice, WPS and others (ods) to grids, in one pass through their XML.

Belongs here: cells, their displayed texts, repeats and spans. Does not belong here: other OpenDocument files.
A cell has both its value and the text that was displayed: the text tells the decimals, and errors, which a value hides
(#DIV/0! is stored as 0). Formulas are never evaluated.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import limits
from ingest.grids.errors import EncryptedError, TooLargeError, UnreadableError
from ingest.grids.grid import Grid, Merge, NumberFormat, RawValue
from ingest.grids.markup import text_of
from ingest.grids.zipped import open_zip

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NAMES % name for name in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELL, _COVERED, _ROW, _COLUMN = (
    _TABLE + name for name in ("table-cell", "covered-table-cell", "table-row", "table-column")
)
_SHEET, _CHANGES, _LOOK = _TABLE + "table", _TABLE + "tracked-changes", _STYLE + "table-properties"
_TYPE, _VALUE, _REPEATED = _OFFICE + "value-type", _OFFICE + "value", _TABLE + "number-columns-repeated"
_FORMULA, _PARAGRAPH = _TABLE + "formula", _TEXT + "p"
_PRINTED = re.compile(r"[^\d.,]*\d[\d,]*(?:\.(\d*))?[^\d.,]*")
_FAULT = re.compile(r"#|Err:|错误:|Error:")
_MOST_DECIMALS = 8
"""More are shown only where no format says how many: then they are as many as fit, and tell nothing."""


def read_opendocument(path: Path) -> list[Grid]:
    """All sheets, hidden ones included and marked."""
    from lxml import etree

    try:
        with open_zip(path) as archive:
            if b"encryption-data" in (archive.read("META-INF/manifest.xml") if _has_manifest(archive) else b""):
                raise EncryptedError
            content = archive.read("content.xml")
        return _Reader().read(content)
    except (etree.LxmlError, OSError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableError(
            "工作簿已损坏，无法打开。", f"The workbook is damaged and cannot be opened ({type(error).__name__})."
        ) from error


def _has_manifest(archive: zipfile.ZipFile) -> bool:
    return "META-INF/manifest.xml" in archive.NameToInfo


class _Reader:
    """Goes through the document once; rows are let go when they have been read."""

    def __init__(self) -> None:
        self._hidden_styles: set[str] = set()
        self._sheets: list[_Sheet] = []
        self._depth = 0  # tables inside tables, and tables that tracked changes remember, are not sheets
        self._is_change = False

    def read(self, content: bytes) -> list[Grid]:
        from lxml import etree

        steps = etree.iterparse(
            BytesIO(content), events=("start", "end"), tag=(_SHEET, _CHANGES, _ROW, _COLUMN, _LOOK),
            no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False, remove_comments=True,
        )  # fmt: skip
        for event, element in steps:
            self._step(element, is_start=event == "start")
        return [sheet.grid() for sheet in self._sheets]

    def _step(self, element: _Element, *, is_start: bool) -> None:
        tag = element.tag
        if tag == _CHANGES:
            self._is_change = is_start
        elif tag == _SHEET and not self._is_change:
            self._depth += 1 if is_start else -1
            if is_start and self._depth == 1:
                is_visible = element.get(_TABLE + "style-name") not in self._hidden_styles
                self._sheets.append(_Sheet(element.get(_TABLE + "name") or "", is_visible=is_visible))
        elif is_start or self._is_change:
            return
        elif tag == _LOOK:
            parent = element.getparent()
            if element.get(_TABLE + "display") == "false" and parent is not None:
                self._hidden_styles.add(parent.get(_STYLE + "name") or "")
        elif self._depth == 1:
            if tag == _ROW:
                self._sheets[-1].read_row(element)
            else:
                self._sheets[-1].read_column(element)
            element.clear()


class _Sheet:
    """One sheet; empty cells and rows, often repeated a million times, take place only when something follows."""

    def __init__(self, name: str, *, is_visible: bool) -> None:
        self._name, self._is_visible = name, is_visible
        self._values: list[list[RawValue]] = []
        self._formats: dict[tuple[int, int], NumberFormat] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = self._cells = 0

    def grid(self) -> Grid:
        return Grid(
            self._name, self._values, is_visible=self._is_visible, merges=self._merges,
            load_formats=lambda: self._formats, hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
        )  # fmt: skip

    def read_column(self, column: _Element) -> None:
        repeated = _count(column, _REPEATED)
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            end = min(self._column + repeated, limits.COLUMNS)
            self._hidden_columns.update(range(self._column, end))
        self._column += repeated

    def read_row(self, row: _Element) -> None:
        repeated = _count(row, _TABLE + "number-rows-repeated")
        line: list[RawValue] = []
        column = 0
        for cell in row:
            if cell.tag in (_CELL, _COVERED):
                column += self._read_cell(cell, line, column)
        if line:
            self._take(len(line), repeated)
            self._values.extend([] for _ in range(self._row - len(self._values)))
            self._values.append(line)
            self._repeat(line, repeated)
        if row.get(_TABLE + "visibility") in ("collapse", "filter"):
            self._hidden_rows.update(range(self._row, min(self._row + repeated, limits.ROWS)))
        self._row += repeated

    def _repeat(self, line: list[RawValue], repeated: int) -> None:
        formats = [(column, shown) for column in range(len(line)) if (shown := self._formats.get((self._row, column)))]
        for number in range(1, repeated):
            self._values.append(list(line))
            self._formats.update({(self._row + number, column): shown for column, shown in formats})

    def _take(self, width: int, height: int) -> None:
        self._cells += width * height
        if self._cells > limits.AREA_CELLS or self._row + height > limits.ROWS:
            raise TooLargeError(
                f"工作表过大（第 {self._row + height} 行），不像统计报表。",
                f"A sheet is far larger than any report (row {self._row + height}).",
            )

    def _read_cell(self, cell: _Element, line: list[RawValue], column: int) -> int:
        repeated = _count(cell, _REPEATED)
        across, down = _count(cell, _TABLE + "number-columns-spanned"), _count(cell, _TABLE + "number-rows-spanned")
        if (across > 1 or down > 1) and cell.tag == _CELL:
            self._merges.append(Merge(self._row, column, self._row + down - 1, column + across - 1))
        if len(cell) or cell.get(_TYPE) is not None or cell.get(_FORMULA) is not None:
            value, shown = _read_value(cell)
            if value != "":
                if column + repeated > limits.COLUMNS:
                    raise TooLargeError(
                        "工作表的列数过多，不像统计报表。", "A sheet has far more columns than any report."
                    )
                line.extend([""] * (column - len(line)))
                line.extend([value] * repeated)
                if shown is not None:
                    self._formats.update({(self._row, column + number): shown for number in range(repeated)})
        return repeated


def _count(element: _Element, name: str) -> int:
    text = element.get(name)
    return max(int(text), 1) if text is not None and text.isdecimal() and len(text) < 9 else 1


def _read_value(cell: _Element) -> tuple[RawValue, NumberFormat | None]:
    """The value of a cell, and for numbers how it was displayed."""
    kind, formula = cell.get(_TYPE), cell.get(_FORMULA)
    text = "\n".join(_displayed(paragraph) for paragraph in cell if paragraph.tag == _PARAGRAPH)
    if cell.get(_CALC + "value-type") == "error" or (formula is not None and _FAULT.match(text)):
        return text or "#N/A", None
    number = cell.get(_VALUE)
    if number is not None:
        return float(number), _shown(text, is_percent=kind == "percentage")
    if kind == "date" and (day := cell.get(_OFFICE + "date-value")):
        return datetime.fromisoformat(day), None
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value") == "true", None
    if not text and formula is not None and kind is None:
        return "=" + formula.partition("=")[2], None
    return text or cell.get(_OFFICE + "string-value") or "", None


def _displayed(paragraph: _Element) -> str:
    """A paragraph's text; several blanks in a row are elements of their own."""
    if not len(paragraph):
        return paragraph.text or ""
    return text_of(paragraph)


def _shown(text: str, *, is_percent: bool) -> NumberFormat:
    printed = _PRINTED.fullmatch(text)
    decimals = len(printed[1] or "") if printed else None
    return NumberFormat(decimals if decimals is None or decimals <= _MOST_DECIMALS else None, is_percent)
