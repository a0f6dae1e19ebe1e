-- Figures that fit the history of another row or column better than their own. A misfit is how unlikely a figure is
-- beside its neighbours, in nats; of two places that fit each other's history, gain is what the exchange saves.
-- No rule stands here.

-- What can change places: regions; indicators of a sheet with one region; columns, those of other tables of the report
-- too (table 0). A place is what moved, a line is what it is compared along.
create temp table placed_figure as
with shared as (
    select
        submission_id, source_sheet, source_cell, stem, table_no, reference_month, is_cumulative, is_level,
        months_covered, value_number, sheet_row, sheet_column_no,
        region_code, indicator_code, concat_ws(' ', indicator_code, measure, basis) as column_code,
        concat_ws(' ', region_code, measure) as region_measure,
        struct_pack(
            size := size, before := size_before, after := size_after, scale_before := scale_before,
            scale_after := scale_after, months_before := months_before, months_after := months_after
        ) as own,
        struct_pack(
            size := printed_size, before := printed_before, after := printed_after,
            scale_before := printed_scale_before, scale_after := printed_scale_after,
            months_before := months_before, months_after := months_after
        ) as printed
    from expected_figure
    where size_before is not null or size_after is not null
),

told as (
    select
        s.* exclude (own, printed, region_code, indicator_code, column_code, region_measure)
            replace (case k.kind when 'column' then 0 else s.table_no end as table_no),
        s.table_no as own_table_no, k.kind, k.place, k.line, unnest(k.fit)
    from shared as s
    cross join lateral (
        select 'region' as kind, s.region_code as place, s.column_code as line, s.own as fit
        union all
        select 'indicator', s.indicator_code, s.region_measure, s.printed
        union all
        select 'column', s.column_code, s.region_code, s.printed
    ) as k
)

select *, misfit_of(size, before, after, scale_before, scale_after, months_before, months_after) as misfit
from told;

-- The places of a table counted in the order of the sheet.
create temp table place_figure as
with stood as (
    select *, concat_ws(' ', indicator_code, measure, basis) as column_code from figure
),

first_cell as (
    select p.submission_id, p.stem, p.table_no, p.reference_month, p.kind, p.place,
        min((s.table_no, s.sheet_row, s.sheet_column_no)) as stands
    from (select distinct submission_id, stem, table_no, reference_month, kind, place from placed_figure) as p
    inner join stood as s
        on p.submission_id = s.submission_id and p.stem = s.stem and p.table_no in (0, s.table_no)
        and p.reference_month = s.reference_month
        and p.place = case p.kind when 'region' then s.region_code when 'indicator' then s.indicator_code else s.column_code end
    group by all
),

placed as (
    select
        * exclude (stands),
        row_number() over (partition by submission_id, stem, table_no, reference_month, kind order by stands) as place_no
    from first_cell
)

select f.submission_id, f.source_sheet, f.source_cell, f.stem, f.table_no, f.reference_month, f.kind, f.place, f.line,
    f.misfit, p.place_no
from placed_figure as f
inner join placed as p using (submission_id, stem, table_no, reference_month, kind, place);

-- Places of which some figure does not fit; only these are compared with each other, and of a long table only the
-- hundred that fit least: all pairs of a thousand counties are half a million. Places near each other always are, if
-- there is such a place in their table.
create temp table misfit_place as
with misfit as (
    select submission_id, stem, table_no, reference_month, kind, place, place_no,
        max(misfit) as largest, sum(misfit) as total
    from place_figure
    group by all
    having max(misfit) >= 2
)

select
    * exclude (largest, total),
    least(
        row_number() over (table_places order by largest desc, total desc, place_no),
        row_number() over (table_places order by total desc, place_no)
    ) <= 100 as is_among_worst
from misfit
window table_places as (partition by submission_id, stem, table_no, reference_month, kind);

create temp table candidate_figure as
select p.*, n.place_no, coalesce(m.is_among_worst, false) as is_among_worst
from placed_figure as p
inner join (
    select distinct submission_id, stem, table_no, reference_month, kind, place, place_no
    from place_figure
    semi join misfit_place using (submission_id, stem, table_no, reference_month, kind)
) as n using (submission_id, stem, table_no, reference_month, kind, place)
left join misfit_place as m using (submission_id, stem, table_no, reference_month, kind, place);

