"""Rules on figures that stand in the wrong place of their table: exchanged or shifted rows and columns.

A figure is asked how well it fits the months before and after of its own place and of the others; how unlikely it is
there counts in nats, by the usual movements of the series (``raw/frames``). Not here: figures that are simply wrong
(``series.py``), figures that stand there twice (``copies.py``).
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

    The exchange must save <gain> nats over all or some of their figures, more where many pairs are compared (their
    logarithm), and two on each figure, for the figures of a region move together; or <line_gain> between two single
    figures; with a good part on each side. Both must fit where they then stand.
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
                when part_lines >= 2 and line_gain >= 1 and part_gain >= <gain> + log_pairs
                    and part_gain >= least(2 * part_lines, 40) and lesser_part_gain >= part_gain / 4
                    and part_left_misfit <= 1.5 then 'part'
                when is_one_table and line_gain >= <line_gain> and lesser_line_gain >= <line_gain> / 3
                    and left_misfit <= 1.5 then 'line'
            end as extent,
            -- a line that tells nothing went along, unless others stayed
            case when least_line_gain > -2 then -2 else 1 end as least_gain
            from exchange
        ), found as (
            select submission_id, stem, kind, sheet as source_sheet, cell as source_cell, other, gain, line_gain
            from exchanged where extent is not null and not is_same and line_gain > least_gain
            union all
            select submission_id, stem, kind, other_sheet, other_cell, place as other, gain, line_gain
            from exchanged where extent is not null and not is_same and line_gain > least_gain
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

    The run of them that gains most saves <gain> nats and more for the number of runs that were compared (its
    logarithm), and few of them lose by it. Held is what stands in the run, along the lines that slipped.
    """

    gain: int
    zh = "表中数据不应整体错行或错列：多行（列）数据与相邻行（列）的历史数据吻合、与本身的历史数据不符"
    query = f"""
        with judged as (select * from {{batch}}), shifted as (
            select * from shift
            where gaining >= 3 and 4 * losing <= gaining and shift_gain >= <gain> + log_runs and mean_left_misfit <= 3
        ), by_line as (
            select s.*, f.line as shifted_line, sum(f.gain) as line_gain
            from shifted as s
            inner join shift_figure as f using (table_id, step)
            where coalesce(s.line = f.line, true) and f.place_no between s.first_no and s.last_no
            group by all
        ), moved_line as (
            select * from by_line
            window the_shift as (partition by table_id, step, line)
            qualify line_gain >= case
                when count(*) filter (where line_gain >= 2) over the_shift
                    >= greatest(3 * count(*) filter (where line_gain <= -2) over the_shift, 2) then -2 else 2 end
        ), slipped as (
            select c.*, p.kind, s.step, s.shift_gain
            from moved_line as s
            inner join place as p using (table_id)
            inner join figure as c
                on p.submission_id = c.submission_id and p.stem = c.stem and p.table_no in (0, c.table_no)
                and p.reference_month = c.reference_month
                and p.place = case p.kind when 'region' then c.region_code when 'indicator' then c.indicator_code
                    else concat_ws(' ', c.indicator_code, c.measure, c.basis) end
                and s.shifted_line = case p.kind when 'region' then concat_ws(' ', c.indicator_code, c.measure, c.basis)
                    when 'indicator' then concat_ws(' ', c.region_code, c.measure) else c.region_code end
            left join placed_figure as m
                on p.kind = m.kind and c.submission_id = m.submission_id and c.source_sheet = m.source_sheet
                and c.source_cell = m.source_cell
            where
                p.place_no between s.first_no and s.last_no
                -- the place whose figures moved on holds them twice, or what does not fit it
                or (m.misfit >= 3 and s.step < 0 and p.place_no between s.first_no + s.step and s.first_no)
                or (m.misfit >= 3 and s.step > 0 and p.place_no between s.last_no and s.last_no + s.step)
        )
        select <judged key>, {PRINTED} as observed,
            case when f.kind = 'region' then '各地区' else '各指标' end || '本行（列）的数据：疑整体错位 '
                || abs(f.step) || ' 行（列），填入了' || case when f.step > 0 then '后' else '前' end || '面的数据'
                as expected
        from judged
        inner join slipped as f
            on {SAME_FIGURE.format("f")} and judged.source_sheet = f.source_sheet
            and (judged.source_cell = f.source_cell or judged.disposition = 'published_rank')
        qualify row_number() over (
            partition by judged.submission_id, judged.source_sheet, judged.source_cell
            order by f.shift_gain desc, f.kind desc
        ) = 1
    """
