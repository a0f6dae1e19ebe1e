"""Tables of a web page (or of XML with rows and cells) to grids; the text outside them is kept for titles and periods.

Belongs here: rows, spans, captions. Does not belong here: fetching anything. The parser has no network and resolves
no entities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.grids.errors import UnreadableError
from ingest.grids.grid import Grid, Merge

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIPPED = {"script", "style", "head", "noscript", "template"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "section", "article", "title", "caption"}
_MAX_SPAN = 500


def read_html(text: str) -> tuple[list[Grid], list[str]]:
    """Innermost tables in page order, and the lines of text outside them."""
    page = _parse(text)
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    grids: list[Grid] = []
    for number, table in enumerate(tables, start=1):
        grids.append(_grid(table, f"表{number}", {grid.name for grid in grids}))
    return grids, _lines_outside(page, set(tables))


def _parse(text: str) -> HtmlElement:
    from lxml import etree, html

    content = text.encode("utf-8", "replace")
    try:
        if text.lstrip("\ufeff \r\n\t").startswith("<?xml") and "<html" not in text[:2048].lower():
            strict = etree.XMLParser(no_network=True, resolve_entities=False, remove_comments=True, encoding="utf-8")
            return etree.fromstring(content, parser=strict)
        lenient = html.HTMLParser(no_network=True, remove_comments=True, encoding="utf-8")
        return html.document_fromstring(content, parser=lenient)
    except (ValueError, etree.LxmlError) as error:
        raise UnreadableError("网页内容为空或已损坏。", "The page is empty or damaged.") from error


def _grid(table: HtmlElement, default_name: str, taken: set[str]) -> Grid:
    caption = table.find("caption")
    name = _text(caption) if caption is not None else (table.get("title") or "")
    if not name or name in taken:
        name = default_name
    placed: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    covered: set[tuple[int, int]] = set()
    rows = list(table.iter("tr", "row"))
    for row_number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th", "cell"):
                continue
            while (row_number, column) in covered:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            height = min(height, len(rows) - row_number)
            placed[(row_number, column)] = _text(cell)
            covered.update((row_number + i, column + j) for i in range(height) for j in range(width))
            if height > 1 or width > 1:
                merges.append(Merge(row_number, column, row_number + height - 1, column + width - 1))
            column += width
    width = 1 + max((column for _, column in covered), default=-1)
    values = [[placed.get((row, column), "") for column in range(width)] for row in range(len(rows))]
    return Grid(name, values, merges=merges)


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isdigit() else 1


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines_outside(page: HtmlElement, tables: set[HtmlElement]) -> list[str]:
    pieces: list[str] = []
    _collect(page, tables, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def _collect(element: HtmlElement, tables: set[HtmlElement], pieces: list[str]) -> None:
    if element in tables:
        return
    if element.tag in _SKIPPED and element.tag != "head":
        return
    if element.tag in _BLOCKS:
        pieces.append("\n")
    pieces.append((element.text or "").replace("\n", " "))
    for child in element:
        _collect(child, tables, pieces)
        pieces.append((child.tail or "").replace("\n", " "))
    if element.tag in _BLOCKS:
        pieces.append("\n")
