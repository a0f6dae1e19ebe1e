"""The proposed source spec as data: recognition, report period, marks, tables in order.

Belongs here: the top level of the proposal. Does not belong here: single tables (``tables.py``) or YAML (``write.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ingest.pack import Pack
from ingest.periods import Period
from ingest.probe.dated import AS_OF_PATTERN, as_of
from ingest.probe.draft import Desk, Entry, TableDraft
from ingest.probe.heads import title_topic
from ingest.probe.lines import is_mark
from ingest.probe.words import NOTE, strip_period
from ingest.text import normalise

NOTES = "~^(附?注\\d?|说明|备注|(数据|资料)*来源|资料|填[报表]|制表|审核|联系)[人日]?期?[:.、]"
PLACES: tuple[tuple[str, ...], ...] = (
    ("title", "page", "headers", "sheet_name"),
    ("headers", "title", "page", "sheet_name"),
    ("sheet_name", "title", "page"),
    ("file_name",),
)
"""Where the report's period may stand, in the order in which they are tried."""
_TOP_ROWS = 8


def places_of(drafts: list[TableDraft], report: Period | None) -> list[tuple[str, ...]]:
    """Where the report's period may stand, the likeliest first."""
    dated = [("date",)] if any(as_of(draft.area) for draft in drafts) else []
    rows = [("rows",)] if any(draft.orientation in ("periods_down", "long") for draft in drafts) else []
    return [*dated, *rows, *PLACES] if report is None else [*dated, *PLACES]


def bureau_of(desk_texts: list[str], pack: Pack) -> tuple[str, bool]:
    """The bureau that the file names, and whether it names one; else the pack's first, for a person to correct."""
    for bureau in pack.bureaus:
        names = [normalise(name) for name in (bureau.bureau_name, *bureau.aliases)]
        if any(name in text for name in names for text in desk_texts if len(name) > 2):
            return bureau.bureau_code, True
    return pack.bureaus[0].bureau_code, False


def stem_of(pack: Pack, bureau: str) -> str:
    """A stem that the pack does not have."""
    taken = {spec.stem for spec in pack.sources}
    number = 1
    while (stem := f"{bureau}__probed" + (f"_{number}" if number > 1 else "")) in taken:
        number += 1
    return stem


def as_data(desk: Desk, drafts: list[TableDraft], bureau: str, places: tuple[str, ...]) -> dict[str, Any]:
    """The spec as plain data, without remarks."""
    title = next((d.title for d in drafts if d.title), None) or desk.file.grids[0].name
    spec: dict[str, Any] = {
        "stem": stem_of(desk.pack, bureau), "title": strip_period(normalise(title)),
        "title_en": "proposed by jindu probe", "bureau_code": bureau, "source_rank": 2,
        "recognise": _recognise(desk, drafts),
        "report_period": {"places": list(places)} | ({"date": {"match": AS_OF_PATTERN}} if "date" in places else {}),
    }  # fmt: skip
    ignored = _ignored_sheets(desk, drafts)
    if ignored:
        spec["ignored_sheets"] = ignored
    if any(NOTE.search(normalise(text)) for grid in desk.file.grids for text in grid.texts()):
        spec["ignored"] = [{"match": NOTES, "reason": "附注"}]
    marks = _marks(drafts)
    if marks:
        spec["marks"] = dict.fromkeys(marks, "skip")
    spec["tables"] = [table_data(draft) for draft in drafts]
    return spec


def table_data(draft: TableDraft) -> dict[str, Any]:
    """One table as plain data."""
    data: dict[str, Any] = {"name": draft.name, "find": draft.find, "orientation": draft.orientation, **draft.data}
    for key, entries in (("columns", draft.columns), ("rows", draft.rows), ("blocks", draft.blocks)):
        if entries:
            data[key] = [entry.data for entry in entries]
    return data


def _ignored_sheets(desk: Desk, drafts: list[TableDraft]) -> list[dict[str, Any]]:
    """Hidden sheets, and those on which no table of figures was found (目录)."""
    hidden = (
        [{"hidden": True, "reason": "隐藏的工作表没有读取"}] if any(not g.is_visible for g in desk.file.grids) else []
    )
    used = {area.sheet for area in desk.areas} | {draft.area.sheet for draft in drafts}
    empty = [grid.name for number, grid in enumerate(desk.file.grids) if grid.is_visible and number not in used]
    names = [{"name": normalise(name), "reason": "没有统计表，待人确认"} for name in empty if name.strip()]
    return [*hidden, *names] if drafts else []


def _recognise(desk: Desk, drafts: list[TableDraft]) -> dict[str, Any]:
    """Texts by which the file is known again: up to three titles, else the words of its header."""
    rows = _TOP_ROWS
    texts: list[str] = []
    for draft in drafts:
        topic = title_topic(desk, draft.title)
        cell = next((c for c in draft.area.titles if c.text.strip() == draft.title), None)
        if topic and cell is not None and topic in normalise(cell.text) and topic not in texts and len(texts) < 3:
            texts.append(topic)
            rows = max(rows, cell.row + 1)
    if drafts and not texts:
        area = drafts[0].area
        assert area.corner is not None
        heads = [normalise(c.text) for c in area.grid.row_cells(area.corner.row) if not re.search(r"\d", c.text)]
        texts = [text for text in heads if len(text) > 1][:4] or [normalise(area.corner.text)]
        rows = max(rows, area.corner.row + 1)
    found: dict[str, Any] = {"contains": texts}
    return found if rows <= _TOP_ROWS else {**found, "top_rows": rows}


def _marks(drafts: list[TableDraft]) -> list[str]:
    """Signs that stand where a figure should."""
    found: Counter[str] = Counter()
    for draft in drafts:
        for head in draft.heads:
            found.update(normalise(cell.text) for cell in draft.area.values(head.column) if is_mark(cell))
    return [mark for mark, _ in found.most_common(8)]


def ignore_row(label: str) -> Entry:
    """A row that is not read because the trial showed that it cannot be."""
    return Entry({"match": label, "ignore": "试读未通过，待人确认"})
