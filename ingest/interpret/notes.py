"""The lines at the foot of a sheet that explain its footnote marks, and what the marks beside a cell say.

Belongs here: which cells may be such lines. Does not belong here: the spelling of marks (``ingest/footnotes.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.footnotes import Footnotes, read_notes
from ingest.grids import Grid
from ingest.interpret.locate import Place, has_number


@dataclass(slots=True)
class SheetNotes:
    """What one sheet explains, and in which cells."""

    footnotes: Footnotes = field(default_factory=Footnotes)
    cells: frozenset[tuple[int, int]] = frozenset()


def sheet_notes(grid: Grid, places: Sequence[Place], page_lines: Iterable[str]) -> SheetNotes:
    """The notes of a sheet: texts in rows without a number below the header of its first table."""
    first = min((place.header_bottom for place in places), default=-1) + 1
    texts = {
        (cell.row, cell.column): cell.text
        for row in range(first, grid.row_count)
        if not has_number(grid, row)
        for cell in grid.row_cells(row)
        if cell.number is None and read_notes(cell.text)
    }
    return SheetNotes(Footnotes([*page_lines, *texts.values()]), frozenset(texts))
