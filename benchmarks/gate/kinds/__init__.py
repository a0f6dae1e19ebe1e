"""The kinds of fault, one function each, in modules by what a clerk does wrong.

A new kind is a function with ``@kind`` in one of the modules; ``all_kinds`` is the table of contents.
"""

from __future__ import annotations

from benchmarks.gate.draft import KINDS, Kind


def all_kinds() -> dict[str, Kind]:
    """Every kind by name, in the order of the modules."""
    from benchmarks.gate.kinds import copied, files, keystrokes, numbers, ranks, tables  # noqa: F401  they register

    return dict(KINDS)
