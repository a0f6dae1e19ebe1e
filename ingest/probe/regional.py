"""Tables whose rows are regions: the columns' meanings, unknown regions, totals, rows of periods among them.

Belongs here: orientation ``regions_down``. Does not belong here: regions in the header (``across.py``).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace

from ingest.grids import Cell
from ingest.interpret.labels import matches
from ingest.interpret.periods import read_period
from ingest.numbers import parse_number
from ingest.pack.models import Measure
from ingest.periods import Period
from ingest.probe.catalogue import UNSTATED
from ingest.probe.dated import as_of, is_dated, periods_among
from ingest.probe.decide import NOTHING, kind_of, measure_for, spans_beside
from ingest.probe.draft import Desk, Entry, Head, TableDraft
from ingest.probe.heads import column_match, title_words
from ingest.probe.lines import is_figure
from ingest.probe.naming import declare, indicator_of, title_units
from ingest.probe.ranks import ranked_by
from ingest.probe.words import TOTAL
from ingest.text import normalise

_PART = re.compile(r"^(?:本区|本[市县]|其中|市区|城区|城镇|农村|其他)")


def number_of(cell: Cell) -> float | None:
    """The number of a cell of figures."""
    return cell.number if cell.number is not None else parse_number(cell.text, {}).value


def draft_regions_down(desk: Desk, draft: TableDraft, around: Period | None) -> None:
    """Fill in a table of regions."""
    area = draft.area
    labels = [(row, cell) for row, cell in area.labels() if any(_has_figure(draft, row))]
    names = {row: code for row, cell in labels if (code := _region(desk, draft, cell, labels)) is not None}
    _repeated(desk, draft, labels, names)
    if any(is_dated(cell.text) for _, cell in labels):
        around = replace(around, kind="eop" if as_of(area) else "month") if around is not None else None
        draft.heads = [replace(head, period=around) for head in draft.heads]
    for cell in periods_among(desk, draft, labels):
        _leave(draft, cell, "行标签是时期，不完整或带注记", "the label is a period, incomplete or with a note")
    read_columns(desk, draft, around, names)


def _has_figure(draft: TableDraft, row: int) -> list[bool]:
    found = (draft.area.grid.cell(row, head.column) for head in draft.heads)
    return [cell is not None and is_figure(cell) for cell in found]


def _region(desk: Desk, draft: TableDraft, cell: Cell, labels: list[tuple[int, Cell]]) -> str | None:
    """The region of a row label, proposed if need be; a total or a remark is none."""
    text = cell.text.strip()
    norm = normalise(text)
    code = desk.regions.known(text)
    if code:
        return code
    if is_dated(norm) or read_period(norm, 2000) is not None or read_period(norm.rstrip("abc)"), 2000) is not None:
        return None
    if re.match(r"^(?:本年|前年|上年|去年).*累[计計]$", norm):
        return None
    if TOTAL.match(norm):
        _leave(draft, cell, "合计行不是一个地区", "a total is no region")
        return None
    if desk.regions.is_note(text) or not re.search(r"[^\W\d_]", norm):
        _leave(draft, cell, "不像地区名称", "does not look like a region")
        return None
    if not _PART.match(norm) and (similar := _taken_for(desk, text, labels)):
        _leave(draft, cell, f"地区名称不认识，是否为{similar}？", f"unknown region; {similar}?")
        return None
    code, is_own = desk.regions.of_label(text, [cell.text for cell in draft.area.titles])
    if is_own:
        draft.data.setdefault("region_labels", {})[norm] = code
    return code


def _taken_for(desk: Desk, text: str, labels: list[tuple[int, Cell]]) -> str | None:
    """A known region that a label may be a slip for: it looks like it and stands in no other row."""
    known = [desk.regions.known(cell.text) for _, cell in labels]
    if 2 * sum(1 for code in known if code) < len(known):
        return None
    absent = [name for name in desk.regions.similar(text) if desk.regions.known(name) not in known]
    return absent[0] if absent else None


def _leave(draft: TableDraft, cell: Cell, said: str, said_en: str) -> None:
    norm = normalise(cell.text)
    if all(entry.data.get("match") != norm for entry in draft.rows):
        draft.rows.append(Entry({"match": norm, "ignore": f"{said}，待人确认"}))
        draft.doubt(cell.address, f"“{cell.text.strip()}”{said}，未读", f"'{cell.text.strip()}': {said_en}; left out")


def _repeated(desk: Desk, draft: TableDraft, labels: list[tuple[int, Cell]], names: dict[int, str]) -> None:
    """Labels that stand several times: the same row again, parts told apart by the row above them, or left out."""
    rows: dict[str, list[int]] = {}
    for row, cell in labels:
        if row in names:
            rows.setdefault(normalise(cell.text), []).append(row)
    counts = {norm: len(found) for norm, found in rows.items()}
    above: Cell | None = None
    for row, cell in labels:
        norm = normalise(cell.text)
        if counts.get(norm, 1) < 2:
            above = cell if row in names else above
        elif len({_printed(draft, one) for one in rows[norm]}) == 1:
            draft.data["repeated_rows"] = True
            if row != rows[norm][0]:
                names.pop(row, None)
        elif not _PART.match(norm) or above is None:
            names.pop(row, None)
            _leave(draft, cell, "地区重复出现，数值不同", "the region stands several times with other figures")
        else:
            parent = normalise(above.text)
            names[row] = desk.regions.propose(cell.text, name=f"{parent}：{norm}", level="group")
            desk.regions.proposed.pop(norm, None)
            draft.rows.append(Entry({"match": norm, "under": parent, "region": names[row]}))


def _printed(draft: TableDraft, row: int) -> tuple[str, ...]:
    cells = (draft.area.grid.cell(row, head.column) for head in draft.heads)
    return tuple(cell.text.strip() if cell is not None else "" for cell in cells)


def read_columns(desk: Desk, draft: TableDraft, around: Period | None, names: dict[int, str]) -> None:
    """Give every value column its meaning; the table's own indicator is the title's topic."""
    title = title_words(desk, draft.title)
    topics = {head.words.topic for head in draft.heads if head.words.family != "rank"}
    if "" in topics and title.topic:
        draft.data["indicator"] = indicator_of(desk, title.topic)
    beside = spans_beside(draft.heads, around)
    ranks: list[Head] = []
    taken: dict[tuple[str, Measure, str, str], Head] = {}
    measured: dict[int, tuple[str, Measure]] = {}
    for head in draft.heads:
        if head.words.family == "rank":
            ranks.append(head)
            continue
        kind = kind_of(NOTHING, head, title, beside.get(head.column), around)
        topic = _indexed(head, kind.family)
        code = indicator_of(desk, title.topic, topic) if topic else draft.data.get("indicator")
        measure = measure_for(desk.catalogue, code, kind) if code and not kind.reason else None
        key = (str(code), measure, str(head.words.basis), str(head.words.reference)) if measure else None
        if measure is None or key is None or key in taken:
            ignore_column(desk, draft, head, kind.reason or (kind.doubt if code else None) or _why(code, measure))
            continue
        taken[key] = head
        measured[head.column] = (str(code), measure)
        _put_column(desk, draft, head, str(code), measure, kind.guess)
    if any("level_month" in entry.data.get("as", {}) for entry in draft.rows):
        for head in draft.heads:
            if head.column in measured and measured[head.column][1] == "level_month":
                units = head.words.units or title_units(desk, draft.area)
                declare(desk, measured[head.column][0], "level_ytd", units, [])
    for head in ranks:
        _rank_column(desk, draft, head, measured, names)


def _indexed(head: Head, family: str) -> str:
    """The topic; an index on the month before or on a fixed year is another series than that on the year before."""
    if family == "index" and not head.words.topic:
        other = re.search(r"环比|定基.*", normalise(head.joined))
        return other[0] if other else ""
    return head.words.topic


def _why(code: object, measure: object) -> str:
    if code is None:
        return "不知道是什么指标 / the indicator is not named"
    return "与另一栏无法区分 / cannot be told from another column" if measure else "没有对应的计量 / no measure for it"


def ignore_column(desk: Desk, draft: TableDraft, head: Head, reason: str) -> None:
    """Declare a column that is not read, with the reason."""
    found = column_match(desk.labels, head, draft.heads)
    data: dict[str, object] = {"match": found[0] if found else normalise(head.texts[-1])}
    if found and found[1]:
        data["over"] = found[1]
    draft.columns.insert(0, Entry({**data, "ignore": reason.split(" / ")[0]}))
    top = draft.area.header_parts(head.column)[-1]
    said, _, said_en = reason.partition(" / ")
    draft.doubt(top.address, f"栏“{head.joined}”未读：{said}", f"column '{head.joined}' left out: {said_en or said}")


def _put_column(desk: Desk, draft: TableDraft, head: Head, code: str, measure: Measure, guess: str | None) -> None:
    found = column_match(desk.labels, head, draft.heads)
    if found is None:
        ignore_column(desk, draft, head, "表头与另一栏相同，无法区分 / the header is the same as another's")
        return
    data: dict[str, object] = {"match": found[0]}
    if found[1]:
        data["over"] = found[1]
    if code != draft.data.get("indicator"):
        data["indicator"] = code
    data["measure"] = measure
    if head.words.basis:
        data["growth_basis"] = head.words.basis
    if head.words.reference:
        data["period"] = head.words.reference
    units = head.words.units or title_units(desk, draft.area) or _row_units(desk, draft)
    is_new = declare(desk, code, measure, units, [c for c in draft.area.values(head.column) if is_figure(c)])
    if is_new and not units and measure.startswith(("level", "change")):
        data["unit"] = UNSTATED
    draft.columns.append(Entry(data, guess))
    if guess and all(doubt.said != guess.split(" / ")[0] for doubt in draft.doubts):
        draft.doubt(None, *guess.split(" / "))


def _row_units(desk: Desk, draft: TableDraft) -> tuple[str, ...]:
    """The unit that the row labels print, if they print one."""
    return next((units for _, cell in draft.area.labels() if (units := desk.labels(cell.text).units)), ())


def _rank_column(
    desk: Desk, draft: TableDraft, head: Head, measured: dict[int, tuple[str, Measure]], names: dict[int, str]
) -> None:
    """A column of published ranks: of which measure, among which regions."""
    ranks = _numbers(draft, head.column, names)
    words = "growth" if re.search(r"增[速幅长]", normalise(head.joined)) else None
    near = {c: m for c, m in measured.items() if c < head.column} or measured
    fitting = {c: m for c, m in near.items() if words is None or m[1].startswith(words)}
    base = ranked_by(ranks, {c: _numbers(draft, c, names) for c in fitting}) if ranks else None
    if base is None and words and len(fitting) == 1:
        base = next(iter(fitting))
    if base is None:
        ignore_column(desk, draft, head, "排名对应哪一栏无法由数值验证 / no column reproduces these ranks")
        return
    code, measure = fitting[base]
    ranked = tuple(names[row] for row in sorted(row for row in ranks if isinstance(row, int)))
    data = {"match": normalise(head.texts[-1]), "rank_of": measure}
    if code != draft.data.get("indicator"):
        data["indicator"] = code
    data["rank_set"] = desk.catalogue.rank_set(ranked, desk.regions.proposed)
    if not matches((str(data["match"]),), desk.labels(head.texts[-1])):
        data["match"] = desk.labels(head.texts[-1]).norm
    draft.columns.append(Entry(data, f"由数值验证：{measure} 的位次 / checked against the figures" if ranks else None))


def _numbers(draft: TableDraft, column: int, names: dict[int, str]) -> dict[Hashable, float]:
    found: dict[Hashable, float] = {}
    for row in names:
        cell = draft.area.grid.cell(row, column)
        if cell is not None and is_figure(cell) and (number := number_of(cell)) is not None:
            found[row] = number
    return found
