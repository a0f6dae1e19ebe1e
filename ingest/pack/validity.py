"""Do the dates and names of a pack hold together: spans in order, no overlaps, no label that names two things.

Does not belong here: references (``integrity.py``), what measures and targets mean (``meaning.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, Protocol

from ingest.pack.document import Located
from ingest.pack.draft import Draft
from ingest.pack.labels import fold, given_labels
from ingest.pack.models import RankSetMember, Region
from ingest.pack.problems import PackProblem, Wording

Loc = tuple[str | int, ...]
# file, key fields that may not overlap in time, list inside the record (or none)
_SPANS = (
    ("regions", ("region_code",), None),
    ("rank_sets", ("region_code",), "members"),
    ("rank_sets", ("region_code", "indicator_code"), "exceptions"),
    ("targets", ("target_id",), None),
    ("calendar", ("stem",), None),
)
_MONTHS = {
    "pack": ("first_month",),
    "targets": ("base_reference_month",),
    "calendar": ("valid_from", "valid_to"),
    "waivers": ("reference_month",),
    "corrections": ("reference_month", "right_month"),
}
_NEVER_MEMBERS = ("collective", "group", "historic", "nation")


class HasSpan(Protocol):
    """A record with validity."""

    @property
    def valid_from(self) -> date: ...  # noqa: D102

    @property
    def valid_to(self) -> date | None: ...  # noqa: D102


def check(draft: Draft) -> Iterator[PackProblem]:
    """All faults of dates and names."""
    yield from _spans(draft)
    yield from _month_firsts(draft)
    yield from _members(draft)
    yield from _region_labels(draft)
    for name, kind in (("units", "unit"), ("indicators", "indicator"), ("bureaus", "bureau")):
        yield from _labels(draft, name, kind)


def overlap(one: HasSpan, other: HasSpan) -> bool:
    """Whether two spans share a day; both ends are inclusive and an open end never ends."""
    first, second = sorted((one, other), key=lambda span: span.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to


def _parts(item: Located[Any], inner: str | None) -> Iterator[tuple[Loc, Any]]:
    if inner is None:
        yield (), item.record
    else:
        for position, part in enumerate(getattr(item.record, inner)):
            yield (inner, position), part


def _spans(draft: Draft) -> Iterator[PackProblem]:
    for name, keys, inner in _SPANS:
        groups: dict[tuple[str, ...], list[tuple[Located[Any], Loc, Any]]] = {}
        for number, item in enumerate(draft.of(name)):
            scope = str(number) if inner else ""
            for loc, part in _parts(item, inner):
                groups.setdefault((scope, *(getattr(part, key) for key in keys)), []).append((item, loc, part))
                if part.valid_to is not None and part.valid_to < part.valid_from:
                    yield draft.note(item, (*loc, "valid_to"), _backwards("valid_to", "valid_from"))
        for (_, *key), parts in groups.items():
            for (_, _, one), (item, loc, other) in combinations(parts, 2):
                if overlap(one, other):
                    yield draft.note(item, (*loc, "valid_from"), _overlapping(" ".join(key), one))
    for item in draft.of("targets"):
        if item.record.close_on < item.record.approved_on:
            yield draft.note(item, ("close_on",), _backwards("close_on", "approved_on"))


def _backwards(late: str, early: str) -> Wording:
    return Wording(f"{late} 早于 {early}。", "请改正日期。", f"{late} is before {early}.", "Correct one of the dates.")


def _overlapping(key: str, one: HasSpan) -> Wording:
    span = f"{one.valid_from} – {one.valid_to or '…'}"
    return Wording(
        f"“{key}”的有效期与另一条（{span}）重叠。", "前一条应在后一条开始的前一天结束。",
        f"The validity of '{key}' overlaps another one ({span}).", "End the earlier one the day before this begins.",
    )  # fmt: skip


def _month_firsts(draft: Draft) -> Iterator[PackProblem]:
    for name, fields in _MONTHS.items():
        for item in draft.of(name):
            for field in fields:
                value = getattr(item.record, field)
                if value is not None and value.day != 1:
                    wording = Wording(
                        f"{field} 应是某月的第一天，现为 {value}。", f"请写 {value.replace(day=1)}。",
                        f"{field} must be the first day of a month, found {value}.", f"Write {value.replace(day=1)}.",
                    )  # fmt: skip
                    yield draft.note(item, (field,), wording)


def _members(draft: Draft) -> Iterator[PackProblem]:
    """A member of a rank set is a real region on every first day of its membership (rule 10)."""
    regions: dict[str, list[Region]] = {}
    for located in draft.of("regions"):
        regions.setdefault(located.record.region_code, []).append(located.record)
    for item in draft.of("rank_sets"):
        for position, member in enumerate(item.record.members):
            spans = regions.get(member.region_code, [])
            begun = [r for r in spans if r.valid_from <= member.valid_from <= (r.valid_to or date.max)]
            if spans and not begun:
                yield draft.note(item, ("members", position, "valid_from"), Wording(
                    f"{member.region_code} 在 {member.valid_from} 还不存在或已撤销。", "请改正起始日期。",
                    f"{member.region_code} does not exist on {member.valid_from}.", "Correct the date.",
                ))  # fmt: skip
            if any(region.region_level in _NEVER_MEMBERS for region in begun):
                yield draft.note(item, ("members", position, "region_code"), Wording(
                    f"{member.region_code} 是汇总或历史地区，不能参加排名。", "请从成员中去掉。",
                    f"{member.region_code} is an aggregate or historic region and never ranked.", "Remove it.",
                ))  # fmt: skip
            for part in item.record.members:
                if member.region_code in _wholes(part.region_code, regions) and overlap(member, part):
                    yield draft.note(item, ("members", position, "region_code"), _holds(member, part))
                    break


def _wholes(code: str, regions: dict[str, list[Region]]) -> set[str]:
    """All regions that a region lies in, now or at any time."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        parents = {r.parent_code for r in regions.get(waiting.pop(), []) if r.parent_code} - found
        found |= parents
        waiting.extend(parents)
    return found


