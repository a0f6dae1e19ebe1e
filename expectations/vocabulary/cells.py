"""Rules that a cell keeps or breaks by itself: is it named, dated and counted as the pack says.

Not here: whether its size is believable (``sizes.py``), whether it fits its own history (``series.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import RowRule

OBSERVATION = "disposition = 'observation'"
RANK = "disposition = 'published_rank'"
HAS_NUMBER = f"{OBSERVATION} and value_number is not null"
PRINTED = "value_printed || coalesce(' ' || unit_printed, '')"
MONTH = "strftime(reference_month, '%Y-%m')"


@dataclass(frozen=True)
class RegionIsKnown(RowRule):
    """The region of a figure is one of the pack's regions."""

    zh = "数据所属地区在地区目录中"
    broken_if = "not is_promised_region"
    observed = "coalesce(region_label, region_code, '')"
    expected = "'地区目录中的地区'"


@dataclass(frozen=True)
class RegionExistedThen(RowRule):
    """The region of a figure existed in the month of the figure."""

    zh = "数据所属月份该地区（代码）有效"
    broken_if = "is_promised_region and not region_existed"
    observed = f"region_code || ' ' || coalesce({MONTH}, '')"
    expected = "'在该地区代码有效期内'"


@dataclass(frozen=True)
class MeasureIsPromised(RowRule):
    """The indicator has the measure that was read."""

    zh = "指标及其口径（累计、当月、增速等）在指标目录中"
    broken_if = "not is_promised_measure"
    observed = "coalesce(indicator_code, indicator_label, '') || ' ' || coalesce(measure, '')"
    expected = "'指标目录中的指标和口径'"


@dataclass(frozen=True)
class PlainCellHasNumber(RowRule):
    """A figure without a number carries the mark that says why."""

    zh = "没有数字的单元格有符号说明原因"
    broken_if = "value_number is null and coalesce(obs_status, 'A') = 'A'"
    observed = "coalesce(value_printed, '')"
    expected = "'一个数字，或约定的符号'"


@dataclass(frozen=True)
class UnitIsConvertible(RowRule):
    """The unit of a figure can be converted to the unit that the indicator is kept in."""

    zh = "计量单位可换算为该指标的标准单位"
    broken_if = f"{HAS_NUMBER} and is_promised_measure and not is_convertible"
    observed = f"case when unit_code is null then value_printed || '（无单位）' else {PRINTED} end"
    expected = "canonical_unit_code"


@dataclass(frozen=True)
class GrowthNamesItsBasis(RowRule):
    """A growth rate says what it is measured on: constant prices, same scope, nominal."""

    zh = "增速注明口径（可比价、同口径、名义等）"
    broken_if = f"{HAS_NUMBER} and measure like 'growth_%' and basis = 'none'"
    observed = PRINTED
    expected = "'可比价、可比口径、名义、同口径或自然口径'"


@dataclass(frozen=True)
class PeriodIsResolved(RowRule):
    """The period of a figure is known, begins no later than it ends and is given in whole months."""

    zh = "所属时期明确：起始月不晚于终止月，按整月记"
    broken_if = (
        "reference_month is null or period_start is null or period_start > reference_month "
        "or day(reference_month) <> 1 or day(period_start) <> 1"
    )
    observed = "coalesce(period_label, '') || ' ' || coalesce(period_start::varchar, '') || '–' || "
    observed += "coalesce(reference_month::varchar, '')"
    expected = "'起始月 ≤ 终止月'"


@dataclass(frozen=True)
class CumulativeBeginsInJanuary(RowRule):
    """A cumulative figure begins in January of the year in which it ends."""

    zh = "累计数自当年一月起"
    broken_if = "measure like '%_ytd' and period_start <> date_trunc('year', reference_month)::date"
    observed = "coalesce(period_label, '') || ' ' || period_start::varchar || '–' || reference_month::varchar"
    expected = "year(reference_month)::varchar || '-01 起'"


@dataclass(frozen=True)
class MonthIsOver(RowRule):
    """A figure does not cover a month after the one in which its file came."""

    zh = "所属月份不晚于收到文件的月份"
    broken_if = "reference_month > received_month"
    observed = MONTH
    expected = "'≤ ' || strftime(received_month, '%Y-%m')"


@dataclass(frozen=True)
class MonthHasAFigure(RowRule):
    """No figure stands for a month before the indicator's first month of the year, such as January of industry.

    Only where figures come by month or quarter, and not for stocks: these are reported at any date as progress.
    """

    zh = "指标当年首个有数月份之前不应有数（如工业、投资一月无数）"
    broken_if = (
        f"{HAS_NUMBER} and frequency in ('monthly', 'quarterly') and measure not like '%_eop' "
        "and month(reference_month) < first_month"
    )
    observed = f"{MONTH} || ' ' || {PRINTED}"
    expected = "first_month::varchar || '月起有数'"


@dataclass(frozen=True)
class QuarterlyEndsAQuarter(RowRule):
    """A quarterly figure, unless it is a stock, ends in the last month of a quarter."""

    zh = "季度指标（存量除外）的所属月份为季末月"
    broken_if = (
        f"{HAS_NUMBER} and frequency = 'quarterly' and measure not like '%_eop' and month(reference_month) % 3 <> 0"
    )
    observed = f"{MONTH} || ' ' || {PRINTED}"
    expected = "'3、6、9、12月'"


@dataclass(frozen=True)
class ReportedAsOftenAsPromised(RowRule):
    """A half-yearly or annual figure, or a quarterly stock, is not reported more often than the pack says."""

    zh = "报送频率与指标目录一致（半年、年度指标和季度存量未在其他月份报送）"
    broken_if = (
        f"{HAS_NUMBER} and month(reference_month) % "
        "case when frequency = 'quarterly' and measure like '%_eop' then 3 "
        "when frequency = 'half_yearly' then 6 when frequency = 'annual' then 12 else 1 end <> 0"
    )
    observed = f"{MONTH} || ' ' || {PRINTED}"
    expected = "frequency"


@dataclass(frozen=True)
class SimulationMarkAgrees(RowRule):
    """A cell is marked simulated exactly when its file is."""

    zh = "单元格与文件的“模拟数据”标记一致"
    broken_if = "is_simulated <> submission_is_simulated"
    observed = "case when is_simulated then '模拟' else '真实' end"
    expected = "case when submission_is_simulated then '模拟' else '真实' end"


@dataclass(frozen=True)
class PublishedRankIsAPlace(RowRule):
    """A published rank is a whole number between 1 and the number of members of its rank set."""

    zh = "公布的位次为 1 至参评单位数之间的整数"
    broken_if = (
        f"{RANK} and value_number is not null and (member_count is null or value_number <> floor(value_number) "
        "or value_number < 1 or value_number > member_count)"
    )
    observed = "value_printed"
    expected = "coalesce('1–' || member_count::varchar, '排名范围 ' || coalesce(rank_set_code, '') || ' 未登记')"
