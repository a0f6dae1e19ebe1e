"""Paths through a year: how a cumulative figure gets from its first month to its December value.

Pure functions of a seeded generator. Every series draws from a stream of its own, so that adding one series moves
no other.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

# Share of the year's total that is reached at the end of each month (1–12).
RETAIL_SHARE = (0.079, 0.161, 0.238, 0.315, 0.397, 0.481, 0.561, 0.645, 0.731, 0.823, 0.911, 1.0)
REVENUE_SHARE = (0.104, 0.172, 0.271, 0.352, 0.433, 0.541, 0.617, 0.684, 0.768, 0.842, 0.907, 1.0)
SPENDING_SHARE = (0.071, 0.142, 0.242, 0.312, 0.388, 0.494, 0.563, 0.637, 0.731, 0.797, 0.872, 1.0)
TRADE_SHARE = (0.081, 0.148, 0.232, 0.315, 0.399, 0.487, 0.571, 0.655, 0.741, 0.823, 0.911, 1.0)
EVEN_SHARE = (0.070, 0.140, 0.232, 0.318, 0.404, 0.502, 0.584, 0.662, 0.753, 0.838, 0.921, 1.0)
LATE_SHARE = (0.020, 0.045, 0.115, 0.175, 0.245, 0.345, 0.425, 0.515, 0.640, 0.755, 0.880, 1.0)
EARLY_SHARE = (0.060, 0.150, 0.290, 0.400, 0.520, 0.660, 0.740, 0.815, 0.885, 0.935, 0.970, 1.0)
QUARTER_SHARE = {3: 0.226, 6: 0.471, 9: 0.722, 12: 1.0}


def stream(seed: int, *names: object) -> random.Random:
    """A generator for one series, independent of all others."""
    return random.Random(":".join([str(seed), *map(str, names)]))


def rounded(value: float, decimals: int) -> float:
    """Round half up, as an office does by hand (binary floats would round 0.25 to 0.2)."""
    quantum = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(round(value, 9))).quantize(quantum, rounding=ROUND_HALF_UP))


def growth_path(
    rng: random.Random, december: float, months: Sequence[int], start_gap: float, wobble: float
) -> dict[int, float]:
    """Cumulative growth rates, one decimal, that end exactly at the December value.

    ``start_gap`` is how far the year starts from where it ends. The wobble dies down with the year, as it does in
    cumulative rates, but stays alive long enough for ranks to change.
    """
    path: dict[int, float] = {}
    drift = 0.0
    for month in months:
        left = (12 - month) / 10
        drift = 0.55 * drift + rng.gauss(0.0, wobble)
        path[month] = rounded(december + start_gap * left + drift * math.sqrt(left), 1)
    return path


def cumulative_path(rng: random.Random, total: float, share: Sequence[float], decimals: int) -> dict[int, float]:
    """A cumulative level or count that never falls and ends exactly at its total."""
    path: dict[int, float] = {}
    before = 0.0
    for month in range(1, 13):
        jitter = 0.0 if month == 12 else rng.uniform(-0.012, 0.012)
        before = min(total, max(before, rounded(total * max(0.0, share[month - 1] + jitter), decimals)))
        path[month] = before
    path[12] = total
    return path


def stock_path(rng: random.Random, start: float, end: float, share: Sequence[float], decimals: int) -> dict[int, float]:
    """A stock or rate that moves from last December's value to this December's."""
    path: dict[int, float] = {}
    for month in range(1, 13):
        jitter = 0.0 if month == 12 else rng.uniform(-0.02, 0.02)
        path[month] = rounded(start + (end - start) * (share[month - 1] + jitter), decimals)
    path[12] = end
    return path
