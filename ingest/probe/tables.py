"""From areas to tables of a proposal: which way each runs, of which region it is, how it is found again.

Belongs here: orientation, the table's own region, columns that hold no figures, names. Does not belong here: the
meaning of rows and columns (one module for each orientation).
"""

from __future__ import annotations

import re
from typing import Any

from ingest.interpret.periods import read_period
from ingest.periods import Period
from ingest.probe.across import draft_regions_above_measures, draft_regions_across, is_across, is_two_level
from ingest.probe.areas import Area
from ingest.probe.draft import Desk, Entry, Head, TableDraft
from ingest.probe.heads import column_match, read_heads, title_of, title_pattern, title_period, title_topic
from ingest.probe.listing import draft_indicators_down
from ingest.probe.long import draft_long, is_long
from ingest.probe.periodic import draft_list, draft_periods_down, year_and_month
from ingest.probe.regional import draft_regions_down
from ingest.probe.regions import key_line
from ingest.probe.words import read_words
from ingest.text import normalise

_REPEATS = 3
"""A label that stands more often than this on average is no row label but a column of a list."""
NOWHERE = "未写明的地区"


def draft_table(desk: Desk, area: Area, year: int | None, report: Period | None) -> TableDraft | None:
    """Understand one table; None, with a doubt noted, where its structure cannot be put into a spec."""
    draft = TableDraft(area, "indicators_down", title_of(desk, area))
    if area.corner is None:
        _unfit(desk, draft, "表头没有左上角的文字", "the header has no text in its corner")
        return None
    around = title_period(area, year) or report
    draft.heads = read_heads(desk, area, year)
    draft.orientation = _orientation(desk, draft)
    reason = _fill(desk, draft, around, year)
    if reason is not None:
        said, _, said_en = reason.partition(" / ")
        _unfit(desk, draft, said, said_en)
        return None
    if draft.orientation != "long":
        _other_columns(desk, draft)
    draft.find = _find(desk, draft)
    return draft


def _fill(desk: Desk, draft: TableDraft, around: Period | None, year: int | None) -> str | None:
    """Give rows and columns their meaning; gives the reason why that cannot be."""
    if draft.orientation == "list":
        columns = year_and_month(draft)
        if columns is None:
            return "同一名称多行，分不清各行 / equal labels in many rows"
        draft.orientation = "long"
        draft_list(desk, draft, columns, around)
    elif draft.orientation == "periods_down":
        reason = draft_periods_down(desk, draft, year)
        if reason is not None:
            return reason
        if not is_across(desk, draft.heads):
            _place(desk, draft)
    elif draft.orientation == "long":
        draft_long(desk, draft, around)
    elif draft.orientation == "regions_down":
        draft_regions_down(desk, draft, around)
    elif draft.orientation == "regions_across" and is_two_level(desk, draft.heads):
        draft_regions_above_measures(desk, draft, around)
    elif draft.orientation == "regions_across":
        draft_regions_across(desk, draft, around)
    else:
        draft_indicators_down(desk, draft, around)
        _place(desk, draft)
    return None


def _unfit(desk: Desk, draft: TableDraft, said: str, said_en: str) -> None:
    cell = draft.area.grid.cell(draft.area.top, draft.area.label_column)
    draft.doubt(cell.address if cell else None, f"表没有写入建议：{said}", f"the table is not proposed: {said_en}")
    desk.doubts += draft.doubts


def _orientation(desk: Desk, draft: TableDraft) -> str:
    area = draft.area
    assert area.corner is not None
    labels = [cell.text for _, cell in area.labels()]
    if is_long(area):
        return "long"
    distinct = set(map(normalise, labels))
    is_corner = desk.regions.is_corner(area.corner.text)
    if len(labels) > _REPEATS * len(distinct):
        return "list"
    periods = sum(1 for text in distinct if read_period(text, 2000) is not None)
    if 2 * periods > len(distinct) and not is_corner:
        return "periods_down"
    if is_across(desk, draft.heads) and not is_corner:
        return "regions_across"
    spoken = [words for text in distinct if (words := read_words(desk.labels(text))).units or words.family]
    if desk.regions.share(labels) >= (0.3 if is_corner else 0.6):
        return "regions_down"
    return "regions_down" if is_corner and 2 * len(spoken) < len(distinct) else "indicators_down"


