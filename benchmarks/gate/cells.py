"""Clean cells with their meaning, and the printed history they stand in: what ``raw.cell`` says of a clean run.

Belongs here: loading and indexing. Does not belong here: judging (``information``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

Place = tuple[str, str]
"""Sheet and A1 address."""
Key = tuple[bool, str, str, str, str]
"""Whether it is a rank, region, indicator, measure, basis of growth."""


@dataclass(frozen=True)
class Cell:
    """One figure or rank as it was read from a clean file."""

    file: str
    sheet: str
    address: str
    is_rank: bool
    value: float
    printed: str
    decimals: int
    unit: str
    factor: float
    region: str
    region_label: str
    indicator: str
    measure: str
    basis: str
    month: date

    @property
    def place(self) -> Place:
        """Where it stands in its file."""
        return self.sheet, self.address

    @cached_property
    def row(self) -> int:
        """The row, from 1."""
        return split_address(self.address)[0]

    @cached_property
    def column(self) -> int:
        """The column, from 1."""
        return split_address(self.address)[1]

    @property
    def key(self) -> Key:
        """What the figure is of, without its month."""
        return self.is_rank, self.region, self.indicator, self.measure, self.basis

    @property
    def amount(self) -> float:
        """The value in the unit that all units of its dimension share."""
        return self.value * self.factor

    @property
    def is_level(self) -> bool:
        """Whether it is an amount, a count or a stock."""
        return not self.is_rank and self.measure.startswith("level")

    @property
    def is_growth(self) -> bool:
        """Whether it is a rate of growth in percent."""
        return not self.is_rank and self.measure.startswith("growth")

    @property
    def is_index(self) -> bool:
        """Whether it is an index around 100."""
        return not self.is_rank and self.measure.startswith("index")

    @property
    def half_step(self) -> float:
        """Half of the last printed place, in the printed unit: what rounding may have taken away."""
        return 0.5 * 10.0 ** -typed_decimals(self.printed)


def split_address(address: str) -> tuple[int, int]:
    """Row and column of an A1 address.

    >>> split_address("AB12")
    (12, 28)
    """
    match = re.fullmatch(r"([A-Z]+)(\d+)", address)
    assert match is not None, address
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def to_address(row: int, column: int) -> str:
    """The A1 address of a row and a column."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def typed_decimals(printed: str) -> int:
    """How many decimals stand in a number as printed."""
    _, _, decimals = printed.partition(".")
    return len(re.match(r"\d*", decimals)[0]) if decimals else 0  # type: ignore[index]


def months_back(month: date, count: int) -> date:
    """The first of the month so many months earlier."""
    total = month.year * 12 + month.month - 1 - count
    return date(total // 12, total % 12 + 1, 1)


_CELLS = """
select s.source_path, c.source_sheet, c.source_cell, c.disposition = 'published_rank', c.value_number,
    c.value_printed, coalesce(c.value_decimals, 0), coalesce(c.unit_code, ''), coalesce(u.factor, 1),
    coalesce(c.region_code, ''), coalesce(c.region_label, ''), coalesce(c.indicator_code, ''),
    coalesce(c.measure, ''), coalesce(c.growth_basis, ''), c.reference_month
from raw.cell as c
inner join raw.submission as s using (submission_id)
left join raw.pack_unit as u using (unit_code)
where c.disposition in ('observation', 'published_rank') and c.value_number is not null
    and c.reference_month is not null and {which}
order by s.submission_order, c.source_sheet, c.source_cell
"""


def load_cells(warehouse: Path, which: str = "true") -> list[Cell]:
    """The figures of a warehouse, first submission first."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as con:
        rows: list[tuple[Any, ...]] = con.execute(_CELLS.format(which=which)).fetchall()
    return [Cell(*row) for row in rows]


class History:
    """What was printed before: the series by key, newest print of each month."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.series: dict[Key, dict[date, float]] = defaultdict(dict)
        self.half_steps: dict[Key, float] = defaultdict(float)
        for cell in cells:
            self.series[cell.key][cell.month] = cell.amount
            self.half_steps[cell.key] = max(self.half_steps[cell.key], cell.half_step * cell.factor)

    def of(self, key: Key) -> Mapping[date, float]:
        """The months of one series."""
        return self.series.get(key, {})

    def alike(self, key: Key) -> list[Mapping[date, float]]:
        """The series of all regions with the same meaning."""
        return [series for other, series in self.series.items() if other[0] == key[0] and other[2:] == key[2:]]
