"""Rules on year-end forecasts: each stands on a figure that was known, lies in its band and is scored as it should."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule


@dataclass(frozen=True)
class ForecastStandsOnAFigure(QueryRule):
    """The figure that a forecast starts from is an accepted vintage that had come by the day it was made."""

    zh = "预测所依据的数是当天已收到并采用的数"
    query = """
        with judged as (select * from {batch})
        select <judged key>, judged.value_to_date::varchar as observed, 'fct_observation_vintage' as expected
        from judged
        anti join marts.fct_observation_vintage as v
            on judged.region_code = v.region_code and judged.indicator_code = v.indicator_code
            and judged.measure = v.measure and judged.growth_basis = v.growth_basis
            and judged.reference_month = v.reference_month and judged.is_simulated = v.is_simulated
            and judged.value_to_date = v.value and v.is_accepted
            and (v.vintage_at at time zone 'Asia/Shanghai')::date <= judged.made_on
    """


@dataclass(frozen=True)
class ForecastLiesInItsBand(RowRule):
    """The band has both ends or none, and the forecast lies between them."""

    zh = "预测区间两端齐全，预测值在区间内"
    broken_if = (
        "(forecast_low is null) <> (forecast_high is null) "
        "or not coalesce(forecast_value between forecast_low and forecast_high, true)"
    )
    observed = "forecast_value::varchar"
    expected = "concat_ws(' – ', forecast_low, forecast_high)"


@dataclass(frozen=True)
class ForecastIsScoredOnce(RowRule):
    """The error is the forecast less the year's figure, and only a closed year has one."""

    zh = "误差等于预测值减全年数，年份结束后才有"
    broken_if = "error is not null and (closed_on is null or not abs(forecast_value - actual_value - error) < 0.000001)"
    observed = "error::varchar"
    expected = "(forecast_value - actual_value)::varchar"


@dataclass(frozen=True)
class BandsHold(QueryRule):
    """Of at least <count> real outcomes of one measure, no fewer than <least> % lie in their 80 % bands."""

    count: int
    least: int
    zh = "同一口径至少 <count> 个真实结果中，落在 80% 区间内的不少于 <least>%"
    query = """
        select measure, round(100 * avg(is_within_band::integer), 1)::varchar as observed, '≥ <least>' as expected
        from {batch}
        where is_within_band is not null and is_latest and not is_simulated
        group by measure
        having count(*) >= <count> and 100 * avg(is_within_band::integer) < <least>
    """
