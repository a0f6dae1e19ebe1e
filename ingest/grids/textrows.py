"""Rows of a text in which no quotes stand: split when they are asked for, as pandas keeps a column as one text.

Belongs here: rows as slices of a text. Does not belong here: quotes (``delimited.py`` leaves these to ``csv``).
A text of a million lines is measured before a million lists are made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload


class TextRows(Sequence[list[str]]):
    """The rows, each a list of texts once somebody has looked at it."""

    def __init__(self, lines: list[str], delimiter: str, most_filled: int | None = None) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._rows: dict[int, list[str]] = {}
        self.most_filled = most_filled
        """No more cells than these are filled, and none is too long; None where somebody has to look."""

    def __len__(self) -> int:
        """Rows, blank lines included."""
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> list[str]: ...
    @overload
    def __getitem__(self, number: slice) -> list[list[str]]: ...
    def __getitem__(self, number: int | slice) -> list[str] | list[list[str]]:
        """A row, or several."""
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        row = self._rows.get(number)
        if row is None:
            line = self._lines[number]
            row = self._rows[number] = line.split(self._delimiter) if line else []
        return row
