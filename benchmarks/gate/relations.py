"""What printed figures say about each other: equations that hold among the clean figures, found in them.

Belongs here: sums, growth against levels, index against growth, averages, shares, ranks, changes since the year began,
each kept only where the clean material itself proves it. Does not belong here: a series against its own past
(``information``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from benchmarks.gate.cells import Cell, History, Key, Place, months_back

Values = Callable[[Cell], float]
ENOUGH = 6
"""Months (or regions) that must prove an equation before it counts."""


@dataclass(frozen=True)
class Relation:
    """An equation among cells of one file: its residual, and how large that may be."""

    name: str
    cells: tuple[Cell, ...]
    residual: Callable[[Values], float]
    tolerance: float

    def is_broken(self, values: Values) -> bool:
        """Whether these values contradict each other."""
        return abs(self.residual(values)) > self.tolerance


def relations_of(cells: Sequence[Cell], history: History) -> list[Relation]:
    """All equations that hold in a clean file, given what was printed before."""
    found = [
        *_sums(cells),
        *_growths(cells, history),
        *_indices(cells),
        *_averages(cells, history),
        *_changes(cells, history),
        *_shares(cells, history),
        *_ranks(cells),
    ]
    return [relation for relation in found if not relation.is_broken(lambda cell: cell.value)]


def _sums(cells: Sequence[Cell]) -> Iterator[Relation]:
    """A figure followed, down or across, by figures that add up to it."""
    lines: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if not cell.is_rank and cell.measure.startswith(("level", "change")):
            same = (cell.sheet, cell.measure, cell.unit, cell.month)
            lines["down", *same, cell.column].append(cell)
            lines["across", *same, cell.row].append(cell)
    for line in lines.values():
        line.sort(key=lambda cell: (cell.row, cell.column))
        for start, total in enumerate(line):
            parts = _parts(total, line[start + 1 :])
            if parts:
                width = sum(cell.half_step for cell in (total, *parts)) + 1e-9 * abs(total.value)
                yield Relation("sum", (total, *parts), _sum_residual(total, parts), width)


def _parts(total: Cell, following: Sequence[Cell]) -> list[Cell]:
    """The following figures that add up to a total, if some do; a total of few digits proves nothing."""
    running, width = 0.0, total.half_step
    for count, cell in enumerate(following, start=1):
        running, width = running + cell.value, width + cell.half_step
        is_exact = abs(running - total.value) <= width + 1e-9 * abs(total.value)
        if count >= 2 and is_exact and abs(total.value) >= 2000 * width:
            return list(following[:count])
    return []


def _sum_residual(total: Cell, parts: Iterable[Cell]) -> Callable[[Values], float]:
    parts = list(parts)
    return lambda values: values(total) - sum(values(part) for part in parts)


def _proved(residuals: Sequence[float], limit: float) -> float | None:
    """The tolerance that past residuals prove, or None where they prove nothing."""
    if len(residuals) < ENOUGH or max(map(abs, residuals)) > limit:
        return None
    return 1.2 * max(map(abs, residuals))


def _rate(now: float, base: float) -> float:
    return 100 * (now / base - 1) if base else float("inf")


def _growths(cells: Sequence[Cell], history: History) -> Iterator[Relation]:
    """A printed growth and the levels it was made from, where the past shows that it was (nominal basis)."""
    now = {(cell.file, cell.key, cell.month): cell for cell in cells}
    for growth in (cell for cell in cells if cell.is_growth):
        key: Key = (False, growth.region, growth.indicator, growth.measure.replace("growth", "level"), "none")
        level = now.get((growth.file, key, growth.month))
        year_ago = months_back(growth.month, 12)
        base_cell, base = now.get((growth.file, key, year_ago)), history.of(key).get(year_ago)
        if level is None or (base_cell is None and base is None):
            continue
        rates, levels = history.of(growth.key), history.of(key)
        past = [
            rate - _rate(levels[month], levels[months_back(month, 12)])
            for month, rate in rates.items()
            if month in levels and months_back(month, 12) in levels and month < growth.month
        ]
        proved = _proved(past, limit=3.0)
        if proved is not None:
            yield _growth_relation(growth, level, base_cell, base, max(proved, growth.half_step * 2))


def _growth_relation(growth: Cell, level: Cell, base_cell: Cell | None, base: float | None, width: float) -> Relation:
    def residual(values: Values) -> float:
        below = values(base_cell) * base_cell.factor if base_cell is not None else base
        return values(growth) - _rate(values(level) * level.factor, below or 0.0)

    cells = (growth, level) if base_cell is None else (growth, level, base_cell)
    return Relation("growth and levels", cells, residual, width)


def _indices(cells: Sequence[Cell]) -> Iterator[Relation]:
    """An index and the growth that is the index less 100."""
    by_key = {(cell.file, cell.key[:3], cell.measure, cell.month): cell for cell in cells}
    for cell in cells:
        growth = by_key.get((cell.file, cell.key[:3], cell.measure.replace("index", "growth"), cell.month))
        if cell.is_index and growth is not None:
            yield Relation("index and growth", (cell, growth), _index_residual(cell, growth), 2.1 * cell.half_step)


def _index_residual(index: Cell, growth: Cell) -> Callable[[Values], float]:
    return lambda values: values(index) - 100 - values(growth)


def _averages(cells: Sequence[Cell], history: History) -> Iterator[Relation]:
    """The average since January against the one before and this month's index."""
    by_key = {(cell.file, cell.key, cell.month): cell for cell in cells}
    for average in (cell for cell in cells if cell.measure == "index_ytd" and cell.month.month > 1):
        key: Key = (False, average.region, average.indicator, "index_month", average.basis)
        current, count = by_key.get((average.file, key, average.month)), average.month.month
        before = history.of(average.key).get(months_back(average.month, 1))
        if current is not None and before is not None:
            width = (2 * count) * average.half_step * 1.2
            yield Relation("average of the months", (average, current), _average_residual(average, current, before),
                           width)  # fmt: skip


