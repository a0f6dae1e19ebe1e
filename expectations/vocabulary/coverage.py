"""Rules on what a report holds: every usual figure, column and region.

Not here: for which month it says so (``months.py``), what is due from a bureau at all (the pack's calendar, dbt),
regions that the source spec lists (the reader).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule

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
    out may be left out again. Where only one or two reports came before, nine tenths of what they carried must stand.
    """

    zh = "此前各期（至多三期）报表均有的数据本期不应空缺（空缺须注明原因）"
    query = f"""
        with judged as (select * from {{batch}})
        select u.submission_id, u.source_sheet, u.source_cell, u.region_code, u.indicator_code, u.measure,
            u.report_month as reference_month, '空缺' as observed,
            coalesce(r.region_name, u.region_code) || ' ' || coalesce(i.indicator_name, u.indicator_code) || ' '
                || u.measure as expected
        from judged
        inner join untold_figure as u using (submission_id)
        {_NAMES}
        where not u.is_region_gone and not u.is_column_gone and not exists (
            select 1
            from gap as g
            where g.is_region_gone and g.submission_id = u.submission_id and g.region_code = u.region_code
                and g.table_no = u.table_no
        )
    """


@dataclass(frozen=True)
class UsualColumnIsThere(QueryRule):
    """A measure of an indicator that the last three reports carried for several regions stands for one at least."""

    zh = "此前各期（至多三期）报表均有的指标（栏）本期不应整栏空缺"
    query = f"""
        with judged as (select * from {{batch}}), gone as (
            select submission_id, report_month, indicator_code, measure, any_value(source_sheet) as source_sheet,
                null::varchar as region_code, count(*) as figures
            from untold_figure
            where is_column_gone and not is_region_gone
            group by all
        )
        select u.submission_id, coalesce(h.source_sheet, u.source_sheet) as source_sheet, h.source_cell,
            null::varchar as region_code, u.indicator_code, u.measure, u.report_month as reference_month,
            '整栏空缺 ' || u.figures || ' 个数' as observed,
            coalesce(i.indicator_name, u.indicator_code) || ' ' || u.measure as expected
        from judged
        inner join gone as u using (submission_id)
        left join empty_line as h
            on u.submission_id = h.submission_id and u.indicator_code = h.indicator_code and u.measure = h.measure
        {_NAMES}
    """


@dataclass(frozen=True)
class HeadingHasFigures(QueryRule):
    """A row or column that is announced by its heading holds a figure or a mark where the pack has one for the month.

    Not where the report before had it empty too, or where more of the table is empty than is not.
    """

    zh = "有标题的行或栏不应整行（栏）空白（空缺须注明原因）"
    query = f"""
        with judged as (select * from {{batch}})
        select u.submission_id, u.source_sheet, u.source_cell, u.region_code, u.indicator_code, u.measure,
            u.reference_month, case u.rule when 'empty_row' then '整行空白' else '整栏空白' end as observed,
            concat_ws(' ', u.value_printed, r.region_name, i.indicator_name, u.measure,
                strftime(u.reference_month, '%Y-%m')) || ' 的数' as expected
        from judged
        inner join empty_line as u using (submission_id)
        {_NAMES}
        -- told by the reports before
        where not exists (
            select 1
            from untold_figure as t
            where t.submission_id = u.submission_id and t.report_month = u.reference_month and (
                t.is_column_gone and u.rule = 'empty_column' and t.indicator_code = u.indicator_code
                and t.measure = u.measure
                or t.is_region_gone and u.rule = 'empty_row' and t.region_code = u.region_code
            )
        )
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
class FigureToldBeforeIsThere(QueryRule):
    """In a table of many months a figure is not blank that the report before told, or that stands on both sides.

    Told for the same month, or for the newest month of each; or inside a year of a series with hardly a blank. What
    was blank in the same month of another year may be blank again. All blanks of one month or series are one finding.
    """

    zh = "上期报表已有的月份数据（或前后各月均有的数据）本期不应空缺（空缺须注明原因）"
    query = f"""
        with judged as (select * from {{batch}}), lost as (
            select submission_id, cause, any_value(source_sheet) as source_sheet, min(source_cell) as source_cell,
                case when count(distinct region_code) = 1 then any_value(region_code) end as region_code,
                case when count(distinct indicator_code) = 1 then any_value(indicator_code) end as indicator_code,
                case when count(distinct measure) = 1 then any_value(measure) end as measure,
                max(reference_month) as reference_month, min(reference_month) as first_month, count(*) as figures
            from lost_figure
            group by all
        )
        select u.submission_id, u.source_sheet, u.source_cell, u.region_code, u.indicator_code, u.measure,
            u.reference_month, '空缺 ' || u.figures || ' 个数' as observed,
            concat_ws(' ', r.region_name, i.indicator_name, u.measure, strftime(u.first_month, '%Y-%m')
                || case when u.first_month < u.reference_month then '…' || strftime(u.reference_month, '%Y-%m')
                    else '' end) as expected
        from judged
        inner join lost as u using (submission_id)
        {_NAMES}
    """


@dataclass(frozen=True)
class TableHasNoGap(QueryRule):
    """Where the figures of its row and of its column stand, a figure stands too, or a mark says why not.

    Read three ways: regions beside columns, series beside months, indicators beside columns. A row may be blank once in
    five and a column once in ten; beyond that, and where the report before was blank too, blanks are a habit. Blanks
    side by side were lost at one stroke and count once.
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
        where not u.is_region_gone and not exists (
            select 1
            from lost_figure as l
            where l.is_one_of_several and l.submission_id = u.submission_id and l.region_code = u.region_code
                and l.indicator_code = u.indicator_code and l.measure = u.measure
                and l.rank_set_code = u.rank_set_code and l.reference_month = u.reference_month
        )
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
        where u.is_region_gone and not exists (
            select 1
            from empty_line as e
            where e.submission_id = u.submission_id and e.table_no = u.table_no and e.region_code = u.region_code
        )
    """


@dataclass(frozen=True)
class TableHasFigures(QueryRule):
    """A table that a file announces holds figures or marks, unless an earlier report had it empty too."""

    zh = "报表中的表不应全表空白（空缺须注明原因）"
    query = """
        with judged as (select * from {batch})
        select u.submission_id, u.source_sheet, null::varchar as source_cell, null::varchar as region_code,
            null::varchar as indicator_code, null::varchar as measure, u.reference_month, '全表空白' as observed,
            coalesce(u.title, u.table_name) as expected
        from judged
        inner join empty_table as u using (submission_id)
    """


@dataclass(frozen=True)
class RegionSetIsWhole(QueryRule):
    """A file that holds nearly all regions of a rank set, or of one parent, holds the rest too.

    All but one, or but a tenth, of four at least; not where an earlier report did without them, or the reader has told.
    """

    zh = "报表列出了某一地区范围的几乎全部成员，其余成员不应缺失"
    query = """
        with judged as (select * from {batch})
        select u.submission_id, null::varchar as source_sheet, null::varchar as source_cell, u.region_code,
            null::varchar as indicator_code, null::varchar as measure, u.reference_month, '缺行' as observed,
            coalesce(r.region_name, u.region_code) || '（同范围另有 ' || u.present_members || ' 个地区）' as expected
        from judged
        inner join missing_member as u using (submission_id)
        left join (select region_code, any_value(region_name) as region_name from raw.pack_region group by all) as r
            on u.region_code = r.region_code
        where not exists (
            select 1
            from raw.reader_finding as f
            where f.submission_id = u.submission_id and f.rule in ('region_missing', 'table_incomplete')
                and contains(f.expected, r.region_name)
        )
    """
