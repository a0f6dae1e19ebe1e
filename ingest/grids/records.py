"""Records with named fields to a grid: the names become the header row.

Belongs here: the order of columns. Does not belong here: JSON or XML.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from operator import itemgetter
from typing import Any

from ingest import limits
from ingest.grids.errors import TooLargeError
from ingest.grids.grid import Grid


def records_grid(name: str, records: Iterable[dict[str, Any]]) -> Grid:
    """One row per record, one column per field name in the order in which they first appear."""
    kept = list(records)
    first = list(kept[0]) if kept else []
    if 1 < len(first) <= limits.AREA_CELLS // max(len(kept), 1) and set(map(len, kept)) == {len(first)}:
        with suppress(KeyError):  # as many fields, and none of these is missing: all records have the same
            return Grid(name, [first, *map(itemgetter(*first), kept)])
    columns = list(dict.fromkeys(chain.from_iterable(kept)))
    if len(columns) * len(kept) > limits.AREA_CELLS:
        raise TooLargeError("记录的字段过多，不像统计报表。", "The records have far more fields than any report.")
    return Grid(name, [columns, *([record.get(column, "") for column in columns] for record in kept)])
