"""Delimited text (CSV, TSV and relatives) to one grid.

Belongs here: finding the delimiter and splitting lines. Does not belong here: encodings (``sniff.decode``).
Every value stays text; a quoted number is as much a number to the interpreter as an unquoted one.
"""

from __future__ import annotations

import csv
from io import StringIO

from ingest.grids.errors import UnreadableError
from ingest.grids.grid import Grid

SHEET_NAME = "表1"
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 40


def read_delimited(text: str) -> list[Grid]:
    """The one grid of a delimited text; rows are counted as records, so a quoted line break stays in its cell."""
    delimiter = find_delimiter(text)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(
            "文本表格的引号或分行有误，无法拆分。", f"The text table cannot be split: {error}."
        ) from error
    return [Grid(SHEET_NAME, rows)]


def find_delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of columns, two or more."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(StringIO(sample), delimiter=delimiter) if row]
        wide = [width for width in widths if width > 1]
        score = max((wide.count(width) * 100 + width for width in set(wide)), default=0)
        if score > best_score:
            best, best_score = delimiter, score
    return best
