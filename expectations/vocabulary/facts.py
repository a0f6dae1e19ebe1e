"""Rules on released figures: each leads to its cell, has its unit or its reason, and never lets simulation win."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule

KEY = "region_code, indicator_code, measure, growth_basis, period_start, reference_month"


@dataclass(frozen=True)
class FigureLeadsToItsCell(QueryRule):
    """A released figure leads to a file that was received and to the cell that was read from it."""

    zh = "每个发布的数都能追溯到文件和单元格"
    query = """
        with judged as (select * from {batch})
        select <judged key>, concat_ws(' ', submission_id, source_sheet, source_cell) as observed,
            'raw.cell' as expected
        from judged
        anti join raw.cell as c
            on judged.submission_id = c.submission_id and judged.source_sheet = c.source_sheet
            and judged.source_cell = c.source_cell
    """


@dataclass(frozen=True)
class BlankSaysWhy(RowRule):
    """A figure without a value has a status that says why, and a figure with the status of a gap has no value."""

    zh = "没有数值的数据有状态码说明原因；状态为缺失的数据没有数值"
    broken_if = (
        "(value is null and coalesce(obs_status, 'A') not in ('M', 'L', 'O', 'V', 'K', 'N', 'S', 'Q', 'H', 'J')) "
        "or (value is not null and obs_status in ('M', 'L', 'O', 'Q', 'V'))"
    )
    observed = "coalesce(value::varchar, 'NULL') || ' ' || coalesce(obs_status, 'NULL')"
    expected = "'M L O V K N S Q H J'"


@dataclass(frozen=True)
class UnitIsCanonical(QueryRule):
    """A released figure stands in the unit that its indicator is kept in."""

    zh = "数值以指标的标准单位发布"
    query = """
        with judged as (select * from {batch})
        select <judged key>, coalesce(judged.unit_code, 'NULL') as observed, coalesce(m.unit_code, '') as expected
        from judged
        left join (select indicator_code, measure, any_value(unit_code) as unit_code, count(distinct unit_code) as units
            from marts.dim_indicator_measure group by all) as m using (indicator_code, measure)
        where value is not null and (m.units is null or (m.units = 1 and judged.unit_code is distinct from m.unit_code))
    """


@dataclass(frozen=True)
class PeriodRunsForward(RowRule):
    """A period begins no later than it ends."""

    zh = "起始月不晚于终止月"
    broken_if = "period_start is null or period_start > reference_month"
    observed = "coalesce(period_start::varchar, 'NULL')"
    expected = "'≤ ' || reference_month::varchar"


@dataclass(frozen=True)
class SimulationIsMarked(QueryRule):
    """A figure from a simulated cell is marked simulated, and only such a figure."""

    zh = "取自模拟数据的数标记为模拟"
    query = """
        with judged as (select * from {batch})
        select <judged key>, judged.is_simulated::varchar as observed, c.is_simulated::varchar as expected
        from judged
        inner join raw.cell as c
            on judged.submission_id = c.submission_id and judged.source_sheet = c.source_sheet
            and judged.source_cell = c.source_cell
        where judged.is_simulated is distinct from c.is_simulated
    """


@dataclass(frozen=True)
class RealBeforeSimulated(QueryRule):
    """No simulated figure is current where an accepted real one exists."""

    zh = "有真实数据时不使用模拟数据"
    query = """
        with judged as (select * from {batch})
        select <judged key>, 'simulated' as observed, v.submission_id as expected
        from judged
        inner join marts.fct_observation_vintage as v
            using (region_code, indicator_code, measure, growth_basis, period_start, reference_month)
        where judged.is_simulated and not v.is_simulated and v.is_accepted and v.value is not null
    """


@dataclass(frozen=True)
class CurrentIsAVintage(QueryRule):
    """The current figure is one of the vintages of its key, and accepted if it has a value."""

    zh = "现行数是该数据的某一已接受版本"
    query = """
        with judged as (select * from {batch})
        select <judged key>, value::varchar as observed, 'fct_observation_vintage' as expected
        from judged
        anti join (select * from marts.fct_observation_vintage where is_accepted) as v
            using (region_code, indicator_code, measure, growth_basis, period_start, reference_month, submission_id)
        where judged.value is not null
    """


@dataclass(frozen=True)
class HoldHasReason(RowRule):
    """A vintage that was not accepted says why."""

    zh = "未接受的版本写明原因"
    broken_if = "not is_accepted and coalesce(trim(held_reason), '') = ''"
    observed = "'NULL'"
    expected = "'held_reason'"


@dataclass(frozen=True)
class RankIsAPlace(RowRule):
    """A published rank is a positive whole number."""

    zh = "公布位次为正整数"
    broken_if = "published_rank is null or published_rank < 1 or published_rank <> floor(published_rank)"
    observed = "coalesce(published_rank::varchar, 'NULL')"
    expected = "'≥ 1'"


@dataclass(frozen=True)
class RevisionIsADifference(RowRule):
    """A revision is the new value less the old one, and the two differ."""

    zh = "修订额 = 新值 − 旧值，且不为零"
    broken_if = (
        "old_value is null or new_value is null or old_submission_id = new_submission_id or difference = 0 "
        "or abs(difference - (new_value - old_value)) > 1e-6 * greatest(1, abs(new_value))"
    )
    observed = "coalesce(difference::varchar, 'NULL')"
    expected = "coalesce((new_value - old_value)::varchar, 'NULL')"
