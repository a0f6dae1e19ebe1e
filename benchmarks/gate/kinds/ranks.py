"""Printed places go wrong."""

from __future__ import annotations

from benchmarks.gate.draft import Draft, kind

WHERE = ("demonstration", "shaoyang")


@kind("one printed rank altered", "the figures beside it give another place", ("by 1", "by 3"), worlds=WHERE)
def rank_altered(draft: Draft) -> bool:
    """A place is typed wrong."""
    ranks = [cell for cell in draft.cells if cell.is_rank]
    if not ranks:
        return False
    cell = draft.rng.choice(ranks)
    column = draft.grid.column(cell)
    fitting = [
        cell.value + step
        for step in (int(draft.size[3:]), -int(draft.size[3:]))
        if 1 <= cell.value + step <= len(column)
    ]
    if not fitting:
        return False
    draft.number(cell, draft.rng.choice(fitting))
    return True


@kind("two printed ranks exchanged", "the figures beside them give other places", ("next places", "far"), worlds=WHERE)
def ranks_exchanged(draft: Draft) -> bool:
    """Two units get each other's place."""
    ranks = [cell for cell in draft.cells if cell.is_rank]
    if not ranks:
        return False
    one = draft.rng.choice(ranks)
    near = draft.size == "next places"
    others = [cell for cell in draft.grid.column(one)
              if (abs(cell.value - one.value) == 1 if near else abs(cell.value - one.value) >= 4)]  # fmt: skip
    if not others:
        return False
    draft.exchange(one, draft.rng.choice(others))
    return True