def _average_residual(average: Cell, current: Cell, before: float) -> Callable[[Values], float]:
    count = average.month.month
    return lambda values: values(average) * count - before * (count - 1) - values(current)


def _changes(cells: Sequence[Cell], history: History) -> Iterator[Relation]:
    """A stock, its change since the year began, and the stock of last December."""
    by_key = {(cell.file, cell.key[:3], cell.measure, cell.month): cell for cell in cells}
    for change in (cell for cell in cells if cell.measure == "change_ytd"):
        stock = by_key.get((change.file, change.key[:3], "level_eop", change.month))
        if stock is None:
            continue
        december = history.of(stock.key).get(date(change.month.year - 1, 12, 1))
        if december is not None:
            width = 3.5 * max(stock.half_step * stock.factor, change.half_step * change.factor)
            yield Relation("change since the year began", (change, stock), _change_residual(change, stock, december),
                           width)  # fmt: skip


def _change_residual(change: Cell, stock: Cell, december: float) -> Callable[[Values], float]:
    return lambda values: values(change) * change.factor - (values(stock) * stock.factor - december)


def _shares(cells: Sequence[Cell], history: History) -> Iterator[Relation]:
    """A percentage that is the quotient of two amounts of the same file, as the past proves."""
    by_file: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_file[cell.file].append(cell)
    for file in by_file.values():
        amounts = [cell for cell in file if cell.measure.startswith(("level", "change")) and not cell.is_rank]
        shares = [cell for cell in file if cell.unit == "percent" and not cell.is_growth]
        if len(file) > 40:
            continue
        for share in shares:
            for part, whole in permutations(amounts, 2):
                if part.unit == whole.unit and part.month == whole.month == share.month:
                    width = _proved(list(_quotients(share, part, whole, history)), limit=3 * share.half_step)
                    if width is not None:
                        yield Relation("share", (share, part, whole), _share_residual(share, part, whole),
                                       max(width, 2 * share.half_step))  # fmt: skip


def _quotients(share: Cell, part: Cell, whole: Cell, history: History) -> Iterator[float]:
    parts, wholes = history.of(part.key), history.of(whole.key)
    for month, value in history.of(share.key).items():
        if month in parts and wholes.get(month):
            yield value - 100 * parts[month] / wholes[month]


def _share_residual(share: Cell, part: Cell, whole: Cell) -> Callable[[Values], float]:
    def residual(values: Values) -> float:
        below = values(whole) * whole.factor
        return values(share) - 100 * values(part) * part.factor / below if below else float("inf")

    return residual


def _ranks(cells: Sequence[Cell]) -> Iterator[Relation]:
    """A column of printed ranks and the figures they rank (competition ranking on one printed decimal)."""
    tables: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        tables[cell.file, cell.sheet, cell.indicator, cell.measure, cell.month].append(cell)
    for table in tables.values():
        ranks = [cell for cell in table if cell.is_rank]
        figures = {cell.region: cell for cell in table if not cell.is_rank}
        members = [rank for rank in ranks if rank.region in figures]
        for sign in (1, -1):
            relation = _rank_relation(members, figures, sign)
            if len(members) >= 3 and not relation.is_broken(lambda cell: cell.value):
                yield relation
                break


def _rank_relation(members: Sequence[Cell], figures: Mapping[str, Cell], sign: int) -> Relation:
    def residual(values: Values) -> float:
        shown = {rank.region: sign * round(values(figures[rank.region]) + 1e-9, 1) for rank in members}
        wrong = 0
        for rank in members:
            place = 1 + sum(1 for other in shown.values() if other > shown[rank.region])
            wrong += place != values(rank)
        return float(wrong)

    return Relation("published ranks", (*members, *(figures[rank.region] for rank in members)), residual, 0.5)


def by_place(relations: Iterable[Relation]) -> dict[tuple[str, Place], list[Relation]]:
    """The equations in which a cell takes part."""
    found: dict[tuple[str, Place], list[Relation]] = defaultdict(list)
    for relation in relations:
        for cell in relation.cells:
            found[cell.file, cell.place].append(relation)
    return found
