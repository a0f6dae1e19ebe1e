-- Figures of one region and month that tell each other exactly: an index and its growth; a stock, its change since New
-- Year and the stock then; a flow, its completion and the plan; the months of a year and their sum or mean; a share and
-- the two figures it is made of. What belongs together is learnt: an identity is believed where it came out in nine
-- tenths of the other months or regions and in six at least. No rule stands here.

create temp table identity_figure as
select
    submission_id, source_sheet, source_cell, region_code, indicator_code, measure, period_start, reference_month,
    canonical_value as value, printed_step as step, is_decided
from series_point
where not is_held
qualify row_number() over (
    partition by region_code, indicator_code, measure, period_start, reference_month
    order by submission_order desc, basis = 'nominal' desc, source_sheet, source_cell
) = 1;

-- Which two levels a share is made of: found in some regions and months of the share, whichever they are.
create temp table share_parts as
with sample as (
    select *
    from identity_figure
    where regexp_matches(measure, '^(share|rate)_')
    qualify row_number() over (partition by indicator_code, measure order by hash(region_code, reference_month)) <= 24
),

part as (
    select s.indicator_code, s.measure, s.region_code, s.reference_month, s.value as share, s.step,
        p.indicator_code as part_code, p.measure as part_measure, p.value as part
    from sample as s
    inner join identity_figure as p using (region_code, reference_month)
    where regexp_matches(p.measure, '^(level|change)_') and p.value > 0
)

select a.indicator_code, a.measure, a.part_code, a.part_measure,
    b.part_code as whole_code, b.part_measure as whole_measure
from part as a
inner join part as b using (indicator_code, measure, region_code, reference_month)
where a.part_measure = b.part_measure and a.part_code <> b.part_code
group by all
having count(*) filter (where abs(100 * a.part / b.part - a.share) <= 0.6 * a.step) >= 6
    and count(*) filter (where abs(100 * a.part / b.part - a.share) <= 0.6 * a.step) >= 0.8 * count(*);

-- One row for each identity in each region and month: by how much it is missed, and the figures that it holds together.
create temp table identity_gap as
with before as (
    select *, lag(told) over of_year as told_before
    from (
        select *, struct_pack(
            submission_id := submission_id, source_sheet := source_sheet, source_cell := source_cell, value := value,
            step := step, reference_month := reference_month, is_decided := is_decided
        ) as told
        from identity_figure
    )
    window of_year as (
        partition by region_code, indicator_code, measure, year(reference_month) order by reference_month
    )
),

index_growth as (
    select 'index ' || i.indicator_code || i.measure as identity, i.region_code, i.reference_month,
        i.value - 100 - g.value as gap, greatest(i.step, g.step) / 2 as tolerance, [i.told, g.told] as figures
    from before as i
    inner join before as g
        on i.region_code = g.region_code and i.indicator_code = g.indicator_code
        and i.reference_month = g.reference_month and i.period_start = g.period_start
        and i.measure = replace(g.measure, 'growth_', 'index_')
    where i.measure like 'index_%' and g.measure like 'growth_%'
),

stock as (
    select 'stock ' || l.indicator_code as identity, l.region_code, l.reference_month,
        (l.value - l.told_before.value) - (c.value - c.told_before.value) as gap,
        l.step + c.step as tolerance, [l.told, l.told_before, c.told, c.told_before] as figures
    from before as l
    inner join before as c
        on l.region_code = c.region_code and l.indicator_code = c.indicator_code
        and l.reference_month = c.reference_month
        and l.told_before.reference_month = c.told_before.reference_month
    where l.measure = 'level_eop' and c.measure = 'change_ytd'
),

plan as (
    select 'plan ' || l.indicator_code as identity, l.region_code, l.reference_month,
        l.value * c.told_before.value / l.told_before.value - c.value as gap,
        c.step / 2 + l.value / l.told_before.value * c.step / 2
        + c.value * (l.step / l.value + l.step / l.told_before.value) / 2 as tolerance,
        [l.told, l.told_before, c.told, c.told_before] as figures
    from before as l
    inner join before as c
        on l.region_code = c.region_code and l.indicator_code = c.indicator_code
        and l.reference_month = c.reference_month
        and l.told_before.reference_month = c.told_before.reference_month
    where l.measure = 'level_ytd' and c.measure = 'completion_ytd' and l.value > 0 and l.told_before.value > 0
),

