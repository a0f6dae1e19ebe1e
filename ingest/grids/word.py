"""Tables of a Word document (docx, docm) to grids, in the order in which they stand, and the text around them.

Belongs here: paragraphs, merged cells, tables in cells, content controls, headers and footnotes as lines of text.
Does not belong here: macros and links, which are never looked at; the old .doc, which is refused before (``sniff.py``).
What tracked changes have deleted is not text; what they have inserted is.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import limits
from ingest.grids.errors import TooLargeError, UnreadableError
from ingest.grids.grid import Grid, Merge, RawValue
from ingest.grids.markup import MAX_DEPTH, local_name, parse_xml
from ingest.grids.page import Page, one_line

if TYPE_CHECKING:
    from docx.package import Package
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_GONE = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(path: Path) -> Page:
    """All tables of a document, nested ones after the table that they stand in."""
    from lxml import etree

    try:
        return _read(path)
    except (
        KeyError,
        ValueError,
        TypeError,
        OSError,
        AttributeError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
    ) as error:
        raise UnreadableError(
            "Word 文档已损坏，无法打开。", f"The Word document is damaged ({type(error).__name__})."
        ) from error


def _read(path: Path) -> Page:
    from docx.opc.exceptions import OpcError
    from docx.package import Package

    try:
        package: Package = Package.open(str(path))
        main = package.main_document_part
    except OpcError as error:
        raise UnreadableError("Word 文档不完整。", "The Word document is incomplete.") from error
    page = Page()
    for blob in _related(main, "header"):
        _Walk(page).through(parse_xml(_transitional(blob)), 0)
    _Walk(page).through(parse_xml(_transitional(main.blob)), 0)
    for blob in [*_related(main, "footnotes"), *_related(main, "endnotes"), *_related(main, "footer")]:
        _Walk(page).through(parse_xml(_transitional(blob)), 0)
    return page


def _related(main: Any, kind: str) -> list[bytes]:
    """Parts that belong to the text, by the last word of their relation; the same text on every page counts once."""
    related = (rel for rel in main.rels.values() if not rel.is_external and rel.reltype.endswith(f"/{kind}"))
    return list(dict.fromkeys(rel.target_part.blob for rel in related))


def _transitional(blob: bytes) -> bytes:
    """The namespace of "strict" documents, of which Word offers to save, made that of all others."""
    return blob.replace(_STRICT, _W.strip("{}").encode()) if _STRICT in blob[:4096] else blob


class _Walk:
    """One way through a part: paragraphs are lines, tables are grids."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def through(self, element: _Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooLargeError("文档嵌套过深。", "The document is nested too deeply.")
        for child in element:
            name = local_name(child)
            if name == "p":
                self._page.add_text(_text(child))
            elif name == "tbl":
                self._add_table(child, depth)
            elif name not in _GONE:
                self.through(child, depth + 1)

    def _add_table(self, table: _Element, depth: int) -> None:
        grid, nested = _Table(table).grid()
        if any(value for row in grid.values for value in row) or not nested:
            self._page.add_grid(grid)
        for inner in nested:
            self._add_table(inner, depth + 1)


class _Table:
    """One table; rows and cells may stand inside content controls."""

    def __init__(self, table: _Element) -> None:
        self._rows = list(_inside(table, "tr"))
        self._title = _value(table, "tblPr", "tblCaption")
        self._values: list[list[RawValue]] = []
        self._open: dict[int, tuple[int, int]] = {}  # column → first row and last column of a cell that goes on below
        self._merges: list[Merge] = []
        self._nested: list[_Element] = []

    def grid(self) -> tuple[Grid, list[_Element]]:
        """The grid, and the tables inside its cells."""
        for number, row in enumerate(self._rows):
            self._read_row(number, row)
        self._close(set(), len(self._rows))
        width = max((len(line) for line in self._values), default=0)
        if width * len(self._values) > limits.AREA_CELLS:
            raise TooLargeError("表格过大，不像统计报表。", "A table is far larger than any report.")
        for line in self._values:
            line.extend([""] * (width - len(line)))
        return Grid(self._title, self._values, merges=self._merges), self._nested

    def _read_row(self, number: int, row: _Element) -> None:
        line: list[RawValue] = [""] * _number(row, "trPr", "gridBefore", 0)
        going_on: set[int] = set()
        below: dict[int, tuple[int, int]] = {}
        for cell in _inside(row, "tc"):
            column, width = len(line), max(_number(cell, "tcPr", "gridSpan", 1), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in self._open:
                going_on.add(column)
                line.extend([""] * width)
                continue
            line.append(self._cell_text(cell))
            line.extend([""] * (width - 1))
            if merge is not None:
                below[column] = (number, column + width - 1)
            elif width > 1:
                self._merges.append(Merge(number, column, number, column + width - 1))
        self._close(going_on, number)
        self._open.update(below)
        self._values.append(line)

    def _close(self, going_on: set[int], number: int) -> None:
        for column in [column for column in self._open if column not in going_on]:
            top, right = self._open.pop(column)
            if number - 1 > top or right > column:
                self._merges.append(Merge(top, column, number - 1, right))

    def _cell_text(self, cell: _Element) -> str:
        tables = list(_inside(cell, "tbl"))
        self._nested.extend(tables)
        return one_line("\n".join(_text(paragraph) for paragraph in _inside(cell, "p")))


def _inside(element: _Element, wanted: str, depth: int = 0) -> list[_Element]:
    """Children of one name, also those inside content controls and tracked insertions."""
    found: list[_Element] = []
    for child in element:
        name = local_name(child)
        if name == wanted:
            found.append(child)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag") and depth < MAX_DEPTH:
            found.extend(_inside(child, wanted, depth + 1))
    return found


def _value(element: _Element, properties: str, name: str) -> str:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return found.get(f"{_W}val") or "" if found is not None else ""


def _number(element: _Element, properties: str, name: str, default: int) -> int:
    text = _value(element, properties, name)
    return min(int(text), limits.SPAN) if text.isdecimal() and len(text) < 9 else default


def _text(paragraph: _Element) -> str:
    """The text of a paragraph as it is shown, text boxes included."""
    pieces: list[str] = []
    waiting: list[_Element | str] = [paragraph]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        name = local_name(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name not in _GONE:
            if name == "p" and element is not paragraph:
                waiting.append("\n")
            waiting.extend(reversed(element))
    return "".join(pieces)
