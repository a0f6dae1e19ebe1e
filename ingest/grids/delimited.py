"""Delimited text (CSV, TSV and relatives) and text in fixed columns to one grid.

Belongs here: finding the delimiter and splitting lines. Does not belong here: encodings (``encodings.py``).
Every value stays text; a quoted number is as much a number to the interpreter as an unquoted one.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from ingest import limits
from ingest.grids.errors import UnreadableError
from ingest.grids.fixed import is_fixed, split_fixed
from ingest.grids.grid import Grid
from ingest.grids.textrows import TextRows

SHEET_NAME = "表1"
_DELIMITERS = (",", "\t", ";", "|")
_FULL_WIDTH = ("，", "；")
_SAMPLE_LINES = 40
_SAMPLE = 65_536
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(text: str, content: bytes | None = None) -> list[Grid]:
    """The one grid of a delimited text; rows are counted as records, so a quoted line break stays in its cell.

    ``content`` is the text's bytes in an encoding in which ASCII stands for itself: signs are counted there, quicker.
    """
    delimiter = find_delimiter(text)
    if delimiter is None:
        return [Grid(SHEET_NAME, split_fixed(text.splitlines()))]
    text = _EXCEL_HINT.sub("\n", text, count=1) if _EXCEL_HINT.match(text) else text
    if '"' not in text and (lines := _lines(text, content)) is not None:
        return [Grid(SHEET_NAME, TextRows(lines, delimiter, _most_filled(text, content, lines, delimiter)))]
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError(
            "文本表格的引号或分行有误，无法拆分。", f"The text table cannot be split: {error}."
        ) from error
    return [Grid(SHEET_NAME, rows)]


def _most_filled(text: str, content: bytes | None, lines: list[str], delimiter: str) -> int | None:
    """Cells that can be filled at most; None where these, or the signs of one of them, may be beyond the limits.

    Each cell takes two signs, its own and one beside it: often that says enough.
    """
    most = (len(text) + 1) // 2
    if most > limits.FILLED_CELLS:
        most = _count(delimiter, text, content) + len(lines)
    return None if most > limits.FILLED_CELLS or _may_hold_long_line(text) else most


def _may_hold_long_line(text: str) -> bool:
    """Whether some line may be longer than a cell may be: from line end to line end, as far as one cell may reach."""
    start = 0
    while len(text) - start > limits.TEXT_CHARACTERS:
        end = text.rfind("\n", start, start + limits.TEXT_CHARACTERS + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def _count(sign: str, text: str, content: bytes | None) -> int:
    return text.count(sign) if content is None or not sign.isascii() else content.count(sign.encode())


def _lines(text: str, content: bytes | None) -> list[str] | None:
    """The lines of a text in which each ends at a line feed, and at no other sign that Python takes for an end."""
    lines = text.splitlines()
    ends = _count("\n", text, content) + (not text.endswith("\n"))
    return lines if len(lines) == ends else None


def find_delimiter(text: str) -> str | None:
    """The delimiter that splits most lines into the same number of columns, two or more; None when there is none.

    Full-width commas stand in sentences and labels too: they count only where no other delimiter makes columns.
    """
    hint = _EXCEL_HINT.match(text)
    if hint:
        return hint.group(1)
    sample = text[:_SAMPLE].splitlines()[:_SAMPLE_LINES]
    most = len(sample) // 2 + 1
    if not any(_delimits(line) for line in sample) and is_fixed(sample):
        return None
    return _best(sample, _DELIMITERS, most) or _best(sample, _FULL_WIDTH, most) or _best(sample, _DELIMITERS, 1)


def _delimits(line: str) -> bool:
    return any(delimiter in _GROUPED.sub("", line) for delimiter in _DELIMITERS)


def _best(sample: Sequence[str], delimiters: Sequence[str], fewest: int) -> str | None:
    best, best_score = None, 0
    text = "\n".join(sample)
    for delimiter in delimiters:
        if delimiter not in text:
            continue
        try:
            widths = Counter(map(len, csv.reader(StringIO(text), delimiter=delimiter)))
        except csv.Error:
            continue
        scores = [lines * 100 + width for width, lines in widths.items() if width > 1 and lines >= fewest]
        if scores and max(scores) > best_score:
            best, best_score = delimiter, max(scores)
    return best
