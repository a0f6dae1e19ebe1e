-- Figures beside those that usually go with them: the column's other regions, and the columns of the same region whose
-- distance from this one differs least from region to region (sizes of flats, a part and its whole, a month and the
-- mean since January). It needs no history: one month of eight regions tells how far they lie from each other.
-- No rule stands here. Surprise is counted in nats, as in 3_figure.sql.

create temp table related_point as
with judged_column as (
    select distinct indicator_code, measure, basis, reference_month from judged_point
),

parent as (select distinct parent_code as region_code from raw.pack_region where parent_code is not null)

select
    c.region_code, concat_ws(' ', c.indicator_code, c.measure, c.basis) as col, c.scale, c.reference_month,
    c.x, c.grain,
    case when datediff('month', c.month_before, c.reference_month) <= 4 then c.x_before end as x_before,
    case when datediff('month', c.reference_month, c.month_after) <= 4 then c.x_after end as x_after,
    c.x - x_before as change, c.month_before, c.month_after,
    -- of many regions some are enough to find out which columns go together
    -- (no "over ()": DuckDB 1.5.5 now and then fails on a window over all rows, duckdb issue 25713)
    hash(c.region_code) % greatest(1, ((select count(distinct region_code) from linked_curve) / 60)::integer) = 0
        as is_sampled
from linked_curve as c
inner join judged_column as j using (indicator_code, measure, basis, reference_month)
left join parent as p using (region_code)
where c.view = 'month' and (c.scale <> 'ratio' or p.region_code is null);

-- The distance of two columns, as it stands or as it changed since the month before.
create temp macro related_distance(by_change, one_x, one_change, two_x, two_change, is_same_gap) as
    case when not by_change then one_x - two_x when is_same_gap then one_change - two_change end;

create temp table related_column as
with compared as (
    select a.col as one, b.col as two, w.by_change, a.reference_month, a.grain + b.grain as grain,
        related_distance(w.by_change, a.x, a.change, b.x, b.change, a.month_before = b.month_before) as distance
    from related_point as a
    inner join related_point as b
        on a.region_code = b.region_code and a.reference_month = b.reference_month and a.scale = b.scale and a.col < b.col
    cross join (values (false), (true)) as w (by_change)
    where a.is_sampled and b.is_sampled
),

spread as (
    select *, abs(distance - median(distance) over of_month) as off, count(distance) over of_month as regions
    from compared
    where distance is not null
    window of_month as (partition by one, two, by_change, reference_month)
),

sized as (
    select one, two, by_change, greatest(median(off) / ln(2), median(grain) / 2) as related_scale
    from spread
    where regions >= 8
    group by all
),

both_ways as (
    select one as col, two as related_col, by_change, related_scale from sized
    union all
    select two, one, by_change, related_scale from sized
),

better_way as (
    select *
    from both_ways
    qualify row_number() over (partition by col, related_col order by related_scale, by_change) = 1
)

-- the column itself among its regions, and the three columns that are nearest to it
select distinct col, null::varchar as related_col, false as by_change, 0::double as related_scale
from related_point
where scale <> 'ratio'
union all
select *
from better_way
qualify row_number() over (partition by col order by related_scale, related_col) <= 3;

create temp table related_surprise as
with compared as (
    select a.region_code, a.col, a.reference_month, k.related_col, k.related_scale, a.grain + coalesce(b.grain, 0) as grain,
        case when k.related_col is null then a.x
            else related_distance(k.by_change, a.x, a.change, b.x, b.change, a.month_before = b.month_before) end as distance,
        case when k.related_col is null then a.x_before
            when not k.by_change and a.month_before = b.month_before then a.x_before - b.x_before end as distance_before,
        case when k.related_col is null then a.x_after
            when not k.by_change and a.month_after = b.month_after then a.x_after - b.x_after end as distance_after
    from related_point as a
    inner join related_column as k using (col)
    left join related_point as b
        on k.related_col = b.col and a.region_code = b.region_code and a.reference_month = b.reference_month
),

placed as (
    select *, distance - median(distance) over of_month as off, count(distance) over of_month as regions,
        -- a region that is as far off in the months beside is known to be
        least(
            abs(off), abs(off - (distance_before - median(distance_before) over of_month)),
            abs(off - (distance_after - median(distance_after) over of_month))
        ) as newly_off
    from compared
    where distance is not null
    window of_month as (partition by col, related_col, reference_month)
),

-- never so small that the third farthest region (of many, the fifteenth part) would be surprising
by_month as (
    select col, related_col, reference_month, any_value(regions) as regions,
        greatest(
            median(abs(off)) / ln(2), list_sort(list(abs(off)), 'desc')[greatest(any_value(regions) // 15, 3)]
            / ln(any_value(regions) / (greatest(any_value(regions) // 15, 3) - 0.5)),
            any_value(related_scale), median(grain) / 2
        ) as scale
    from placed
    where regions >= 8
    group by all
),

-- a lively region is further off in all its months
own_size as (
    select *,
        case when count(*) over own_months >= 4 then median(newly_off) over own_months / ln(2) else 0 end as own_scale
    from placed
    window own_months as (partition by region_code, col, related_col)
),

told as (
    select p.region_code, p.col, p.reference_month, p.related_col, m.scale,
        least(unlikeliness(p.newly_off, greatest(m.scale, p.own_scale), m.regions - 1), 12) as nats
    from own_size as p
    inner join by_month as m
        on p.col = m.col and p.related_col is not distinct from m.related_col and p.reference_month = m.reference_month
),

-- Of three columns that go with this one, one may be wrong itself: the second of them counts, and one that is twice as
-- near as all others, less the doubt which of the two is wrong.
gathered as (
    select region_code, col, reference_month,
        max(nats) filter (where related_col is null) as among_regions,
        list_sort(list(nats) filter (where related_col is not null), 'desc')[2] as by_second,
        arg_min(nats, scale) filter (where related_col is not null) - ln(2) as by_nearest,
        list_sort(list(scale) filter (where related_col is not null))[1:2] as scales
    from told
    group by all
),

weighed as (
    select
        region_code, col, reference_month, among_regions,
        case
            when scales[2] < 2 * scales[1] then by_second else greatest(by_second, by_nearest)
        end as among_related
    from gathered
)

select
    j.submission_id, j.source_sheet, j.source_cell, g.among_regions, g.among_related
from judged_point as j
inner join weighed as g
    on j.region_code = g.region_code and concat_ws(' ', j.indicator_code, j.measure, j.basis) = g.col
    and j.reference_month = g.reference_month;
