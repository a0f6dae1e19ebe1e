"""One figure goes wrong in its size: units, decimal points, signs, percentages."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.gate.cells import Cell, months_back, typed_decimals
from benchmarks.gate.draft import Draft, kind


def _shows_digits(cell: Cell, count: int = 2) -> bool:
    return len(str(abs(cell.value)).replace(".", "").strip("0")) >= count and cell.value != 0


@kind("magnitude slip upwards (万 for 亿 …)", "the series, its column, totals and growth contradict it",
      ("×10", "×100", "×1000", "×10000"))  # fmt: skip
def magnitude_up(draft: Draft) -> bool:
    """An amount is too large by powers of ten."""
    cell = draft.pick(lambda cell: cell.is_level and cell.value != 0)
    if cell is None:
        return False
    draft.exactly(cell, cell.value * float(draft.size[1:]))
    return True


@kind("magnitude slip downwards", "the series, its column, totals and growth contradict it",
      ("÷10", "÷100", "÷1000", "÷10000"))  # fmt: skip
def magnitude_down(draft: Draft) -> bool:
    """An amount is too small by powers of ten."""
    cell = draft.pick(lambda cell: cell.is_level and abs(cell.value) >= 10)
    if cell is None:
        return False
    draft.exactly(cell, cell.value / float(draft.size[1:]))
    return True


@kind("decimal point lost", "the figure grows ten to a hundredfold: series, column, ranks or totals contradict it")
def decimal_point_lost(draft: Draft) -> bool:
    """58.3 is typed 583."""
    cell = draft.pick(lambda cell: cell.decimals >= 1 and typed_decimals(f"{cell.value:.{cell.decimals}f}") > 0)
    if cell is None or cell.value == 0:
        return False
    shown = f"{cell.value:.{cell.decimals}f}"
    draft.exactly(cell, float(shown.replace(".", "")))
    return True


@kind("decimal point moved by one place", "as the point lost; small growth rates may stay within what is usual",
      ("left", "right"))  # fmt: skip
def decimal_point_moved(draft: Draft) -> bool:
    """5.83 for 58.3, or 583.0."""
    cell = draft.pick(lambda cell: cell.decimals >= 1 and cell.value != 0)
    if cell is None:
        return False
    draft.exactly(cell, cell.value / 10 if draft.size == "left" else cell.value * 10)
    return True


@kind("sign turned round", "amounts are not negative; a growth rate if it leaves its series, ranks or levels",
      ("growth below 3 %", "growth of 3 % and more", "amount"))  # fmt: skip
def sign_flipped(draft: Draft) -> bool:
    """The minus is forgotten, or one too many is typed."""
    wanted = {
        "growth below 3 %": lambda cell: cell.is_growth and 0 < abs(cell.value) < 3,
        "growth of 3 % and more": lambda cell: cell.is_growth and abs(cell.value) >= 3,
        "amount": lambda cell: cell.is_level and cell.value > 0,
    }[draft.size]
    cell = draft.pick(wanted)
    if cell is None:
        return False
    draft.number(cell, -cell.value)
    return True


@kind("a percentage as a fraction, one cell", "a rate near 0.05 among rates near 5: series, levels, ranks",
      worlds=("demonstration", "shaoyang", "provinces"))  # fmt: skip
def fraction_for_percent(draft: Draft) -> bool:
    """0.058 for 5.8."""
    cell = draft.pick(lambda cell: cell.unit == "percent" and abs(cell.value) >= 0.5)
    if cell is None:
        return False
    draft.number(cell, cell.value / 100, decimals=typed_decimals(cell.printed) + 2)
    return True


@kind("an index printed as growth, or growth as an index", "3.2 among figures near 103, 104.5 among rates near 4.5",
      ("index as growth", "growth as index"))  # fmt: skip
def index_and_growth_mixed(draft: Draft) -> bool:
    """The hundred is left off, or added."""
    to_growth = draft.size == "index as growth"
    cell = draft.pick(lambda cell: cell.is_index if to_growth else cell.is_growth)
    if cell is None:
        return False
    draft.number(cell, cell.value - 100 if to_growth else cell.value + 100)
    return True


@kind("the month's figure in place of the cumulative one", "a cumulative amount below last month's, far off its growth",
      worlds=("demonstration", "provinces"))  # fmt: skip
def month_for_cumulative(draft: Draft) -> bool:
    """The increase since last month is taken for the sum since January."""

    def earlier(cell: Cell) -> float | None:
        before = draft.delivery.history.of(cell.key).get(months_back(cell.month, 1))
        return None if before is None or cell.month.month == 1 else before / cell.factor

    cell = draft.pick(lambda cell: cell.measure == "level_ytd" and cell.value > 10 and earlier(cell) is not None)
    if cell is None:
        return False
    draft.number(cell, cell.value - (earlier(cell) or 0))
    return True


@kind("a cumulative figure that starts over", "it falls below last month's, which such a series never did",
      ("to 90 %", "to 60 %", "to 30 %"), worlds=("demonstration", "provinces"))  # fmt: skip
def cumulative_falls(draft: Draft) -> bool:
    """Less since January than a month ago."""
    history = draft.delivery.history

    def earlier(cell: Cell) -> float | None:
        return history.of(cell.key).get(months_back(cell.month, 1)) if cell.month.month > 1 else None

    cell = draft.pick(lambda cell: cell.measure == "level_ytd" and cell.value > 10 and bool(earlier(cell)))
    if cell is None:
        return False
    draft.number(cell, (earlier(cell) or 0) / cell.factor * float(draft.size.split()[1]) / 100)
    return True


@kind("an outlier of moderate size", "so many times the series' normal step off; levels, ranks, totals, or the series",
      ("3 steps", "5 steps", "10 steps"), worlds=("demonstration", "provinces", "cities"))  # fmt: skip
def moderate_outlier(draft: Draft) -> bool:
    """The figure is off by a multiple of its usual change from month to month."""
    cell = draft.pick(lambda cell: len(draft.delivery.history.of(cell.key)) >= 5)
    if cell is None:
        return False
    series = draft.delivery.history.of(cell.key)
    months = sorted(month for month in series if month <= cell.month)
    steps = [abs(series[now] - series[before]) for before, now in pairwise(months)
             if before.year == now.year]  # fmt: skip
    if not steps or sorted(steps)[len(steps) // 2] == 0:
        return False
    typical = sorted(steps)[len(steps) // 2] / cell.factor
    draft.number(cell, cell.value + draft.rng.choice((-1, 1)) * int(draft.size.split()[0]) * typical)
    return True


@kind("zero where a figure belongs", "a figure that was never zero")
def zero_for_a_figure(draft: Draft) -> bool:
    """The cell is filled with 0 because the figure was not there."""
    cell = draft.pick(lambda cell: abs(cell.value) >= 0.3)
    if cell is None:
        return False
    draft.number(cell, 0)
    return True


def _part_of(draft: Draft, name: str, place: int) -> Cell | None:
    """A cell at a place of an equation that the clean file keeps."""
    relations = draft.knowledge.named(draft.file, name)
    if not relations:
        return None
    cells = draft.rng.choice(relations).cells
    return draft.rng.choice(cells[1:]) if place else cells[0]


@kind("one component altered, the total not", "the total no longer adds up",
      ("by 0.5 %", "by 3 %", "by 20 %"), worlds=("demonstration", "shaoyang"))  # fmt: skip
def component_altered(draft: Draft) -> bool:
    """A part is changed and nobody adds up again."""
    cell = _part_of(draft, "sum", 1)
    if cell is None:
        return False
    draft.number(cell, cell.value * (1 + draft.rng.choice((-1, 1)) * float(draft.size.split()[1]) / 100))
    return True


@kind("the total altered, its components not", "the parts do not add up to it",
      ("by 0.5 %", "by 3 %", "by 20 %"), worlds=("demonstration", "shaoyang"))  # fmt: skip
def total_altered(draft: Draft) -> bool:
    """The sum is typed, not computed."""
    cell = _part_of(draft, "sum", 0)
    if cell is None:
        return False
    draft.number(cell, cell.value * (1 + draft.rng.choice((-1, 1)) * float(draft.size.split()[1]) / 100))
    return True


@kind("a level altered, its growth not", "growth and levels contradict each other where the basis is nominal",
      ("by 1 %", "by 5 %", "by 20 %"), worlds=("demonstration", "provinces"))  # fmt: skip
def level_against_growth(draft: Draft) -> bool:
    """The level is corrected and the growth forgotten."""
    relations = draft.knowledge.named(draft.file, "growth and levels")
    if not relations:
        return False
    cell = draft.rng.choice(relations).cells[1]
    draft.number(cell, cell.value * (1 + draft.rng.choice((-1, 1)) * float(draft.size.split()[1]) / 100))
    return True


@kind("a growth on another basis, its level not", "growth and levels contradict each other where the basis is nominal",
      ("by 1 point", "by 3 points", "by 8 points"), worlds=("demonstration", "provinces"))  # fmt: skip
def growth_against_level(draft: Draft) -> bool:
    """The rate is computed from other figures."""
    cell = _part_of(draft, "growth and levels", 0)
    if cell is None:
        return False
    draft.number(cell, cell.value + draft.rng.choice((-1, 1)) * float(draft.size.split()[1]))
    return True
