"""Rules on judged targets: is every target judged every month, does the verdict follow from its own figures."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule

IS_RATE = "(measure like 'growth_%' or measure like 'rate_%' or measure like 'share_%' or measure like 'index_%')"
IS_STRICT = "is_strict"
STRICT = (
    "effective_bound in ('gt', 'lt', 'direction_up') "
    "or (effective_bound = 'relative' and coalesce(target_value, 0) = 0) as is_strict"
)
IS_VERDICT = "status in ('attained', 'on_track', 'behind', 'missed')"


@dataclass(frozen=True)
class EveryTargetIsJudgedEveryMonth(QueryRule):
    """Every judged target has a row for every closed month of its plan year."""

    zh = "每个应评价目标在计划年度每个已结束月份都有一行"
    query = """
        with judged as (select * from {batch}),

        expected_row as (
            select distinct t.target_id, m.reference_month::date as reference_month
            from marts.plan_target as t,
                generate_series(make_date(t.plan_year, 1, 1)::timestamp, make_date(t.plan_year, 12, 1)::timestamp,
                    interval 1 month) as m (reference_month)
            where t.is_judged and m.reference_month <= (select last_closed_month from clock)
        )

        select target_id, reference_month, 'missing' as observed, '1' as expected
        from expected_row
        anti join judged using (target_id, reference_month)
    """


@dataclass(frozen=True)
class GapFollowsVerdict(QueryRule):
    """An attained target has no unfavourable gap and a missed one no favourable gap."""

    zh = "已完成的目标差距不为负，未完成的目标差距不为正"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, status || ' ' || gap::varchar as observed,
            case when status = 'attained' then '≥ 0' else '< 0' end as expected
        from judged
        inner join (select target_id, target_version, {STRICT} from marts.plan_target) as t
            using (target_id, target_version)
        where (status = 'attained' and (gap < 0 or (gap = 0 and t.{IS_STRICT})))
            or (status = 'missed' and (gap > 0 or (gap = 0 and not t.{IS_STRICT})))
    """


@dataclass(frozen=True)
class MissedRestsOnDecidingFigure(QueryRule):
    """Missed, and attained for all that is no cumulative total, rest on the figure of the deciding month."""

    zh = "未完成、已完成以定稿月份的数据为准，累计量提前达到和底线事件除外"
    query = """
        with judged as (select * from {batch})
        select <judged key>, judged.status || ' ' || judged.actual_reference_month::varchar as observed,
            t.goal_month::varchar as expected
        from judged
        inner join (select target_id, target_version, effective_bound, goal_month from marts.plan_target) as t
            using (target_id, target_version)
        where coalesce(judged.actual_reference_month, date '0001-01-01') < t.goal_month
            and ((judged.status = 'missed' and t.effective_bound <> 'zero')
                or (judged.status = 'attained' and (judged.measure <> 'level_ytd' or t.effective_bound = 'zero')))
    """


@dataclass(frozen=True)
class EventLosesTheYear(RowRule):
    """A target of zero events is missed exactly when one has been reported."""

    zh = "零事件目标：发生一起即未完成，未发生不得判为未完成"
    broken_if = "effective_bound = 'zero' and ((status = 'missed') <> (coalesce(judged_value, 0) > 0))"
    observed = "status || ' ' || coalesce(judged_value::varchar, 'NULL')"
    expected = "case when judged_value > 0 then 'missed' else 'not missed' end"


@dataclass(frozen=True)
class OneVersionIsJudged(QueryRule):
    """Of the versions of a target exactly one is in force in a month, and no more than one is judged."""

    zh = "同一目标每月只有一个有效版本，至多一个作为判断依据"
    query = """
        with judged as (select * from {batch})
        select target_id, reference_month,
            count(*) filter (where is_in_force)::varchar || ' in force, '
            || count(*) filter (where is_judged)::varchar || ' judged' as observed,
            '1 in force, at most 1 judged' as expected
        from judged
        group by all
        having count(*) filter (where is_in_force) <> 1 or count(*) filter (where is_judged) > 1
    """


