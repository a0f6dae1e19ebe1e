"""One cause, one finding: a row that a more specific rule names is not told again by a more general one.

Belongs here: choosing between rules that named the same row. Does not belong here: how specific a rule is
(``Rule.generality``), which cause is likeliest for one figure (``raw/frames``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

from expectations.rule import Entry, Severity

Row = dict[str, Any]
_GRAVITY = {severity: place for place, severity in enumerate(get_args(Severity))}


def told_once(found: Sequence[tuple[Entry, list[Row]]], key: tuple[str, ...]) -> list[list[Row]]:
    """The rows of each entry without those that a more specific entry, at least as severe, names too."""
    named: dict[tuple[Any, ...], set[tuple[int, int]]] = {}
    for entry, rows in found:
        for row in rows:
            named.setdefault(_place(row, key), set()).add((entry.rule.generality, _GRAVITY[entry.severity]))
    return [[row for row in rows if not _is_told(entry, named[_place(row, key)])] for entry, rows in found]


def _place(row: Row, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row.get(column) for column in key)


def _is_told(entry: Entry, others: Iterable[tuple[int, int]]) -> bool:
    gravity = _GRAVITY[entry.severity]
    return any(general < entry.rule.generality and grave <= gravity for general, grave in others)
