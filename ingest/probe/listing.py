"""Tables whose rows are indicators: what each row is, where its words overrule the column's, equal labels, blocks.

Belongs here: orientation ``indicators_down``. Does not belong here: one figure's kind (``decide.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from ingest.interpret.labels import Label
from ingest.pack.models import Measure
from ingest.periods import Period
from ingest.probe.decide import Kind, kind_of, measure_for, spans_beside
from ingest.probe.draft import Desk, Entry, Head, TableDraft
from ingest.probe.heads import column_match, title_words
from ingest.probe.lines import is_figure
from ingest.probe.naming import declare, indicator_of, title_units, unit_contradicts
from ingest.probe.regional import ignore_column
from ingest.probe.rows import Line, indent, tell_apart
from ingest.probe.words import TOTAL, read_words
from ingest.text import normalise

_LAST_MONTH = re.compile(r"上月(?:数据|数)?\)?$|\(上月")
_OF_WHICH = re.compile(r"^其中")


def draft_indicators_down(desk: Desk, draft: TableDraft, around: Period | None) -> None:
    """Fill in a table of indicators."""
    title = title_words(desk, draft.title)
    lines = _lines(desk, draft)
    tell_apart(lines)
    _blocks(draft, lines)
    _inherit_units(desk, draft, lines)
    _spoil(desk, lines)
    beside = spans_beside(draft.heads, around)
    taken: set[tuple[str, Measure, int]] = set()
    above: Line | None = None
    for line in lines:
        if not line.figures:
            continue
        _name(desk, line, title.topic, above)
        if line.words.topic:
            above = line
        near = spans_beside([h for h in draft.heads if h.column in line.figures], around)
        for head in draft.heads:
            if head.column in line.figures:
                kind = kind_of(line.words, head, title, near.get(head.column, beside.get(head.column)), around)
                _measure(desk, draft, line, head, kind, taken)
    columns = _columns(desk, draft, lines)
    for line in lines:
        _row(draft, line, columns)


def _lines(desk: Desk, draft: TableDraft) -> list[Line]:
    unit_column = unit_column_of(desk, draft)
    lines = []
    for row, cell in draft.area.labels():
        label = desk.labels(cell.text)
        words = read_words(label)
        beside = draft.area.grid.cell(row, unit_column) if unit_column is not None else None
        if beside is not None and not beside.is_blank:
            text = normalise(beside.text)
            words = replace(words, units=(*words.units, text))
            if words.family is None and words.is_percent and not words.topic:
                words = replace(words, topic=label.bare)
        words = replace(words, topic=_numberless(label, words.topic))
        line = Line(row, cell, label, words)
        for head in draft.heads:
            value = draft.area.grid.cell(row, head.column)
            if value is not None and is_figure(value):
                line.figures[head.column] = value
        lines.append(line)
    return lines


def unit_column_of(desk: Desk, draft: TableDraft) -> int | None:
    """The column in which units are printed, if there is one."""
    for column in range(draft.area.left, draft.area.right + 1):
        parts = draft.area.header_parts(column)
        if parts and column != draft.area.label_column and read_words(desk.labels(parts[-1].text)).role == "unit":
            return column
    return None


def _numberless(label: Label, topic: str) -> str:
    """A topic without 一、, 1. and 其中:, which only order the rows."""
    shorter = [form for form in label.forms if form and topic.endswith(form)]
    return min(shorter, key=len, default=topic) if topic else topic


def _blocks(draft: TableDraft, lines: list[Line]) -> None:
    """Headings that say something about the rows below: 上月数据, or a unit."""
    headings = [line for line in lines if not line.figures]
    for line in headings:
        if _LAST_MONTH.search(line.label.norm):
            draft.blocks.append(Entry({"from": line.label.norm, "period": "previous_month"}, "标题写明是上月数据"))
        elif line.words.units and _is_a_unit_for(lines, line):
            later = [one.label.norm for one in headings if one.row > line.row][:1]
            data: dict[str, Any] = {"from": line.label.norm}
            draft.blocks.append(Entry(data | ({"until": later[0]} if later else {}), "小标题印有单位"))
            for one in lines:
                if one.row > line.row and not (later and one.row >= _row_of(headings, later[0])):
                    one.block_units = line.words.units


def _row_of(headings: list[Line], norm: str) -> int:
    return next(line.row for line in headings if line.label.norm == norm)


def _is_a_unit_for(lines: list[Line], heading: Line) -> bool:
    following = next((line for line in lines if line.row > heading.row), None)
    return following is not None and bool(following.figures) and not following.words.units


def _inherit_units(desk: Desk, draft: TableDraft, lines: list[Line]) -> None:
    """其中 and the rows after it are counted as the row above them is, where nothing else says a unit."""
    if title_units(desk, draft.area):
        return
    parent: tuple[str, ...] = ()
    depth = 0
    for line in lines:
        if line.words.units:
            parent, depth = line.words.units, indent(line.cell)
        elif line.label.norm.startswith("其中") or (parent and indent(line.cell) > depth):
            line.unit = parent[0] if parent and not line.block_units else None
        else:
            parent = ()


def _spoil(desk: Desk, lines: list[Line]) -> None:
    """A heading's unit that does not fit a row (销售额 below 万平方米) does not fit its 其中 either."""
    spoilt = False
    for line in lines:
        part = line.label.norm.startswith("其中")
        spoilt = (spoilt and part) or unit_contradicts(desk, line.words.topic, line.words.units or line.block_units)
        line.is_spoilt = spoilt


