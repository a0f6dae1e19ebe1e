-- What the other months of the same series, two years to each side, teach about this one. Held values teach nothing.
create temp table learnt as
with teaching as (
    select
        *,
        case when not is_held then magnitude end as taught_magnitude,
        case when not is_held then abs(canonical_value) end as taught_size
    from series_point
)

select
    submission_id, source_sheet, source_cell, magnitude,
    count(taught_magnitude) over others as learnt_magnitudes,
    quantile_cont(taught_magnitude, 0.5) over others as usual_magnitude,
    quantile_cont(taught_magnitude, 0.75) over others - quantile_cont(taught_magnitude, 0.25) over others
        as magnitude_spread,
    count(taught_size) over others as learnt_points,
    min(taught_size) over others as least_size,
    quantile_cont(taught_size, 0.25) over others as lower_size,
    quantile_cont(taught_size, 0.5) over others as usual_size,
    quantile_cont(taught_size, 0.75) over others as upper_size
from teaching
window others as (
    partition by region_code, indicator_code, measure, basis
    order by reference_month
    range between interval 24 months preceding and interval 24 months following
    exclude group
);

-- The newest value of each period of a series.
create temp table newest_point as
select region_code, indicator_code, measure, basis, period_start, reference_month,
    arg_max(canonical_value, submission_order) as canonical_value
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

