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

-- How many times livelier than the indicator this series is, over all kinds of its steps together. Where nothing is
-- accepted, two steps of any series may be those into and out of a fault: the quantile leaves room for them. The divisor
-- is the same quantile of the size of a normal deviate.
create temp table own_step as
with sized as (
    select
        s.view, s.region_code, s.indicator_code, s.measure, s.basis,
        list_sort(list(s.e / i.indicator_spread)) as sizes,
        count(*) - case when bool_and(s.is_step_decided) then 0 else 2 end as own_steps
    from teaching_step as s
    inner join indicator_step as i using (view, indicator_code, measure, basis, is_within_year)
    where i.indicator_spread > 0
    group by all
),

placed as (select *, 0.75 * greatest(own_steps, 0) / len(sizes) as share from sized)

select
    view, region_code, indicator_code, measure, basis, greatest(own_steps, 0) as own_steps,
    sizes[greatest(ceil(share * len(sizes)), 1)::integer] / (1.25 * share + 0.35 * pow(share, 3)) as own_factor,
    sizes[-3] as third_largest
from placed;

-- The spread that a step of this series has: its own, drawn towards the indicator's as if six steps more had been seen,
-- and never so small that the third largest step of its history would be surprising.
create temp table usual_step as
select
    r.view, r.region_code, r.indicator_code, r.measure, r.basis, i.is_within_year,
    coalesce(o.own_steps, 0) as own_steps, i.indicator_steps, i.is_moving,
    i.indicator_spread * greatest(
        case when o.own_steps > 0 then sqrt((o.own_steps * pow(o.own_factor, 2) + 6) / (o.own_steps + 6)) else 1 end,
        coalesce(o.third_largest, 0) / 2.67
    ) as spread
from (select distinct view, region_code, indicator_code, measure, basis from step) as r
inner join indicator_step as i using (view, indicator_code, measure, basis)
left join own_step as o using (view, region_code, indicator_code, measure, basis);
