"""Tables of a PDF whose letters are text to grids, and the lines of text around them.

Belongs here: ruled tables, tables without rules set in columns, tables that go on over the next page. Does not belong
here: pictures of tables. A scan has no letters and is refused: a guess by OCR is no figure.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import limits
from ingest.grids.errors import EncryptedError, TooLargeError, UnreadableError
from ingest.grids.fixed import is_fixed, split_fixed
from ingest.grids.grid import Grid, Merge, RawValue
from ingest.grids.page import Page, one_line
from ingest.guard import grant_time

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pdfplumber.table import Table

_PAGE_NUMBER = re.compile(r"[-—–\s第]*\d{1,4}\s*(?:页|/\s*\d{1,4}|[,，]?共\s*\d+\s*页)?[-—–\s]*")
_FIGURE = re.compile(r"[-+−]?\d[\d,.]*%?")
_BLANK_WIDTH = 2.0
_UNREADABLE = "\ufffd"


def read_pdf(path: Path) -> Page:
    """All tables of a document in reading order."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    from ingest.grids.pdf_fonts import Fonts

    try:
        with pdfplumber.open(path) as document:
            document.rsrcmgr = Fonts()
            return _read(document.pages)
    except (MalformedPDFException, PdfminerException, PDFException, PSException, ValueError, TypeError, KeyError,
            IndexError, AttributeError, AssertionError, RecursionError, OSError) as error:  # fmt: skip
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise EncryptedError from error
        raise UnreadableError("PDF 已损坏，无法打开。", f"The PDF is damaged ({type(error).__name__}).") from error


def _read(sheets: list[PdfPage]) -> Page:
    if len(sheets) > limits.PDF_PAGES:
        raise TooLargeError(
            f"PDF 有 {len(sheets)} 页，超过 {limits.PDF_PAGES} 页，不像统计报表。",
            f"The PDF has {len(sheets)} pages, more than {limits.PDF_PAGES}: it is no report.",
        )
    grant_time(len(sheets) * limits.CELLS_A_SECOND // 4)  # a page full of figures takes a seventh of a second
    page, reader = Page(), _Reader()
    for sheet in sheets:
        reader.read_sheet(page, sheet)
        sheet.close()
    if not reader.letters:
        raise UnreadableError(
            "PDF 里没有文字，只有图像（扫描件），无法读取；请报送原始的 Word 或 Excel 文件。",
            "The PDF holds pictures only, no text (it is a scan): send the Word or Excel file it was made from.",
        )
    return page


class _Reader:
    """Reads one sheet of paper after the other; knows the table that the last one ended with."""

    def __init__(self) -> None:
        self.letters = 0
        self._last: Grid | None = None

    def read_sheet(self, page: Page, sheet: PdfPage) -> None:
        self.letters += len(sheet.chars)
        for letter in sheet.chars:
            letter["text"] = letter["text"] or _UNREADABLE  # a sign that the font calls nothing is one all the same
        tables = [table for table in sheet.find_tables() if _holds_columns(table)]
        if not tables:
            self._read_plain(page, sheet)
            return
        tables.sort(key=lambda table: (table.bbox[1], table.bbox[0]))
        lines = _lines_outside(sheet, tables)
        is_first = True
        for table in tables:
            above = [line for top, line in lines if top < table.bbox[1]]
            lines = [(top, line) for top, line in lines if top >= table.bbox[1]]
            self._add(page, _grid(table), above, goes_on=is_first)
            is_first = False
        rest = [line for _, line in lines]
        page.add_text("\n".join(rest))
        if any(not _PAGE_NUMBER.fullmatch(line) for line in rest):
            self._last = None

    def _add(self, page: Page, grid: Grid, above: list[str], *, goes_on: bool) -> None:
        """A table at the head of a sheet, as wide as the one that ended the last, with no title, is its rest."""
        running = set(page.lines)  # a running head stands on each sheet
        is_bare = all(_PAGE_NUMBER.fullmatch(line) or line in running for line in above)
        if goes_on and is_bare and self._last is not None and _is_rest(self._last, grid):
            _append(self._last, grid)
            page.add_text("\n".join(above))
            return
        page.add_text("\n".join(above))
        page.add_grid(grid)
        self._last = grid

    def _read_plain(self, page: Page, sheet: PdfPage) -> None:
        """A sheet without rules: columns are told by position, as in a text file."""
        text = sheet.extract_text(layout=True, x_density=_density(sheet)) if sheet.chars else ""
        lines = [line for line in text.splitlines() if line.strip()]
        self._last = None
        if not is_fixed(lines):
            page.add_text("\n".join(lines))
            return
        rows = split_fixed([line.rstrip() for line in lines])
        first = next((number for number, row in enumerate(rows) if _filled(row) > 1), len(rows))
        last = max((number for number, row in enumerate(rows) if _filled(row) > 1), default=-1)
        page.add_text("\n".join("  ".join(row) for row in rows[:first]))
        if first <= last:
            page.add_grid(Grid("", rows[first : last + 1]))
        page.add_text("\n".join("  ".join(row) for row in rows[last + 1 :]))


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell)


def _density(sheet: PdfPage) -> float:
    """Points per column of text: half an ideograph, which is about a digit."""
    sizes = sorted(float(letter["size"]) for letter in sheet.chars)
    return max(sizes[len(sizes) // 2] / 2, _BLANK_WIDTH)


def _holds_columns(table: Table) -> bool:
    return len(table.rows) > 1 and max(sum(1 for cell in row.cells if cell) for row in table.rows) > 1


def _lines_outside(sheet: PdfPage, tables: list[Table]) -> list[tuple[float, str]]:
    def is_outside(thing: dict[str, Any]) -> bool:
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    boxes = [table.bbox for table in tables]
    found = sheet.filter(is_outside).extract_text_lines(return_chars=False)
    return [(line["top"], text) for line in found if (text := one_line(line["text"]))]


def _grid(table: Table) -> Grid:
    texts = table.extract()
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    merges: list[Merge] = []
    for left, top, right, bottom in table.cells:
        row, column = tops.index(top), lefts.index(left)
        last_row = max(number for number, edge in enumerate(tops) if edge < bottom - 1 or number == row)
        last_column = max(number for number, edge in enumerate(lefts) if edge < right - 1 or number == column)
        if last_row > row or last_column > column:
            merges.append(Merge(row, column, last_row, last_column))
    values: list[list[RawValue]] = [[_joined(text) for text in row] for row in texts]
    return Grid("", values, merges=merges)


def _joined(text: str | None) -> str:
    """A cell's lines as one: a break inside a word of ideographs is no blank."""
    return one_line(re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", text or ""))


def _is_rest(first: Grid, grid: Grid) -> bool:
    """Whether a table can be the rest of another: as wide, and it starts with figures or with the same header."""
    head = grid.values[0]
    has_figures = any(_FIGURE.fullmatch(str(value)) for value in head)
    return len(first.values[0]) == len(head) and (has_figures or head == first.values[0])


def _append(first: Grid, rest: Grid) -> None:
    """The rows of the next sheet under those of the last, without the header that is printed again."""
    again = 0
    while again < min(len(rest.values), len(first.values)) and rest.values[again] == first.values[again]:
        again += 1
    start = len(first.values) - again
    moved = [
        Merge(merge.top + start, merge.left, merge.bottom + start, merge.right)
        for merge in rest.merges
        if merge.top >= again
    ]
    first.values = [*first.values, *rest.values[again:]]
    first.merges = [*first.merges, *moved]
