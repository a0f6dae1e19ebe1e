"""The shape of a file's tables: lines of one region (or indicator), columns of one kind of figure.

Belongs here: who stands beside and below whom. Does not belong here: what the figures say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.gate.cells import Cell

Line = list[Cell]


class Grid:
    """The cells of one file by sheet, line and column; where regions stand beside each other, a line runs down."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.cells = sorted(cells, key=lambda cell: (cell.sheet, cell.row, cell.column))
        self.at = {cell.place: cell for cell in self.cells}
        self._sheets: dict[str, Line] = defaultdict(list)
        for cell in self.cells:
            self._sheets[cell.sheet].append(cell)
        self._across = {sheet: _runs_across(line) for sheet, line in self._sheets.items()}
        self._lines: dict[tuple[str, int], Line] = defaultdict(list)
        self._columns: dict[tuple[str, int], Line] = defaultdict(list)
        for cell in self.cells:
            self._lines[self.subject(cell)].append(cell)
            self._columns[self.measure(cell)].append(cell)

    def runs_across(self, sheet: str) -> bool:
        """Whether the regions of a sheet stand beside each other."""
        return self._across[sheet]

    def subject(self, cell: Cell) -> tuple[str, int]:
        """What a line is about: its sheet and place."""
        return cell.sheet, cell.column if self._across[cell.sheet] else cell.row

    def measure(self, cell: Cell) -> tuple[str, int]:
        """What a column is about: its sheet and place."""
        return cell.sheet, cell.row if self._across[cell.sheet] else cell.column

    def line(self, cell: Cell) -> Line:
        """The cells of the same region, or of the same row where there is one region only."""
        return self._lines[self.subject(cell)]

    def column(self, cell: Cell) -> Line:
        """The cells below (or beside) each other, one for each subject, ranks with ranks only."""
        return [other for other in self._columns[self.measure(cell)] if other.is_rank == cell.is_rank]

    def partner(self, cell: Cell, line: Sequence[Cell]) -> Cell | None:
        """The cell of another line that stands in the same column."""
        return next((other for other in line if self.measure(other) == self.measure(cell)), None)

    def lines(self, sheet: str) -> list[Line]:
        """All lines of a sheet in order."""
        return [line for (where, _), line in sorted(self._lines.items()) if where == sheet]

    def columns(self, sheet: str) -> list[Line]:
        """All columns of figures of a sheet in order, ranks left out."""
        columns = ([cell for cell in line if not cell.is_rank]
                   for (where, _), line in sorted(self._columns.items()) if where == sheet)  # fmt: skip
        return [column for column in columns if column]


def _runs_across(cells: Line) -> bool:
    columns: dict[str, set[int]] = defaultdict(set)
    for cell in cells:
        columns[cell.region].add(cell.column)
    return len(columns) > 2 and all(len(found) == 1 for found in columns.values())
