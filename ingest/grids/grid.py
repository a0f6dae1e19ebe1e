"""A grid: one sheet or table as it was sent, cell by cell, before anything is understood.

Belongs here: addresses, printed texts, merged ranges, displayed decimals. Does not belong here: file formats
(one module each beside this one) or any idea of headers, units and periods (``ingest/interpret``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from math import isfinite

RawValue = str | float | int | bool | date | datetime | time | timedelta | None


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """Letters of a column counted from zero: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """Letters of a column counted from zero: A → 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def address(row: int, column: int) -> str:
    """A1 address of a cell counted from zero: (0, 0) → A1; rows below zero are lines above a table, nearest first."""
    if row < 0:
        return f"上文{-row}"
    return f"{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a cell's number format tells: displayed decimals (None = General) and whether it shows percent."""

    decimals: int | None
    is_percent: bool = False


@dataclass(slots=True)
class Cell:
    """One non-empty cell: ``text`` is what stands there, ``number`` and ``day`` what the file stores, if it does.

    Never changed once made; not frozen, because a frozen record takes twice as long to make and there are many.
    """

    row: int
    column: int
    text: str
    number: float | None = None
    decimals: int | None = None
    day: date | None = None

    @property
    def address(self) -> str:
        """A1 address."""
        return address(self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Only white space."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, counted from zero, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


def _plain(value: float) -> str:
    """Shortest text of a stored number, without exponent and without a needless ``.0``."""
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text or "E" in text else text


# Excel's General shows at most eleven characters; longer ones are cut to the column, so their decimals are unknown.
_GENERAL_WIDTH = 11


def _number_cell(row: int, column: int, value: float, shown: NumberFormat | None) -> Cell:
    if shown is not None and shown.is_percent:
        hundredfold = float(Decimal(repr(value)) * 100)
        return Cell(row, column, _plain(hundredfold) + "%", hundredfold, shown.decimals)
    text = _plain(value)
    decimals = shown.decimals if shown is not None else None
    if shown is not None and decimals is None and len(text.lstrip("-")) <= _GENERAL_WIDTH:
        decimals = len(text.partition(".")[2])
    return Cell(row, column, text, value, decimals)


def _date_cell(row: int, column: int, value: date | datetime | time | timedelta) -> Cell:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return Cell(row, column, str(value), day=value if type(value) is date else None)


@dataclass
class Grid:
    """One sheet: its name, whether it is shown, its values from A1 on, its merged ranges.

    ``lines_above`` are the lines of a page that stand over a table, the nearest last. Values in hidden rows and columns
    are values: they were sent, and a filter hides rows without anybody's wish.
    """

    name: str
    values: Sequence[Sequence[RawValue]]
    is_visible: bool = True
    merges: Sequence[Merge] = ()
    load_formats: Callable[[], Mapping[tuple[int, int], NumberFormat]] | None = None
    lines_above: Sequence[str] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    _cells: dict[tuple[int, int], Cell] = field(default_factory=dict, repr=False)

    @cached_property
    def _formats(self) -> Mapping[tuple[int, int], NumberFormat] | None:
        return self.load_formats() if self.load_formats else None

    @cached_property
    def _origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (merge.top, merge.left)
            for merge in self.merges
            for row in range(merge.top, merge.bottom + 1)
            for column in range(merge.left, merge.right + 1)
        }

    @property
    def row_count(self) -> int:
        """Rows up to the last one with a value."""
        return len(self.values)

    @cached_property
    def column_count(self) -> int:
        """Columns up to the last one with a value."""
        return max(map(len, self.values), default=0)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell's own content, None when it is empty."""
        key = (row, column)
        found = self._cells.get(key)
        if found is None and (found := self._make(row, column)) is not None:
            self._cells[key] = found
        return found

    def _make(self, row: int, column: int) -> Cell | None:
        if not (0 <= row < len(self.values) and 0 <= column < len(self.values[row])):
            return None
        value = self.values[row][column]
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return Cell(row, column, value)
        if isinstance(value, bool):
            return Cell(row, column, "TRUE" if value else "FALSE")
        if isinstance(value, float) and not isfinite(value):
            return Cell(row, column, str(value))  # the file holds no number that anybody wrote
        if isinstance(value, int | float):
            shown = None if self._formats is None else self._formats.get((row, column), NumberFormat(None))
            return _number_cell(row, column, float(value), shown)
        return _date_cell(row, column, value)

    def filled(self, row: int, column: int) -> Cell | None:
        """The cell's content, or that of the merged range it lies in."""
        return self.cell(*self._origin.get((row, column), (row, column)))

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """First cell of the merged range that a cell lies in; the cell itself when it is not merged."""
        return self._origin.get((row, column), (row, column))

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that starts at a cell."""
        return self._starts.get((row, column))

    @cached_property
    def _starts(self) -> dict[tuple[int, int], Merge]:
        return {(merge.top, merge.left): merge for merge in self.merges}

    def row_cells(self, row: int) -> Iterator[Cell]:
        """Non-empty cells of a row, left to right."""
        if 0 <= row < len(self.values):
            for column, value in enumerate(self.values[row]):
                if value != "" and (cell := self.cell(row, column)) is not None:
                    yield cell

    def texts(self) -> Iterator[str]:
        """Texts of all cells that hold text, hidden or not."""
        return (value for row in self.values for value in row if isinstance(value, str) and value)

    def cells(self) -> Iterator[Cell]:
        """All non-empty cells, row by row."""
        for row in range(len(self.values)):
            yield from self.row_cells(row)


@dataclass
class GridFile:
    """What one file holds: its sheets, and for pages the text outside the tables.

    On a page (a document, not a workbook) the name of a grid is the table's own title.
    """

    media_type: str
    grids: list[Grid]
    page_lines: list[str] = field(default_factory=list)
    is_page: bool = False
