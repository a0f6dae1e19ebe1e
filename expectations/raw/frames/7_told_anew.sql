-- What a file contradicts as a whole: what earlier files told of the same months, and the month in its own name.
-- No rule stands here.

-- Each judged figure of a month that was told before, beside the newest earlier vintage; counted by table over all of its
-- months, for a file may tell few figures of many months. Indices are left out: they change their base all together.
create temp table retold_table as
with retold as (
    select
        j.submission_id, j.stem, j.table_no, j.value <> k.value as differs,
        abs(j.size - k.size) / greatest(u.own_scale, case when j.is_level then 0.003 else 0.07 end) as movements
    from figure as j
    inner join figure as k
        on j.region_code = k.region_code and j.indicator_code = k.indicator_code and j.measure = k.measure
        and j.basis = k.basis and j.period_start = k.period_start and j.reference_month = k.reference_month
        and k.submission_order < j.submission_order
    inner join usual_movement as u
        on j.indicator_code = u.indicator_code and j.measure = u.measure and j.basis = u.basis and not u.is_new_year
        and u.own_scale > 1e-6
    where not j.is_decided and not k.is_held and not starts_with(j.measure, 'index_') and (j.value <> 0 or k.value <> 0)
    qualify row_number() over (
        partition by j.submission_id, j.source_sheet, j.source_cell order by k.submission_order desc, k.source_cell
    ) = 1
)

select
    submission_id, stem, table_no, count(*) as compared, count(*) filter (where differs) as differing,
    quantile_cont(movements, 0.5) as usual_difference
from retold
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