-- Each figure of such a place beside the history of each other such place, along the same line.
create temp table fit_elsewhere as
with paired as (
    select a, b
    from candidate_figure as a
    inner join candidate_figure as b
        on a.submission_id = b.submission_id and a.stem = b.stem and a.table_no = b.table_no
        and a.reference_month = b.reference_month and a.kind = b.kind and a.line = b.line and a.place <> b.place
    where a.is_among_worst and b.is_among_worst
    union all
    select a, b
    from (select *, unnest([-3, -2, -1, 1, 2, 3]) as step from candidate_figure) as a
    inner join candidate_figure as b
        on a.submission_id = b.submission_id and a.stem = b.stem and a.table_no = b.table_no
        and a.reference_month = b.reference_month and a.kind = b.kind and a.line = b.line
        and a.place_no + a.step = b.place_no
    where not (a.is_among_worst and b.is_among_worst)
),

measured as (
    select
        a.submission_id, a.source_sheet, a.source_cell, a.stem, a.table_no, a.reference_month, a.kind, a.line,
        a.place, b.place as other, a.own_table_no = b.own_table_no as is_one_table, a.value_number = b.value_number as is_same,
        a.misfit, b.before, b.after, b.scale_before, b.scale_after, b.months_before, b.months_after,
        -- the figure as it would be measured in the other place
        case
            when not b.is_level then a.value_number
            when a.is_level and (a.kind = 'region' or a.is_cumulative = b.is_cumulative) then a.size
            when a.value_number > 0
                then log10(a.value_number / case when b.is_cumulative then b.months_covered else 1 end)
        end as size
    from paired
)

select
    * exclude (before, after, scale_before, scale_after, months_before, months_after, size),
    misfit_of(size, before, after, scale_before, scale_after, months_before, months_after) as other_misfit
from measured;

-- Two places that fit each other's history: over all lines of
-- a table, over all tables of the report and along each line. Of many pairs some fit by chance: their number counts.
create temp table exchange as
with gained as (
    select
        a.submission_id, a.stem, a.table_no, a.reference_month, a.kind, a.place, a.other, a.line,
        a.is_one_table, a.is_same, a.source_sheet as sheet, a.source_cell as cell, b.source_sheet as other_sheet, b.source_cell as other_cell,
        a.misfit - a.other_misfit as one_gain, b.misfit - b.other_misfit as other_gain,
        greatest(a.other_misfit, b.other_misfit) as left_misfit
    from fit_elsewhere as a
    inner join fit_elsewhere as b
        on a.submission_id = b.submission_id and a.stem = b.stem and a.table_no = b.table_no
        and a.reference_month = b.reference_month and a.kind = b.kind and a.line = b.line
        and a.place = b.other and a.other = b.place
    where a.place < a.other and a.other_misfit is not null and b.other_misfit is not null
)

select
    gained.*,
    ln(n.places * (n.places - 1) / 2) as log_pairs,
    one_gain + other_gain as line_gain, least(one_gain, other_gain) as lesser_line_gain,
    sum(one_gain + other_gain) over exchanged_lines as gain,
    least(sum(one_gain) over exchanged_lines, sum(other_gain) over exchanged_lines) as lesser_gain,
    avg(left_misfit) over exchanged_lines as mean_left_misfit,
    min(one_gain + other_gain) over exchanged_lines as least_line_gain,
    count(*) over exchanged_lines as line_count,
    sum(one_gain + other_gain) over exchanged_tables as report_gain,
    least(sum(one_gain) over exchanged_tables, sum(other_gain) over exchanged_tables) as lesser_report_gain,
    avg(left_misfit) over exchanged_tables as report_left_misfit,
    avg(one_gain + other_gain) over exchanged_tables as mean_report_gain,
    -- if each line was exchanged or not, either as likely: what no exchange of some lines loses is not counted against it
    sum(ln((1 + exp(one_gain + other_gain)) / 2)) over exchanged_lines as part_gain,
    least(
        sum(one_gain) filter (where one_gain + other_gain >= 1) over exchanged_lines,
        sum(other_gain) filter (where one_gain + other_gain >= 1) over exchanged_lines
    ) as lesser_part_gain,
    avg(left_misfit) filter (where one_gain + other_gain >= 1) over exchanged_lines as part_left_misfit,
    count(*) filter (where one_gain + other_gain >= 1) over exchanged_lines as part_lines
