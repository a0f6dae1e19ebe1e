-- Figures that follow each other in a column and are all told more coarsely than the rest of it: a part of it was
-- rounded. And of all coarse lines and runs, the one that tells most of each figure. No rule stands here.

-- Columns of one indicator, columns of the sheet, series of a long table; six figures at least.
create temp table fine_line as
with placed as (
    select
        *,
        unnest([
            concat_ws(' ', 'run of column', kind, reference_month),
            concat_ws(' ', 'run of sheet', sheet_column_no, unit_kind),
            concat_ws(' ', 'run of series', kind, region_code)
        ]) as line
    from fine_figure
    semi join judged_kind using (submission_id, unit_kind)
),

numbered as (
    select
        *, count(*) over (partition by submission_id, table_no, line) as line_figures,
        row_number() over (
            partition by submission_id, table_no, line order by reference_month, sheet_row, sheet_column_no
        ) as place
    from placed
)

select * from numbered where line_figures >= 6;

create temp table coarse_run as
with level as (
    select submission_id, table_no, line, fineness as level
    from fine_line
    where fineness <= 2
    group by all
),

-- how fine the finer ones are, and how many are as coarse; digits that are never printed are no loss
levelled as (
    select
        submission_id, table_no, line, level, count(*) filter (where fineness <= level) as as_coarse,
        quantile_disc(fineness, 0.5) filter (where fineness > level) as usual_fineness
    from fine_line
    inner join level using (submission_id, table_no, line)
    group by all
    having
        count(*) filter (where fineness <= level) >= 3 and count(*) filter (where fineness > level) >= 3
        and (level < max(printed_decimals) or max(printed_decimals) = 0)
),

coarse as (
    select
        f.*, l.level, l.as_coarse, l.usual_fineness,
        f.place - row_number() over (
            partition by f.submission_id, f.table_no, f.line, l.level order by f.place
        ) as run
    from fine_line as f
    inner join levelled as l on f.submission_id = l.submission_id and f.table_no = l.table_no and f.line = l.line
    where f.fineness <= l.level
),

counted as (
    select *, count(*) over the_run as run_figures, bool_or(not is_decided) over the_run as is_judged
    from coarse
    window the_run as (partition by submission_id, table_no, line, level, run)
),

-- how often figures of the kind are so coarse in other reports
habit as (
    select
        c.submission_id, c.kind, c.level,
        (coalesce(sum(u.figures) filter (where u.fineness <= c.level), 0) + 0.5) / (sum(u.figures) + 1) as share
    from (select distinct submission_id, kind, level from counted where run_figures >= 3 and is_judged) as c
    inner join usual_fineness as u on c.submission_id = u.submission_id and c.kind = u.kind and u.source = 'reports'
    group by all
)

select
    c.submission_id, c.table_no, c.source_sheet, c.source_cell, c.sheet_row, c.sheet_column_no,
    concat_ws(' ', c.line, c.level, c.run) as line, c.usual_fineness > 0 as has_decimals, 'run' as source,
    c.usual_fineness - c.level as line_lost, c.run_figures as line_figures,
    -- by chance one figure in ten for each decimal; as many as in the rest of the line; as many as elsewhere: and a run
    -- may begin anywhere
    sum(-log2(greatest(
        pow(10, c.level - c.usual_fineness),
        (c.as_coarse - c.run_figures + 0.5) / (c.line_figures - c.run_figures + 1), coalesce(h.share, 0)
    ))) over the_run - log2(c.line_figures - c.run_figures + 1) as line_bits,
    c.usual_fineness
from counted as c
left join habit as h on c.submission_id = h.submission_id and c.kind = h.kind and c.level = h.level
where c.run_figures >= 3 and c.is_judged
window the_run as (partition by c.submission_id, c.table_no, c.line, c.level, c.run);

create temp table coarse_line as
with told as (
    select *
    from (select * from coarse_figure union all by name select * from coarse_run)
    -- each figure counts in the line that tells most
    qualify row_number() over (
        partition by submission_id, source_sheet, source_cell order by line_bits desc, line_figures desc, line
    ) = 1
)

select
    submission_id, table_no, line, has_decimals, any_value(source) as source, any_value(line_lost) as line_lost,
    any_value(line_figures) as figures, any_value(line_bits) as bits, max(usual_fineness) as usual_fineness,
    arg_min(source_sheet, (sheet_row, sheet_column_no)) as source_sheet,
    arg_min(source_cell, (sheet_row, sheet_column_no)) as source_cell
from told
group by all;
