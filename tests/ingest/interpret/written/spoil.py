"""One cell or label of a good table spoilt, and where that must be said."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.ingest.interpret.written.figures import Put
from tests.ingest.interpret.written.table import Position, Written

_NO_NUMBERS = [
    "待核实", "见附表", "1-2", "3.2.1", "(1.2)", "8500 8550", "1万2千", "由负转正", "TRUE", "＃＃＃", "12,34",
    "3.2或3.4", "？", "#REF!", "#N/A", "#DIV/0!", "2025-01-09", "3..2", "5e3", "--", "一百二十",
]  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """Cells at one of which a finding must stand, and the figures that may no longer be accepted."""

    kind: str
    at: tuple[Position, ...]
    lost: frozenset[Position]


def _pick(table: Written, dice: random.Random, measure: str = "") -> Position | None:
    places = [at for at, (key, f) in table.figures.items() if f.value is not None and key[2].startswith(measure)]
    return dice.choice(sorted(places)) if places else None


def _row(table: Written, row: int) -> frozenset[Position]:
    return frozenset(at for at in table.figures if at[0] == row)


def text_in_number(table: Written, dice: random.Random) -> Spoilt | None:
    """No number where one belongs."""
    at = _pick(table, dice)
    if at is None:
        return None
    table.cells[at] = Put(dice.choice(_NO_NUMBERS))
    return Spoilt("text_in_number", (at,), frozenset({at}))


def second_unit(table: Written, dice: random.Random) -> Spoilt | None:
    """A unit beside one level that is not the one printed or agreed for all."""
    at = _pick(table, dice, "level")
    if at is None or table.case.unit_place == "spec" or table.spec.get("unit") or table.case.unit_place == "beside":
        return None
    other = {"亿元": "万元", "万元": "亿元"}[table.case.unit]
    table.cells[at] = Put(dice.choice(["12.5", "7,001"]) + dice.choice([other, "%", "万人", "个百分点", "预计", "万"]))
    return Spoilt("second_unit", (at,), frozenset({at}))


def wrong_dimension(table: Written, dice: random.Random) -> Spoilt | None:
    """A growth with money or points beside it."""
    at = _pick(table, dice, "growth")
    if at is None:
        return None
    table.cells[at] = Put("3.5" + dice.choice(["亿元", "个百分点", "人", "倍"]))
    return Spoilt("wrong_dimension", (at,), frozenset({at}))


def unknown_label(table: Written, dice: random.Random) -> Spoilt | None:
    """A row that nobody knows."""
    of_periods = table.case.orientation == "periods_down"  # without its newest row such a table is not the report's
    labels = [
        at for at in table.labels if not of_periods or table.months.get((at[0], at[1] + 1), 99) < table.case.month
    ]
    if not labels:
        return None
    at = dice.choice(labels)
    words = ["双青区", "合计", "地区生产总额", "某某", "大样区", "小计", "#REF!", *([] if of_periods else ["2025"])]
    table.cells[at] = Put(dice.choice(words))
    return Spoilt("unknown_label", (at,), _row(table, at[0]))


def same_row_twice(table: Written, dice: random.Random) -> Spoilt | None:
    """One row under the label of another."""
    if table.case.orientation not in ("regions_down", "indicators_down"):
        return None
    first, second = dice.sample(table.labels, 2)
    lost = _row(table, first[0]) | _row(table, second[0])
    if not _row(table, first[0]) or not _row(table, second[0]):
        return None
    table.cells[second] = table.cells[first]
    return Spoilt("same_row_twice", (first, second), lost)


def stray(table: Written, dice: random.Random) -> Spoilt | None:
    """A number right of the table, under no header."""
    rows = sorted({row for row, _ in table.figures})
    if not rows:
        return None
    at = (dice.choice(rows), max(column for _, column in table.cells) + dice.choice([1, 2]))
    table.cells[at] = Put("77.7")
    return Spoilt("stray", (at,), frozenset())


def period_beside(table: Written, dice: random.Random) -> Spoilt | None:
    """Another month in a line of its own between title and table: the whole table is in doubt."""
    case = table.case
    if case.period_place != "title" or case.orientation in ("long", "periods_down"):
        return None
    row, column = table.title
    free = [n for n in (row + 1,) if (n, column) not in table.cells and n < table.header_top]
    if not free:
        return None
    month = dice.choice([m for m in range(2, 10) if m != case.month])
    table.text(free[0], column, f"2025年1-{month}月")
    return Spoilt("period_beside", ((free[0], column), table.title), frozenset(table.figures))


KINDS: list[Callable[[Written, random.Random], Spoilt | None]] = [
    text_in_number, second_unit, wrong_dimension, unknown_label, same_row_twice, stray, period_beside,
]  # fmt: skip
