"""Where the tables, columns and rows of a form stand in the file that came back.

Belongs here: finding by title, header and label, and the questions about what was changed, moved or lost. Does not
belong here: values. Nothing is taken from its old position alone: a row that was sorted away is read where it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.forms.model import Block, Column, Row
from ingest.grids import Cell, Grid
from ingest.interpret.book import Book
from ingest.interpret.periods import read_period
from ingest.text import normalise


@dataclass
class Placed:
    """One block where it stands: row and column numbers by position in the block's lists."""

    block: Block
    sheet: int
    grid: Grid
    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    doubted: dict[int, int] = field(default_factory=dict)
    """Rows whose labels were changed: their values are questions, not figures."""

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell of a row and a column of the block; None when it is empty or its row or column is gone."""
        if row not in self.rows or column not in self.columns:
            return None
        return self.grid.cell(self.rows[row], self.columns[column])

    def anchor(self, row: int, column: int) -> Cell:
        """The same cell, empty or not, to put a question to."""
        at = self.rows[row], self.columns[column]
        return self.grid.cell(*at) or Cell(*at, "")


def place_blocks(book: Book, blocks: tuple[Block, ...], year: int, month: int) -> list[tuple[int, Placed]]:
    """Every block that is found, with its number from 1; each that is not found or stands twice is a question."""
    spots = {number: _titles(book, block) for number, block in enumerate(blocks, start=1)}
    tops = sorted(spot for found in spots.values() for spot in found)
    placed = []
    for number, block in enumerate(blocks, start=1):
        found = spots[number]
        for sheet, row, column in found:
            book.use(sheet, book.file.grids[sheet].cell(row, column))
        if len(found) == 1:
            sheet, row, _ = found[0]
            below = [top for on, top, _ in tops if on == sheet and top > row]
            grid = book.file.grids[sheet]
            placed.append((number, _place(book, Placed(block, sheet, grid), row, min([*below, grid.row_count]))))
        elif found:
            for sheet, row, column in found:
                book.fault(sheet, book.file.grids[sheet].cell(row, column), "form_table_twice")
        else:
            _miss_title(book, block, year, month)
    return placed


def _titles(book: Book, block: Block) -> list[tuple[int, int, int]]:
    wanted = normalise(block.title)
    return [
        (sheet, cell.row, cell.column)
        for sheet, grid in enumerate(book.file.grids)
        if grid.is_visible
        for cell in grid.cells()
        if cell.number is None and normalise(cell.text) == wanted
    ]


def _miss_title(book: Book, block: Block, year: int, month: int) -> None:
    """Ask about a title that is gone; one that names another month contradicts the form."""
    for sheet, grid in enumerate(book.file.grids):
        cell = grid.cell(block.title_row, 0) if grid.name == block.sheet else None
        if cell is not None:
            period = read_period(cell.text, year)
            is_other = period is not None and (period.month.year, period.month.month) != (year, month)
            rule = "period_contradiction" if is_other else "form_label_changed"
            book.doubt(sheet, cell, 0, rule, expected=block.title)
            return
    book.fault(None, None, "table_missing", observed=block.sheet, expected=block.title)


def _place(book: Book, placed: Placed, top: int, bottom: int) -> Placed:
    header = _header_row(placed, top, bottom)
    if header is None:
        at = placed.grid.cell(top, 0)
        book.fault(placed.sheet, at, "form_column_missing", expected=_flat(placed.block.columns[0]))
        return placed
    _find_columns(book, placed, header)
    labels = [n for n, column in enumerate(placed.block.columns) if column.role == "label"]
    if all(number in placed.columns for number in labels):
        _find_rows(book, placed, labels, header, bottom)
    return placed


def _header_row(placed: Placed, top: int, bottom: int) -> int | None:
    """The row below the title that holds most of the headers."""
    wanted = {normalise(column.header) for column in placed.block.columns}
    best = max(
        range(top + 1, bottom), default=top,
        key=lambda row: (len(wanted & {normalise(c.text) for c in placed.grid.row_cells(row)}), -row),
    )  # fmt: skip
    return best if wanted & {normalise(c.text) for c in placed.grid.row_cells(best)} else None


def _flat(column: Column) -> str:
    return column.header.replace("\n", " ")


def _find_columns(book: Book, placed: Placed, header: int) -> None:
    texts: dict[str, list[Cell]] = {}
    for cell in placed.grid.row_cells(header):
        texts.setdefault(normalise(cell.text), []).append(cell)
    for number, column in enumerate(placed.block.columns):
        found = texts.get(normalise(column.header), [])
        for cell in found:
            book.use(placed.sheet, cell)
        if len(found) == 1:
            placed.columns[number] = found[0].column
        elif found:
            book.fault(placed.sheet, found[-1], "form_column_twice", expected=_flat(column))
        else:
            at = placed.grid.cell(header, column.column) or Cell(header, column.column, "")
            is_other = any(normalise(at.text) == normalise(other.header) for other in placed.block.columns)
            if is_other or at.is_blank:
                book.fault(placed.sheet, at, "form_column_missing", expected=_flat(column))
            else:
                book.doubt(placed.sheet, at, 0, "form_label_changed", expected=_flat(column))


def _find_rows(book: Book, placed: Placed, labels: list[int], header: int, bottom: int) -> None:
    """Rows by all of their labels; what is left over is matched by most of them, and asked about."""
    here = {row: _labels_at(placed, labels, row) for row in range(header + 1, bottom)}
    filled = {row: texts for row, texts in here.items() if any(texts)}
    counts = Counter(filled.values())
    unknown = dict(filled)
    for number, row in enumerate(placed.block.rows):
        wanted = _wanted(row)
        at = [r for r, texts in filled.items() if texts == wanted]
        for r in at:
            unknown.pop(r, None)
            for column in labels:
                book.use(placed.sheet, placed.grid.cell(r, placed.columns[column]))
        if counts[wanted] == 1:
            placed.rows[number] = at[0]
        for r in at[1:]:
            book.fault(placed.sheet, _first_label(placed, labels, r), "form_row_twice", expected=_name(row))
    for number, row in enumerate(placed.block.rows):
        if counts[_wanted(row)] == 0:
            _ask_for_row(book, placed, labels, number, unknown, header)
    if list(placed.rows.values()) != sorted(placed.rows.values()):
        first = next(n for n, row in placed.rows.items() if row < max(r for m, r in placed.rows.items() if m <= n))
        book.fault(
            placed.sheet, _first_label(placed, labels, placed.rows[first]), "form_rows_moved",
            expected=_name(placed.block.rows[first]),
        )  # fmt: skip


def _labels_at(placed: Placed, labels: list[int], row: int) -> tuple[str, ...]:
    cells = [placed.grid.cell(row, placed.columns[column]) for column in labels]
    return tuple(normalise(cell.text) if cell else "" for cell in cells)


def _wanted(row: Row) -> tuple[str, ...]:
    return tuple(normalise(label) for label in row.labels)


def _name(row: Row) -> str:
    return " ".join(label.replace("\n", " ") for label in row.labels if label)


def _first_label(placed: Placed, labels: list[int], row: int) -> Cell | None:
    return next((cell for c in labels if (cell := placed.grid.cell(row, placed.columns[c]))), None)


def _ask_for_row(
    book: Book, placed: Placed, labels: list[int], number: int, unknown: dict[int, tuple[str, ...]], header: int
) -> None:
    """A row that is not there as issued: its label was changed somewhere, or it is gone."""
    row = placed.block.rows[number]
    wanted = _wanted(row)
    alike = {r: sum(a == b != "" for a, b in zip(texts, wanted, strict=True)) for r, texts in unknown.items()}
    best = max(alike, key=lambda r: (alike[r], -abs(r - row.row)), default=None)
    if best is None or (not alike[best] and best != row.row):
        at = placed.grid.cell(header, placed.columns[labels[0]])
        book.fault(placed.sheet, at, "form_row_missing", observed=placed.block.title, expected=_name(row))
        return
    texts = unknown.pop(best)
    placed.doubted[number] = best
    for column, text, label in zip(labels, texts, row.labels, strict=True):
        at = placed.grid.cell(best, placed.columns[column]) or Cell(best, placed.columns[column], "")
        if text == normalise(label):
            book.use(placed.sheet, at)
        elif at.is_blank:
            book.fault(placed.sheet, at, "form_label_changed", expected=label)
        else:
            book.doubt(placed.sheet, at, 0, "form_label_changed", expected=label)
