"""Tables whose rows are periods, and lists by year and month: series in columns.

Belongs here: orientation ``periods_down``, and ``long`` with values under headers of their own. Does not belong here:
lists of one figure a row (``long.py``), months above regions (``dated.py``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.interpret.periods import read_period
from ingest.periods import Period
from ingest.probe.across import header_regions, is_across
from ingest.probe.catalogue import UNSTATED
from ingest.probe.decide import NOTHING, kind_of, measure_for
from ingest.probe.draft import Desk, Entry, TableDraft
from ingest.probe.heads import read_heads, title_words
from ingest.probe.lines import is_figure
from ingest.probe.naming import declare, indicator_of, title_units
from ingest.probe.regional import read_columns
from ingest.text import normalise

_YEAR = re.compile(r"(?:.*\W)?(?:year|年份?|年度)$", re.IGNORECASE)
_MONTH = re.compile(r"(?:.*\W)?(?:month|月份?)$", re.IGNORECASE)


def draft_periods_down(desk: Desk, draft: TableDraft, year: int | None) -> str | None:
    """Fill in a table of periods; gives the reason why it cannot be."""
    labels = [cell for row, cell in draft.area.labels() if _has_figure(draft, row)]
    kinds = {period.kind for cell in labels if (period := read_period(normalise(cell.text), year or 2000)) is not None}
    if len(kinds) != 1:
        return "各行的时期口径不一 / the rows' periods are of several kinds"
    around = next(p for cell in labels if (p := read_period(normalise(cell.text), year or 2000)) is not None)
    if not any(read_period(normalise(cell.text), year) for cell in labels):
        return "时期没有写年份 / the periods lack a year"
    for cell in labels:
        if read_period(normalise(cell.text), 2000) is None:
            draft.rows.append(Entry({"match": normalise(cell.text), "ignore": "不是时期，待人确认"}))
    if is_across(desk, draft.heads):
        return _regions_across(desk, draft, around)
    read_columns(desk, draft, around, {})
    return None


def _has_figure(draft: TableDraft, row: int) -> bool:
    cells = (draft.area.grid.cell(row, head.column) for head in draft.heads)
    return any(cell is not None and is_figure(cell) for cell in cells)


def _regions_across(desk: Desk, draft: TableDraft, around: Period) -> str | None:
    """One indicator by period and region: all of it is in the title."""
    header_regions(desk, draft)
    title = title_words(desk, draft.title)
    if not title.topic:
        return "没有指标名称 / the indicator is not named"
    kind = kind_of(NOTHING, replace(draft.heads[0], words=title, period=around), title, None, around)
    code = indicator_of(desk, title.topic)
    measure = measure_for(desk.catalogue, code, kind) if not kind.reason else None
    if measure is None:
        return kind.reason or kind.doubt or "没有对应的计量 / no measure for it"
    units = title_units(desk, draft.area)
    cells = [cell for head in draft.heads for cell in draft.area.values(head.column) if is_figure(cell)]
    draft.data |= {"indicator": code, "measure": measure}
    if declare(desk, code, measure, units, cells) and not units and measure.startswith(("level", "change")):
        draft.data["unit"] = UNSTATED
    return None


def year_and_month(draft: TableDraft) -> tuple[int, int] | None:
    """The columns of a list that hold the year and the month."""
    year = [head.column for head in draft.heads if _YEAR.fullmatch(head.texts[-1].strip())]
    month = [head.column for head in draft.heads if _MONTH.fullmatch(head.texts[-1].strip())]
    return (year[0], month[0]) if len(year) == 1 and len(month) == 1 else None


def draft_list(desk: Desk, draft: TableDraft, columns: tuple[int, int], around: Period | None) -> None:
    """Fill in a list by region, year and month with a series in each further column."""
    area = draft.area
    assert area.corner is not None
    area.spread_if_it_tells()
    area.columns = [column for column in area.columns if column not in columns]
    fixed = [Entry({"match": normalise(area.corner.text), "role": "region"})]
    for column, role in zip(columns, ("year", "month"), strict=True):
        fixed.append(Entry({"match": normalise(area.header_parts(column)[-1].text), "role": role}))
    draft.heads = read_heads(desk, area, None)
    if area.spread:
        draft.data["spread_headers"] = True
    month = date(2000, 1, 1)
    monthly = replace(around, kind="month") if around is not None else Period("month", month, month, "")
    draft.heads = [replace(head, period=monthly) for head in draft.heads]
    title, draft.title = draft.title, None
    read_columns(desk, draft, monthly, {})
    draft.title = title
    for text in dict.fromkeys(cell.text.strip() for _, cell in area.labels()):
        if desk.regions.code(text) is None:
            desk.regions.propose(text)
    draft.columns = [*_serials(draft), *fixed, *draft.columns]


def _serials(draft: TableDraft) -> list[Entry]:
    """Columns before the labels: codes of the regions."""
    found: list[Entry] = []
    for column in range(draft.area.left, draft.area.label_column):
        parts = draft.area.header_parts(column)
        data: dict[str, Any] = {"match": normalise(parts[-1].text), "ignore": "编号"} if parts else {}
        if data:
            found.append(Entry(data))
    return found
