"""Cells outside every table: each is ignored by a rule of the spec or reported with its address.

Belongs here: what nobody claimed. Does not belong here: cells inside a table.
"""

from __future__ import annotations

from ingest.grids import Cell
from ingest.interpret.book import Book
from ingest.interpret.labels import expected_label, matches
from ingest.interpret.locate import Place, ignored_sheet
from ingest.text import normalise

SIMULATED = "模拟数据"


def sweep(book: Book, places: list[Place]) -> None:
    """Give every cell that has no fate yet its fate, sheet by sheet."""
    with_tables = {place.sheet for place in places}
    for sheet, grid in enumerate(book.file.grids):
        rule = ignored_sheet(book.spec, grid, book.labels)
        if rule is None and not grid.is_visible:
            book.fault(sheet, None, "hidden_sheet", observed=grid.name)
            continue
        left = [cell for cell in grid.cells() if not book.is_claimed(sheet, cell)]
        if rule is not None:
            if grid.is_visible:
                for cell in left:
                    book.ignore(sheet, cell, 0, "ignored_sheet", rule.reason)
            continue
        strays = [cell for cell in left if not _is_explained(book, sheet, cell)]
        report_strays(book, sheet, strays, is_known_sheet=sheet in with_tables)


def _is_explained(book: Book, sheet: int, cell: Cell) -> bool:
    """Whether a mark of simulation, a recognition text, a footnote or an ignore rule accounts for a cell."""
    norm = normalise(cell.text)
    in_head = cell.row < book.spec.recognise.top_rows and cell.number is None
    named = (normalise(pattern) for pattern in book.spec.recognise.contains if not pattern.startswith("~"))
    explains = sheet in book.notes and (cell.row, cell.column) in book.notes[sheet].cells
    if explains or SIMULATED in norm or (in_head and any(text in norm for text in named)):
        book.use(sheet, cell)
        return True
    for rule in book.spec.ignored:
        if rule.row or rule.column:
            continue
        if rule.sheet and not matches(rule.sheet, book.labels(book.file.grids[sheet].name)):
            continue
        if not rule.match or matches(rule.match, book.labels(cell.text)):
            book.ignore(sheet, cell, 0, "spec", rule.reason)
            return True
    return False


def report_strays(book: Book, sheet: int, strays: list[Cell], *, is_known_sheet: bool) -> None:
    """Put the cells of a sheet that nobody accounts for into findings."""
    if not is_known_sheet and any(not cell.is_blank for cell in strays):
        first = next(cell for cell in strays if not cell.is_blank)
        wanted = (word for table in book.spec.tables for word in (*table.find.title, *table.find.corner)[:1])
        expected = expected_label(first.text, wanted)
        book.fault(sheet, first, "unknown_sheet", observed=book.file.grids[sheet].name, expected=expected)
        for cell in strays:
            book.doubt(sheet, cell, 0, "unknown_sheet", report=False)
        return
    for cell in strays:
        rule = "stray_blank" if cell.is_blank else "stray_cell"
        book.doubt(sheet, cell, 0, rule, expected="空单元格" if cell.is_blank else "空单元格，或有表头和行名的数")
