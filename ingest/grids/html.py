"""Tables of a web page, or of a page that Excel saved, to grids; the text outside them is kept for titles and periods.

Belongs here: rows, spans, captions. Does not belong here: fetching anything, or XML (``xml.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ingest import limits
from ingest.grids.encodings import decode
from ingest.grids.errors import TooLargeError, UnreadableError
from ingest.grids.grid import Grid, Merge
from ingest.grids.markup import MAX_DEPTH, parse_html, text_of
from ingest.grids.page import Page

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {"script", "style", "noscript", "template"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "section", "article", "title", "caption",
           "tr", "td", "th"}  # fmt: skip


def read_html(text: str) -> Page:
    """Innermost tables in page order, and the lines of text outside them."""
    page = Page()
    _Walk(page).through(parse_html(text), 0)
    return page


def read_mhtml(content: bytes) -> Page:
    """The pages inside a web archive, as Excel and Word save one under any name."""
    from email import message_from_bytes

    page = Page()
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                page.add_page(read_html(decode(payload)))
    if not page.grids and not page.lines:
        raise UnreadableError("网页归档文件里没有网页。", "There is no page in this web archive.")
    return page


class _Walk:
    """One way through a page; text gathers until a block or a table ends its line."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._text: list[str] = []

    def through(self, element: _Element, depth: int) -> None:
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            return
        if element.tag == "table" and element.find(".//table") is None:
            self._end_line()
            self._page.add_grid(read_table(element))
            return
        if depth > MAX_DEPTH:
            self._text.append(text_of(element))
            return
        is_block = element.tag in _BLOCKS
        if is_block:
            self._end_line()
        self._text.append(element.text or "")
        for child in element:
            self.through(child, depth + 1)
            self._text.append(child.tail or "")
        if is_block or element.tag in ("body", "html"):
            self._end_line()

    def _end_line(self) -> None:
        if self._text:
            self._page.add_text("".join(self._text).replace("\n", " ").replace("\r", " "))
            self._text.clear()


def read_table(table: _Element) -> Grid:
    """The grid of one table element."""
    caption = table.find("caption")
    name = text_of(caption) if caption is not None else (table.get("title") or "")
    rows = [_cells(row) for row in table.iter("tr")]
    return spanned_grid(name, rows)


def _cells(row: _Element) -> list[tuple[str, int, int]]:
    return [
        (text_of(cell), _span(cell.get("rowspan")), _span(cell.get("colspan")))
        if cell.keys()
        else (text_of(cell), 1, 1)
        for cell in row
        if cell.tag in ("td", "th")
    ]


def _span(text: str | None) -> int:
    text = (text or "1").strip()
    return min(max(int(text), 1), limits.SPAN) if text.isdecimal() and len(text) < 9 else 1


def spanned_grid(name: str, rows: Sequence[Iterable[tuple[str, int, int]]]) -> Grid:
    """A grid from rows of cells that say how many rows and columns they take; spans move what follows them."""
    values: list[list[str]] = []
    merges: list[Merge] = []
    hanging: dict[int, int] = {}  # column → first row in which no cell from above covers it any more
    for number, row in enumerate(rows):
        line: list[str] = []
        for text, height, width in row:
            while hanging.get(len(line), 0) > number:
                line.append("")
            column, height = len(line), min(height, len(rows) - number)
            line.append(text)
            if height > 1 or width > 1:
                line.extend([""] * (width - 1))
                merges.append(Merge(number, column, number + height - 1, column + width - 1))
                hanging.update(dict.fromkeys(range(column, column + width), number + height))
            if len(line) > limits.COLUMNS:
                raise TooLargeError("表格的列数过多，不像统计报表。", "A table has far more columns than any report.")
        values.append(line)
    width = max((len(line) for line in values), default=0)
    for line in values:
        line.extend([""] * (width - len(line)))
    return Grid(name, values, merges=merges)
