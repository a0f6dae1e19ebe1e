-- What a step usually is: first that of the indicator everywhere and always, then how much livelier or calmer this very
-- series is than that. A step between standing still and moving with the others surprises nobody.

create temp macro beyond(u, common_u) as
    greatest(u - greatest(coalesce(common_u, 0), 0), least(coalesce(common_u, 0), 0) - u, 0);

create temp table surprising_step as
select s.*, beyond(s.u, c.common_u) as e
from step as s
left join common_step as c using (view, indicator_code, measure, basis, reference_month, is_within_year);

-- Accepted steps teach; undecided ones only where there are not eight accepted ones.
create temp table teaching_step as
select *
from surprising_step
qualify is_step_decided
    or count(*) filter (where is_step_decided) over (partition by view, indicator_code, measure, basis, is_within_year) < 8;

-- The upper quartile as a robust standard deviation (1.15 of them under a normal curve): a quarter of the steps may be
-- faults without moving it much. It is at least a tenth of the whole movement and half of a printed step.
create temp table indicator_step as
select
    view, indicator_code, measure, basis, is_within_year, count(*) as indicator_steps,
    greatest(quantile_cont(e, 0.75) / 1.15, 0.1 * quantile_cont(abs(u), 0.75), 0.5 * median(step_grain))
        as indicator_spread,
    quantile_cont(abs(u), 0.75) > 0 as is_moving
from teaching_step
group by all;

-- How many times livelier than the indicator this series is, over all kinds of its steps together: a root mean square
-- in which no step counts for more than two and a half spreads, or twice its own upper quartile. Where nothing is
-- accepted, two steps of any series may be those into and out of a fault: the two largest are left out.
create temp table own_step as
with sized as (
    select
        s.view, s.region_code, s.indicator_code, s.measure, s.basis,
        list_sort(list(s.e / i.indicator_spread)) as sizes,
        greatest(2.5, 2 * quantile_cont(s.e / i.indicator_spread, 0.75)) as most,
        count(*) - case when bool_and(s.is_step_decided) then 0 else 2 end as counted
    from teaching_step as s
    inner join indicator_step as i using (view, indicator_code, measure, basis, is_within_year)
    where i.indicator_spread > 0
    group by all
)

select
    view, region_code, indicator_code, measure, basis, greatest(counted, 0) as own_steps,
    sqrt(list_avg(list_transform(sizes[1:greatest(counted, 1)], lambda size: pow(least(size, most), 2)))) as own_factor,
    sizes[-3] as third_largest
from sized;

-- The spread that a step of this series has: its own, drawn towards the indicator's on the scale of logarithms as if six
-- steps more had been seen, which is right where regions differ by half as usual. What few steps teach is itself
-- uncertain: the logarithm of such a mean, half of it zeros, has a variance of 1.25 over their number, and the spread is
-- that of Student's distribution with as many degrees of freedom, at three spreads. It is never so small that the third
-- largest step of the history would be surprising.
create temp table usual_step as
with drawn as (
    select
        r.view, r.region_code, r.indicator_code, r.measure, r.basis, i.is_within_year,
        coalesce(o.own_steps, 0) as own_steps, i.indicator_steps, i.is_moving, i.indicator_spread,
        6 / (coalesce(o.own_steps, 0) + 6) as drawn_share,
        case when o.own_steps > 0 then greatest(o.own_factor, 0.1) else 1 end as own_factor,
        coalesce(o.third_largest, 0) / 2.67 as least_factor
    from (select distinct view, region_code, indicator_code, measure, basis from step) as r
    inner join indicator_step as i using (view, indicator_code, measure, basis)
    left join own_step as o using (view, region_code, indicator_code, measure, basis)
),

uncertain as (
    select *, 1 / (2.5 * (drawn_share / 6 + pow(drawn_share, 2) / indicator_steps)) as freedom
    from drawn
)

select
    * exclude (drawn_share, own_factor, least_factor, freedom),
    indicator_spread * greatest(
        pow(own_factor, 1 - drawn_share) * sqrt(freedom * (exp(9 / freedom) - 1)) / 3,
        least_factor
    ) as spread
from uncertain;
