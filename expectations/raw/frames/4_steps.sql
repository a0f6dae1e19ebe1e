-- How far the series move from one published month to the next: their own steps, those of the same indicator elsewhere,
-- and the step that a whole table makes in one month. Levels are compared as ratios, growth as a ratio of two years,
-- everything else in points. A step is written per month: a cumulative figure moves by 1/n of what its newest month did.

-- Level and year: the newest accepted or undecided figure of each month, beside that of the month a year before.
create temp table curve as
with scaled as (
    select *, on_scale(scale, measure, canonical_value, months_covered, printed_step) as x,
        grain_of(scale, canonical_value, printed_step, is_counted) as grain
    from newest_point
)

select 'month' as view, * from scaled where x is not null
union all by name
select 'year' as view, a.* replace (a.x - b.x as x, a.grain + b.grain as grain)
from scaled as a
inner join scaled as b
    on a.region_code = b.region_code and a.indicator_code = b.indicator_code and a.measure = b.measure
    and a.basis = b.basis and a.months_covered = b.months_covered
    and b.reference_month = (a.reference_month - interval 1 year)::date
where a.scale = 'ratio' and a.measure like 'level_%' and a.x is not null and b.x is not null;

create temp table linked_curve as
select
    *,
    lag(x) over of_curve as x_before, lag(reference_month) over of_curve as month_before,
    is_decided and lag(is_decided) over of_curve as is_step_decided,
    lead(x) over of_curve as x_after, lead(reference_month) over of_curve as month_after
from curve
window of_curve as (partition by view, region_code, indicator_code, measure, basis order by reference_month);

-- What growth is told beside two levels: the logarithm of level over level a year before over one plus growth.
create temp table told_growth as
with told as (
    select g.region_code, g.indicator_code, g.measure, g.basis, l.measure as level_measure, g.reference_month,
        g.months_covered, g.x / 100 as growth_x, l.x as level_x, b.x as base_x,
        g.grain / 100 + l.grain + b.grain as grain, g.is_decided and l.is_decided as is_step_decided
    from curve as g
    inner join curve as l
        on g.region_code = l.region_code and g.indicator_code = l.indicator_code
        and g.reference_month = l.reference_month and l.measure = replace(g.measure, 'growth_', 'level_')
    inner join curve as b
        on l.region_code = b.region_code and l.indicator_code = b.indicator_code and l.measure = b.measure
        and l.basis = b.basis and b.reference_month = (l.reference_month - interval 1 year)::date
    where g.view = 'month' and l.view = 'month' and b.view = 'month' and g.scale = 'growth' and l.scale = 'ratio'
)

select *, level_x - base_x - growth_x as contradiction,
    lag(level_x - base_x - growth_x) over of_growth as contradiction_before
from told
window of_growth as (partition by region_code, indicator_code, measure, basis, level_measure order by reference_month);

create temp table step as
with paired as (
    select
        *,
        datediff('month', month_before, reference_month) as gap,
        year(month_before) = year(reference_month) or measure not like '%\_ytd' escape '\' as is_within_year
    from linked_curve
    where datediff('month', month_before, reference_month) between 1 and 12
)

select
    view, region_code, indicator_code, measure, basis, reference_month, is_within_year, is_step_decided,
    (x - x_before) * step_weight(measure, reference_month, gap, is_within_year) as u,
    grain * step_weight(measure, reference_month, gap, is_within_year) as step_grain
from paired
union all by name
select 'growth' as view, region_code, indicator_code, measure, basis, reference_month, true as is_within_year,
    is_step_decided, contradiction as u, grain as step_grain
from told_growth;

-- What the regions of one table did together that month, and how far from each other they went: then and in most months.
create temp table common_step as
with by_month as (
    select view, indicator_code, measure, basis, reference_month, is_within_year,
        median(u) as common_u, 1.4826 * mad(u) as common_spread
    from step
    group by all
    having count(*) >= 5
)

select *, median(common_spread) over (partition by view, indicator_code, measure, basis, is_within_year) as most_spread
from by_month;
