"""Rules on figures that stand in the wrong place of their table: exchanged or shifted rows and columns.

A figure is asked how well it fits the months before and after of its own place and of the others; distances count in
usual movements of the series (``raw/frames``). Not here: figures that are simply wrong (``series.py``), figures
that stand there twice (``copies.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED, SAME_FIGURE

_NAMES = """
    left join (select region_code, any_value(region_name) as region_name from raw.pack_region group by all) as r
        on f.other = r.region_code
    left join (select indicator_code, any_value(indicator_name) as indicator_name from raw.pack_indicator group by all)
        as i on split_part(f.other, ' ', 1) = i.indicator_code
"""
_OTHER_NAME = (
    "coalesce(r.region_name, i.indicator_name, f.other) || case when f.kind = 'column' then "
    "' ' || split_part(f.other, ' ', 2) else '' end"
)


@dataclass(frozen=True)
class PlacesAreNotExchanged(QueryRule):
    """Two rows or two columns of a table do not fit each other's history and not their own.

    The exchange must save <gain> usual movements over all their figures and more where many pairs are compared (their
    logarithm) and two on each figure, for the figures of a region move together, or <line_gain> between two single
    figures, with a good part on each side; both must fit where they then stand.
    """

    gain: int
    line_gain: int
    zh = "表中两行（两列或两个数）不应互换位置：各自与对方的历史数据吻合、与本身的历史数据不符"
    query = f"""
        with judged as (select * from {{batch}}), exchanged as (
            select *, case
                when gain >= <gain> + log_pairs and gain >= least(2 * line_count, 40) and lesser_gain >= gain / 4
                    and mean_left_misfit <= 2 and least_line_gain > -6 then 'table'
                when kind = 'region' and gain > 0 and report_gain >= <gain> + log_pairs and mean_report_gain >= 2
                    and lesser_report_gain >= report_gain / 4 and report_left_misfit <= 2 then 'report'
                when line_gain >= <line_gain> and lesser_line_gain >= <line_gain> / 3 and left_misfit <= 1.5 then 'line'
            end as extent
            from exchange
        ), found as (
            select submission_id, stem, kind, sheet as source_sheet, cell as source_cell, other, gain, line_gain
            from exchanged where extent is not null
            union all
            select submission_id, stem, kind, other_sheet, other_cell, place as other, gain, line_gain
            from exchanged where extent is not null
        ), best as (
            select f.*, c.region_code, c.indicator_code, c.measure, c.basis, c.reference_month
            from found as f
            inner join figure as c
                on f.submission_id = c.submission_id and f.source_sheet = c.source_sheet
                and f.source_cell = c.source_cell
            qualify row_number() over (
                partition by f.submission_id, f.source_sheet, f.source_cell
                order by greatest(f.gain, f.line_gain) desc, f.kind desc, f.other
            ) = 1
        )
        select distinct <judged key>, {PRINTED} as observed,
            '与“' || {_OTHER_NAME} || '”的数据互换后才与各自的历史数据吻合' as expected
        from judged
        inner join best as f
            on {SAME_FIGURE.format("f")}
            and (judged.source_sheet = f.source_sheet or judged.disposition = 'published_rank')
        {_NAMES}
    """


@dataclass(frozen=True)
class TableIsNotShifted(QueryRule):
    """Three or more rows or columns in order do not fit the history of the place so and so many further on.

    Together they save at least <gain> usual movements, few lose by it, and what stands between them is held as well.
    """

    gain: int
    zh = "表中数据不应整体错行或错列：多行（列）数据与相邻行（列）的历史数据吻合、与本身的历史数据不符"
    query = f"""
        with judged as (select * from {{batch}}), shifted as (
            select distinct submission_id, stem, table_no, reference_month, kind, step, line, first_no, last_no
            from shift
            where gaining >= 3 and 4 * losing <= gaining and shift_gain >= <gain> and mean_left_misfit <= 2
        ), slipped as (
            select distinct s.*, p.place
            from shifted as s
            inner join place_figure as p
                on s.submission_id = p.submission_id and s.stem = p.stem and s.table_no = p.table_no
                and s.reference_month = p.reference_month and s.kind = p.kind and (s.line is null or s.line = p.line)
                and (
                    p.place_no between s.first_no and s.last_no
                    or (p.misfit >= 2 and p.place_no between s.first_no - abs(s.step) and s.last_no + abs(s.step))
                )
        )
        select <judged key>, {PRINTED} as observed,
            case when f.kind = 'region' then '各地区' else '各指标' end || '本行（列）的数据：疑整体错位 '
                || abs(f.step) || ' 行（列），填入了' || case when f.step > 0 then '后' else '前' end || '面的数据'
                as expected
        from judged
        inner join slipped as f
            on judged.submission_id = f.submission_id and judged.stem = f.stem and judged.table_no = f.table_no
            and judged.reference_month = f.reference_month
            and f.place = case f.kind when 'region' then judged.region_code when 'indicator' then judged.indicator_code
                else concat_ws(' ', judged.indicator_code, judged.measure, judged.basis) end
            and coalesce(f.line = case f.kind
                when 'region' then concat_ws(' ', judged.indicator_code, judged.measure, judged.basis)
                when 'indicator' then concat_ws(' ', judged.region_code, judged.measure)
                else judged.region_code end, true)
        qualify row_number() over (
            partition by judged.submission_id, judged.source_sheet, judged.source_cell
            order by f.line nulls first, f.kind desc
        ) = 1
    """
