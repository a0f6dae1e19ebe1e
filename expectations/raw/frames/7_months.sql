-- Reports and months: what earlier files told of the same months, the order in which reports come, and the month in a
-- file's own name. No rule stands here.

-- Each judged figure beside each earlier vintage of it: how far apart, and how far a usual movement reaches.
create temp table retold_figure as
select
    j.submission_id, j.stem, j.table_no, j.source_sheet, j.source_cell, j.region_code, j.indicator_code, j.measure, j.basis,
    j.reference_month, j.is_level, k.submission_id as earlier_id, k.submission_order as earlier_order,
    k.source_cell as earlier_cell, j.value <> k.value as differs, abs(j.size - k.size) as difference, u.own_scale
from figure as j
inner join figure as k
    on j.region_code = k.region_code and j.indicator_code = k.indicator_code and j.measure = k.measure
    and j.basis = k.basis and j.period_start = k.period_start and j.reference_month = k.reference_month
    and k.submission_order < j.submission_order
-- a series that never moves says nothing of the month
inner join usual_movement as u
    on j.indicator_code = u.indicator_code and j.measure = u.measure and j.basis = u.basis and not u.is_new_year
    and u.own_scale > 1e-6
where not j.is_decided and not k.is_held and (j.value <> 0 or k.value <> 0);

-- Cumulative figures of a month that an earlier file told already: how many differ, and by how many usual movements.
create temp table retold_month as
select
    submission_id, table_no, region_code, indicator_code, measure, basis, reference_month, earlier_id,
    count(*) over months as compared, count(*) filter (where differs) over months as differing,
    quantile_cont(difference / greatest(own_scale, 0.003), 0.5) over months as usual_difference
from retold_figure
where measure like '%\_ytd' escape '\'
window months as (partition by submission_id, stem, reference_month, earlier_id);

-- The same beside the newest earlier vintage, counted by table over all of its months, for a file may tell few figures of
-- many months. Indices are left out: they change their base all together.
create temp table retold_table as
with newest as (
    select *, difference / greatest(own_scale, case when is_level then 0.003 else 0.07 end) as movements
    from retold_figure
    where not starts_with(measure, 'index_')
    qualify row_number() over (
        partition by submission_id, source_sheet, source_cell order by earlier_order desc, earlier_cell
    ) = 1
)

select
    submission_id, stem, table_no, count(*) as compared, count(*) filter (where differs) as differing,
    quantile_cont(movements, 0.5) as usual_difference
from newest
group by all;

-- The month of each report beside that of the one before it, and the longest step that the source took earlier. A year
-- may begin without a January.
create temp table report_step as
with months as (
    select stem, report_month, min(s.submission_order) as first_order
    from report as r
    inner join raw.submission as s using (submission_id)
    where report_month is not null
    group by all
),

followed as (
    select *, lag(report_month) over (partition by stem order by report_month) as previous_month
    from months
),

stepped as (
    select *, datediff('month', previous_month, report_month)
        - (year(previous_month) < year(report_month) and month(report_month) > 1)::integer as step
    from followed
    where previous_month is not null
)

select
    s.stem, s.report_month, s.previous_month, s.step, count(*) as earlier_steps, max(e.step) as longest_step
from stepped as s
inner join stepped as e on s.stem = e.stem and e.report_month < s.report_month
group by all;

-- The month in a file's name (2023年1-7月, 2023_08_15, 202308), how many months after the report's it lies, and what
-- earlier files of the source had between the two. A name may carry the day on which the file was made.
create temp table report_name as
with named as (
    select
        r.submission_id, r.stem, r.report_month, s.submission_order,
        coalesce(
            nullif(regexp_extract(s.file_name, '(20[0-9]{2})年(?:[0-9]{1,2}月?[^0-9月]{1,2})?([0-9]{1,2})月', ['y', 'm']),
                struct_pack(y := '', m := '')),
            nullif(regexp_extract(
                s.file_name, '(?:^|[^0-9])(20[0-9]{2})[-_.]?(0[1-9]|1[0-2])(?:[-_.]?[0-3][0-9])?(?:[^0-9]|$)', ['y', 'm']
            ), struct_pack(y := '', m := ''))
        ) as name
    from report as r
    inner join raw.submission as s using (submission_id)
    where r.report_month is not null
),

dated as (
    select
        * exclude (name), make_date(name.y::integer, name.m::integer, 1) as name_month,
        datediff('month', report_month, name_month) as lag
    from named
    where name.m::integer between 1 and 12
)

select
    d.submission_id, d.stem, d.report_month, d.name_month, d.lag, count(*) as earlier_files,
    min(e.lag) as least_lag, max(e.lag) as greatest_lag
from dated as d
inner join dated as e on d.stem = e.stem and d.submission_order > e.submission_order
group by all;
