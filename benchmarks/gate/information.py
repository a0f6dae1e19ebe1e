"""Can a fault be found at all? Decided per case, from clean figures alone, before any check has been asked.

A faulted value is *detectable in principle* when something that is printed contradicts it:

* an equation of ``relations`` that the clean file keeps and the faulted one breaks;
* its own series: it lies farther from what the series led to expect than the series ever lay before (the right figure
  included), and farther than three standard deviations of that (fewer than six months: all regions' series together;
  fewer still: not judged);
* its column: half of the column's whole width outside it (the right figure included; eight regions or more);
* the same figure printed elsewhere, in this parcel or before (a later print may differ by 1 %, or 0.5 points: a
  revision);
* its magnitude: five times all that the series ever was, or a fifth of what it was last (below 50 units: not judged);
* a cumulative amount below last month's, by more than such amounts ever fell; a part larger than its table's whole;
* an exact repetition (of last month, last year, or of another region) where such a repetition never happened before;
* its sign or its bounds, where the indicator never left them; a gap in a series, or in a column that is full; a word.

A case that nothing contradicts is counted, and counted apart.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from benchmarks.gate.books import Book
from benchmarks.gate.cells import Cell, Key, Place, months_back
from benchmarks.gate.grid import Grid
from benchmarks.gate.relations import ENOUGH, Relation, by_place, relations_of
from benchmarks.gate.series import falls_of, floor, surprise, surprises
from benchmarks.gate.worlds import Delivery

After = Mapping[Place, float | str | None]
"""What stands in the changed cells of a file: a number, a word or nothing."""


class Knowledge:
    """All that a delivery's clean figures say."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self.history = delivery.history
        self._grids: dict[str, Grid] = {}
        self.books: dict[str, Book] = {}
        """Clean files that are open, because opening them costs more than all else."""

    def grid(self, file: str) -> Grid:
        """The shape of a file's tables."""
        if file not in self._grids:
            self._grids[file] = Grid(cell for cell in self.delivery.cells if cell.file == file)
        return self._grids[file]

    @cached_property
    def _equations(self) -> list[Relation]:
        return relations_of(self.delivery.cells, self.history)

    @cached_property
    def _relations(self) -> dict[tuple[str, Place], list[Relation]]:
        return by_place(self._equations)

    def named(self, file: str, name: str) -> list[Relation]:
        """The equations of one name that a clean file keeps."""
        return [one for one in self._equations if one.name == name and one.cells[0].file == file]

    @cached_property
    def _same(self) -> dict[tuple[Key, date], list[Cell]]:
        found = defaultdict(list)
        for cell in self.delivery.cells:
            found[cell.key, cell.month].append(cell)
        return found

    @cached_property
    def _columns(self) -> dict[tuple[object, ...], list[Cell]]:
        found = defaultdict(list)
        for cell in self.delivery.cells:
            found[self._column(cell)].append(cell)
        return found

    @staticmethod
    def _column(cell: Cell) -> tuple[object, ...]:
        """All regions' figures of one meaning in one table."""
        return (cell.file, cell.sheet, cell.is_rank, cell.indicator, cell.measure, cell.basis, cell.month)

    def contradictions(self, file: str, after: After) -> list[str]:
        """What contradicts the changed cells of a file; empty when nothing does."""
        said: set[str] = set()
        grid = self.grid(file)
        for cell in (grid.at[place] for place in after):
            value = after[cell.place]
            if value is None:
                said |= {"a gap"} if self._is_expected(cell) else set()
            elif isinstance(value, str):
                said.add("not a number")
            elif value != cell.value:
                said |= self._of_value(cell, value, file, after)
        return sorted(said)

    def _of_value(self, cell: Cell, value: float, file: str, after: After) -> set[str]:
        tests = {
            "outside its bounds": self._leaves_bounds(cell, value),
            "its own series": self._leaves_series(cell, value),
            "its magnitude": cell.is_level and self._leaves_magnitude(cell, value),
            "a fall": cell.measure == "level_ytd" and self._falls(cell, value),
            "larger than the whole": cell.is_level and self._exceeds_whole(cell, value, after),
            "its column": self._leaves_column(cell, value, after),
            "printed elsewhere": self._is_printed_otherwise(cell, value, after),
            "an exact repetition": self._repeats(cell, value, after),
        }
        said = {name for name, is_so in tests.items() if is_so}

        def values(other: Cell) -> float:
            now = after.get(other.place) if other.file == file else other.value
            return now if isinstance(now, float | int) else (math.nan if other.place in after else other.value)

        for relation in self._relations.get((file, cell.place), []):
            if relation.is_broken(values):
                said.add(relation.name)
        return said

    def _is_expected(self, cell: Cell) -> bool:
        """Whether a figure has always stood here: the series has a past, or each line has a figure in this column."""
        grid = self.grid(cell.file)
        lines = grid.lines(cell.sheet)
        is_full = len(lines) >= 4 and all(grid.partner(cell, line) is not None for line in lines)
        return bool(self.history.of(cell.key)) or is_full or len(self._columns[self._column(cell)]) >= 4

    def _leaves_bounds(self, cell: Cell, value: float) -> bool:
        if cell.is_index and 50 <= cell.value <= 200:
            return not 20 <= value <= 500
        seen = [amount for series in self.history.alike(cell.key) for amount in series.values()]
        seen += [other.amount for other in self._columns[self._column(cell)]]
        if len(seen) < ENOUGH:
            return cell.is_level and value < 0 <= cell.value
        is_share = cell.measure.startswith(("share", "rate"))
        return (value < 0 and min(seen) > 0 and not cell.is_growth) or (is_share and value > 100 >= max(seen))

    # -- the series

    def _leaves_series(self, cell: Cell, value: float) -> bool:
        series = self.history.of(cell.key)
        off = surprise(cell, series, value * cell.factor, cell.month)
        if off is None:
            return False
        past = surprises(cell, series, cell.month)
        if len(past) < ENOUGH:
            past = [one for other in self.history.alike(cell.key) for one in surprises(cell, other, cell.month)]
        if len(past) < ENOUGH:
            return False
        own = surprise(cell, series, cell.amount, cell.month) or 0.0
        widest = max(abs(own), *map(abs, past))
        return abs(off) > max(widest, 3 * statistics.pstdev(past), floor(cell))

    def _leaves_magnitude(self, cell: Cell, value: float) -> bool:
        series, month = self.history.of(cell.key), cell.month
        earlier = [one for one in series if one < month]
        if not earlier or max(abs(value), abs(cell.value)) < 50:
            return False
        most, amount = max(abs(series[one]) for one in earlier), abs(value) * cell.factor
        ago = months_back(month, 12)
        last = [one for one in (max(earlier),) if cell.measure != "level_ytd" or one.year == month.year]
        near = [series[one] for one in (*last, ago) if one in series]
        is_high = amount >= 5 * most > 0 and abs(cell.amount) < 5 * most
        return is_high or bool(near and amount <= min(near) / 5 < abs(cell.amount))

    def _falls(self, cell: Cell, value: float) -> bool:
        """Below the last figure of the year, by more than such amounts have fallen."""
        series = self.history.of(cell.key)
        earlier = [one for one in series if one < cell.month and one.year == cell.month.year]
        if not earlier or series[max(earlier)] <= 0 or cell.amount < series[max(earlier)]:
            return False
        fallen = max((fall for one in self.history.alike(cell.key) for fall in falls_of(one)), default=0.0)
        least = series[max(earlier)] * (1 - fallen) - cell.half_step * cell.factor
        return value * cell.factor < least

    def _exceeds_whole(self, cell: Cell, value: float, after: After) -> bool:
        """More than the first figure of a column that was its largest: a table's total stands above its parts."""
        column = [one for one in self.grid(cell.file).column(cell) if one.unit == cell.unit and one.is_level]
        if len(column) < 5 or column[0] is cell or column[0].place in after:
            return False
        return max(column, key=lambda one: one.value) is column[0] and value > column[0].value

    def _leaves_column(self, cell: Cell, value: float, after: After) -> bool:
        """Amounts are compared in logarithms, the total among them left out; changed neighbours say nothing."""
        others = [
            other.value
            for other in self._columns[self._column(cell)]
            if other.region != cell.region and other.place not in after
        ]
        if len(others) < 8 or cell.is_rank:
            return cell.is_rank and not 1 <= value <= len(others) + 1
        right = cell.value
        if cell.is_level:
            if min(others) <= 0 or right <= 0 or self._is_total(cell):
                return False
            if value <= 0:
                return True
            others, value, right = [math.log(other) for other in others], math.log(value), math.log(right)
        low, high = min(*others, right), max(*others, right)
        return not low - (high - low) / 2 <= value <= high + (high - low) / 2

    def _is_total(self, cell: Cell) -> bool:
        return any(
            relation.name == "sum" and relation.cells[0].place == cell.place
            for relation in self._relations.get((cell.file, cell.place), [])
        )

    def _is_printed_otherwise(self, cell: Cell, value: float, after: After) -> bool:
        amount, width = value * cell.factor, cell.half_step * cell.factor
        for other in self._same[cell.key, cell.month]:
            is_changed = other.file == cell.file and other.place in after
            agreed = abs(other.amount - cell.amount) <= width + other.half_step * other.factor
            differs = abs(other.amount - amount) > width + other.half_step * other.factor
            if other is not cell and not is_changed and agreed and differs:
                return True
        before = self.history.of(cell.key).get(cell.month)
        if before is None:
            return False
        revision = 0.5 if cell.is_growth or cell.is_index else 0.01 * abs(before)
        return abs(amount - before) > max(revision, width) * 1.0001

    def _repeats(self, cell: Cell, value: float, after: After) -> bool:
        """Figures of three digits or more that equal an earlier one, or another region's, as none did before."""
        if len(str(abs(value)).replace(".", "").strip("0")) < 3 or cell.is_rank:
            return False
        series, amount = self.history.of(cell.key), value * cell.factor
        for lag in (1, 12):
            pairs = [(series[month], series[months_back(month, lag)]) for month in series
                     if months_back(month, lag) in series]  # fmt: skip
            earlier = series.get(months_back(cell.month, lag))
            is_new = len(pairs) >= ENOUGH and all(abs(now - then) > 1e-9 for now, then in pairs)
            if earlier is not None and abs(earlier - amount) <= 1e-9 * abs(amount) and is_new:
                return True
        return self._repeats_a_neighbour(cell, value, after)

    def _repeats_a_neighbour(self, cell: Cell, value: float, after: After) -> bool:
        column = [other for other in self._columns[self._column(cell)] if other.place not in after]
        values = [other.value for other in column]
        digits = len(str(abs(value)).replace(".", "").strip("0"))
        return digits >= 4 and len(set(values)) == len(values) >= 5 and value in values
