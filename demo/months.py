"""Months and how offices write the period that ends with one."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """A reference month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2021-01``."""
        year, month = text.split("-")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def is_quarter_end(self) -> bool:
        """Whether a quarter ends with this month."""
        return self.month % 3 == 0

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def cumulative(self) -> str:
        """1-9月, or 1月."""
        return "1月" if self.month == 1 else f"1-{self.month}月"

    @property
    def spoken(self) -> str:
        """一季度, 上半年, 前三季度, 全年 where there is such a word, else 1-N月."""
        return {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}.get(self.month, self.cumulative)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """All months from the first to the last."""
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            if first <= Month(year, month) <= last:
                yield Month(year, month)
