-- How finely the figures of a column are told beside what is usual for such figures. A figure is as fine as its last
-- digit that is no zero: 20.0 is a whole number, and tens and hundreds have negative decimals. No rule stands here.
create temp macro fineness_of(value) as
    case
        when value = round(value)
            then length(rtrim(printf('%.0f', abs(value)), '0')) - length(printf('%.0f', abs(value)))
        else length(rtrim(split_part(printf('%.6f', abs(value)), '.', 2), '0'))
    end;

create temp table fine_figure as
select
    submission_id, stem, table_no, source_sheet, source_cell, region_code, measure, reference_month, sheet_row,
    sheet_column_no, is_decided, is_held, value_number, coalesce(value_decimals, 0) as printed_decimals,
    fineness_of(value_number) as fineness, concat_ws(' ', stem, indicator_code, measure, basis, unit_code) as kind,
    concat_ws(' ', measure, unit_code) as unit_kind
from figure
where value_number <> 0;

create temp table judged_kind as
select distinct submission_id, kind, unit_kind from fine_figure where not is_decided;

-- How fine such figures are: in the other reports of the source; in the other columns of the same unit in the report,
-- which tell what its form prints.
create temp table usual_fineness as
with counted as (
    select submission_id, kind, unit_kind, fineness, count(*) as figures
    from fine_figure
    where not is_held
    group by all
),

in_reports as (
    select kind, fineness, sum(figures) as figures from counted group by all
),

in_columns as (
    select submission_id, unit_kind, fineness, sum(figures) as figures from counted group by all
),

-- all of them without the judged column itself
elsewhere as (
    select j.submission_id, j.kind, 'reports' as source, r.fineness, r.figures - coalesce(o.figures, 0) as figures
    from judged_kind as j
    inner join in_reports as r on j.kind = r.kind
    left join counted as o on j.submission_id = o.submission_id and j.kind = o.kind and r.fineness = o.fineness
    union all
    select j.submission_id, j.kind, 'columns' as source, r.fineness, r.figures - coalesce(o.figures, 0) as figures
    from judged_kind as j
    inner join in_columns as r on j.submission_id = r.submission_id and j.unit_kind = r.unit_kind
    left join counted as o on j.submission_id = o.submission_id and j.kind = o.kind and r.fineness = o.fineness
)

select * from elsewhere where figures > 0;

-- The fineness that at least a third of them has is the usual one; and the share that is as coarse as each or coarser.
create temp table coarseness as
with counted as (
    select
        *, sum(figures) over finer as as_coarse, sum(figures) over kinds as all_figures,
        sum(figures) over kinds - sum(figures) over finer + figures as as_fine
    from usual_fineness
    window
        kinds as (partition by submission_id, kind, source),
        finer as (partition by submission_id, kind, source order by fineness)
)

select
    *, max(fineness) filter (where 3 * as_fine >= all_figures)
        over (partition by submission_id, kind, source) as usual_fineness
from counted
-- a dozen figures of other reports teach, and twice as many of other columns
where all_figures >= case source when 'reports' then 12 else 24 end
qualify source = 'reports' or count(*) filter (where source = 'reports') over (partition by submission_id, kind) = 0;

-- The figures of a column, of a series in a long table, and of what one region's table tells of a month: decimals and
-- whole numbers apart. Without anything to learn from, what is printed tells how fine they were meant to be.
create temp table judged_line as
with usual as (
    select submission_id, kind, any_value(source) as source, any_value(usual_fineness) as usual_fineness
    from coarseness
    group by all
),

lost as (
    select
        f.*, coalesce(u.source, 'print') as source,
        coalesce(u.usual_fineness, f.printed_decimals) as usual_fineness,
        coalesce(u.usual_fineness, f.printed_decimals) - f.fineness as lost
    from fine_figure as f
    left join usual as u on f.submission_id = u.submission_id and f.kind = u.kind
    where not f.is_decided
),

placed as (
    select
        *, usual_fineness > 0 as has_decimals,
        unnest([
            concat_ws(' ', 'column', kind, reference_month), concat_ws(' ', 'series', kind, region_code),
            concat_ws(' ', 'region', region_code, reference_month),
            concat_ws(' ', 'region', region_code, measure, reference_month)
        ]) as line
    from lost
    union all
    -- a column of the sheet that goes down indicators; digits that are never printed are no loss to it
    select
        * replace (
            least(usual_fineness, printed_decimals) as usual_fineness,
            least(usual_fineness, printed_decimals) - fineness as lost
        ),
        true as has_decimals, concat_ws(' ', 'sheet', sheet_column_no, unit_kind, reference_month) as line
    from lost
    where source = 'columns' and least(usual_fineness, printed_decimals) > 0
)

select *, min(lost) over lines as line_lost, count(*) over lines as line_figures
from placed
-- what one region tells of different things is as fine as each of them was before, not as other columns are
where source = 'reports' or not starts_with(line, 'region')
window lines as (partition by submission_id, table_no, has_decimals, line);

-- How surprising it is, in bits, that all figures of a line are so coarse; one decimal of chance is a third of a digit.
create temp table coarse_figure as
with coarse as (
    select * from judged_line where line_lost >= 1 and line_figures >= 2
),

weighed as (
    select
        c.*,
        least(
            case
                when c.source = 'print' then 99
                else -log2((coalesce(k.as_coarse, 0) + 0.5) / (k.all_figures + 1))
            end,
            c.line_lost * log2(10)
        ) as bits
    from coarse as c
    asof left join (
        select submission_id, kind, fineness, as_coarse, all_figures from coarseness
        union all
        select submission_id, kind, -99 as fineness, 0 as as_coarse, any_value(all_figures) as all_figures
        from coarseness
        group by all
    ) as k
        on c.submission_id = k.submission_id and c.kind = k.kind and c.usual_fineness - c.line_lost >= k.fineness
),

-- other months of the column that were as coarse as a whole: a habit
month_fineness as (
    select kind, submission_id, reference_month, max(fineness) as fineness, count(*) as figures
    from fine_figure
    where kind in (select kind from coarse)
    group by all
),

habit as (
    select c.submission_id, c.kind, c.line,
        count(*) filter (where m.fineness <= c.usual_fineness - c.line_lost) as coarse_months, count(*) as months
    from (
        select distinct submission_id, kind, line, usual_fineness, line_lost, line_figures from coarse
    ) as c
    inner join month_fineness as m
        on c.kind = m.kind and c.submission_id <> m.submission_id and 2 * m.figures >= least(c.line_figures, 8)
    group by all
),

added as (
    select
        w.*, sum(w.bits) over the_line as line_bits,
        max(12 * coalesce(h.coarse_months, 0)) over the_line <= max(coalesce(h.months, 0)) over the_line as is_unusual
    from weighed as w
    left join habit as h using (submission_id, kind, line)
    window the_line as (partition by w.submission_id, w.table_no, w.has_decimals, w.line)
)

select
    submission_id, table_no, source_sheet, source_cell, sheet_row, sheet_column_no, line, has_decimals, source, line_lost,
    line_figures, line_bits, usual_fineness
from added
where is_unusual;
