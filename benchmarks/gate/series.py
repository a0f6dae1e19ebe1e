"""What a series led to expect, and how far its figures lay from that.

Belongs here: one series and its own past. Does not belong here: whether that contradicts a figure (``information``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from benchmarks.gate.cells import Cell, months_back


def falls_of(series: Mapping[date, float]) -> list[float]:
    """By what share a cumulative series ever fell within a year."""
    months = sorted(series)
    return [1 - series[now] / series[then] for then, now in pairwise(months)
            if then.year == now.year and series[then] > 0 and series[now] < series[then]]  # fmt: skip


def surprise(cell: Cell, series: Mapping[date, float], amount: float, month: date) -> float | None:
    """How far an amount lies from what its series led to expect; None when the series says nothing.

    A cumulative amount is compared with its own growth over last year, one month earlier; without a last year with
    the step from month to month; a small count and everything else with the figure before.
    """
    earlier = [one for one in series if one < month]
    if not earlier:
        return None
    last = max(earlier)
    if cell.measure != "level_ytd":
        return amount - series[last] if months_back(month, 3) <= last else None
    if max(map(abs, series.values())) < 100 * cell.factor or min(series.values()) <= 0:
        start = series[last] if last.year == month.year else 0.0
        return amount - start if months_back(month, 3) <= last else None
    if amount <= 0:
        return math.inf
    base, base_before = series.get(months_back(month, 12)), series.get(months_back(last, 12))
    if base and base_before and months_back(month, 3) <= last:
        return math.log(amount / base) - math.log(series[last] / base_before)
    if last.year == month.year:
        return math.log(amount / series[last]) - math.log(month.month / last.month)
    return math.log(amount / base) if base else None


def surprises(cell: Cell, series: Mapping[date, float], until: date) -> list[float]:
    """How far each earlier figure of a series lay from what had been expected, by the same way of expecting."""
    has_year = months_back(until, 12) in series and any(months_back(one, 12) in series for one in series)
    found = []
    for month in sorted(series):
        known = {one: amount for one, amount in series.items() if one < month}
        if month < until and not (has_year and months_back(month, 12) not in series):
            off = surprise(cell, known, series[month], month)
            found += [off] if off is not None and math.isfinite(off) else []
    return found


def floor(cell: Cell) -> float:
    """Nothing smaller than three printed steps is a surprise, however quiet a series is."""
    if cell.measure == "level_ytd" and cell.value:
        return 6 * cell.half_step / abs(cell.value)
    return 6 * cell.half_step * cell.factor
