create temp table judged_cell as
with twin_key as (
    select submission_id, region_code, indicator_code, measure, basis, period_start, reference_month
    from known_cell
    semi join (select distinct submission_id from known_cell where not is_decided) as judged using (submission_id)
    where disposition = 'observation' and canonical_value is not null and is_convertible
    group by all
    having count(*) > 1
),

twins as (
    select submission_id, region_code, indicator_code, measure, basis, period_start, reference_month,
        count(*) as twin_count,
        min(canonical_value) as twin_least, max(canonical_value) as twin_most,
        max(pow(10, -coalesce(value_decimals, length(split_part(value_printed, '.', 2)))) * to_canonical) as twin_step,
        string_agg(source_sheet || '!' || source_cell || '=' || value_printed, '；' order by source_sheet, source_cell)
            as twin_cells
    from known_cell
    inner join twin_key
        using (submission_id, region_code, indicator_code, measure, basis, period_start, reference_month)
    where disposition = 'observation' and canonical_value is not null and is_convertible
    group by all
),

earlier_vintage as (
    select j.submission_id, j.source_sheet, j.source_cell, k.canonical_value as earlier_value
    from series_point as j
    asof join (select * from series_point where not is_held) as k
        on j.region_code = k.region_code and j.indicator_code = k.indicator_code and j.measure = k.measure
        and j.basis = k.basis and j.period_start = k.period_start and j.reference_month = k.reference_month
        and j.submission_order > k.submission_order
    where not j.is_decided
),

earlier_month as (
    select j.submission_id, j.source_sheet, j.source_cell,
        k.canonical_value as earlier_month_value, k.reference_month as earlier_month
    from series_point as j
    asof join newest_point as k
        on j.region_code = k.region_code and j.indicator_code = k.indicator_code and j.measure = k.measure
        and j.basis = k.basis and j.period_start = k.period_start and j.reference_month > k.reference_month
    where not j.is_decided and j.measure = 'level_ytd'
)

select
    c.*,
    w.unit_printed, w.region_label, w.indicator_label, w.period_label, w.growth_basis, w.obs_status, w.is_simulated,
    s.is_simulated as submission_is_simulated,
    date_trunc('month', timezone('Asia/Shanghai', s.received_at))::date as received_month,
    p.frequency, p.first_month, p.indicator_code is not null as is_promised_measure,
    v.earlier_value, e.earlier_month_value, e.earlier_month,
    l.learnt_magnitudes, l.magnitude - l.usual_magnitude as magnitude_shift, l.usual_magnitude, l.magnitude_spread,
    l.learnt_points, l.least_size, l.lower_size, l.usual_size, l.upper_size,
    d.* exclude (submission_id, source_sheet, source_cell), i.is_moving, i.is_confirmed, i.contradiction,
    i.largest_change_surprise as neighbours_surprise,
    case when c.disposition = 'observation' and c.submission_order < q.submission_order then q.canonical_value end
        as newer_value,
    b.cause as table_cause, b.told as told_by_table,
    f.cells as fraction_cells, f.usual_size as fraction_usual_size,
    t.twin_least, t.twin_most, t.twin_step, t.twin_cells,
    z.member_count,
    -- a printed rank that ranks another figure: it, or a quarter of the ranking, does not come out
    coalesce(k.printed - k.counted not between 0 and k.unranked or 4 * k.wrong > k.ranks, false)
        as contradicts_its_value,
    r.region_code is not null as is_promised_region,
    coalesce(r.first_day <= last_day(c.reference_month) and r.last_day >= c.reference_month, false) as region_existed
from known_cell as c
inner join raw.corrected_cell as w using (submission_id, source_sheet, source_cell)
inner join raw.submission as s using (submission_id)
left join promised_measure as p on c.indicator_code = p.indicator_code and c.measure = p.measure
left join learnt as l using (submission_id, source_sheet, source_cell)
left join earlier_vintage as v using (submission_id, source_sheet, source_cell)
left join earlier_month as e using (submission_id, source_sheet, source_cell)
left join newest_point as q
    on c.region_code = q.region_code and c.indicator_code = q.indicator_code and c.measure = q.measure
    and c.basis = q.basis and c.period_start = q.period_start and c.reference_month = q.reference_month
left join surprise as i using (submission_id, source_sheet, source_cell)
left join doubt as d using (submission_id, source_sheet, source_cell)
left join table_doubt as b using (submission_id, source_sheet, source_cell)
left join small_percent_table as f
    on c.submission_id = f.submission_id and c.stem = f.stem and c.table_no = f.table_no
    and c.canonical_unit_code = 'percent' and c.canonical_value <> 0 and c.disposition = 'observation'
left join twins as t
    on c.submission_id = t.submission_id and c.region_code = t.region_code and c.indicator_code = t.indicator_code
    and c.measure = t.measure and c.basis = t.basis and c.period_start = t.period_start
    and c.reference_month = t.reference_month and c.disposition = 'observation'
left join rank_set_size as z
    on c.rank_set_code = z.rank_set_code and c.indicator_code = z.indicator_code
    and c.reference_month = z.reference_month and c.disposition = 'published_rank'
left join counted_rank as k
    on c.submission_id = k.submission_id and c.source_sheet = k.source_sheet and c.source_cell = k.source_cell
left join (
    select region_code, min(valid_from) as first_day, max(coalesce(valid_to, date '9999-12-31')) as last_day
    from raw.pack_region
    group by region_code
) as r on c.region_code = r.region_code
where not c.is_decided;