def _name(desk: Desk, line: Line, title: str, above: Line | None) -> None:
    topic = line.words.topic
    norm = normalise(topic)
    if not topic and above is not None:
        line.code, line.under = above.code, line.under or above.label.norm
    elif TOTAL.match(norm) or line.reasons:
        line.reasons.setdefault(-1, "合计行，不知是哪个指标的合计 / a total of what is not said")
    elif not topic and not title:
        line.reasons[-1] = "没有指标名称 / the indicator is not named"
    elif line.under and topic:
        line.code = indicator_of(desk, title, line.under, topic)
    else:
        line.code = indicator_of(desk, title, topic)


def _measure(
    desk: Desk, draft: TableDraft, line: Line, head: Head, kind: Kind, taken: set[tuple[str, Measure, int]]
) -> None:
    reason = line.reasons.get(-1) or kind.reason
    if head.words.family == "rank":
        reason = reason or "排名的范围没有写明 / among whom it is ranked is not said"
    measure = measure_for(desk.catalogue, line.code, kind) if line.code and not reason else None
    level = measure is not None and measure.startswith(("level", "change"))
    units = (
        (line.words.units or head.words.units or line.block_units or title_units(desk, draft.area))
        if level else head.words.units or line.words.units
    )  # fmt: skip
    if level and (line.is_spoilt or unit_contradicts(desk, line.words.topic, units)):
        reason = "所印单位与名称不符 / the printed unit does not fit the name"
    if reason is None and measure is not None and line.code and (line.code, measure, head.column) in taken:
        reason = "同一指标出现两行 / the indicator stands twice"
    if reason or measure is None or line.code is None:
        line.reasons[head.column] = reason or kind.doubt or "没有对应的计量 / no measure for it"
        return
    if level and not units and line.unit:
        units = (line.unit,)
    taken.add((line.code, measure, head.column))
    line.measures[head.column] = measure
    if declare(desk, line.code, measure, units, [line.figures[head.column]]) and level and not units:
        draft.data["unit"] = "unstated"


