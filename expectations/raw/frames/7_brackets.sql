-- In some months all regions go further from each other than usual, lively ones and calm ones.
create temp macro in_that_month(spread, indicator_spread, common_spread, most_spread) as
    spread * greatest(1, common_spread / greatest(indicator_spread, most_spread));

-- The brackets themselves: how low and how high on its scale a figure may lie, and the spread outside of them.

create temp table month_bracket as
with dated as (
    select *, abs(datediff('month', month, reference_month)) as gap, greatest(month, reference_month) as later_month,
        year(month) = year(reference_month) or measure not like '%\_ytd' escape '\' as is_within_year
    from neighbour
),

weighed as (
    select *, step_weight(measure, later_month, gap, is_within_year) as weight
    from dated
    where gap between 1 and 12
)

select
    n.submission_id, n.source_sheet, n.source_cell, n.view, n.month, n.away,
    coalesce(n.base_x, 0) + n.x + least(n.direction * coalesce(c.common_u, 0), 0) / n.weight as low_x,
    coalesce(n.base_x, 0) + n.x + greatest(n.direction * coalesce(c.common_u, 0), 0) / n.weight as high_x,
    greatest(
        in_that_month(u.spread, u.indicator_spread, c.common_spread, c.most_spread), 0.5 * n.grain * n.weight
    ) * sqrt(n.away) / n.weight as spread,
    u.own_steps, u.indicator_steps, u.is_moving
from weighed as n
inner join usual_step as u using (view, region_code, indicator_code, measure, basis, is_within_year)
left join common_step as c
    on n.view = c.view and n.indicator_code = c.indicator_code and n.measure = c.measure and n.basis = c.basis
    and n.later_month = c.reference_month and n.is_within_year = c.is_within_year;

-- Growth beside levels: no contradiction, the one that the whole table has, or the one that the series had before.
create temp table growth_bracket as
with told as (
    select t.*, c.common_u, p.x as taken_for_granted,
        greatest(in_that_month(u.spread, u.indicator_spread, c.common_spread, c.most_spread), 0.5 * t.grain) as spread,
        u.own_steps, u.indicator_steps
    from told_growth as t
    cross join (values (0), (1)) as p (x)
    inner join usual_step as u
        on u.view = 'growth' and t.region_code = u.region_code and t.indicator_code = u.indicator_code
        and t.measure = u.measure and t.basis = u.basis
    left join common_step as c
        on c.view = 'growth' and t.indicator_code = c.indicator_code and t.measure = c.measure and t.basis = c.basis
        and t.reference_month = c.reference_month
    where p.x = 0 or t.contradiction_before is not null
),

allowed as (
    select *,
        case taken_for_granted when 0 then least(coalesce(common_u, 0), 0) else contradiction_before end as least_told,
        case taken_for_granted when 0 then greatest(coalesce(common_u, 0), 0) else contradiction_before end as most_told
    from told
)

select
    j.submission_id, j.source_sheet, j.source_cell, 'growth' as view, j.reference_month as month,
    1 + a.taken_for_granted as away,
    case when j.scale = 'growth' then 100 * (a.level_x - a.base_x - a.most_told)
        else a.base_x + a.growth_x + a.least_told end as low_x,
    case when j.scale = 'growth' then 100 * (a.level_x - a.base_x - a.least_told)
        else a.base_x + a.growth_x + a.most_told end as high_x,
    a.spread * case when j.scale = 'growth' then 100 else 1 end as spread,
    a.own_steps, a.indicator_steps, true as is_moving, a.basis = 'nominal' as is_nominal
from judged_point as j
inner join allowed as a
    on j.region_code = a.region_code and j.indicator_code = a.indicator_code and j.reference_month = a.reference_month
    and ((j.measure = a.measure and j.basis = a.basis) or (j.measure = a.level_measure and j.scale = 'ratio'));

create temp table bracket as
select * from month_bracket
union all by name
select * exclude (is_nominal) from growth_bracket;