@dataclass(frozen=True)
class SeasonalLeadIsPaceAgainstSeason(RowRule):
    """The seasonal lead is the completion rate less the seasonal share, and a row without a share says why."""

    zh = "季节序时差 = 完成率 − 季节进度；没有季节进度的说明原因"
    broken_if = (
        "(seasonal_lead_pp is not null and abs(seasonal_lead_pp - (attainment_pct - seasonal_share_pct)) > 1e-6) "
        "or seasonal_share_pct < 0 or coalesce(seasonal_note, '') = ''"
    )
    observed = "coalesce(seasonal_lead_pp, seasonal_share_pct)::varchar"
    expected = "coalesce((attainment_pct - seasonal_share_pct)::varchar, '≥ 0')"


@dataclass(frozen=True)
class PaceIsExplained(RowRule):
    """A required pace has a unit, and a row without one says why."""

    zh = "所需进度有单位，没有的说明原因"
    broken_if = "(required_pace is null) <> (required_pace_unit is null) or coalesce(required_pace_note, '') = ''"
    observed = "coalesce(required_pace_unit, 'NULL')"
    expected = "case when required_pace is null then 'NULL' else 'unit' end"


@dataclass(frozen=True)
class GapIsDifferenceOfPrints(QueryRule):
    """The gap is the difference of the two printed figures, positive when favourable."""

    zh = "差距为两个印出数字之差，有利为正"
    query = """
        with judged as (select * from {batch}),

        signed as (
            select judged.*, case
                when t.effective_bound in ('ge', 'gt', 'project_set') then judged.judged_value - judged.target_value
                when t.effective_bound in ('le', 'lt') then judged.target_value - judged.judged_value
                when t.effective_bound in ('relative', 'coverage') then judged.judged_value - judged.limit_value
                when t.effective_bound in ('rank_le', 'zero') then judged.limit_value - judged.judged_value
            end as printed_gap
            from judged
            inner join (select target_id, target_version, effective_bound from marts.plan_target) as t
                using (target_id, target_version)
        )

        select <key>, gap::varchar as observed, printed_gap::varchar as expected
        from signed
        where printed_gap is not null and (gap is null or abs(gap - printed_gap) > 1e-6)
    """


@dataclass(frozen=True)
class VerdictHasFigure(RowRule):
    """A verdict on progress rests on an actual figure of its plan year, no later than its month."""

    zh = "评价依据的实际数属于计划年度且不晚于评价月份"
    broken_if = (
        f"{IS_VERDICT} and (actual_value is null or judged_value is null or actual_reference_month is null "
        "or actual_reference_month > reference_month or year(actual_reference_month) <> plan_year)"
    )
    observed = "coalesce(actual_value::varchar, 'NULL') || ' ' || coalesce(actual_reference_month::varchar, 'NULL')"
    expected = "'≤ ' || reference_month::varchar"


@dataclass(frozen=True)
class NoCompletionRateOfRates(RowRule):
    """Growth, rates, shares and indices have no completion rate and no pace."""

    zh = "增速、比率、比重、指数不计算完成率和序时差"
    broken_if = f"{IS_RATE} and (attainment_pct is not null or lead_pp is not null or time_share_pct is not null)"
    observed = "coalesce(attainment_pct, lead_pp, time_share_pct)::varchar"
    expected = "'NULL'"


@dataclass(frozen=True)
class LeadIsPaceAgainstTime(RowRule):
    """The lead is the completion rate less the share of the year that the figure covers."""

    zh = "序时差 = 完成率 − 时间进度"
    broken_if = "lead_pp is not null and abs(lead_pp - (attainment_pct - time_share_pct)) > 1e-6"
    observed = "lead_pp::varchar"
    expected = "(attainment_pct - time_share_pct)::varchar"


