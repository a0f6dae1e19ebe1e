-- What a surprising figure might have been meant to say: the figure at another magnitude, with the other sign, as a
-- percentage, as an index, as a cumulative figure; or where it was copied from. No rule stands here.
create temp table doubted as
select
    j.*, coalesce(s.change_surprise, 0) as change_surprise, coalesce(s.largest_change_surprise, 0) as largest_change_surprise,
    coalesce(s.growth_surprise, 0) as growth_surprise
from judged_point as j
inner join surprise as s using (submission_id, source_sheet, source_cell)
where greatest(s.largest_change_surprise, s.growth_surprise) >= 4;

create temp table meant as
with before as (
    select d.submission_id, d.source_sheet, d.source_cell, k.canonical_value, k.reference_month
    from doubted as d
    asof join newest_point as k
        on d.region_code = k.region_code and d.indicator_code = k.indicator_code and d.measure = k.measure
        and d.basis = k.basis and d.reference_month > k.reference_month
    where d.measure = 'level_ytd'
),

proposed as (
    select d.*, 'magnitude' as instead, t.power, d.canonical_value * pow(10, t.power) as figure
    from doubted as d
    cross join (select unnest([-4, -3, -2, -1, 1, 2, 3, 4]) as power) as t
    where d.scale = 'ratio' or abs(t.power) <= 2
    union all by name
    select *, 'sign' as instead, -canonical_value as figure from doubted where canonical_value <> 0
    union all by name
    select *, 'index' as instead, canonical_value - 100 as figure from doubted where scale = 'growth'
    union all by name
    select *, 'growth' as instead, canonical_value + 100 as figure from doubted where measure like 'index_%'
    union all by name
    select d.*, 'month' as instead, d.canonical_value + b.canonical_value as figure
    from doubted as d
    inner join before as b using (submission_id, source_sheet, source_cell)
    where year(b.reference_month) = year(d.reference_month) and d.canonical_value > 0
),

placed as (
    select *, on_scale(scale, measure, figure, months_covered, printed_step) as proposed_x
    from proposed
    -- a growth of next to nothing explains anything
    where scale <> 'growth' or instead <> 'magnitude' or abs(figure) >= 1
),

by_view as (
    select p.submission_id, p.source_sheet, p.source_cell, p.instead, p.power, p.figure, b.view,
        min(greatest(b.low_x - p.proposed_x, p.proposed_x - b.high_x, 0) / b.spread) as misfit
    from placed as p
    inner join bracket as b using (submission_id, source_sheet, source_cell)
    where b.indicator_steps >= 8 and b.spread > 0 and p.proposed_x is not null
    group by all
),

fitting as (
    select submission_id, source_sheet, source_cell, instead, power, figure, max(misfit) as misfit
    from by_view
    group by all
)

select * exclude (misfit)
from fitting
where misfit <= 3
qualify row_number() over (partition by submission_id, source_sheet, source_cell order by misfit, abs(power)) = 1;

-- The cell that a doubted figure repeats to the last digit: another month of its series, or another cell of its table.
create temp table repeated_by as
with pointed as (
    select *, length(trim(replace(printf('%.10g', abs(canonical_value)), '.', ''), '0')) as digits
    from doubted
    where canonical_value <> 0
)

select p.submission_id, p.source_sheet, p.source_cell, 'another_month' as instead, k.reference_month,
    null::varchar as other_cell, 1 as nearness, p.digits
from pointed as p
inner join newest_point as k
    on p.region_code = k.region_code and p.indicator_code = k.indicator_code and p.measure = k.measure
    and p.basis = k.basis and p.canonical_value = k.canonical_value
    and k.reference_month in (
        (p.reference_month - interval 1 month)::date, (p.reference_month - interval 2 month)::date,
        (p.reference_month - interval 1 year)::date
    )
where p.digits >= 2
union all by name
select p.submission_id, p.source_sheet, p.source_cell, 'another_cell' as instead,
    q.source_sheet || '!' || q.source_cell as other_cell, p.digits,
    case when p.region_code = q.region_code then 3 else 2 end as nearness
from pointed as p
inner join series_point as q
    on p.submission_id = q.submission_id and p.stem = q.stem and p.table_no = q.table_no
    and p.canonical_value = q.canonical_value and p.source_cell <> q.source_cell
    and p.reference_month = q.reference_month and p.measure = q.measure
where p.digits >= 3;

