"""Rules on what a report holds and for which month: every usual figure and region, each month once, in order.

Not here: what is due from a bureau at all (the pack's calendar, dbt), regions that the source spec lists (the reader).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED, SAME_FIGURE

_NAMES = """
    left join (select region_code, any_value(region_name) as region_name from raw.pack_region group by all) as r
        on u.region_code = r.region_code
    left join (select indicator_code, any_value(indicator_name) as indicator_name from raw.pack_indicator group by all)
        as i on u.indicator_code = i.indicator_code
"""


@dataclass(frozen=True)
class UsualFigureIsThere(QueryRule):
    """A figure that each of the last three reports carried is there, or a mark says why not.

    Reports are compared in which anything of the indicator stood; what the report of the same month of last year left
    out may be left out again.
    """

    zh = "此前三期报表均有的数据本期不应空缺（空缺须注明原因）"
    query = f"""
        with judged as (select * from {{batch}})
        select u.submission_id, u.source_sheet, u.source_cell, u.region_code, u.indicator_code, u.measure,
            u.report_month as reference_month, '空缺' as observed,
            coalesce(r.region_name, u.region_code) || ' ' || coalesce(i.indicator_name, u.indicator_code) || ' '
                || u.measure as expected
        from judged
        inner join untold_figure as u using (submission_id)
        {_NAMES}
        where not u.is_region_gone
    """


@dataclass(frozen=True)
class UsualRegionIsThere(QueryRule):
    """A region that each of the last three reports carried has a row."""

    zh = "此前三期报表均有的地区本期不应缺失"
    query = f"""
        with judged as (select * from {{batch}}), gone as (
            select submission_id, report_month, region_code, any_value(indicator_code) as indicator_code,
                any_value(source_sheet) as source_sheet, count(*) as figures
            from untold_figure
            where is_region_gone
            group by all
        )
        select u.submission_id, u.source_sheet, null::varchar as source_cell, u.region_code,
            null::varchar as indicator_code, null::varchar as measure, u.report_month as reference_month,
            '缺 ' || u.figures || ' 个数' as observed, coalesce(r.region_name, u.region_code) as expected
        from judged
        inner join gone as u using (submission_id)
        {_NAMES}
    """


@dataclass(frozen=True)
class TableHasNoGap(QueryRule):
    """Where the figures of its row and of its column stand, a figure stands too, or a mark says why not.

    Read three ways: regions beside columns, series beside months, indicators beside columns. A row may be blank once in
    five and a column once in ten; beyond that, and where the report before was blank too, blanks are a habit.
    """

    zh = "同行同列均有数据的格不应空缺（空缺须注明原因）"
    query = f"""
        with judged as (select * from {{batch}})
        select u.submission_id, u.source_sheet, u.source_cell, u.region_code, u.indicator_code, u.measure,
            u.reference_month, '空缺' as observed,
            concat_ws(' ', coalesce(r.region_name, u.region_code), coalesce(i.indicator_name, u.indicator_code),
                u.measure, case when u.rank_set_code <> '' then '位次' end, strftime(u.reference_month, '%Y-%m'))
                || '（同行另有 ' || u.entity_told || ' 个数，同列另有 ' || u.line_told || ' 个数）' as expected
        from judged
        inner join gap as u using (submission_id)
        {_NAMES}
        where not u.is_region_gone
    """


@dataclass(frozen=True)
class RegionIsInEveryTable(QueryRule):
    """A region that stands in nearly all tables of its fellows stands in each of them."""

    zh = "其他各表均有的地区不应在个别表中缺失"
    query = f"""
        with judged as (select * from {{batch}})
        select u.submission_id, u.source_sheet, null::varchar as source_cell, u.region_code,
            null::varchar as indicator_code, null::varchar as measure, u.reference_month, '缺行' as observed,
            coalesce(r.region_name, u.region_code) || '（' || coalesce(t.title, t.table_name) || '，另有 '
                || u.entity_told || ' 张表均有）' as expected
        from judged
        inner join gap as u using (submission_id)
        inner join raw.submission_table as t on u.submission_id = t.submission_id and u.table_no = t.table_no
        {_NAMES}
        where u.is_region_gone
    """


@dataclass(frozen=True)
class MonthIsNotToldAnew(QueryRule):
    """A second file does not tell nearly all cumulative figures of a month otherwise, as those of another month would.

    At least eight figures, four fifths of them different, half of them by most of a month's usual movement: a
    revision changes few figures, or all of them a little.
    """

    zh = "后报文件不应把同一月份的累计数几乎全部改掉（疑标题月份有误）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            strftime(judged.reference_month, '%Y-%m') || ' 已由先前文件报送（' || m.differing || '/' || m.compared
                || ' 个数不同），请核对标题月份' as expected
        from judged
        inner join retold_month as m
            on {SAME_FIGURE.format("m")} and judged.table_no = m.table_no
        where m.compared >= 8 and m.differing >= 0.8 * m.compared and m.usual_difference >= 0.6
        qualify row_number() over (
            partition by judged.submission_id, judged.source_sheet, judged.source_cell order by m.earlier_id
        ) = 1
    """


@dataclass(frozen=True)
class ReportMonthFollows(QueryRule):
    """A report does not leap over more months than the source ever did in <steps> reports or more."""

    steps: int
    zh = "报表月份与上一期相隔不应比以往任何一次都长（疑月份有误或中间月份漏报）"
    query = """
        with judged as (select * from {batch})
        select <judged key>, strftime(s.report_month, '%Y-%m') as observed,
            strftime(s.previous_month, '%Y-%m') || ' 之后的一期' as expected
        from judged
        inner join report_step as s on judged.stem = s.stem and judged.reference_month = s.report_month
        where s.earlier_steps >= <steps> and s.step > s.longest_step
    """
