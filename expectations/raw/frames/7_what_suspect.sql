-- Where growth contradicts levels one of three figures is wrong: growth, level, the level a year before. Suspect is the
-- one for which a likely cause was found or that another file tells otherwise, else the one that its own series and the
-- columns that go with it doubt more. No rule stands here.
create temp table suspect as
with told as (
    select j.submission_id, j.source_sheet, j.source_cell, j.region_code, j.indicator_code, j.reference_month, j.measure,
        regexp_replace(j.measure, '^(growth|level)_', '') as period,
        -- growth is the change against a year ago: what the year says of a level weighs against what the month says of it
        greatest(coalesce(s.year_surprise, s.month_surprise, 0), coalesce(f.misfit, 0)) + coalesce(k.among_related, 0)
            as weight,
        m.instead is not null or r.digits is not null or j.canonical_value = 0 or w.source_cell is not null
            as is_explained,
        a.source_cell is not null as is_witnessed,
        s.growth_surprise
    from judged_point as j
    inner join surprise as s using (submission_id, source_sheet, source_cell)
    left join meant as m using (submission_id, source_sheet, source_cell)
    left join (
        select submission_id, source_sheet, source_cell, max(digits) as digits
        from repeated_by
        group by all
        having max(digits) >= 3
    ) as r using (submission_id, source_sheet, source_cell)
    left join own_fit as f using (submission_id, source_sheet, source_cell)
    left join related_surprise as k using (submission_id, source_sheet, source_cell)
    left join (
        select distinct submission_id, source_sheet, source_cell
        from told_twice
        where same_elsewhere >= 6 and different_elsewhere = 0
    ) as w using (submission_id, source_sheet, source_cell)
    left join (select distinct submission_id, source_sheet, source_cell from told_pair where is_same) as a
        using (submission_id, source_sheet, source_cell)
    where j.scale in ('growth', 'ratio')
)

select
    d.submission_id, d.source_sheet, d.source_cell,
    bool_and(
        case
            when d.is_explained <> o.is_explained then d.is_explained
            when d.is_witnessed <> o.is_witnessed then o.is_witnessed
            when abs(d.weight - o.weight) > 0.5 then d.weight > o.weight
            else d.measure like 'growth_%'
        end
    ) as is_suspect,
    -- where neither is told apart both are asked about
    bool_and(
        d.is_explained = o.is_explained and d.is_witnessed = o.is_witnessed and abs(d.weight - o.weight) <= 2
    ) as is_open
from told as d
inner join told as o
    on d.region_code = o.region_code and d.indicator_code = o.indicator_code and d.period = o.period
    and (
        (d.measure <> o.measure and d.reference_month = o.reference_month)
        or (o.measure like 'level_%' and o.reference_month = (d.reference_month - interval 1 year)::date)
    )
where d.growth_surprise >= 4
group by all;