from gained
inner join (
    select submission_id, stem, table_no, reference_month, kind, max(place_no) as places
    from place_figure
    group by all
) as n using (submission_id, stem, table_no, reference_month, kind)
window
    exchanged_lines as (partition by submission_id, stem, table_no, reference_month, kind, place, other),
    exchanged_tables as (partition by submission_id, stem, reference_month, kind, place, other);

-- What each place gains if it holds the figures of the place so and so many further on: over all lines (line NULL) and
-- along each line. A figure that is the same in both places tells nothing.
create temp table shift_figure as
with placed as (
    select distinct submission_id, stem, table_no, reference_month, kind, place, place_no
    from place_figure
)

select f.submission_id, f.source_sheet, f.source_cell, f.stem, f.table_no, f.reference_month, f.kind, f.line, f.place,
    p.place_no, o.place_no - p.place_no as step, f.misfit - f.other_misfit as gain, f.other_misfit as left_misfit
from fit_elsewhere as f
inner join placed as p using (submission_id, stem, table_no, reference_month, kind, place)
inner join placed as o
    on f.submission_id = o.submission_id and f.stem = o.stem and f.table_no = o.table_no
    and f.reference_month = o.reference_month and f.kind = o.kind and f.other = o.place
where abs(o.place_no - p.place_no) <= 3 and f.other_misfit is not null;

-- The run of places that gains most, as a sum; a place between them that fits where it stands costs one. Of many runs
-- some gain by chance: their number counts.
create temp table shift as
with by_place as (
    select
        submission_id, stem, table_no, reference_month, kind, step, line, place_no, sum(gain) as gain,
        avg(left_misfit) as left_misfit, count(*) as line_count
    from shift_figure
    group by grouping sets (
        (submission_id, stem, table_no, reference_month, kind, step, place_no),
        (submission_id, stem, table_no, reference_month, kind, step, place_no, line)
    )
),

costed as (
    select *, gain - coalesce(place_no - lag(place_no) over shifted - 1, 0) as net_gain
    from by_place
    window shifted as (partition by submission_id, stem, table_no, reference_month, kind, step, line order by place_no)
),

added as (
    select *, sum(net_gain) over shifted as added
    from costed
    window shifted as (partition by submission_id, stem, table_no, reference_month, kind, step, line order by place_no)
),

ended as (
    select submission_id, stem, table_no, reference_month, kind, step, line, place_no as last_no,
        arg_min(place_no, added - gain) over so_far as first_no, added - min(added - gain) over so_far as shift_gain
    from added
    window so_far as (partition by submission_id, stem, table_no, reference_month, kind, step, line order by place_no)
),

best as (
    select *
    from ended
    qualify row_number() over (
        partition by submission_id, stem, table_no, reference_month, kind, step, line order by shift_gain desc, last_no
    ) = 1
),

extent as (
    select submission_id, stem, table_no, reference_month, kind, max(place_no) as places, count(distinct line) as lines
    from place_figure
    group by all
)

select
    e.*, ln(6 * x.lines * x.places * (x.places + 1) / 2) as log_runs,
    count(*) filter (where p.gain >= 1) as gaining, count(*) filter (where p.gain <= -1) as losing,
    avg(p.left_misfit) as mean_left_misfit
from best as e
inner join extent as x using (submission_id, stem, table_no, reference_month, kind)
inner join by_place as p
    on e.submission_id = p.submission_id and e.stem = p.stem and e.table_no = p.table_no
    and e.reference_month = p.reference_month and e.kind = p.kind and e.step = p.step
    and e.line is not distinct from p.line and p.place_no between e.first_no and e.last_no
group by all;
