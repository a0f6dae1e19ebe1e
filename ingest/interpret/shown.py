"""The months that a spreadsheet stores as a date or as a number: what they show, and when they say nothing certain.

Belongs here: 2025-09-01 shown as 2025年9月, 2025.1 shown as 2025.10. Does not belong here: reading a period's words
(``ingest/periods.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.grids import Cell

_DATE_LIKE = re.compile(
    r"\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2}(?:[ T].*)?|[A-Za-z]{3,9}-\d{2,4}|\d{1,2}-[A-Za-z]{3,9}(?:-\d{2,4})?"
)
_MONTH_LIKE = re.compile(r"(?:19|20)\d\d\.\d+")
_DAY_ASKED = re.compile(r"日\s*期|时\s*间|[填报制发印]\s*[表送布印]")
_TENTH = re.compile(r"\d{4}\.1")


def month_text(cell: Cell) -> str:
    """What a cell says of a period: the text, and of a number 2025.1 what its format shows (2025.10).

    With a question mark, and so no period, where number and format say different months (2025.12 shown as 2025.1), or
    where 2025.1 has no format that tells January from October.
    """
    if cell.number is None or not _MONTH_LIKE.fullmatch(cell.text):
        return cell.text
    stored = len(cell.text.partition(".")[2])
    if cell.decimals is None:
        return cell.text + "?" if _TENTH.fullmatch(cell.text) else cell.text
    return cell.text + ("0" * (cell.decimals - stored) if cell.decimals >= stored else "?")


def header_text(cell: Cell) -> str:
    """The same of a header, where a stored first day of a month is that month: so Excel keeps 2025年9月 and Sep-25."""
    if cell.day is not None and cell.day.day == 1:
        return f"{cell.day.year}年{cell.day.month}月"
    return month_text(cell)


def as_titles(cells: Sequence[Cell]) -> list[Cell]:
    """A row above a table with a stored month as the words it shows: Excel makes a date of 2025年9月.

    Not a day behind words that ask for one (填报日期), which says when a form was filled in.
    """
    shown: list[Cell] = []
    for cell in cells:
        asked = any(_DAY_ASKED.search(before.text) for before in shown)
        shown.append(cell if cell.day is None or asked else replace(cell, text=header_text(cell)))
    return shown


def is_date_like(cell: Cell) -> bool:
    """Whether a cell means some time: if it cannot be read, the time around it must not be taken in its place."""
    text = cell.text.strip()
    return bool(cell.day or _DATE_LIKE.fullmatch(text) or (cell.number is not None and _MONTH_LIKE.fullmatch(text)))
