"""Which figures a column or row of ranks ranks: told from its words, and from the figures themselves.

Belongs here: trying what reproduces the printed ranks. Does not belong here: ranking as a rule of judgement (dbt).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
_ENOUGH = 0.9


def ranked_by(ranks: Mapping[Hashable, float], bases: Mapping[K, Mapping[Hashable, float]]) -> K | None:
    """The figures whose order reproduces printed ranks, rounded to one decimal or raw; None when none does."""
    best: tuple[float, K] | None = None
    for name, values in bases.items():
        share = max(_share(ranks, values, rounded, falling) for rounded in (True, False) for falling in (True, False))
        if share >= _ENOUGH and (best is None or share > best[0]):
            best = (share, name)
    return best[1] if best else None


def _share(ranks: Mapping[Hashable, float], values: Mapping[Hashable, float], rounded: bool, falling: bool) -> float:
    """The share of printed ranks that are 1 + the number of better values."""
    both = [key for key in ranks if key in values]
    if len(both) < 3 or len(both) < len(ranks):
        return 0.0
    shown = {key: _round(values[key]) if rounded else Decimal(repr(values[key])) for key in both}
    right = 0
    for key in both:
        better = sum(1 for other in both if (shown[other] > shown[key]) == falling and shown[other] != shown[key])
        right += ranks[key] == better + 1
    return right / len(both)


def _round(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
