"""Rows and columns that have a heading and no figure: what the gate cannot see from the figures alone.

Belongs here: which lines of a table are empty. Does not belong here: whether they should not be (``expectations``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.interpret.headers import Column
from ingest.interpret.rows import Row


@dataclass(frozen=True, slots=True)
class EmptyLines:
    """Rows and columns that are read and hold nothing, beside the first ones that do."""

    rows: list[Row]
    columns: list[Column]
    row: Row
    column: Column


def empty_lines(columns: Sequence[Column], rows: Sequence[Row]) -> EmptyLines | None:
    """The empty lines of a table that holds something; months in rows may still be to come, ranks be left to others."""
    read_columns = [c for c in columns if c.is_known and (c.spec is None or not (c.spec.ignore or c.spec.role))]
    read_rows = [row for row in rows if row.is_known and not (row.spec is not None and row.spec.ignore)]
    numbers = {column.number for column in read_columns}
    filled = {
        (row.number, column.number)
        for row in read_rows
        for column, value in row.values
        if column.number in numbers and not value.is_blank
    }
    rows_with, columns_with = {row for row, _ in filled}, {column for _, column in filled}
    if not filled:
        return None
    return EmptyLines(
        [row for row in read_rows if row.number not in rows_with and row.period is None],
        [c for c in read_columns if c.number not in columns_with and not (c.spec is not None and c.spec.rank_of)],
        next(row for row in read_rows if row.number in rows_with),
        next(column for column in read_columns if column.number in columns_with),
    )
