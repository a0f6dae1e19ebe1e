"""Do the measures and targets of a pack say something that can be computed.

Does not belong here: references (``integrity.py``), dates and names (``validity.py``), sources (``sources.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

from ingest.pack.document import Located
from ingest.pack.draft import Draft
from ingest.pack.models import Indicator
from ingest.pack.problems import PackProblem, Wording
from ingest.pack.target import Target

_DIMENSIONS = {"growth": {"ratio", "points"}, "rate": {"ratio"}, "share": {"ratio"}, "completion": {"ratio"},
               "index": {"index"}}  # fmt: skip
_NOT_A_LEVEL = {"ratio", "points", "index"}
# effective bound → fields without which it cannot be judged
_NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ge", "gt", "eq", "le", "lt"), ("target_value", "unit_code")),
    "range": ("target_value", "target_upper", "unit_code"),
    # 左右 may have one side only: a ceiling has no band_low, a floor no band_high (rule 16).
    "about": ("target_value", "unit_code", "band_low|band_high"),
    "stable_at": ("target_value", "unit_code", "band_low|band_high"),
    "rank_le": ("rank_set_code", "rank_limit|rank_limit_share_pct"),
    "project_set": ("target_value", "unit_code", "milestone"),
    "linked": ("compare_indicator_code", "compare_measure"),
    "relative": ("compare_indicator_code", "compare_measure"),
}


def check(draft: Draft) -> Iterator[PackProblem]:
    """All faults of meaning."""
    dimensions = {item.record.unit_code: item.record.dimension for item in draft.of("units")}
    for item in draft.of("indicators"):
        yield from _measures(draft, item, dimensions)
    units = {
        (i.record.indicator_code, m.measure): m.unit_code for i in draft.of("indicators") for m in i.record.measures
    }
    for item in draft.of("targets"):
        yield from _bound(draft, item)
        yield from _path(draft, item)
        yield from _target_unit(draft, item, units, dimensions)
    yield from _versions(draft)


def _measures(draft: Draft, item: Located[Any], dimensions: dict[str, str]) -> Iterator[PackProblem]:
    indicator: Indicator = item.record
    for position, measure in enumerate(indicator.measures):
        kind, dimension = measure.measure.split("_")[0], dimensions.get(measure.unit_code)
        allowed = _DIMENSIONS.get(kind)
        is_wrong = dimension not in allowed if allowed else kind == "level" and dimension in _NOT_A_LEVEL
        if dimension is not None and is_wrong:
            yield draft.note(item, ("measures", position, "unit_code"), Wording(
                f"{measure.measure} 的单位不能是 {measure.unit_code}。",
                "增长率、比率、比重用 percent，指数用 index，总量用实物或货币单位。",
                f"{measure.measure} cannot be counted in {measure.unit_code}.",
                "Growth, rates and shares are in percent, indices in index, levels in a unit of their own.",
            ))  # fmt: skip
        if (kind == "growth") == (measure.growth_basis == "none"):
            yield draft.note(item, ("measures", position, "growth_basis"), Wording(
                f"{measure.measure} 与 growth_basis {measure.growth_basis} 不符。",
                "增长率须写明口径（不明写 unstated），其他写 none。",
                f"{measure.measure} does not go with growth_basis {measure.growth_basis}.",
                "A growth states its basis (unstated if unknown), everything else none.",
            ))  # fmt: skip
        if measure.is_ranked and measure.direction == "none":
            yield draft.note(item, ("measures", position, "direction"), Wording(
                f"{measure.measure} 要排名，但没有方向。", "请写 higher 或 lower。",
                f"{measure.measure} is ranked but has no direction.", "Write higher or lower.",
            ))  # fmt: skip
    primary = [position for position, measure in enumerate(indicator.measures) if measure.is_primary]
    for position in primary[1:]:
        yield draft.note(item, ("measures", position, "is_primary"), Wording(
            f"{indicator.indicator_code} 有多个主度量。", "每个指标最多一个 is_primary。",
            f"{indicator.indicator_code} has more than one primary measure.", "Keep at most one is_primary.",
        ))  # fmt: skip


def _bound(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    target: Target = item.record
    for field in _NEEDS.get(target.effective_bound, ()):
        if all(getattr(target, one) is None for one in field.split("|")):
            yield draft.note(item, ("effective_bound",), Wording(
                f"目标 {target.target_id} 的 {target.effective_bound} 需要 {field}。", "请补充，或改 effective_bound。",
                f"Target {target.target_id}: {target.effective_bound} needs {field}.",
                "Add it, or change effective_bound.",
            ))  # fmt: skip
    for low, high in (("target_value", "target_upper"), ("band_low", "band_high")):
        lower, upper = getattr(target, low), getattr(target, high)
        if lower is not None and upper is not None and upper < lower:
            yield draft.note(item, (high,), Wording(
                f"{high} 小于 {low}。", "请改正。", f"{high} is below {low}.", "Correct one of them.",
            ))  # fmt: skip
    if (target.relation == "none") != (target.related_target_id is None):
        yield draft.note(item, ("relation",), Wording(
            "relation 与 related_target_id 应同时给出或同时不给。", "请补充或删除。",
            "relation and related_target_id go together.", "Give both or neither.",
        ))  # fmt: skip
    if target.related_target_id == target.target_id and target.relation != "amends":
        yield draft.note(item, ("related_target_id",), Wording(
            "目标与自己相关联。", "请改正。", "The target is related to itself.", "Correct it.",
        ))  # fmt: skip


def _path(draft: Draft, item: Located[Any]) -> Iterator[PackProblem]:
    """A goal beyond its plan year is judged against a path only, whose points follow each other."""
    target: Target = item.record
    months = [point.reference_month for point in target.path]
    if months != sorted(set(months)):
        yield draft.note(item, ("path",), Wording(
            f"目标 {target.target_id} 的 path 月份没有依次递增。", "请按月份先后排列，每月一条。",
            f"The months of the path of {target.target_id} do not follow each other.", "Order them, one line a month.",
        ))  # fmt: skip
    is_later = target.goal_month is not None and target.goal_month.year > target.plan_year
    if is_later and not months and target.effective_bound != "not_assessable":
        yield draft.note(item, ("goal_month",), Wording(
            f"目标 {target.target_id} 跨年而没有 path，年度内无法判断。", "请给出 path，或写 not_assessable。",
            f"Target {target.target_id} reaches beyond its year without a path.", "Give a path, or not_assessable.",
        ))  # fmt: skip


def _target_unit(
    draft: Draft, item: Located[Any], units: dict[tuple[str, str], str], dimensions: dict[str, str]
) -> Iterator[PackProblem]:
    """A target is compared with its measure, so both units must be of one dimension; % beside 个百分点 is not."""
    target: Target = item.record
    measured = units.get((target.indicator_code, target.measure))
    if target.unit_code is None or measured is None or target.bound == "rank_le":
        return
    ours, theirs = dimensions.get(target.unit_code), dimensions.get(measured)
    if ours is not None and theirs is not None and ours != theirs:
        yield draft.note(item, ("unit_code",), Wording(
            f"目标单位 {target.unit_code} 与指标单位 {measured} 不可换算。", "请改正其中之一。",
            f"Target unit {target.unit_code} cannot be converted into the measure's {measured}.",
                "Correct one of them.",
        ))  # fmt: skip


def _versions(draft: Draft) -> Iterator[PackProblem]:
    versions: dict[str, list[Located[Any]]] = {}
    for item in draft.of("targets"):
        versions.setdefault(item.record.target_id, []).append(item)
    for group in versions.values():
        ordered = sorted(group, key=lambda one: one.record.target_version)
        for position, item in enumerate(ordered):
            if item.record.target_version != position + 1:
                yield draft.note(item, ("target_version",), Wording(
                    f"版本号 {item.record.target_version} 不连续。", f"应为 {position + 1}。",
                    f"Version {item.record.target_version} does not follow.", f"It should be {position + 1}.",
                ))  # fmt: skip
        for before, after in pairwise(ordered):
            end = before.record.valid_to
            if end is None or end + timedelta(days=1) != after.record.valid_from:
                yield draft.note(after, ("valid_from",), Wording(
                    f"本版本应从上一版本失效（{end or '未写'}）的次日开始。", "请改 valid_from 或上一版本的 valid_to。",
                    f"This version must begin the day after the one before it ends ({end or 'not given'}).",
                    "Correct valid_from, or valid_to of the version before.",
                ))  # fmt: skip
