"""Do the calendar, the corrections and the source specs of a pack fit the rest of it.

Does not belong here: the shape of a spec (``ingest/spec.py``), how a spec reads a file (``ingest/interpret``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from ingest.pack.calendar import CalendarEntry
from ingest.pack.document import Located
from ingest.pack.draft import Draft
from ingest.pack.integrity import known_measures, no_such_measure, unknown
from ingest.pack.labels import fold
from ingest.pack.models import form_stem
from ingest.pack.problems import PackProblem, Wording

_WORD_LISTS = ("values", "marks", "region_labels")
"""Mappings whose keys are printed words and not keys of the spec."""
_ROLES = {"region": "regions", "indicator": "indicators", "rank_set": "rank_sets"}


def check(draft: Draft) -> Iterator[PackProblem]:
    """All faults of calendar, corrections and source specs."""
    yield from _calendar(draft)
    for item in draft.of("sources"):
        yield from _source_place(draft, item)
        yield from _source_words(draft, item)


def _calendar(draft: Draft) -> Iterator[PackProblem]:
    stems = draft.known("sources", "stem")
    if stems:
        stems |= {form_stem(str(code)) for code in draft.known("bureaus", "bureau_code")}
    for item in draft.of("calendar"):
        entry = item.record
        if not entry.stem.startswith(f"{entry.bureau_code}__"):
            yield draft.note(item, ("bureau_code",), _foreign_stem(entry.stem, entry.bureau_code))
        if stems and entry.stem not in stems:
            yield draft.note(item, ("stem",), unknown(entry.stem, "sources/*", stems))
        yield from _exceptions(draft, item)
    for item in draft.of("corrections"):
        if stems and item.record.stem not in stems:
            yield draft.note(item, ("stem",), unknown(item.record.stem, "sources/*", stems))


def _exceptions(draft: Draft, item: Located[CalendarEntry]) -> Iterator[PackProblem]:
    """An agreed day must be for a report that the entry expects, once."""
    seen: set[date] = set()
    for position, one in enumerate(item.record.exceptions):
        month, loc = one.reference_month, ("exceptions", position, "reference_month")
        if month in seen or not item.record.expects(month):
            yield draft.note(item, loc, Wording(
                f"{month:%Y-%m} 不是该报表应报的月份，或重复。", "写该报表应报月份的第一天，每月一次。",
                f"{month:%Y-%m} is no month of this report, or stands twice.",
                "Give the first day of a month for which it is due, once.",
            ))  # fmt: skip
        seen.add(month)


def _foreign_stem(stem: str, bureau: str) -> Wording:
    return Wording(
        f"{stem} 不以 {bureau}__ 开头。", "名称应为 <单位>__<数据集>。",
        f"{stem} does not begin with {bureau}__.", "A stem is <bureau>__<dataset>.",
    )  # fmt: skip


def _source_place(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    spec = item.record
    if not spec.stem.startswith(f"{spec.bureau_code}__"):
        yield draft.note(item, ("bureau_code",), _foreign_stem(spec.stem, spec.bureau_code))
    name = f"{spec.stem}.{spec.layout}.yaml" if spec.layout else f"{spec.stem}.yaml"
    if PurePosixPath(item.file).name not in {name, f"{spec.stem}.yaml"}:
        yield draft.note(item, ("stem",), Wording(
            f"文件名与 stem {spec.stem} 不符。", f"请改名为 {name}。",
            f"The file is not named after its stem {spec.stem}.", f"Name it {name}.",
        ))  # fmt: skip


def _walk(data: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every mapping inside a spec, with its path."""
    if isinstance(data, dict):
        yield loc, data
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from _walk(value, (*loc, step))


def _source_words(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    """Codes and units that a spec names, each at its own line."""
    known = {
        "regions": draft.known("regions", "region_code"),
        "rank_sets": draft.known("rank_sets", "rank_set_code"),
        "indicators": draft.known("indicators", "indicator_code"),
    }
    pairs, units = known_measures(draft), _unit_labels(draft)
    for loc, part in _walk(item.data):
        if loc and loc[-1] in _WORD_LISTS:
            continue
        for key, code, name in _named(part):
            if isinstance(code, str) and code not in known[name]:
                yield draft.note(item, (*loc, key), unknown(code, name, known[name]))
        for key in ("unit", "unit_override"):
            if isinstance(part.get(key), str) and fold(part[key]) not in units:
                yield draft.note(item, (*loc, key), unknown(part[key], "units", units))
        indicator, measure = part.get("indicator"), part.get("measure")
        if (
            isinstance(indicator, str) and indicator in known["indicators"]
            and isinstance(measure, str) and (indicator, measure) not in pairs
        ):  # fmt: skip
            yield draft.note(item, (*loc, "measure"), no_such_measure(indicator, measure, pairs))


def _unit_labels(draft: Draft) -> set[str]:
    units = [one.record for one in draft.of("units")]
    return {fold(label) for u in units for label in (u.unit_code, u.unit_name, u.unit_name_en, *u.aliases)}


def _named(part: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """The codes in one part of a spec: key, code, file it must exist in."""
    for key, name in (("indicator", "indicators"), ("region", "regions"), ("rank_set", "rank_sets")):
        yield key, part.get(key), name
    expected, labels = part.get("expected_regions"), part.get("region_labels")
    if isinstance(expected, list):
        yield from (("expected_regions", code, "regions") for code in expected)
    else:
        yield "expected_regions", expected, "rank_sets"
    if isinstance(labels, dict):
        yield from (("region_labels", code, "regions") for code in labels.values())
    values, meant = part.get("values"), _ROLES.get(str(part.get("role")))
    if isinstance(values, dict) and meant:
        yield from (("values", code, meant) for code in values.values())
