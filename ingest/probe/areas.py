"""Where the tables of a sheet are, told from the shape alone: columns of figures beside a column of labels.

Belongs here: header height, the label column, value columns, tables beside one another, titles. Does not belong here:
runs of rows (``lines.py``), or what a label means.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ingest.grids import Cell, Grid
from ingest.interpret.labels import LabelReader
from ingest.probe.lines import Band, bands_of, is_figure
from ingest.probe.words import read_words
from ingest.text import normalise

_META = re.compile(
    r"模拟数据|^单位[:：]|^(?:填报|制表|报送|编制)|^\(?(?:续表?|表\d+)\)?$|^[\d年月日末\-上半前一二三四季度]+$"
)
_SAMPLE = 80
_TITLE_ROWS = 6


@dataclass(slots=True)
class Area:
    """One table as its shape shows it."""

    sheet: int
    grid: Grid
    corner: Cell | None
    label_column: int
    top: int
    bottom: int
    columns: list[int]
    body: list[int]
    titles: list[Cell]
    left: int
    right: int
    spread: bool = False
    """An upper heading holds for the empty cells to its right."""

    def header_parts(self, column: int) -> list[Cell]:
        """Texts above a column, from the top down, merged cells filled, none twice."""
        parts: list[Cell] = []
        for row in range(self.top, self.bottom + 1):
            cell = self.grid.filled(row, column)
            if self.spread and row < self.bottom and (cell is None or cell.is_blank):
                cell = self._heading_to_the_left(row, column)
            if cell is not None and not cell.is_blank and cell not in parts:
                parts.append(cell)
        return parts

    def _heading_to_the_left(self, row: int, column: int) -> Cell | None:
        for left in range(column - 1, self.label_column, -1):
            cell = self.grid.cell(row, left)
            if cell is not None and not cell.is_blank:
                return None if self.grid.merge_at(row, left) else cell
        return None

    def spread_if_it_tells(self) -> None:
        """Let upper headings spread to the right where only that tells columns apart."""
        alone = {self.header(column) for column in self.columns}
        self.spread = True
        spread = {self.header(column) for column in self.columns}
        self.spread = len(alone) < len(self.columns) and len(spread) > len(alone)

    def header(self, column: int) -> str:
        """The texts above a column, joined."""
        return "".join(part.text.strip() for part in self.header_parts(column))

    def values(self, column: int) -> list[Cell]:
        """The cells of a column that are not blank."""
        found = (self.grid.cell(row, column) for row in self.body)
        return [cell for cell in found if cell is not None and not cell.is_blank]

    def labels(self) -> list[tuple[int, Cell]]:
        """Row numbers with their labels."""
        found = ((row, self.grid.cell(row, self.label_column)) for row in self.body)
        return [(row, cell) for row, cell in found if cell is not None and not cell.is_blank]


def find_areas(sheet: int, grid: Grid, labels: LabelReader, page: list[str]) -> list[Area]:
    """All tables of a sheet, from top to bottom and left to right; ``page``: texts of a page that may be titles."""
    areas: list[Area] = []
    for band in bands_of(grid, labels):
        areas += _split(sheet, grid, band, labels)
    for area in areas:
        area.titles += [Cell(-1, -1, text) for text in page]
    return areas


def _split(sheet: int, grid: Grid, band: Band, labels: LabelReader) -> list[Area]:
    """The tables of a band: one, or several side by side, each with a label column of its own."""
    groups = _groups(grid, band, labels)
    areas: list[Area] = []
    for position, (label, values) in enumerate(groups):
        left = 0 if position == 0 else label
        right = groups[position + 1][0] - 1 if position + 1 < len(groups) else grid.column_count - 1
        corner, top, bottom = _header(grid, band, label, values, labels)
        values = _headed(grid, top, bottom, values, label)
        titles = _titles(grid, top, band.above)
        body = [row for row in band.header if row > bottom]  # labels alone between header and first figures
        body += [line.number for line in band.body if any(left <= c <= right for c in (*line.figures, *line.texts))]
        if values and body:
            areas.append(Area(sheet, grid, corner, label, top, bottom, values, body, titles, left, right))
    return areas


def _headed(grid: Grid, top: int, bottom: int, columns: list[int], label: int) -> list[int]:
    """Columns with a header of their own; a second column under one merged header has none."""
    kept: list[int] = []
    seen: set[tuple[tuple[int, int], ...]] = set()
    for column in columns:
        cells = (grid.filled(row, column) for row in range(top, bottom + 1))
        parts = tuple((c.row, c.column) for c in cells if c is not None and not c.is_blank and c.column != label)
        if parts and parts not in seen:
            seen.add(parts)
            kept.append(column)
    return kept


def _groups(grid: Grid, band: Band, labels: LabelReader) -> list[tuple[int, list[int]]]:
    """Label columns, each with the value columns that follow it."""
    sample = band.body[:_SAMPLE]
    figures = Counter(column for line in sample for column in line.figures)
    texts = Counter(column for line in sample for column in line.texts)
    late = (
        Counter(c for line in band.body[_SAMPLE:] for c in line.figures) if len(band.body) > _SAMPLE else Counter[int]()
    )
    groups: list[tuple[int, list[int]]] = []
    candidates: list[int] = []
    for column in range(grid.column_count):
        role = _role(grid, band, column, labels)
        if texts[column] > figures[column] and role is None:
            candidates.append(column)
        elif figures[column] or late[column]:
            if candidates and (not groups or (groups[-1][1] and _is_like_first(grid, band, groups[0][0], candidates))):
                groups.append((_label_of(grid, band, candidates), []))
            candidates = []
            if groups and role != "serial":
                groups[-1][1].append(column)
    return [(label, values) for label, values in groups if values]


def _role(grid: Grid, band: Band, column: int, labels: LabelReader) -> str | None:
    for row in reversed(band.header):
        cell = grid.filled(row, column)
        if cell is not None and not cell.is_blank:
            return read_words(labels(cell.text)).role
    return None


def _is_like_first(grid: Grid, band: Band, first: int, candidates: list[int]) -> bool:
    """Whether a text column to the right is the label column of a second table and not a remark."""
    head = {normalise(c.text) for row in band.header if (c := grid.cell(row, first)) is not None and not c.is_blank}
    for column in candidates:
        if any((c := grid.cell(row, column)) is not None and normalise(c.text) in head for row in band.header):
            return True
    return False


def _label_of(grid: Grid, band: Band, candidates: list[int]) -> int:
    """The column whose texts differ most; the leftmost of equals."""
    distinct = {
        column: len({c.text for line in band.body[:_SAMPLE] if (c := grid.cell(line.number, column)) is not None})
        for column in candidates
    }
    return max(candidates, key=lambda column: (distinct[column], -column))


def _header(grid: Grid, band: Band, label: int, values: list[int], labels: LabelReader) -> tuple[Cell | None, int, int]:
    """The corner, and the first and last row of the header."""
    bottom = next((row for row in reversed(band.header) if _covers(grid, row, label, values)), band.header[-1])
    corner = None
    for row in reversed([r for r in band.header if r <= bottom]):
        cell = grid.filled(row, label)
        if cell is not None and not cell.is_blank and grid.origin(row, label)[1] == label:
            corner = cell
            break
        if not _covers(grid, row, label, values):
            break
    top = corner.row if corner is not None else bottom
    for row in reversed([r for r in band.header if r < top]):
        own = grid.cell(row, label)
        bare = own is None or own.is_blank
        if not _covers(grid, row, label, values) or not (bare or len(values) > 2) or _only_units(grid, row, labels):
            break
        top = row
    return corner, top, bottom


def _covers(grid: Grid, row: int, label: int, values: list[int]) -> bool:
    """Whether a row has texts above at least half of the value columns; a title across the table does not count."""
    over = [cell for column in values if (cell := grid.filled(row, column)) is not None and not cell.is_blank]
    return 2 * len([c for c in over if c.column > label and not _META.search(normalise(c.text))]) >= len(values)


def _only_units(grid: Grid, row: int, labels: LabelReader) -> bool:
    """Whether nothing but a unit stands in a row above the header: it belongs to the table, not to a column."""
    texts = [labels(cell.text) for cell in grid.row_cells(row) if not cell.is_blank]
    return all(label.units and not label.bare for label in texts)


def _titles(grid: Grid, top: int, floor: int) -> list[Cell]:
    """Texts above the header, the nearest first; they end at a row of figures, as they do for the reader."""
    found: list[Cell] = []
    for row in range(top - 1, max(top - _TITLE_ROWS, floor, 0) - 1, -1):
        cells = [cell for cell in grid.row_cells(row) if not cell.is_blank]
        if any(is_figure(cell) for cell in cells):
            break
        found.extend(cells)
    return found


def is_meta(text: str) -> bool:
    """Whether a text above a table names it not: a unit, a date, a notice."""
    return _META.search(normalise(text)) is not None
