"""Records with named fields to a grid: the names become the header row.

Belongs here: the order of columns. Does not belong here: JSON or XML.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ingest import limits
from ingest.grids.errors import TooLargeError
from ingest.grids.grid import Grid


def records_grid(name: str, records: Iterable[dict[str, Any]]) -> Grid:
    """One row per record, one column per field name in the order in which they first appear."""
    kept = list(records)
    shapes = dict.fromkeys(map(tuple, kept))
    columns = list(dict.fromkeys(name for shape in shapes for name in shape))
    if len(columns) * len(kept) > limits.AREA_CELLS:
        raise TooLargeError("记录的字段过多，不像统计报表。", "The records have far more fields than any report.")
    if len(shapes) == 1:
        return Grid(name, [columns, *map(list, map(dict.values, kept))])
    return Grid(name, [columns, *([record.get(column, "") for column in columns] for record in kept)])
