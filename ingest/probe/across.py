"""Tables whose columns are regions: what each row measures, ranks in a row.

Belongs here: orientation ``regions_across``. Does not belong here: regions down the side (``regional.py``).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace

from ingest.grids import Cell
from ingest.pack.models import Measure
from ingest.periods import Period
from ingest.probe.decide import kind_of, measure_for
from ingest.probe.draft import Desk, Entry, Head, TableDraft
from ingest.probe.heads import title_words
from ingest.probe.lines import is_figure
from ingest.probe.listing import draft_indicators_down, unit_column_of
from ingest.probe.naming import declare, indicator_of, title_units
from ingest.probe.ranks import ranked_by
from ingest.probe.regional import number_of
from ingest.probe.words import TOTAL, Span, Words, read_words
from ingest.text import normalise


def draft_regions_across(desk: Desk, draft: TableDraft, around: Period | None) -> None:
    """Fill in a table whose header names regions."""
    header_regions(desk, draft)
    head = replace(draft.heads[0], words=Words("", ""))
    title = title_words(desk, draft.title)
    if title.topic:
        draft.data["indicator"] = indicator_of(desk, title.topic)
    unit_column = unit_column_of(desk, draft)
    near: Span | None = None
    above: str | None = None
    measured: dict[int, tuple[str, Measure]] = {}
    taken: set[tuple[str, Measure]] = set()
    ranks: list[tuple[int, Cell]] = []
    for row, cell in draft.area.labels():
        figures = _figures(draft, row)
        if not figures:
            draft.rows.append(Entry({"match": normalise(cell.text), "ignore": "小标题"}))
            continue
        words = _words(desk, draft, row, cell, unit_column)
        if words.family == "rank":
            ranks.append((row, cell))
            continue
        kind = kind_of(words, head, title, near, around)
        near = kind.span if kind.family != "growth" else near
        topic = words.topic if not TOTAL.match(normalise(words.topic)) else ""
        code = indicator_of(desk, title.topic, topic) if topic else draft.data.get("indicator") or above
        above = code if topic else above
        measure = measure_for(desk.catalogue, code, kind) if code and not kind.reason else None
        if measure is None or code is None or (code, measure) in taken:
            _leave(
                draft, cell, kind.reason or kind.doubt or "不知道是什么指标或计量 / indicator or measure is not known"
            )
            continue
        taken.add((code, measure))
        measured[row] = (code, measure)
        data: dict[str, object] = {"match": _match(desk, cell)}
        data |= {"indicator": code} if code != draft.data.get("indicator") else {}
        data["measure"] = measure
        data |= {"growth_basis": words.basis} if words.basis else {}
        units = words.units or title_units(desk, draft.area)
        if declare(desk, code, measure, units, list(figures.values())) and not units and measure.startswith("level"):
            draft.data["unit"] = "unstated"
        draft.rows.append(Entry(data, kind.guess))
    for row, cell in ranks:
        _rank_row(desk, draft, row, cell, measured)


def header_regions(desk: Desk, draft: TableDraft) -> None:
    """Name the regions of the header; propose those that the pack lacks, leave totals out."""
    for head in draft.heads:
        text = head.texts[-1]
        norm = normalise(text)
        code = desk.regions.known(text)
        if code is None and TOTAL.match(norm):
            draft.columns.append(Entry({"match": norm, "ignore": "合计栏不是一个地区，待人确认"}))
            continue
        if code is None:
            code, is_own = desk.regions.of_label(text, [cell.text for cell in draft.area.titles])
            if is_own:
                draft.data.setdefault("region_labels", {})[norm] = code
        head.region_code = code


def _words(desk: Desk, draft: TableDraft, row: int, cell: Cell, unit_column: int | None) -> Words:
    words = read_words(desk.labels(cell.text))
    beside = draft.area.grid.cell(row, unit_column) if unit_column is not None else None
    if beside is not None and not beside.is_blank:
        words = replace(words, units=(*words.units, normalise(beside.text)))
    return words


def _match(desk: Desk, cell: Cell) -> str:
    label = desk.labels(cell.text)
    return label.bare if label.bare and label.bare in label.forms else label.norm


def _figures(draft: TableDraft, row: int) -> dict[Hashable, Cell]:
    found = ((head.column, draft.area.grid.cell(row, head.column)) for head in draft.heads)
    return {column: cell for column, cell in found if cell is not None and is_figure(cell)}


def _leave(draft: TableDraft, cell: Cell, reason: str) -> None:
    said, _, said_en = reason.partition(" / ")
    draft.rows.append(Entry({"match": normalise(cell.text), "ignore": f"{said}，待人确认"}))
    draft.doubt(cell.address, f"行“{cell.text.strip()}”未读：{said}", f"row left out: {said_en}")


def _rank_row(desk: Desk, draft: TableDraft, row: int, cell: Cell, measured: dict[int, tuple[str, Measure]]) -> None:
    numbers = {column: number_of(value) for column, value in _figures(draft, row).items()}
    ranks = {column: number for column, number in numbers.items() if number is not None}
    said = "growth" if re.search(r"增[速幅长]", normalise(cell.text)) else None
    fitting = {r: m for r, m in measured.items() if said is None or m[1].startswith(said)}
    values = {
        r: {c: n for c, v in _figures(draft, r).items() if (n := number_of(v)) is not None} for r in fitting
    }  # fmt: skip
    base = ranked_by(ranks, values)
    if base is None and said and len(fitting) == 1:
        base = next(iter(fitting))
    regions = tuple(h.region_code for h in draft.heads if h.column in ranks and h.region_code)
    if base is None or len(regions) < len(ranks):
        _leave(draft, cell, "排名对应哪一行无法由数值验证 / no row reproduces these ranks")
        return
    code, measure = fitting[base]
    data: dict[str, object] = {"match": _match(desk, cell)}
    data |= {"indicator": code} if code != draft.data.get("indicator") else {}
    data |= {"rank_of": measure, "rank_set": desk.catalogue.rank_set(regions, desk.regions.proposed)}
    draft.rows.append(Entry(data, f"由数值验证：{measure} 的位次"))


def is_across(desk: Desk, heads: list[Head]) -> bool:
    """Whether the header names regions, in its lowest row or above the measures."""
    lowest = [head.texts[-1] for head in heads if head.texts]
    upper = [head.texts[-2] for head in heads if len(head.texts) > 1]
    if len(lowest) > 1 and desk.regions.share(lowest) >= 0.6:
        return True
    return len(set(upper)) > 1 and len(upper) == len(heads) and desk.regions.share(upper) >= 0.6


def is_two_level(desk: Desk, heads: list[Head]) -> bool:
    """Whether regions stand above the measures, and not in the lowest row of the header."""
    return desk.regions.share([head.texts[-1] for head in heads]) < 0.6


def draft_regions_above_measures(desk: Desk, draft: TableDraft, around: Period | None) -> None:
    """Fill in a table with a region over each group of measures: rows are indicators, columns their measures."""
    for head in draft.heads:
        text = head.texts.pop(-2)
        head.region_code = desk.regions.known(text) or desk.regions.propose(text)
        head.words = read_words(desk.labels(head.joined))
    first = draft.heads[0].region_code
    every = draft.heads
    draft.heads = [head for head in every if head.region_code == first]
    draft_indicators_down(desk, draft, around)
    draft.heads = every
