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

-- A figure as it would be measured in the place of another.
create temp macro size_in_place_of(
    value, size, is_level, is_cumulative, is_other_level, is_other_cumulative, other_months, kind
) as case
    when not is_other_level then value
    when is_level and (kind = 'region' or is_cumulative = is_other_cumulative) then size
    when value > 0 then log10(value / case when is_other_cumulative then other_months else 1 end)
end;

-- The places of each table, counted in the order of the sheet. Those of which some figure does not fit are compared
-- with each other, and of a long table only the hundred that fit least: all pairs of a thousand counties are half a
-- million. Places near each other always are, if there is such a place in their table.
create temp table place as
with misfit as (
    select submission_id, stem, table_no, reference_month, kind, place, max(misfit) as largest, sum(misfit) as total
    from placed_figure
    group by all
),

stood as (
    select *, concat_ws(' ', indicator_code, measure, basis) as column_code from figure
),

first_cell as (
    select m.*, min((s.table_no, s.sheet_row, s.sheet_column_no)) as stands
    from misfit as m
    inner join stood as s
        on m.submission_id = s.submission_id and m.stem = s.stem and m.table_no in (0, s.table_no)
        and m.reference_month = s.reference_month
        and m.place
        = case m.kind when 'region' then s.region_code when 'indicator' then s.indicator_code else s.column_code end
    group by all
),

placed as (
    select
        * exclude (stands), largest >= 2 as is_misfit,
        dense_rank() over (order by submission_id, stem, table_no, reference_month, kind) as table_id,
        row_number()
            over (partition by submission_id, stem, table_no, reference_month, kind order by stands) as place_no
    from first_cell
)

select
    * exclude (largest, total, is_misfit), bool_or(is_misfit) over (partition by table_id) as is_compared,
    count(*) over (partition by table_id) as places,
    is_misfit and least(
        row_number() over (alike order by largest desc, total desc, place_no),
        row_number() over (alike order by total desc, place_no)
    ) <= 100 as is_among_worst
from placed
window alike as (partition by table_id, is_misfit);

-- Each two of these places along the same line: either figure beside the history of the other place.
create temp table exchanged_figure as
with candidate as (
    select f.*, p.table_id, p.place_no, p.is_among_worst
    from placed_figure as f
    inner join place as p using (submission_id, stem, table_no, reference_month, kind, place)
    where p.is_compared
),

paired as (
    select a, b
    from candidate as a
    inner join candidate as b on a.table_id = b.table_id and a.line = b.line and a.place_no < b.place_no
    where a.is_among_worst and b.is_among_worst
    union all
    select a, b
    from (select *, unnest([1, 2, 3]) as step from candidate) as a
    inner join candidate as b on a.table_id = b.table_id and a.line = b.line and a.place_no + a.step = b.place_no
    where not (a.is_among_worst and b.is_among_worst)
),

measured as (
    select
        *,
        size_in_place_of(
            a.value_number, a.size, a.is_level, a.is_cumulative, b.is_level, b.is_cumulative, b.months_covered, a.kind
        ) as one_size,
        size_in_place_of(
            b.value_number, b.size, b.is_level, b.is_cumulative, a.is_level, a.is_cumulative, a.months_covered, a.kind
        ) as other_size
    from paired
)

select
    a.table_id, a.kind, a.line, a.place_no, b.place_no as other_no,
    a.source_sheet, a.source_cell, b.source_sheet as other_sheet, b.source_cell as other_cell,
    a.own_table_no = b.own_table_no as is_one_table, a.value_number = b.value_number as is_same,
    misfit_of(one_size, b.before, b.after, b.scale_before, b.scale_after, b.months_before, b.months_after)
        as one_misfit,
    misfit_of(other_size, a.before, a.after, a.scale_before, a.scale_after, a.months_before, a.months_after)
        as other_misfit,
    a.misfit - one_misfit as one_gain, b.misfit - other_misfit as other_gain
from measured;

-- Two places that fit each other's history: over all lines of a table, over all tables of the report and along each
-- line. Of many pairs some fit by chance: their number counts.
create temp table exchange as
with gained as (
    select *, one_gain + other_gain as line_gain, greatest(one_misfit, other_misfit) as left_misfit
    from exchanged_figure
    where one_misfit is not null and other_misfit is not null
),

