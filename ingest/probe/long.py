"""Lists with one figure a row: which column holds the region, the indicator, the period, the value.

Belongs here: orientation ``long``. Does not belong here: tables whose headers or labels carry the meaning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from ingest.grids import Cell
from ingest.interpret.periods import read_period
from ingest.periods import Period
from ingest.probe.areas import Area
from ingest.probe.decide import kind_of, measure_for
from ingest.probe.draft import Desk, Entry, Head, TableDraft
from ingest.probe.lines import is_figure
from ingest.probe.naming import declare, indicator_of
from ingest.probe.words import Words, read_words
from ingest.text import normalise

_ROLES: tuple[tuple[str, str], ...] = (
    ("period", r"报告期|时期|日期|期间|年月|时间|月份|period|date|time"),
    ("region", r"地区(?:名称)?|区域|县市区|单位名称|行政区|region|area|state"),
    ("indicator", r"指标(?:名称)?|项目(?:名称)?|indicator|item|variable"),
    ("measure", r"口径|计量|度量|类型|measure"),
    ("unit", r"(?:计量)?单位|units?"),
    ("value", r"数值|数据|值|指标值|数量|本期值|value|obs_?value"),
    ("note", r"备注|说明|notes?|remarks?"),
)


def roles_of(area: Area) -> dict[str, int]:
    """The columns of a list by what their headers call them."""
    found: dict[str, int] = {}
    for column in range(area.left, area.right + 1):
        text = normalise(area.header(column))
        for role, pattern in _ROLES:
            if role not in found and re.fullmatch(pattern, text, re.IGNORECASE):
                found[role] = column
                break
    return found


def is_long(area: Area) -> bool:
    """Whether a table is a list: a column of values beside columns that say of what and when."""
    roles = roles_of(area)
    return "value" in roles and "indicator" in roles and ("period" in roles or "region" in roles)


def draft_long(desk: Desk, draft: TableDraft, around: Period | None) -> None:
    """Fill in a list."""
    roles = roles_of(draft.area)
    series = _series(desk, draft, roles, around)
    names: dict[str, str] = {}
    measures: dict[str, str] = {}
    for (indicator, said), (code, measure, units, cells) in series.items():
        names[indicator] = code
        measures[said] = measure
        declare(desk, code, measure, units, cells)  # type: ignore[arg-type]
    if "region" in roles:
        for cell in draft.area.values(roles["region"]):
            if desk.regions.code(cell.text) is None:
                desk.regions.propose(cell.text)
    words = {"indicator": names, "measure": measures}
    for role, column in sorted(roles.items(), key=lambda item: item[1]):
        data: dict[str, Any] = {"match": normalise(draft.area.header(column)), "role": role}
        draft.columns.append(Entry(data | ({"values": words[role]} if words.get(role) else {})))
    if "measure" not in roles and len(set(measures.values())) == 1:
        draft.data["measure"] = next(iter(measures.values()))
    _other_columns(draft, roles)


def _other_columns(draft: TableDraft, roles: dict[str, int]) -> None:
    for column in range(draft.area.left, draft.area.right + 1):
        if column not in roles.values() and draft.area.header(column):
            draft.columns.append(Entry({"match": normalise(draft.area.header(column)), "ignore": "未知栏，待人确认"}))


def _series(
    desk: Desk, draft: TableDraft, roles: dict[str, int], around: Period | None
) -> dict[tuple[str, str], tuple[str, str, tuple[str, ...], list[Cell]]]:
    """Indicators with their measure words, each with what it is; a word that means two things is left out."""
    rows: dict[tuple[str, str], list[tuple[int, Cell]]] = defaultdict(list)
    for row in draft.area.body:
        value = draft.area.grid.cell(row, roles["value"])
        if value is not None and is_figure(value):
            rows[(_text(draft, row, roles, "indicator"), _text(draft, row, roles, "measure"))].append((row, value))
    found: dict[tuple[str, str], tuple[str, str, tuple[str, ...], list[Cell]]] = {}
    meant: dict[str, str] = {}
    for (indicator, said), cells in rows.items():
        unit = _text(draft, cells[0][0], roles, "unit")
        words = read_words(desk.labels(indicator))
        row_words = Words(
            indicator, words.topic or indicator, (unit,) if unit else words.units, words.family, words.span
        )
        period = read_period(_text(draft, cells[0][0], roles, "period"), None) if "period" in roles else around
        head = Head(roles["value"], [said], read_words(desk.labels(said)), None)
        code = indicator_of(desk, "", row_words.topic)
        kind = kind_of(row_words, head, Words("", ""), None, period or around)
        measure = measure_for(desk.catalogue, code, kind) if not kind.reason else None
        if measure is None or meant.setdefault(said, measure) != measure:
            draft.doubt(
                cells[0][1].address, f"“{indicator}”{said}：计量不清，未读", "the measure is not clear; left out"
            )
            draft.rows.append(Entry({"match": normalise(indicator), "ignore": "计量不清，待人确认"}))
            continue
        found[(indicator, said)] = (code, measure, row_words.units, [cell for _, cell in cells])
    return found


def _text(draft: TableDraft, row: int, roles: dict[str, int], role: str) -> str:
    cell = draft.area.grid.filled(row, roles[role]) if role in roles else None
    return cell.text.strip() if cell is not None else ""
