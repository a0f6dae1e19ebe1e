-- What the other months of the same series, two years to each side, teach about each month with something to decide.
-- Held values teach nothing.
create temp table taught_month as
with judged_month as (
    select distinct region_code, indicator_code, measure, basis, reference_month from series_point where not is_decided
)

select
    j.*,
    count(distinct p.reference_month) filter (where p.magnitude is not null) as learnt_magnitudes,
    quantile_cont(p.magnitude, [0.25, 0.5, 0.75]) as magnitudes,
    count(distinct p.reference_month) as learnt_points,
    min(abs(p.canonical_value)) as least_size,
    quantile_cont(abs(p.canonical_value), [0.25, 0.5, 0.75]) as sizes
from judged_month as j
inner join series_point as p
    on j.region_code is not distinct from p.region_code and j.indicator_code = p.indicator_code
    and j.measure = p.measure and j.basis = p.basis and j.reference_month <> p.reference_month
where
    not p.is_held
    and p.reference_month between j.reference_month - interval 24 month and j.reference_month + interval 24 month
group by j.region_code, j.indicator_code, j.measure, j.basis, j.reference_month;

create temp table learnt as
select
    p.submission_id, p.source_sheet, p.source_cell, p.magnitude,
    coalesce(t.learnt_magnitudes, 0) as learnt_magnitudes,
    t.magnitudes[2] as usual_magnitude,
    t.magnitudes[3] - t.magnitudes[1] as magnitude_spread,
    coalesce(t.learnt_points, 0) as learnt_points,
    t.least_size,
    t.sizes[1] as lower_size, t.sizes[2] as usual_size, t.sizes[3] as upper_size
from series_point as p
left join taught_month as t
    on p.region_code is not distinct from t.region_code and p.indicator_code = t.indicator_code
    and p.measure = t.measure and p.basis = t.basis and p.reference_month = t.reference_month
where not p.is_decided;

-- The newest value of each period of a series.
create temp table newest_point as
select region_code, indicator_code, measure, basis, scale, period_start, reference_month,
    any_value(months_covered) as months_covered,
    any_value(is_counted) as is_counted,
    max(submission_order) as submission_order,
    arg_max(canonical_value, submission_order) as canonical_value,
    arg_max(printed_step, submission_order) as printed_step,
    arg_max(is_decided, submission_order) as is_decided
from series_point
where not is_held
group by all;

-- Tables whose percentages all lie within one point of zero, and how large the same series usually are.
create temp table small_percent_table as
select
    p.submission_id, p.stem, p.table_no,
    count(*) as cells,
    median(l.usual_size) filter (where l.learnt_points >= 6) as usual_size
from series_point as p
inner join learnt as l using (submission_id, source_sheet, source_cell)
inner join promised_measure as m on p.indicator_code = m.indicator_code and p.measure = m.measure
where not p.is_decided and m.canonical_unit_code = 'percent' and p.canonical_value <> 0
group by all
having max(abs(p.canonical_value)) < 1;

create temp table rank_set_size as
select m.rank_set_code, x.indicator_code, c.reference_month,
    count(distinct m.region_code) as member_count
from (select distinct rank_set_code, indicator_code, reference_month from known_cell where rank_set_code is not null) as c
inner join raw.pack_rank_set_member as m
    on c.rank_set_code = m.rank_set_code and m.valid_from <= last_day(c.reference_month)
    and coalesce(m.valid_to, date '9999-12-31') >= c.reference_month
inner join (select distinct indicator_code from known_cell) as x on c.indicator_code = x.indicator_code
where not exists (
    select 1
    from raw.pack_rank_set_exception as e
    where e.rank_set_code = m.rank_set_code and e.region_code = m.region_code and e.indicator_code = c.indicator_code
        and e.valid_from <= last_day(c.reference_month) and coalesce(e.valid_to, date '9999-12-31') >= c.reference_month
)
group by all;

