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


def _most_filled(text: str, content: bytes | None, lines: list[str], delimiter: str) -> int:
    """Cells that can be filled at most. Each takes two signs, its own and one beside it: often that says enough."""
    most = (len(text) + 1) // 2
    return most if most <= limits.FILLED_CELLS else _count(delimiter, text, content) + len(lines)


def _count(sign: str, text: str, content: bytes | None) -> int:
    return text.count(sign) if content is None or not sign.isascii() else content.count(sign.encode())


def _lines(text: str, content: bytes | None) -> list[str] | None:
    """The lines of a text that ends all of them alike."""
    returns = _count("\r", text, content)
    lines = text.split("\r\n" if returns else "\n")
    if returns and not len(lines) - 1 == returns == _count("\n", text, content):
        return None
    return lines if lines[-1] else lines[:-1]


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