@dataclass(frozen=True)
class NoLeadUnderCeiling(RowRule):
    """A target that must not be exceeded and a stock have no lead over time."""

    zh = "上限类目标和存量目标不计算序时差"
    broken_if = "lead_pp is not null and (bound in ('le', 'lt') or measure = 'level_eop')"
    observed = "lead_pp::varchar"
    expected = "'NULL'"


@dataclass(frozen=True)
class CarriedForwardIsMarked(RowRule):
    """A verdict on an earlier month's figure is marked as carried forward, and no other is."""

    zh = "沿用上期数的评价有标记"
    broken_if = (
        f"(is_carried_forward and coalesce(actual_reference_month >= reference_month, true)) "
        f"or ({IS_VERDICT} and actual_reference_month < reference_month and not coalesce(is_carried_forward, false))"
    )
    observed = "is_carried_forward::varchar || ' ' || coalesce(actual_reference_month::varchar, 'NULL')"
    expected = "(actual_reference_month < reference_month)::varchar"


@dataclass(frozen=True)
class SimulatedActualIsMarked(QueryRule):
    """A verdict on a simulated figure is marked simulated."""

    zh = "依据模拟数据的评价标记为模拟"
    query = """
        with judged as (select * from {batch})
        select <judged key>, 'real' as observed, 'simulated' as expected
        from judged
        inner join (
            select region_code, indicator_code, measure, reference_month, bool_and(is_simulated) as only_simulated
            from marts.fct_observation
            where value is not null
            group by all
        ) as o
            on judged.measured_region_code = o.region_code and judged.indicator_code = o.indicator_code
            and judged.measure = o.measure and judged.actual_reference_month = o.reference_month
        where o.only_simulated and not judged.is_simulated
    """


@dataclass(frozen=True)
class AttainmentIsPlausible(RowRule):
    """A completion rate beyond <high> percent is worth a question."""

    high: float
    zh = "完成率超过 <high>% 的，请核实"
    broken_if = "attainment_pct > <high> or attainment_pct < 0"
    observed = "attainment_pct::varchar"
    expected = "'0–<high> %'"


@dataclass(frozen=True)
class ObservedMonthsFitYear(RowRule):
    """A figure covers between 1 and 12 months."""

    zh = "数据覆盖月数在 1–12 之间"
    broken_if = "observed_months is not null and observed_months not between 1 and 12"
    observed = "observed_months::varchar"
    expected = "'1–12'"


@dataclass(frozen=True)
class BandContainsTarget(RowRule):
    """A target lies within its own band, and the upper end of a range is not below its lower end."""

    zh = "目标值在其区间之内，区间上限不低于下限"
    broken_if = "target_value < band_low or target_value > band_high or target_upper < target_value"
    observed = "target_value::varchar"
    expected = "coalesce(band_low, target_value)::varchar || '–' || coalesce(band_high, target_upper)::varchar"


@dataclass(frozen=True)
class BriefIsComplete(QueryRule):
    """The brief has one line for each headline target and each month that was judged."""

    zh = "月度简报每个主要目标每月一行"
    query = """
        with judged as (select * from {batch})
        select distinct a.target_id, a.reference_month, 'missing' as observed, '1' as expected
        from marts.mart_target_attainment as a
        inner join (select distinct target_id from raw.pack_target where is_headline) as h using (target_id)
        anti join judged using (target_id, reference_month)
    """


@dataclass(frozen=True)
class BriefRepeatsVerdict(QueryRule):
    """A line of the brief has the status and the simulation mark of the verdict that it tells."""

    zh = "简报的状态和模拟标记与评价结果一致"
    query = """
        with judged as (select * from {batch})
        select <judged key>, judged.status as observed, any_value(a.status) as expected
        from judged
        inner join marts.mart_target_attainment as a using (target_id, reference_month)
        group by all
        having not bool_or(a.status = judged.status) or (bool_and(a.is_simulated) and not bool_and(judged.is_simulated))
    """
