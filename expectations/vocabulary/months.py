"""Rules on the month that a report says it is of: each month told once, in order, and as the file's name says.

Not here: figures of another month sent again (``copies.py``), what is missing from a report (``coverage.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED, SAME_FIGURE


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
class TableIsNotToldAnew(QueryRule):
    """A table does not tell nearly everything otherwise that was told before, as another region's table would.

    Over all of its months at least eight figures of known months, four fifths of them different, half of them by
    <movements> of a month's usual movements or more. The whole table is held: its months confirm each other.
    """

    movements: float
    generality = 1
    zh = "一张表不应把先前已报的各月数据几乎全部改掉（疑误用其他地区或其他表的数据）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            '先前已报各月的数据（' || t.differing || '/' || t.compared
                || ' 个数不同），请核对是否本地区、本表' as expected
        from judged
        inner join retold_table as t using (submission_id, stem, table_no)
        where t.compared >= 8 and t.differing >= 0.8 * t.compared and t.usual_difference >= <movements>
    """


@dataclass(frozen=True)
class NameTellsItsMonth(QueryRule):
    """The month in a file's name lies as many months after its report's as in the <files> files before it or more."""

    files: int
    zh = "文件名中的月份与报表月份的间隔应与以往各期一致（疑标题月份有误）"
    query = """
        with judged as (select * from {batch})
        select <judged key>, strftime(n.report_month, '%Y-%m') as observed,
            strftime(n.name_month - to_months(n.least_lag::integer), '%Y-%m') || '（文件名为 '
                || strftime(n.name_month, '%Y-%m') || '，以往间隔 ' || n.least_lag || ' 个月）' as expected
        from judged
        inner join report_name as n
            on judged.submission_id = n.submission_id and judged.stem = n.stem
            and judged.reference_month = n.report_month
        where n.earlier_files >= <files> and n.least_lag = n.greatest_lag and n.lag <> n.least_lag
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
