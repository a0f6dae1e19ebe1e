"""Where the tables of a spec are in a file: by corner, title and headers, never by position.

Belongs here: anchors, the extent of header and body, the texts above a table. Does not belong here: what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ingest.grids import Cell, Grid, GridFile
from ingest.interpret.labels import Label, LabelReader, matches
from ingest.interpret.shown import as_titles, header_text
from ingest.periods import Period, parse_period
from ingest.spec import IgnoredSheet, SourceSpec, TableSpec

_UNIT_LINE = re.compile(r"\s*[(（\s]*(?:计\s*量\s*)?单\s*位|\s*[(（]")


@dataclass(slots=True)
class Place:
    """One table found: its spec, sheet, header rows, body rows, columns and the texts above it."""

    spec: TableSpec
    sheet: int
    grid: Grid
    row: int
    column: int
    header_top: int
    header_bottom: int
    body_end: int = 0
    left: int = 0
    right: int = 0
    title_cells: list[Cell] = field(default_factory=list)
    title: str | None = None
    region_code: str | None = None
    region_label: str | None = None
    month: date | None = None  # what the table is for: who belongs to a rank set depends on it

    @property
    def label_columns(self) -> range:
        """The columns that the row labels take; a long table has none."""
        taken = 0 if self.spec.orientation == "long" else self.spec.label_columns
        return range(self.column, self.column + taken)


def ignored_sheet(spec: SourceSpec, grid: Grid, labels: LabelReader) -> IgnoredSheet | None:
    """The rule by which a sheet is not read, if any."""
    for rule in spec.ignored_sheets:
        if rule.hidden is not None and rule.hidden != (not grid.is_visible):
            continue
        if rule.name and not matches(rule.name, labels(grid.name)):
            continue
        return rule
    return None


def has_number(grid: Grid, row: int) -> bool:
    """Whether a row holds a stored or written number: a row of data, not of headings; 2025.9 alone is a period."""
    cells = [cell for cell in grid.row_cells(row) if not cell.is_blank]
    cells = [cell for cell in cells if not _UNIT_LINE.match(cell.text)]
    if len(cells) == 1 and isinstance(parse_period(cells[0].text, None), Period):
        return False
    return any(map(is_number, cells))


def is_number(cell: Cell) -> bool:
    """Whether a cell is a plain number, stored or written."""
    plain = cell.text.strip().replace(",", "").lstrip("-").replace(".", "", 1)
    return cell.number is not None or plain.isdigit()


def is_empty(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but white space."""
    return all(cell.is_blank for cell in grid.row_cells(row))


