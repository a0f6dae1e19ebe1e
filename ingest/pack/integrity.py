"""Do the parts of a pack refer to each other correctly: unique keys and references that exist.

Does not belong here: dates and names (``validity.py``), what measures and targets mean (``meaning.py``).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from ingest.pack.document import Located
from ingest.pack.draft import Draft
from ingest.pack.problems import PackProblem, Wording

Loc = tuple[str | int, ...]

_KEYS: dict[str, tuple[str, ...]] = {
    "parameters": ("parameter_code",),
    "units": ("unit_code",),
    "regions": ("region_code", "valid_from"),
    "rank_sets": ("rank_set_code",),
    "bureaus": ("bureau_code",),
    "indicators": ("indicator_code",),
    "targets": ("target_id", "target_version"),
    "calendar": ("stem", "valid_from"),
    "working_days": ("day",),
    "plan_findings": ("finding_code",),
    "corrections": ("correction_code",),
    "sources": ("stem", "layout"),
    "alerts": ("channel_code",),
    "composites": ("composite_code",),
}
_CODE_OF = {
    "regions": "region_code", "bureaus": "bureau_code", "indicators": "indicator_code", "units": "unit_code",
    "rank_sets": "rank_set_code", "targets": "target_id",
}  # fmt: skip
# File → (path of keys, * = every item) → file it must exist in.
_REFERENCES: dict[str, dict[tuple[str, ...], str]] = {
    "pack": {("region_code",): "regions", ("parent_region_code",): "regions"},
    "parameters": {("unit_code",): "units"},
    "regions": {("parent_code",): "regions", ("predecessor_codes", "*"): "regions"},
    "rank_sets": {
        ("members", "*", "region_code"): "regions",
        ("exceptions", "*", "region_code"): "regions",
        ("exceptions", "*", "indicator_code"): "indicators",
    },
    "bureaus": {("rank_set_code",): "rank_sets"},
    "indicators": {
        ("lead_bureau_code",): "bureaus",
        ("parent_indicator_code",): "indicators",
        ("components", "*"): "indicators",
        ("breakdowns", "*", "*"): "indicators",
        ("measures", "*", "unit_code"): "units",
        ("measures", "*", "source_bureau_code"): "bureaus",
    },
    "targets": {
        ("region_code",): "regions",
        ("measured_region_code",): "regions",
        ("compare_region_code",): "regions",
        ("indicator_code",): "indicators",
        ("compare_indicator_code",): "indicators",
        ("unit_code",): "units",
        ("rank_set_code",): "rank_sets",
        ("related_target_id",): "targets",
        ("lead_bureau_code",): "bureaus",
    },
    "calendar": {("bureau_code",): "bureaus"},
    "plan_findings": {
        ("target_ids", "*"): "targets",
        ("indicator_code",): "indicators",
        ("owner_bureau_code",): "bureaus",
    },
    "corrections": {
        ("region_code",): "regions",
        ("indicator_code",): "indicators",
        ("unit_code",): "units",
    },
    "waivers": {("region_code",): "regions", ("indicator_code",): "indicators"},
    "sources": {("bureau_code",): "bureaus"},
    "alerts": {("bureaus", "*"): "bureaus"},
    "composites": {
        ("rank_set_code",): "rank_sets",
        ("region_code",): "regions",
        ("by_rank", "*", "indicator_code"): "indicators",
        ("by_attainment", "*", "target_id"): "targets",
    },
}
_PAIRS = {
    "targets": (("indicator_code", "measure"), ("compare_indicator_code", "compare_measure")),
    "waivers": (("indicator_code", "measure"),),
    "corrections": (("indicator_code", "measure"),),
}


def check(draft: Draft) -> Iterator[PackProblem]:
    """All faults of keys and references."""
    yield from _duplicates(draft)
    yield from _missing_references(draft)
    yield from _missing_measures(draft)
    yield from _circles(draft)


def follow(data: Any, path: tuple[str, ...]) -> Iterator[tuple[Loc, Any]]:
    """Values at a path of keys, with the path of each; what is not given or not of that shape is left out."""
    if not path:
        if data is not None:
            yield (), data
        return
    head, rest = path[0], path[1:]
    if head == "*":
        inner: Iterable[tuple[str | int, Any]] = enumerate(data) if isinstance(data, list) else ()
    else:
        inner = [(head, data[head])] if isinstance(data, dict) and head in data else ()
    for step, value in inner:
        for loc, found in follow(value, rest):
            yield (step, *loc), found


def unknown(value: object, name: str, known: Iterable[Any]) -> Wording:
    """The wording for a reference that leads nowhere."""
    near = difflib.get_close_matches(str(value), [str(code) for code in known], 1)
    return Wording(
        f"{name}.yaml 中没有“{value}”。",
        f"是否应为“{near[0]}”？" if near else f"请改正，或在 {name}.yaml 中补充。",
        f"There is no '{value}' in {name}.yaml.",
        f"Is '{near[0]}' meant?" if near else f"Correct it, or add it to {name}.yaml.",
    )


def _duplicates(draft: Draft) -> Iterator[PackProblem]:
    for name, keys in _KEYS.items():
        seen: dict[tuple[str, ...], Located[Any]] = {}
        for item in draft.written.get(name, []):
            key = tuple(str(item.data.get(part)) for part in keys)
            if key in seen:
                yield _twice(draft, item, keys[:1], " ".join(key), seen[key])
            seen.setdefault(key, item)
    for indicator in draft.of("indicators"):
        measures = [measure.measure for measure in indicator.record.measures]
        for position, measure in enumerate(measures):
            if measure in measures[:position]:
                yield _twice(draft, indicator, ("measures", position), measure, indicator)


def _twice(draft: Draft, item: Located[Any], loc: Loc, key: str, first: Located[Any]) -> PackProblem:
    line = first.line()
    wording = Wording(
        f"“{key}”重复（另见 {first.file} 第 {line} 行）。", "请只留一个。",
        f"'{key}' stands twice (also {first.file} line {line}).", "Keep one of them.",
    )  # fmt: skip
    return draft.note(item, loc, wording)


def _missing_references(draft: Draft) -> Iterator[PackProblem]:
    known = {name: {str(code) for code in draft.known(name, code)} for name, code in _CODE_OF.items()}
    for name, paths in _REFERENCES.items():
        for item in draft.written.get(name, []):
            for path, target in paths.items():
                for loc, value in follow(item.data, path):
                    if str(value) not in known[target]:
                        yield draft.note(item, loc, unknown(value, target, known[target]))


def known_measures(draft: Draft) -> set[tuple[Any, Any]]:
    """Every indicator × measure that the pack defines."""
    return {
        (item.data.get("indicator_code"), measure)
        for item in draft.written.get("indicators", [])
        for _, measure in follow(item.data, ("measures", "*", "measure"))
    }


def _missing_measures(draft: Draft) -> Iterator[PackProblem]:
    pairs, indicators = known_measures(draft), draft.known("indicators", "indicator_code")
    for name, keys in _PAIRS.items():
        for item in draft.written.get(name, []):
            for indicator_key, measure_key in keys:
                indicator, measure = item.data.get(indicator_key), item.data.get(measure_key)
                if measure is None or indicator not in indicators or (indicator, measure) in pairs:
                    continue
                yield draft.note(item, (measure_key,), no_such_measure(indicator, measure, pairs))


def no_such_measure(indicator: object, measure: object, pairs: set[tuple[Any, Any]]) -> Wording:
    """The wording for a measure that an indicator does not have."""
    has = ", ".join(sorted(str(one) for code, one in pairs if code == indicator))
    return Wording(
        f"指标 {indicator} 没有 {measure} 这个度量。", f"现有：{has}；请改正，或在 indicators.yaml 中补充。",
        f"Indicator {indicator} has no measure {measure}.", f"It has {has}; correct it or add it to indicators.yaml.",
    )  # fmt: skip


def _circles(draft: Draft) -> Iterator[PackProblem]:
    """A region, indicator or sum that contains itself."""
    for name, key, field in (
        ("regions", "region_code", "parent_code"),
        ("indicators", "indicator_code", "parent_indicator_code"),
        ("indicators", "indicator_code", "components"),
    ):
        parts: dict[str, set[str]] = {}
        for item in draft.of(name):
            value = getattr(item.record, field)
            parts.setdefault(getattr(item.record, key), set()).update(value if isinstance(value, list) else [value])
        for item in draft.of(name):
            code = getattr(item.record, key)
            if code in _reachable(parts, code):
                wording = Wording(
                    f"“{code}”经 {field} 又回到自己。", "请去掉循环。", f"'{code}' leads back to itself by {field}.",
                    "Break the circle.",
                )  # fmt: skip
                yield draft.note(item, (field,), wording)


def _reachable(parts: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    stack = list(parts.get(start, ()))
    while stack:
        code = stack.pop()
        if code is not None and code not in seen:
            seen.add(code)
            stack.extend(parts.get(code, ()))
    return seen