by_pair as (
    select table_id, place_no, other_no, count(*) as line_count,
        sum(line_gain) as gain, least(sum(one_gain), sum(other_gain)) as lesser_gain,
        sum(one_gain) as one_gain, sum(other_gain) as other_gain, sum(left_misfit) as left_misfit,
        min(line_gain) as least_line_gain,
        -- each line exchanged or not, either as likely: what no exchange of some lines loses is not counted against it
        sum(ln((1 + exp(line_gain)) / 2)) as part_gain,
        least(
            sum(one_gain) filter (where line_gain >= 1), sum(other_gain) filter (where line_gain >= 1)
        ) as lesser_part_gain,
        avg(left_misfit) filter (where line_gain >= 1) as part_left_misfit,
        count(*) filter (where line_gain >= 1) as part_lines
    from gained
    group by all
),

-- one place may stand above the other in this table and below it in the next
named as (
    select
        b.*, p.submission_id, p.stem, p.reference_month, p.kind, p.place, o.place as other,
        -- a place alone is in no pair, yet its logarithm may be taken before the pairs are joined
        ln(greatest(p.places * (p.places - 1) / 2, 1)) as log_pairs,
        least(p.place, o.place) as first_place, greatest(p.place, o.place) as last_place,
        case when p.place < o.place then b.one_gain else b.other_gain end as first_gain
    from by_pair as b
    inner join place as p using (table_id, place_no)
    inner join place as o on b.table_id = o.table_id and b.other_no = o.place_no
),

by_report as (
    select
        * exclude (one_gain, other_gain, left_misfit, first_place, last_place, first_gain),
        left_misfit / line_count as mean_left_misfit, sum(gain) over all_tables as report_gain,
        least(sum(first_gain) over all_tables, sum(gain - first_gain) over all_tables) as lesser_report_gain,
        sum(left_misfit) over all_tables / sum(line_count) over all_tables as report_left_misfit,
        sum(gain) over all_tables / sum(line_count) over all_tables as mean_report_gain
    from named
    window all_tables as (partition by submission_id, stem, reference_month, kind, first_place, last_place)
)

select
    r.*, g.line, g.source_sheet as sheet, g.source_cell as cell, g.other_sheet, g.other_cell,
    g.is_one_table, g.is_same, g.line_gain, least(g.one_gain, g.other_gain) as lesser_line_gain, g.left_misfit
from gained as g
inner join by_report as r using (table_id, place_no, other_no)
where greatest(r.gain, r.report_gain, r.part_gain, g.line_gain) > 0;

-- What each place gains if it holds the figures of the place so and so many further on, along each line. A figure that
-- is the same in both places tells nothing.
create temp table shift_figure as
select table_id, line, place_no, other_no - place_no as step, one_gain as gain, one_misfit as left_misfit
from exchanged_figure
where other_no - place_no <= 3 and one_misfit is not null
union all
select table_id, line, other_no as place_no, place_no - other_no as step, other_gain as gain,
    other_misfit as left_misfit
from exchanged_figure
where other_no - place_no <= 3 and other_misfit is not null;

-- The run of places that gains most, as a sum; a place between them that fits where it stands costs one. Of many runs
-- some gain by chance: their number counts.
create temp table shift as
with by_place as (
    select table_id, step, line, place_no, sum(gain) as gain, avg(left_misfit) as left_misfit
    from shift_figure
    group by grouping sets ((table_id, step, place_no), (table_id, step, place_no, line))
),

costed as (
    select *, gain - coalesce(place_no - lag(place_no) over shifted - 1, 0) as net_gain
    from by_place
    window shifted as (partition by table_id, step, line order by place_no)
),

added as (
    select *, sum(net_gain) over shifted as added
    from costed
    window shifted as (partition by table_id, step, line order by place_no)
),

ended as (
    select table_id, step, line, place_no as last_no,
        arg_min(place_no, added - gain) over so_far as first_no, added - min(added - gain) over so_far as shift_gain
    from added
    window so_far as (partition by table_id, step, line order by place_no)
),

best as (
    select *
    from ended
    qualify row_number() over (partition by table_id, step, line order by shift_gain desc, last_no) = 1
),

extent as (
    select p.table_id, any_value(p.places) as places, count(distinct f.line) as lines
    from place as p
    inner join placed_figure as f using (submission_id, stem, table_no, reference_month, kind, place)
    group by all
)

select
    e.*, ln(6 * x.lines * x.places * (x.places + 1) / 2) as log_runs,
    count(*) filter (where p.gain >= 1) as gaining, count(*) filter (where p.gain <= -1) as losing,
    avg(p.left_misfit) as mean_left_misfit
from best as e
inner join extent as x using (table_id)
inner join by_place as p
    on e.table_id = p.table_id and e.step = p.step and e.line is not distinct from p.line
    and p.place_no between e.first_no and e.last_no
group by all;
