-- How surprising each undecided figure is, in spreads beyond what its neighbours allow, by what it is compared with;
-- and what it would have to be instead. No rule stands here: from how much on surprise is a fault, the suite says.

-- Fewer than eight steps teach nothing. A figure that the scale cannot hold (a negative level) surprises as can be.
create temp table surprise_by_view as
with beyond as (
    select
        b.*, j.x, j.scale, j.measure, j.months_covered,
        case when j.x is null then 99 * b.spread else greatest(b.low_x - j.x, j.x - b.high_x, 0) end as distance
    from bracket as b
    inner join judged_point as j using (submission_id, source_sheet, source_cell)
    where b.spread > 0 and (j.x is not null or j.scale = 'ratio')
),

measured as (select *, case when indicator_steps >= 8 then distance / spread end as surprise from beyond)

select
    submission_id, source_sheet, source_cell, view, any_value(scale) as scale,
    min(surprise) as surprise, min(distance) as distance, bool_and(is_moving) as is_moving,
    -- of months that surprise alike the earlier one
    unnest(arg_min(
        struct_pack(
            low := off_scale(scale, measure, low_x - 5 * spread, months_covered),
            high := off_scale(scale, measure, high_x + 5 * spread, months_covered),
            middle := off_scale(scale, measure, (low_x + high_x) / 2, months_covered), beside_month := month
        ), (surprise, month)
    ) filter (surprise is not null)),
    min(indicator_steps) as indicator_steps, min(own_steps) as own_steps
from measured
group by submission_id, source_sheet, source_cell, view;

create temp table surprise as
with pivoted as (
    select
        submission_id, source_sheet, source_cell,
        any_value(surprise) filter (view = 'month') as month_surprise,
        any_value(surprise) filter (view = 'year') as year_surprise,
        any_value(surprise) filter (view = 'growth') as growth_surprise,
        min(distance / case when scale = 'growth' then 100 else 1 end) filter (view <> 'growth') as change_distance,
        any_value(distance / case when scale = 'growth' then 100 else 1 end) filter (view = 'growth') as contradiction,
        bool_and(is_moving) as is_moving
    from surprise_by_view
    group by all
)

select
    *,
    -- what two ways of comparing find surprising is; what only one of them does is worth a question
    least(month_surprise, year_surprise) as change_surprise,
    greatest(month_surprise, year_surprise) as largest_change_surprise,
    -- growth and level that move together tell of an event, not of a slip
    coalesce(contradiction < 0.25 * change_distance, false) as is_confirmed
from pivoted;