def _place(desk: Desk, draft: TableDraft) -> None:
    """Of which region a table of indicators is: a line above it, its title, or the place the file is about."""
    for cell in draft.area.titles:
        line = key_line(cell.text)
        if line is not None:
            draft.data["region_above"] = f"~^{line[0]}:(.+)$"
            if desk.regions.code(line[1]) is None:
                desk.regions.propose(line[1])
            return
    named = desk.regions.in_title([cell.text for cell in draft.area.titles])
    info = desk.pack.info
    if named is not None:
        draft.data["region"] = named[0]
    elif desk.regions.is_local and info.region_code == info.parent_region_code:
        draft.data["region"] = info.region_code
        draft.comment = "表中没有写地区，按数据包的地区推定，请确认 / no region is printed: the pack's is assumed"
    else:
        draft.data["region"] = desk.regions.propose(NOWHERE, level="group")
        draft.comment = "表中没有写地区，请改为实际地区 / no region is printed: put the right one here"
    if draft.comment:
        draft.doubt(None, draft.comment.split(" / ")[0], draft.comment.split(" / ")[1])


def _other_columns(desk: Desk, draft: TableDraft) -> None:
    """Columns without figures: units, remarks, numbers of rows, and words."""
    area = draft.area
    heads = {head.column for head in draft.heads}
    known: set[tuple[int, int]] = {(p.row, p.column) for c in heads for p in area.header_parts(c)}
    extra: list[Entry] = []
    for column in range(area.left, area.right + 1):
        parts = [part for part in area.header_parts(column) if part.column != area.label_column]
        if column in heads or column == area.label_column or not parts or (parts[-1].row, parts[-1].column) in known:
            continue
        known |= {(part.row, part.column) for part in parts}
        head = Head(column, [part.text for part in parts], read_words(desk.labels(parts[-1].text)), None)
        if head.words.role is None and _is_covered(desk, draft, head):
            continue
        found = column_match(desk.labels, head, [head, *draft.heads])
        data: dict[str, Any] = {"match": found[0] if found else normalise(parts[-1].text)}
        if head.words.role in ("unit", "note"):
            data["role"] = head.words.role
        else:
            data["ignore"] = "编号" if head.words.role == "serial" else "没有数字的栏，待人确认"
        extra.append(Entry({**data, "optional": True} if "ignore" in data else data))
    draft.columns = [*extra, *draft.columns]


def _is_covered(desk: Desk, draft: TableDraft, head: Head) -> bool:
    """Whether a column without figures is one of those already declared: an empty month among months, a region."""
    from ingest.interpret.labels import matches

    if draft.orientation == "regions_across":
        if desk.regions.code(head.texts[-1]) is None:
            desk.regions.propose(head.texts[-1])
        return True
    labels = [desk.labels(text) for text in (*head.texts, head.joined)]
    patterns = [str(entry.data["match"]) for entry in draft.columns if "over" not in entry.data]
    return any(matches((pattern,), label) for pattern in patterns for label in labels)


def _find(desk: Desk, draft: TableDraft) -> dict[str, Any]:
    area = draft.area
    assert area.corner is not None
    find: dict[str, Any] = {}
    if (draft.title is not None and draft.title != area.grid.name) or area.grid.name in [c.text for c in area.titles]:
        title = draft.title or ""
        find["title"] = title_pattern(desk.labels, title, title_topic(desk, title))
    elif len([g for g in desk.file.grids if g.is_visible]) > 1:
        find["sheet"] = area.grid.name
    find["corner"] = desk.labels(area.corner.text).norm
    first = min(area.columns)
    between = range(area.label_column + 1, first)
    if draft.orientation == "regions_down" and between and not any(area.header(column) for column in between):
        draft.data["label_columns"] = first - area.label_column
    return find


def name_tables(drafts: list[TableDraft]) -> None:
    """Give every table a name: its title's letters where it has any, else a number."""
    taken: set[str] = set()
    for number, draft in enumerate(drafts, start=1):
        slug = re.sub(r"[^a-z0-9]+", "_", (draft.title or "").casefold()).strip("_")[:40]
        name = slug if re.match(r"[a-z][a-z0-9_]{3,}$", slug) and slug not in taken else f"table_{number}"
        taken.add(name)
        draft.name = name
