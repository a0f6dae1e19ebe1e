-- One row per doubted cell: how surprising, beside what, between what it should lie, and the likeliest cause by name.
create temp table doubt as
with beside as (
    select
        submission_id, source_sheet, source_cell,
        max_by(
            {low: low, high: high, view: view, month: beside_month, indicator_steps: indicator_steps, own: own_steps},
            (surprise, view)
        ) filter (surprise is not null) as told,
        any_value(middle) filter (view = 'growth') as told_by_growth
    from surprise_by_view
    group by all
),

copied as (
    select submission_id, source_sheet, source_cell, min_by(instead, nearness) as instead,
        min_by(reference_month, nearness) as copied_month, min_by(other_cell, nearness) as copied_cell
    from repeated_by
    group by all
),

weighed as (
    select d.*, coalesce(q.is_suspect, true) as is_suspect, coalesce(q.is_open, false) as is_open
    from doubted as d
    left join suspect as q using (submission_id, source_sheet, source_cell)
)

select
    d.submission_id, d.source_sheet, d.source_cell, d.printed_step, s.has_nominal_growth, d.change_surprise, d.largest_change_surprise,
    greatest(d.change_surprise, case when d.is_suspect or m.instead is not null then d.growth_surprise else 0 end)
        as doubt,
    case when d.is_open and not d.is_suspect then d.growth_surprise end as open_doubt,
    case
        when c.instead = 'another_month' and (d.is_suspect or d.largest_change_surprise >= 4) then c.instead
        when d.canonical_value = 0 then 'zero'
        when c.instead = 'another_cell' and (d.is_suspect or d.largest_change_surprise >= 4) then c.instead
        when m.power = 2 and d.scale <> 'ratio' and abs(d.canonical_value) < 1 then 'fraction'
        when m.instead is not null then m.instead
        when d.is_suspect and d.growth_surprise >= 4 then 'contradiction'
        when d.largest_change_surprise >= 4 then 'change'
    end as cause,
    m.power as off_power, m.figure as meant_value, c.copied_month, c.copied_cell, b.told_by_growth,
    b.told.low as allowed_low, b.told.high as allowed_high,
    case b.told.view
        when 'growth' then '由公布增速和上年同期推得；'
        else case b.told.view when 'year' then '由上年同月的变动推得' else '由相邻月份推得' end
            || '，参照 ' || strftime(b.told.month, '%Y-%m') || '；'
    end || '同指标 ' || b.told.indicator_steps || ' 次、本地区 '
    || b.told.own || ' 次变动' as taught_by
from weighed as d
inner join beside as b using (submission_id, source_sheet, source_cell)
left join meant as m using (submission_id, source_sheet, source_cell)
left join (select submission_id, source_sheet, source_cell, bool_or(is_nominal) as has_nominal_growth
    from growth_bracket group by all) as s using (submission_id, source_sheet, source_cell)
left join copied as c using (submission_id, source_sheet, source_cell);
