"""Files that would take more memory or time than a report ever needs: refused before they are opened, or understood.

Belongs here: cheap looks at size. Does not belong here: reading. One value in the last row and column of a sheet makes
its area 17 thousand million cells; the library allocates all of them and ends the process, not with an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, compress, repeat
from typing import Any

from ingest import limits
from ingest.grids.errors import TooLargeError, UnreadableError
from ingest.grids.grid import Grid, Merge, RawValue, address
from ingest.grids.textrows import TextRows

_WIDEST = 16_384
_LAST_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')
_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_TWO_VALUES = re.compile(rb"v>\s*<(?:\w+:)?v[\s>/]")
_VALUE_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>/]*>')


def check_grids(grids: list[Grid]) -> int:
    """Refuse grids beyond the limits, cut merged ranges to the cells that are there; returns the cells, at most.

    The empty cells are counted too where all cells together are within the limit of the filled ones: it is quicker.
    """
    most = 0
    for grid in grids:
        if isinstance(grid.values, TextRows) and grid.values.most_filled is not None:
            most += grid.values.most_filled
            continue
        values = list(chain.from_iterable(grid.values))
        most += len(values)
        if _longest(values) > limits.TEXT_CHARACTERS:
            for number, row in enumerate(grid.values):
                _check_texts(grid, number, row)
        grid.merges = _within(grid, grid.merges)
    if most <= limits.FILLED_CELLS:
        return most
    filled = sum(map(_filled, grids))
    if filled > limits.FILLED_CELLS:
        raise TooLargeError.of_cells(filled, limits.FILLED_CELLS)
    return filled


def _filled(grid: Grid) -> int:
    values = list(chain.from_iterable(grid.values))
    return len(values) - values.count("") - values.count(None)


def _longest(values: list[Any]) -> int:
    """Length of the longest text; step by step in Python this would take half as long as the reading."""
    with suppress(TypeError):
        return max(map(len, values), default=0)
    return max(map(len, compress(values, map(isinstance, values, repeat(str)))), default=0)


def _check_texts(grid: Grid, number: int, row: Sequence[RawValue]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str) and len(value) > limits.TEXT_CHARACTERS:
            raise TooLargeError(
                f"工作表“{grid.name}”的单元格 {address(number, column)} 有 {len(value)} 个字符，"
                f"超过 {limits.TEXT_CHARACTERS} 个。",
                f"Cell {address(number, column)} of sheet “{grid.name}” holds {len(value)} characters, "
                f"more than {limits.TEXT_CHARACTERS}.",
            )


def _within(grid: Grid, merges: Sequence[Merge]) -> list[Merge]:
    """A merged range over a whole row or sheet is common; beyond the last cell it covers nothing."""
    bottom, right = grid.row_count - 1, grid.column_count - 1
    kept = [
        Merge(merge.top, merge.left, min(merge.bottom, bottom), min(merge.right, right))
        for merge in merges
        if merge.top <= bottom and merge.left <= right
    ]
    covered = sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in kept)
    if len(kept) > limits.MERGES or covered > limits.MERGED_CELLS:
        raise TooLargeError(
            f"工作表“{grid.name}”有 {len(kept)} 处合并单元格，共 {covered} 格，不像统计报表。",
            f"Sheet “{grid.name}” has {len(kept)} merged ranges over {covered} cells: it is no report.",
        )
    return kept


def check_sheet(xml: bytes) -> None:
    """Refuse a sheet whose area is out of all proportion, or that holds more values than a whole file may."""
    # each value that ends its cell is the only one: the slow search is for sheets where that is not plain to see
    values = xml.count(b"</v>")
    is_plain = values == xml.count(b"</v></c>") and b":v>" not in xml
    if not is_plain and _TWO_VALUES.search(xml):  # of which each reader takes another
        raise UnreadableError(
            "工作簿已损坏：有的单元格里有两个值。", "The workbook is damaged: a cell of it holds two values."
        )
    if b"</row><c " in xml:  # which belongs to no row, and a reader may take it or not
        raise UnreadableError(
            "工作簿已损坏：有的单元格不在任何一行里。", "The workbook is damaged: a cell of it stands in no row."
        )
    values += xml.count(b"</is>")
    if values > limits.FILLED_CELLS:
        raise TooLargeError.of_cells(values, limits.FILLED_CELLS)
    rows = _LAST_ROW.findall(xml, max(xml.rfind(b"row "), 5) - 5)
    widest = _WIDEST if _TWO_LETTERS.search(xml) else 26
    if rows and int(rows[-1]) * widest <= limits.AREA_CELLS:
        return
    columns: set[bytes] = set()
    top, bottom = 1 << 30, 0
    for column, row in _VALUE_CELL.findall(xml):
        columns.add(column)
        number = int(row)
        top, bottom = min(top, number), max(bottom, number)
    numbers = [_number(column) for column in columns]
    if numbers and (bottom - top + 1) * (max(numbers) - min(numbers) + 1) > limits.AREA_CELLS:
        raise TooLargeError(
            f"工作表在极远的位置（第 {bottom} 行、第 {max(numbers)} 列以内）有孤立内容，请删除后重报。",
            f"A sheet has content scattered over {bottom} rows and {max(numbers)} columns: remove the far cells.",
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