-- a sum of months, or the mean of indices
months as (
    select 'months ' || y.indicator_code || y.measure as identity, y.region_code, y.reference_month,
        case when y.measure like 'level_%' then y.value - y.told_before.value
            else y.value * month(y.reference_month) - y.told_before.value * (month(y.reference_month) - 1) end
        - m.value as gap,
        case when y.measure like 'level_%' then y.step + m.step / 2
            else y.step * month(y.reference_month) + m.step / 2 end as tolerance,
        [y.told, y.told_before, m.told] as figures
    from before as y
    inner join before as m
        on y.region_code = m.region_code and y.indicator_code = m.indicator_code
        and y.reference_month = m.reference_month and y.measure = replace(m.measure, '_month', '_ytd')
    where regexp_matches(m.measure, '^(level|index)_month$')
        and y.told_before.reference_month = y.reference_month - interval 1 month
),

share as (
    select concat_ws(' ', 'share', s.indicator_code, p.part_code, p.whole_code) as identity, s.region_code,
        s.reference_month, 100 * a.value / b.value - s.value as gap, 0.6 * s.step as tolerance,
        [s.told, a.told, b.told] as figures
    from share_parts as p
    inner join before as s using (indicator_code, measure)
    inner join before as a
        on s.region_code = a.region_code and s.reference_month = a.reference_month and p.part_code = a.indicator_code
        and p.part_measure = a.measure
    inner join before as b
        on s.region_code = b.region_code and s.reference_month = b.reference_month and p.whole_code = b.indicator_code
        and p.whole_measure = b.measure
    where b.value <> 0
),

every as (
    select * from index_growth
    union all
    select * from stock
    union all
    select * from plan
    union all
    select * from months
    union all
    select * from share
)

select *, abs(gap) > 1.02 * tolerance + 1e-9 as is_open,
    count(*) over of_identity - 1 as others,
    count(*) filter (where abs(gap) <= 1.02 * tolerance + 1e-9) over of_identity
    - (abs(gap) <= 1.02 * tolerance + 1e-9)::integer as others_closed
from every
where gap is not null
window of_identity as (partition by identity);

-- The figures of the identities that are missed, and what else speaks against each, in nats. A figure that stands in
-- another identity that comes out is innocent.
create temp table identity_suspect as
with figures as (
    select is_open, identity, region_code, reference_month, gap, unnest(figures) as told
    from identity_gap
    where others_closed >= 6 and others_closed >= 0.9 * others
),

named as (
    select figures.* exclude (told), told.submission_id as submission_id, told.source_sheet as source_sheet,
        told.source_cell as source_cell, told.is_decided as is_decided
    from figures
),

closed as (
    select distinct submission_id, source_sheet, source_cell from named where not is_open
),

weighed as (
    select b.identity, b.region_code, b.reference_month, b.gap, b.submission_id, b.source_sheet, b.source_cell,
        b.is_decided,
        coalesce(o.misfit, 0)
        + coalesce(case when coalesce(q.is_suspect, true) then least(s.growth_surprise, 8) end, 0)
        - case when i.source_cell is not null or c.source_cell is not null then 8 else 0 end
        - case when b.is_decided then 4 else 0 end as nats
    from named as b
    left join own_fit as o using (submission_id, source_sheet, source_cell)
    left join surprise as s using (submission_id, source_sheet, source_cell)
    left join suspect as q using (submission_id, source_sheet, source_cell)
    left join innocent as i using (submission_id, source_sheet, source_cell)
    left join closed as c using (submission_id, source_sheet, source_cell)
    where b.is_open
)

select *,
    nats - max(nats) over (
        partition by identity, region_code, reference_month
        rows between unbounded preceding and unbounded following exclude current row
    ) as lead,
    nats <= -8 as is_innocent
from weighed;
