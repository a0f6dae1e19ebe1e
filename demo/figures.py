"""The store of simulated figures: one number, as printed, per series, region and month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Key = tuple[str, str, int, int]


@dataclass
class Figures:
    """Numbers by (series, region, year, month); what is not there does not exist for that month."""

    values: dict[Key, float] = field(default_factory=dict)

    def add(self, series: str, region: str, year: int, month: int, value: float) -> None:
        """Put one figure in its place."""
        self.values[series, region, year, month] = value

    def add_year(self, series: str, region: str, year: int, by_month: Mapping[int, float]) -> None:
        """Put the months of a year in their places."""
        for month, value in by_month.items():
            self.add(series, region, year, month, value)

    def get(self, series: str, region: str, year: int, month: int) -> float:
        """A figure that must exist."""
        return self.values[series, region, year, month]

    def find(self, series: str, region: str, year: int, month: int) -> float | None:
        """A figure, or None where there is none for that month."""
        return self.values.get((series, region, year, month))

    def year(self, series: str, region: str, year: int) -> dict[int, float]:
        """The months of one year."""
        found = {month: self.find(series, region, year, month) for month in range(1, 13)}
        return {month: value for month, value in found.items() if value is not None}

    def changed(self, changes: Mapping[Key, float]) -> Figures:
        """The same figures with some replaced: what an office sent before it corrected itself."""
        return Figures({**self.values, **changes})

    def rank(self, series: str, region: str, regions: Iterable[str], year: int, month: int) -> int | None:
        """Competition rank (1, 2, 2, 4), the highest first, on the printed figures."""
        own = self.find(series, region, year, month)
        if own is None:
            return None
        others = (self.find(series, other, year, month) for other in regions)
        return 1 + sum(1 for value in others if value is not None and value > own)
