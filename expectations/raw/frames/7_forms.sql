-- Columns of percentages and indices that are told in another form: an index as a growth or the reverse, percentages as
-- fractions. A step that all regions take together surprises no single figure; here it explains itself. No rule stands here.

-- The judged percentages and indices, with the column each stands in.
create temp table percentage as
select
    *, case when measure like 'growth_%' then 'growth' when measure like 'index_%' then 'index' else 'rate' end as form,
    concat_ws(' ', indicator_code, measure, basis) as column_code
from figure
where not is_decided and not is_level and value_number <> 0 and unit_code in ('percent', 'index');

-- Each of them as it would read in another form, in its column and among all that one region's table
-- tells of a month, with what that saves beside its own months, in nats.
create temp table other_form as
with meant as (
    select *, 'index' as told_as, value_number - 100 as meant from percentage where form = 'growth'
    union all by name
    select *, 'growth' as told_as, value_number + 100 as meant from percentage where form = 'index'
    union all by name
    select *, 'fraction' as told_as, value_number * 100 as meant from percentage where abs(value_number) < 2
),

beside as (
    select
        m.submission_id, m.stem, m.table_no, m.source_sheet, m.source_cell, m.sheet_row, m.sheet_column_no,
        m.region_code, m.reference_month, m.form, m.told_as, m.value_number, m.meant,
        m.column_code,
        case when coalesce(e.printed_before, e.printed_after) is not null then misfit_of(
            m.value_number, e.printed_before, e.printed_after, e.printed_scale_before, e.printed_scale_after,
            e.months_before, e.months_after
        ) end as misfit,
        case when coalesce(e.printed_before, e.printed_after) is not null then misfit_of(
            m.meant, e.printed_before, e.printed_after, e.printed_scale_before, e.printed_scale_after, e.months_before,
            e.months_after
        ) end as other_misfit
    from meant as m
    left join expected_figure as e using (submission_id, source_sheet, source_cell)
)

select
    *, misfit - other_misfit as gain,
    unnest([concat_ws(' ', 'column', column_code, reference_month), concat_ws(' ', 'region', region_code, reference_month)])
        as line
from beside;

create temp table other_form_line as
with line as (
    select
        submission_id, table_no, form, told_as, line, count(*) as figures, count(gain) as compared,
        count(*) filter (where gain >= 1) as fitting, count(*) filter (where gain < 0) as losing, sum(gain) as gain,
        avg(other_misfit) as left_misfit, min(value_number) as least, max(value_number) as most
    from other_form
    group by all
),

-- how many percentages of the kind the table has, those included that no other form could be read into
told as (
    select submission_id, table_no, form, line, count(*) as all_figures
    from (
        select
            submission_id, table_no, form,
            unnest([
                concat_ws(' ', 'column', column_code, reference_month), concat_ws(' ', 'region', region_code, reference_month)
            ]) as line
        from percentage
    )
    group by all
)

select l.*, t.all_figures
from line as l
inner join told as t using (submission_id, table_no, form, line);

-- What percentages of other columns of the same file usually amount to.
create temp table usual_percentage as
select submission_id, concat_ws(' ', column_code, reference_month) as column_code, form, median(abs(value_number)) as size
from percentage
group by all;
