-- Between what each undecided figure should lie, on the scale of its series: after the month before it, before the month
-- after it, as the same step went a year ago, and as its printed growth and the level of a year ago tell.
-- Where the neighbouring month is undecided as well, the next but one is asked too: only one of the two may be wrong.
-- What a newer file has replaced is of an older vintage than its neighbours and not held beside them.
create temp table judged_point as
select p.*, on_scale(p.scale, p.measure, p.canonical_value, p.months_covered, p.printed_step) as x
from series_point as p
left join newest_point as n
    on p.region_code = n.region_code and p.indicator_code = n.indicator_code and p.measure = n.measure
    and p.basis = n.basis and p.period_start = n.period_start and p.reference_month = n.reference_month
where
    not p.is_decided and p.scale is not null
    and (p.is_held or n.submission_order is null or p.submission_order >= n.submission_order);

create temp table neighbour as
with asked as (
    select submission_id, source_sheet, source_cell, region_code, indicator_code, measure, basis, reference_month,
        'month' as view, null::double as base_x
    from judged_point
    union all
    -- a join of its own: on equality alone it is a hash join
    select j.submission_id, j.source_sheet, j.source_cell, j.region_code, j.indicator_code, j.measure, j.basis,
        j.reference_month, 'year' as view, b.x as base_x
    from judged_point as j
    inner join (select *, (reference_month + interval 1 year)::date as a_year_later from curve where view = 'month') as b
        on j.region_code = b.region_code and j.indicator_code = b.indicator_code and j.measure = b.measure
        and j.basis = b.basis and j.months_covered = b.months_covered and j.reference_month = b.a_year_later
),

before as (
    select a.*, k.x as near_x, k.reference_month as near_month, k.grain,
        k.x_before as far_x, k.month_before as far_month, k.is_decided as is_near_decided
    from asked as a
    asof join linked_curve as k
        on a.view = k.view and a.region_code = k.region_code and a.indicator_code = k.indicator_code
        and a.measure = k.measure and a.basis = k.basis and a.reference_month > k.reference_month
),

after as (
    select a.*, k.x as near_x, k.reference_month as near_month, k.grain,
        k.x_after as far_x, k.month_after as far_month, k.is_decided as is_near_decided
    from asked as a
    asof join linked_curve as k
        on a.view = k.view and a.region_code = k.region_code and a.indicator_code = k.indicator_code
        and a.measure = k.measure and a.basis = k.basis and a.reference_month < k.reference_month
),

sides as (
    select *, 1 as direction from before
    union all
    select *, -1 as direction from after
)

select * exclude (near_x, near_month, far_x, far_month, is_near_decided), near_x as x, near_month as month, 1 as away
from sides
union all
select * exclude (near_x, near_month, far_x, far_month, is_near_decided), far_x as x, far_month as month, 2 as away
from sides
where not is_near_decided and far_x is not null;
