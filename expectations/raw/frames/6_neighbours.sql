-- Between what each undecided figure should lie, on the scale of its series: after the month before it, before the month
-- after it, as the same step went a year ago, and as its printed growth and the level of a year ago tell.
-- Where the neighbouring month is undecided as well, the next but one is asked too: only one of the two may be wrong.
create temp table judged_point as
select *, on_scale(scale, measure, canonical_value, months_covered, printed_step) as x
from series_point
where not is_decided and scale is not null;

create temp table neighbour as
with asked as (
    select j.submission_id, j.source_sheet, j.source_cell, j.region_code, j.indicator_code, j.measure, j.basis,
        j.reference_month, v.view, b.x as base_x
    from judged_point as j
    cross join (values ('month'), ('year')) as v (view)
    left join (select * from curve where view = 'month') as b
        on v.view = 'year' and j.region_code = b.region_code and j.indicator_code = b.indicator_code
        and j.measure = b.measure and j.basis = b.basis and j.months_covered = b.months_covered
        and b.reference_month = (j.reference_month - interval 1 year)::date
    where v.view = 'month' or b.x is not null
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
