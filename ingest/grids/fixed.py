"""Text whose columns are set apart by blanks only: a printed list, a terminal's output, a line-printer's report.

Belongs here: finding the columns by position, an ideograph being two wide. Does not belong here: delimiters.
A line that does not keep to the columns stays one cell: a title is such a line, and a guess would move figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

_GAP = re.compile(r"(?: {2,}|\u3000{2,})")


def is_fixed(lines: Sequence[str]) -> bool:
    """Whether most lines fall apart at runs of blanks."""
    filled = [line for line in lines if line.strip()]
    return 2 * sum(len(_GAP.split(line.strip())) > 1 for line in filled) > len(filled)


def split_fixed(lines: Sequence[str]) -> list[list[str]]:
    """Rows of cells; a line without two columns is a row of one cell."""
    pieces = [[piece.strip() for piece in _GAP.split(line.strip()) if piece.strip()] for line in lines]
    tabular = [_spread(line) for line, parts in zip(lines, pieces, strict=True) if len(parts) > 1]
    if len(tabular) < 2:
        return [[line.strip()] for line in lines]
    columns = _columns(tabular)
    overfull = sum(len(parts) > len(columns) for parts in pieces)  # 地  区 has a wide blank inside, but not every line
    if len(columns) < 2 or 2 * overfull >= len(tabular):
        return _by_count(pieces)
    return [
        _cut(_spread(line), columns) if len(parts) > 1 else [line.strip()]
        for line, parts in zip(lines, pieces, strict=True)
    ]


def _by_count(pieces: list[list[str]]) -> list[list[str]]:
    """Columns that do not line up are told by their number, if every line has as many; else nothing is split."""
    widths = {len(parts) for parts in pieces if len(parts) > 1}
    return pieces if len(widths) == 1 else [["  ".join(parts)] for parts in pieces]


def _spread(line: str) -> str:
    """The line with a filler behind each wide character, so that an index is a position on paper."""
    line = line.rstrip().replace("\u3000", "  ")
    return "".join(f"{letter}\x00" if unicodedata.east_asian_width(letter) in "WF" else letter for letter in line)


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """First and last position of each run in which some line has ink; single blanks do not part columns."""
    width = max(map(len, lines))
    ink = [any(position < len(line) and line[position] != " " for line in lines) for position in range(width)]
    runs = [(is_ink, len(list(group))) for is_ink, group in groupby(ink)]
    columns: list[tuple[int, int]] = []
    at, is_parted = 0, True
    for is_ink, length in runs:
        if is_ink and is_parted:
            columns.append((at, at + length))
        elif is_ink:
            columns[-1] = (columns[-1][0], at + length)
        else:
            is_parted = length > 1
        at += length
    return columns


def _cut(line: str, columns: Sequence[tuple[int, int]]) -> list[str]:
    return [line[start:end].replace("\x00", "").strip() for start, end in columns]