def _columns(desk: Desk, draft: TableDraft, lines: list[Line]) -> dict[int, Measure | None]:
    """The measure of each column: that of most rows; none where each row says its own."""
    by_row = all(h.words.family is None and h.words.span is None for h in draft.heads) and all(
        len(set(line.measures.values())) < 2 and not (line.measures and line.reasons) for line in lines
    )
    found: dict[int, Measure | None] = {}
    shared: set[str] = set()
    for head in draft.heads:
        said = Counter(line.measures[head.column] for line in lines if head.column in line.measures)
        if not said and any(head.column in line.figures for line in lines):
            reasons = Counter(line.reasons[head.column] for line in lines if head.column in line.reasons)
            ignore_column(desk, draft, head, reasons.most_common(1)[0][0])
            continue
        measure = said.most_common(1)[0][0] if said and not by_row else None
        others = [h for h in draft.heads if h is head or not (by_row or _is_same(lines, head, h))]
        match = column_match(desk.labels, head, others)
        if match is None or (measure is None and not by_row):
            ignore_column(
                desk,
                draft,
                head,
                "表头与另一栏相同 / the header is the same as another's" if not match else "本期为空 / empty",
            )
            continue
        found[head.column] = measure
        if by_row and head.period is not None:
            match = _period_match(head)
        if match[0] not in shared:
            data: dict[str, Any] = {"match": match[0]} | ({"over": match[1]} if match[1] else {})
            data |= {"measure": measure} if measure else {}
            data |= {"growth_basis": head.words.basis} if head.words.basis else {}
            data |= {"period": head.words.reference} if head.words.reference else {}
            draft.columns.append(Entry(data))
        shared.add(match[0])
    return found


def _is_same(lines: list[Line], one: Head, other: Head) -> bool:
    """Whether two columns print the same measure for two periods, so that one pattern may fit both."""
    measures = [{line.measures[h.column] for line in lines if h.column in line.measures} for h in (one, other)]
    dated = one.period is not None and other.period is not None and one.period != other.period
    return dated and measures[0] == measures[1] and one.words.reference == other.words.reference


def _period_match(head: Head) -> tuple[str, str | None]:
    from ingest.probe.heads import period_pattern

    return period_pattern(head.joined), None


def _row(draft: TableDraft, line: Line, columns: dict[int, Measure | None]) -> None:
    """The row's entry: its indicator, its own measure, or why it is not read."""
    blocks = {entry.data["from"] for entry in draft.blocks}
    data: dict[str, Any] = {"match": line.label.norm} | ({"under": line.under} if line.under else {})
    if any(entry.data.get("match") == data["match"] and entry.data.get("under") == line.under for entry in draft.rows):
        return  # an equal label that nothing tells apart; the reader holds both
    if not line.figures:
        if line.label.norm not in blocks:
            draft.rows.append(Entry({**data, "ignore": "小标题"}))
        return
    if not line.measures or line.code is None:
        said, _, said_en = next(iter(line.reasons.values()), "未读 / not read").partition(" / ")
        draft.rows.append(Entry({**data, "ignore": f"{said}，待人确认"}))
        draft.doubt(line.cell.address, f"行“{line.cell.text.strip()}”未读：{said}", f"row left out: {said_en}")
        return
    data["indicator"] = line.code
    if line.unit:
        data["unit"] = line.unit
    own = _overrides(draft, line, columns)
    if own and set(columns.values()) == {None}:
        data["measure"] = next(iter(line.measures.values()))
    elif own:
        data["as"] = own
    draft.rows.append(Entry(data, "单位随上一行“其中”" if line.unit else None))


def _index_in_percent(line: Line, measure: Measure) -> dict[str, str]:
    """An index printed in %: 居民消费价格指数（%）100.2."""
    return {"unit_override": "index"} if measure.startswith("index") and line.words.is_percent else {}


def _overrides(draft: TableDraft, line: Line, columns: dict[int, Measure | None]) -> dict[str, dict[str, str]]:
    own: dict[str, dict[str, str]] = {}
    for column, cell in line.figures.items():
        if column not in columns:
            continue
        usual, here = columns[column], line.measures.get(column)
        if here is None:
            said, _, said_en = line.reasons.get(column, "未读 / not read").partition(" / ")
            own[str(usual)] = {"ignore": f"{said}，待人确认"}
            draft.doubt(cell.address, f"“{line.cell.text.strip()}”：{said}，未读", f"left out: {said_en}")
        elif here != usual or _index_in_percent(line, here):
            own.setdefault(str(usual), {"measure": here} | _index_in_percent(line, here))
    return own
