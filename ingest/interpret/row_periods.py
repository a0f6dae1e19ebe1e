"""Periods printed as row labels, one below the other: what a label leaves out it takes from the label above it.

Belongs here: eras and years carried down (平成20年, 21年; 2011年11月, 12月). Does not belong here: reading one
period's words (``ingest/periods.py``), which rows carry a period (``rows.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ingest.footnotes import without_marks
from ingest.interpret.periods import read_period
from ingest.periods import Period
from ingest.text import normalise

_ERA = re.compile(r"(平成|昭和|令和)(?=\d|元)")
_YEAR_OF_ERA = re.compile(r"\d{1,2}年")


@dataclass(slots=True)
class RowPeriods:
    """Reads the labels of one table from top to bottom; ``year`` is the report's, for a first label without one."""

    year: int | None
    _era: str = ""
    _last: Period | None = None

    def read(self, text: str, at_month: int | None = None) -> Period | None:
        """The period of the next label; None when it is none."""
        label = self._with_era(normalise(without_marks(text)))
        period = read_period(label, self._last.month.year if self._last else self.year)
        if period is None:
            return None
        if read_period(label, None) is None:
            period = self._across_new_year(period)
        if at_month is not None and period.kind == "year":
            month = date(period.month.year, at_month, 1)
            period = Period("month", month, month, f"{month.year}年{month.month}月")
        self._last = period
        return period

    def _with_era(self, label: str) -> str:
        era = _ERA.search(label)
        if era is not None:
            self._era = era[1]
        elif self._era and _YEAR_OF_ERA.match(label):
            return self._era + label
        return label

    def _across_new_year(self, period: Period) -> Period:
        """A month without a year that follows December, or precedes January, is of the year beside it."""
        if self._last is None or "month" not in (period.kind, self._last.kind):
            return period
        step = {(12, 1): 1, (1, 12): -1}.get((self._last.month.month, period.month.month), 0)
        if not step:
            return period
        year = period.month.year + step
        return replace(
            period, start=period.start.replace(year=year), month=period.month.replace(year=year),
            label=period.label.replace(str(period.month.year), str(year)),
        )  # fmt: skip
