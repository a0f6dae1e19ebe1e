"""Rows of periods above rows of regions, and the report's own date: whose figures they are and for which month.

Belongs here: months and years as row labels among regions (the city by month, then its wards), 現在 and 现在. Does not
belong here: tables of periods alone (``periodic.py``).
"""

from __future__ import annotations

import re
from typing import Any

from ingest.grids import Cell
from ingest.interpret.periods import read_period
from ingest.probe.areas import Area
from ingest.probe.draft import Desk, Entry, TableDraft
from ingest.text import normalise

_ERA = r"(平成|昭和|令和)"
DATED = re.compile(rf"^(?:(?:{_ERA}(?:\d{{1,2}}|元)|(?:19|20)\d\d)年)?\d{{1,2}}月$")
_DATED_PATTERN = f"~^(({_ERA}(\\d{{1,2}}|元)|(19|20)\\d\\d)年)?\\d{{1,2}}月$"
_YEARS = re.compile(rf"^{_ERA}?(?:\d{{1,2}}|元|(?:19|20)\d\d)年(?P<notes>(?:[a-z]\))*)$")
_YEARS_PATTERN = f"~^{_ERA}?(\\d{{1,4}}|元)年(?!\\d+月)"
_SO_FAR = re.compile(r"^本年累[计計]$")
_SO_FAR_LAST_YEAR = re.compile(r"^(?:前年|上年|去年)同期累[计計]$")
_AS_OF = re.compile(r"^(.*年\d{1,2}月\d{1,2}日)(?:現在|现在)$")
AS_OF_PATTERN = "~^(.+日)(現在|现在)$"


def is_dated(text: str) -> bool:
    """Whether a row label is a month."""
    return DATED.match(normalise(text)) is not None


def as_of(area: Area) -> bool:
    """Whether a table states the day as of which its stocks are counted."""
    return any(_AS_OF.match(normalise(cell.text)) for cell in area.titles)


def periods_among(desk: Desk, draft: TableDraft, labels: list[tuple[int, Cell]]) -> list[Cell]:
    """Give rows of months, years and running totals their meaning; gives those that stay unread."""
    dated = [cell for _, cell in labels if is_dated(cell.text)]
    others = [c for _, c in labels if c not in dated and _speaks_of_time(desk, c.text)]
    if not dated:
        return others
    named = desk.regions.in_title([t for a in (draft.area, *_above(desk, draft)) for t in (c.text for c in a.titles)])
    draft.blocks.append(Entry({"from": _DATED_PATTERN}, "其下各地区行属于最后一个月份 / the regions below are of it"))
    if named is None:
        draft.rows.append(Entry({"match": _DATED_PATTERN, "ignore": "整体的历史数据，地区待人确认"}))
        return others
    whole = {"region": named[0]}
    row = {"match": _DATED_PATTERN, **whole, "period": "label"}
    draft.rows.append(Entry(row, "全体的逐月数据 / months of the whole"))
    return [cell for cell in others if not _put(draft, cell, whole)]


def _above(desk: Desk, draft: TableDraft) -> list[Area]:
    """The tables above this one on its sheet, whose title may name the whole."""
    return [area for area in desk.areas if area.sheet == draft.area.sheet and area.top < draft.area.top]


def _speaks_of_time(desk: Desk, text: str) -> bool:
    norm = normalise(text)
    total = _SO_FAR.match(norm) or _SO_FAR_LAST_YEAR.match(norm)
    return bool(total or _YEARS.match(norm) or read_period(norm, 2000)) and not desk.regions.known(text)


def _put(draft: TableDraft, cell: Cell, whole: dict[str, Any]) -> bool:
    """Declare a row of a year or of a running total, where the file says how it is meant."""
    norm = normalise(cell.text)
    flows = {"as": {"level_month": {"measure": "level_ytd"}}}
    year = _YEARS.match(norm)
    if _SO_FAR.match(norm):
        data: dict[str, Any] = {"match": norm, **whole, **flows}
    elif _SO_FAR_LAST_YEAR.match(norm):
        data = {"match": norm, **whole, "period": "same_period_last_year", **flows}
    elif year is None:
        return False
    else:
        month = _month_of_note(draft.area, year["notes"])
        if as_of(draft.area) and month is None:
            return False
        data = {"match": _YEARS_PATTERN, **whole, "period": "label"}
        data |= {"at_month": month} if as_of(draft.area) else flows
    if all(entry.data["match"] != data["match"] for entry in draft.rows):
        draft.rows.insert(0, Entry(data))
    return True


def _month_of_note(area: Area, notes: str) -> int | None:
    """The month that the notes to a year name: a) 10月1日現在."""
    for letter in notes.replace(")", ""):
        for cell in area.grid.cells():
            found = re.match(rf"^{letter}\)(\d{{1,2}})月\d{{1,2}}日(?:現在|现在)", normalise(cell.text))
            if found:
                return int(found[1])
    return None