def _holds(whole: RankSetMember, part: RankSetMember) -> Wording:
    return Wording(
        f"{whole.region_code} 包含同一排名范围的成员 {part.region_code}，总体不与部分排名。",
        "请从成员中去掉其中一个。",
        f"{whole.region_code} holds {part.region_code} of the same set: a whole is not ranked among its parts.",
        "Remove one of the two.",
    )  # fmt: skip


def _ambiguous(label: str, one: str, other: str) -> Wording:
    return Wording(
        f"“{label}”同时指 {other} 和 {one}。", "请只给其中一个。",
        f"'{label}' names both {other} and {one}.", "Give it to one of them only.",
    )  # fmt: skip


def _region_labels(draft: Draft) -> Iterator[PackProblem]:
    seen: dict[str, list[Region]] = {}
    for item in draft.of("regions"):
        region: Region = item.record
        for label in {fold(text): text for text in given_labels(region)}.values():
            for other in seen.get(fold(label), []):
                if other.region_code != region.region_code and overlap(region, other):
                    if _namesakes(label, region, other):
                        continue
                    field = "aliases" if label in region.aliases else "region_name"
                    yield draft.note(item, (field,), _ambiguous(label, region.region_code, other.region_code))
            seen.setdefault(fold(label), []).append(region)


def _namesakes(label: str, one: Region, other: Region) -> bool:
    """Two districts of two cities may bear one name: then only the name with the city before it is understood."""
    is_name = all(fold(label) in {fold(r.region_name), fold(r.region_name_en)} for r in (one, other))
    return is_name and one.parent_code != other.parent_code


def _labels(draft: Draft, name: str, kind: str) -> Iterator[PackProblem]:
    seen: dict[str, str] = {}
    for item in draft.of(name):
        record = item.record
        code = getattr(record, f"{kind}_code")
        fields = {f"{kind}_code": [code], f"{kind}_name": [getattr(record, f"{kind}_name")]}
        fields |= {f"{kind}_name_en": [getattr(record, f"{kind}_name_en")], "aliases": record.aliases}
        for field, labels in fields.items():
            for label in labels:
                other = seen.setdefault(fold(label), code)
                if other != code:
                    yield draft.note(item, (field,), _ambiguous(label, code, other))