class Locator:
    """Finds the tables of one spec in one file."""

    def __init__(self, spec: SourceSpec, file: GridFile, labels: LabelReader) -> None:
        self._spec = spec
        self._file = file
        self._labels = labels
        self._text_cells: dict[int, list[tuple[Cell, Label]]] = {}

    def places(self) -> list[Place]:
        """All tables found, by sheet and position; an anchor belongs to the first table of the spec that fits."""
        found: list[Place] = []
        taken: set[tuple[int, int, int]] = set()
        for table in self._spec.tables:
            for place in self._find(table, taken):
                taken.add((place.sheet, place.row, place.column))
                found.append(place)
                if not table.repeated:
                    break
        found.sort(key=lambda p: (p.sheet, p.row, p.column))
        for place in found:
            self._bound(place, [p for p in found if p.sheet == place.sheet and p is not place])
        return found

    def _find(self, table: TableSpec, taken: set[tuple[int, int, int]]) -> Iterator[Place]:
        for number, grid in enumerate(self._file.grids):
            if not grid.is_visible or ignored_sheet(self._spec, grid, self._labels):
                continue
            if table.find.sheet and not matches(table.find.sheet, self._labels(grid.name)):
                continue
            anchors = self._corners(table, number) if table.find.corner else self._header_rows(table, grid)
            for row, column in anchors:
                if (number, row, column) in taken:
                    continue
                place = self._place(table, number, grid, row, column)
                if place is not None:
                    yield place

    def _corners(self, table: TableSpec, number: int) -> Iterator[tuple[int, int]]:
        if number not in self._text_cells:
            cells = self._file.grids[number].cells()
            self._text_cells[number] = [(cell, self._labels(cell.text)) for cell in cells if cell.number is None]
        for cell, label in self._text_cells[number]:
            if matches(table.find.corner, label):
                yield cell.row, cell.column

    def _header_rows(self, table: TableSpec, grid: Grid) -> Iterator[tuple[int, int]]:
        # A column of one era is not asked for before it is known which era the report lies in.
        required = [column for column in table.columns if not column.optional and column.era is None]
        for row in range(grid.row_count):
            texts = [(cell, self._labels(cell.text)) for cell in grid.row_cells(row) if not cell.is_blank]
            if len(texts) < len(required):
                continue
            hits = [next((c.column for c, label in texts if matches(spec.match, label)), None) for spec in required]
            if hits and None not in hits:
                yield row, min(hit for hit in hits if hit is not None)

    def _place(self, table: TableSpec, number: int, grid: Grid, row: int, column: int) -> Place | None:
        top = max(row - table.header_above, 0)
        place = Place(table, number, grid, row, column, top, self._header_bottom(table, grid, row, column))
        self._read_titles(place)
        find = table.find
        if find.title:
            title = next((t for t in self._title_texts(place) if matches(find.title, self._labels(t))), None)
            if title is None:
                return None
            place.title = title
        if find.headers:
            texts = {c.text for r in range(top, place.header_bottom + 1) for c in grid.row_cells(r)}
            seen = [self._labels(text) for text in texts]
            if not all(any(matches((pattern,), label) for label in seen) for pattern in find.headers):
                return None
        if place.title is None and place.title_cells:
            place.title = max(place.title_cells, key=lambda c: (-c.row, -c.column)).text.strip()
        return place

    def _header_bottom(self, table: TableSpec, grid: Grid, row: int, column: int) -> int:
        if table.header_rows:
            return row - table.header_above + table.header_rows - 1
        merge = grid.merge_at(row, column)
        bottom = merge.bottom if merge else row
        while table.orientation != "long" and self._continues_header(grid, bottom + 1, row, column):
            bottom += 1
        return bottom

    def _continues_header(self, grid: Grid, row: int, corner_row: int, column: int) -> bool:
        if row >= grid.row_count or is_empty(grid, row) or has_number(grid, row):
            return False
        label = grid.filled(row, column)
        if label is not None and not label.is_blank and grid.origin(row, column)[0] != corner_row:
            return False
        return any(not cell.is_blank and cell.column > column for cell in grid.row_cells(row))

    def _read_titles(self, place: Place) -> None:
        lowest = max(place.header_top - place.spec.find.title_rows, 0)
        for row in range(place.header_top - 1, lowest - 1, -1):
            if has_number(place.grid, row):
                break
            place.title_cells.extend(as_titles([cell for cell in place.grid.row_cells(row) if not cell.is_blank]))
        else:
            above = list(reversed(place.grid.lines_above))[: max(place.spec.find.title_rows - place.header_top, 0)]
            place.title_cells.extend(Cell(-number, 0, line) for number, line in enumerate(above, 1))

    def _title_texts(self, place: Place) -> list[str]:
        texts = [cell.text for cell in place.title_cells]
        if self._file.is_page:  # a page names its tables; a line that stands over one belongs to that one only
            texts += [place.grid.name, *([] if place.grid.lines_above else self._file.page_lines)]
        return texts

    def _bound(self, place: Place, others: list[Place]) -> None:
        grid = place.grid
        beside = [o for o in others if o.row == place.row]
        place.left = max((o.column for o in beside if o.column < place.column), default=-1) + 1
        if place.left:  # the columns between two tables side by side belong to the left one
            place.left = place.column
        place.right = min((o.column for o in beside if o.column > place.column), default=grid.column_count) - 1
        below = [o for o in others if o.header_top > place.header_bottom]
        end = min((o.header_top for o in below), default=grid.row_count)
        if below:
            while end - 1 > place.header_bottom and not has_number(grid, end - 1):
                end -= 1
        place.body_end = end


def cell_saying(place: Place, text: str | None) -> Cell | None:
    """The title or header cell that holds a text, for a finding to point at; else the title's, else the corner."""
    heads = [c for n in range(place.left, place.right + 1) for c in header_parts(place, n)]
    named = next((cell for cell in [*place.title_cells, *heads] if text and text in header_text(cell)), None)
    title = next((cell for cell in place.title_cells if place.title and place.title in cell.text), None)
    return named or title or place.grid.cell(place.row, place.column)


def header_parts(place: Place, column: int) -> list[Cell]:
    """Texts above a column from the highest header row to the lowest, merged cells filled, none twice."""
    rows = range(place.header_top, place.header_bottom + 1)
    own = {row: cell for row in rows if (cell := place.grid.filled(row, column)) is not None and not cell.is_blank}
    parts: list[Cell] = []
    for row in rows:
        cell = own.get(row)
        # A heading spreads only over columns that have a heading of their own below it: any other holds strays.
        if cell is None and place.spec.spread_headers and row < max(own, default=row):
            cell = _heading_to_the_left(place, row, column)
        if cell is not None and cell not in parts:
            parts.append(cell)
    return parts


def _heading_to_the_left(place: Place, row: int, column: int) -> Cell | None:
    """The nearest text to the left in a header row: a heading centred over several columns without a merge."""
    for left in range(column - 1, place.left - 1, -1):
        if left in place.label_columns:
            return None
        cell = place.grid.cell(row, left)
        if cell is not None and not cell.is_blank:
            return None if place.grid.merge_at(row, left) else cell
    return None
