"""Does each entry of ``corrections.yaml`` say where it holds, what must be printed there, and what becomes of it.

Does not belong here: references (``integrity.py``), finding the cells (``ingest/corrections.sql``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from ingest.pack.document import Located
from ingest.pack.draft import Draft
from ingest.pack.models import Correction
from ingest.pack.problems import PackProblem, Wording

_CELL = ("source_sheet", "source_cell")
_KEY = ("region_code", "indicator_code", "measure", "growth_basis", "reference_month")
_GIVES = {"drop": None, "replace": "value", "replace_unit": "unit_code", "move_period": "right_month"}
"""What each action needs; the others' fields must not stand beside it."""


def check(draft: Draft) -> Iterator[PackProblem]:
    """All faults of corrections."""
    dimensions = {item.record.unit_code: item.record.dimension for item in draft.of("units")}
    measured = {
        (i.record.indicator_code, m.measure): m.unit_code for i in draft.of("indicators") for m in i.record.measures
    }
    for item in draft.of("corrections"):
        yield from _place(draft, item)
        yield from _guard(draft, item)
        yield from _remedy(draft, item, measured, dimensions)
    for one, other in combinations(draft.of("corrections"), 2):
        if _meet(one.record, other.record):
            first = one.record.correction_code
            yield draft.note(other, ("correction_code",), Wording(
                f"与条目 {first} 更正的是同一格。", "一格只能有一条更正：请合并或删除其一，或用有效期分开。",
                f"It corrects the same cell as {first}.",
                "One cell has one entry: merge them, delete one, or part them by valid_from and valid_to.",
            ))  # fmt: skip


def _place(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    """A cell or a key, and enough of either that next month's report is not meant too."""
    entry: Correction = item.record
    if (entry.source_cell is None) and (entry.indicator_code is None or entry.measure is None):
        yield draft.note(item, ("correction_code",), Wording(
            "没有写明更正哪一格。", "请写 source_sheet 和 source_cell，或写 indicator_code 和 measure。",
            "It does not say which cell it corrects.",
            "Give source_sheet and source_cell, or indicator_code and measure.",
        ))  # fmt: skip
    elif entry.source_cell is not None and entry.source_sheet is None:
        yield draft.note(item, ("source_cell",), Wording(
            "有 source_cell 而没有 source_sheet。", "请补充工作表名。",
            "source_cell stands without source_sheet.", "Add the sheet's name.",
        ))  # fmt: skip
    if entry.reference_month is None and entry.sha256 is None:
        yield draft.note(item, ("correction_code",), Wording(
            "没有限定文件或月份，会更正到以后各月的报表。", "请写 reference_month（或 sha256）。",
            "It names neither a file nor a month and would reach into later reports.",
            "Give reference_month (or sha256).",
        ))  # fmt: skip
    if entry.valid_from is not None and entry.valid_to is not None and entry.valid_to < entry.valid_from:
        yield draft.note(item, ("valid_to",), Wording(
            "valid_to 早于 valid_from。", "请改正日期。", "valid_to is before valid_from.", "Correct one of the dates.",
        ))  # fmt: skip


def _guard(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    entry: Correction = item.record
    needed = "wrong_unit" if entry.action == "replace_unit" else "wrong_value"
    if getattr(entry, needed) is None:
        yield draft.note(item, ("action",), Wording(
            f"{entry.action} 需要守卫 {needed}：表中现在印的错值。", "请按原样写上。",
            f"{entry.action} needs the guard {needed}: what is wrongly printed there.", "Add it as printed.",
        ))  # fmt: skip


def _remedy(
    draft: Draft, item: Located[Any], measured: dict[tuple[str, str], str], dimensions: dict[str, str]
) -> Iterator[PackProblem]:
    """What the action needs, and nothing of the others."""
    entry: Correction = item.record
    needed = _GIVES[entry.action]
    for field in filter(None, _GIVES.values()):
        is_given = getattr(entry, field) is not None
        if is_given != (field == needed):
            said = ("缺少", "needs") if field == needed else ("不应有", "does not go with")
            yield draft.note(item, (field if is_given else "action",), Wording(
                f"{entry.action} {said[0]} {field}。", "请补充或删除。",
                f"{entry.action} {said[1]} {field}.", "Add or remove it.",
            ))  # fmt: skip
    if entry.action == "replace" and entry.value is not None and not _is_number(entry.value):
        yield draft.note(item, ("value",), Wording(
            f"value 不是数字：{entry.value}。", "请只写数字，不写单位。",
            f"value is no number: {entry.value}.", "Write the figure alone, without a unit.",
        ))  # fmt: skip
    unit = measured.get((entry.indicator_code or "", entry.measure or ""))
    ours, theirs = dimensions.get(entry.unit_code or ""), dimensions.get(unit or "")
    if ours is not None and theirs is not None and ours != theirs:
        yield draft.note(item, ("unit_code",), Wording(
            f"{entry.unit_code} 与指标单位 {unit} 不可换算。", "请改正。",
            f"{entry.unit_code} cannot be converted into the measure's {unit}.", "Correct it.",
        ))  # fmt: skip


def _is_number(text: str) -> bool:
    whole, _, decimals = text.removeprefix("-").partition(".")
    return whole.isdecimal() and whole.isascii() and (not decimals or (decimals.isdecimal() and decimals.isascii()))


def _meet(one: Correction, other: Correction) -> bool:
    """Whether two entries can hold for one cell: all that both say is the same, and their times overlap."""
    if one.stem != other.stem or (one.source_cell is None) != (other.source_cell is None):
        return False  # a cell and a key may meet in a file: the audit sees that
    said = ("sha256", "wrong_value", "wrong_unit", *_CELL, *_KEY)
    pairs = [(getattr(one, field), getattr(other, field)) for field in said]
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return False
    return _overlap(one, other)


def _overlap(one: Correction, other: Correction) -> bool:
    starts = [entry.valid_from for entry in (one, other) if entry.valid_from is not None]
    ends = [entry.valid_to for entry in (one, other) if entry.valid_to is not None]
    return not starts or not ends or max(starts) <= min(ends)
