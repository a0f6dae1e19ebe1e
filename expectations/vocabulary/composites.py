"""Rules on composite evaluations: points stay within their weight, and a total is the sum of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule


@dataclass(frozen=True)
class PointsWithinWeight(RowRule):
    """An item earns no less than nothing and no more than its full points."""

    zh = "得分在 0 与满分之间"
    broken_if = "not coalesce(points between 0 and weight, true)"
    observed = "points::varchar"
    expected = "'0 – ' || weight::varchar"


@dataclass(frozen=True)
class TotalIsTheSumOfItsRows(QueryRule):
    """The total beside the items of a region is the sum of their points, over the weight of those that have any."""

    zh = "总分等于各项得分之和"
    query = """
        with judged as (select * from {batch})
        select composite_code, region_code, reference_month,
            concat_ws(' / ', any_value(total_points), any_value(scored_weight)) as observed,
            concat_ws(' / ', sum(points), sum(weight) filter (points is not null)) as expected
        from judged
        group by composite_code, region_code, reference_month
        having not coalesce(abs(sum(points) - any_value(total_points)) < 0.000001, any_value(total_points) is null)
            or abs(coalesce(sum(weight) filter (points is not null), 0) - any_value(scored_weight)) >= 0.000001
    """
