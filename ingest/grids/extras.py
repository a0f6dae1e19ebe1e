"""What a workbook says about its cells beyond their values, whatever its format.

Belongs here: the record that the formats' modules fill in and ``excel.py`` puts into the grid. Does not belong here:
finding any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.grids.grid import Merge, NumberFormat, RawValue

Formats = Mapping[tuple[int, int], NumberFormat]

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#N/A"}
"""Codes of error values, the same in xls and xlsb."""


@dataclass
class Extras:
    """Of one sheet: cells that calamine hands out as empty although they show something, merges, what is hidden.

    ``shown`` holds the errors (#REF!) and the formulas that were saved without a result: neither may look like a gap.
    """

    shown: dict[tuple[int, int], RawValue] = field(default_factory=dict)
    merges: list[Merge] | None = None
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    load_formats: Callable[[], Formats] | None = None
