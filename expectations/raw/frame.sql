-- What the raw suites judge, built once per validation as temporary tables of the read-only connection:
-- the cells without a decision, as the pack corrects them, in canonical units, beside what is known of the same series. No rule stands here.

-- How the pack says each measure is counted. Several growth bases of one measure share unit and frequency.
create temp table promised_measure as
select
    m.indicator_code, m.measure,
    any_value(i.indicator_name) as indicator_name,
    arg_min(m.unit_code, m.growth_basis) as canonical_unit_code,
    arg_min(m.frequency, m.growth_basis) as frequency,
    min(m.first_month) as first_month
from raw.pack_indicator_measure as m
left join raw.pack_indicator as i on m.indicator_code = i.indicator_code
group by m.indicator_code, m.measure;

-- The gate's last word on each cell. What is held or was waived is judged anew each time: history grows, waivers end.
create temp table word as
select
    submission_id, source_sheet, source_cell,
    accepted_at is not null and waived_by is null as is_decided,
    accepted_at is null as is_held
from raw.acceptance;

-- Every observation and rank of the series that have something to judge, with the value in the canonical unit.
create temp table known_cell as
with undecided_series as (
    select distinct c.region_code, c.indicator_code, c.measure
    from raw.corrected_cell as c
    anti join (select * from word where is_decided) as w
        on c.submission_id = w.submission_id and c.source_sheet = w.source_sheet and c.source_cell = w.source_cell
    where c.disposition in ('observation', 'published_rank')
)

select
    c.*,
    s.submission_order, s.is_simulated as submission_is_simulated, s.file_name,
    date_trunc('month', timezone('Asia/Shanghai', s.received_at))::date as received_month,
    p.indicator_name, p.canonical_unit_code, p.frequency, p.first_month,
    p.indicator_code is not null as is_promised_measure,
    u.dimension as unit_dimension, cu.dimension as canonical_dimension, cu.unit_name as canonical_unit_name,
    -- a price index is customarily printed with % behind its name (居民消费价格指数（%）)
    coalesce(
        u.dimension = cu.dimension
        or (c.measure like 'index_%' and u.unit_code in ('index', 'percent') and cu.unit_code in ('index', 'percent')),
        false
    ) as is_convertible,
    c.value_number * case when u.dimension = cu.dimension then u.factor / cu.factor else 1 end as canonical_value,
    case when u.dimension = cu.dimension then u.factor / cu.factor else 1 end as to_canonical,
    datediff('month', c.period_start, c.reference_month) + 1 as months_covered,
    coalesce(c.growth_basis, 'none') as basis,
    coalesce(w.is_decided, false) as is_decided,
    coalesce(w.is_held, false) as is_held
from raw.corrected_cell as c
inner join raw.submission as s on c.submission_id = s.submission_id
inner join undecided_series as k
    on c.region_code is not distinct from k.region_code
    and c.indicator_code is not distinct from k.indicator_code
    and c.measure is not distinct from k.measure
left join word as w
    on c.submission_id = w.submission_id and c.source_sheet = w.source_sheet and c.source_cell = w.source_cell
left join promised_measure as p on c.indicator_code = p.indicator_code and c.measure = p.measure
left join raw.pack_unit as u on c.unit_code = u.unit_code
left join raw.pack_unit as cu on p.canonical_unit_code = cu.unit_code
where c.disposition in ('observation', 'published_rank');

-- The plain values among them: what a series can be compared with. A cumulative flow counts per month covered.
create temp table series_point as
select
    submission_id, source_sheet, source_cell, submission_order, stem, table_no,
    region_code, indicator_code, measure, basis, period_start, reference_month, canonical_value,
    months_covered, is_decided, is_held,
    case
        when measure like 'level_%' and canonical_value > 0
            then log10(canonical_value / case when measure = 'level_ytd' then months_covered else 1 end)
    end as magnitude
from known_cell
where
    disposition = 'observation' and canonical_value is not null and coalesce(value_qualifier, '=') = '='
    and is_convertible and months_covered >= 1;

-- What the other months of the same series, two years to each side, teach about this one. Held values teach nothing.
create temp table learnt as
with teaching as (
    select
        *,
        case when not is_held then magnitude end as taught_magnitude,
        case when not is_held then abs(canonical_value) end as taught_size
    from series_point
)

select
    submission_id, source_sheet, source_cell, magnitude,
    count(taught_magnitude) over others as learnt_magnitudes,
    quantile_cont(taught_magnitude, 0.5) over others as usual_magnitude,
    quantile_cont(taught_magnitude, 0.75) over others - quantile_cont(taught_magnitude, 0.25) over others
        as magnitude_spread,
    count(taught_size) over others as learnt_points,
    min(taught_size) over others as least_size,
    quantile_cont(taught_size, 0.25) over others as lower_size,
    quantile_cont(taught_size, 0.5) over others as usual_size,
    quantile_cont(taught_size, 0.75) over others as upper_size
from teaching
window others as (
    partition by region_code, indicator_code, measure, basis
    order by reference_month
    range between interval 24 months preceding and interval 24 months following
    exclude group
);

-- The newest value of each period of a series.
create temp table newest_point as
select region_code, indicator_code, measure, basis, period_start, reference_month,
    arg_max(canonical_value, submission_order) as canonical_value
from series_point
where not is_held
group by all;

-- Tables whose percentages all lie within one point of zero, and how large the same series usually are.
create temp table small_percent_table as
select
    p.submission_id, p.stem, p.table_no,
    count(*) as cells,
    median(l.usual_size) filter (where l.learnt_points >= 6) as usual_size
from series_point as p
inner join learnt as l using (submission_id, source_sheet, source_cell)
inner join promised_measure as m on p.indicator_code = m.indicator_code and p.measure = m.measure
where not p.is_decided and m.canonical_unit_code = 'percent' and p.canonical_value <> 0
group by all
having max(abs(p.canonical_value)) < 1;

create temp table rank_set_size as
select m.rank_set_code, x.indicator_code, c.reference_month,
    count(distinct m.region_code) as member_count
from (select distinct rank_set_code, indicator_code, reference_month from known_cell where rank_set_code is not null) as c
inner join raw.pack_rank_set_member as m
    on c.rank_set_code = m.rank_set_code and m.valid_from <= last_day(c.reference_month)
    and coalesce(m.valid_to, date '9999-12-31') >= c.reference_month
inner join (select distinct indicator_code from known_cell) as x on c.indicator_code = x.indicator_code
where not exists (
    select 1
    from raw.pack_rank_set_exception as e
    where e.rank_set_code = m.rank_set_code and e.region_code = m.region_code and e.indicator_code = c.indicator_code
        and e.valid_from <= last_day(c.reference_month) and coalesce(e.valid_to, date '9999-12-31') >= c.reference_month
)
group by all;

create temp table judged_cell as
with twins as (
    select submission_id, region_code, indicator_code, measure, basis, period_start, reference_month,
        count(*) as twin_count,
        min(canonical_value) as twin_least, max(canonical_value) as twin_most,
        max(pow(10, -coalesce(value_decimals, length(split_part(value_printed, '.', 2)))) * to_canonical) as twin_step,
        string_agg(source_sheet || '!' || source_cell || '=' || value_printed, '；' order by source_sheet, source_cell)
            as twin_cells
    from known_cell
    where disposition = 'observation' and canonical_value is not null and is_convertible
    group by all
    having count(*) > 1
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
),

-- The growth printed for the same level in the same file, and the level of a year before.
told_growth as (
    select l.submission_id, l.source_sheet, l.source_cell,
        any_value(log10(l.canonical_value / (1 + g.canonical_value / 100) / b.canonical_value)) as growth_contradiction
    from series_point as l
    inner join series_point as g
        on l.submission_id = g.submission_id and l.region_code = g.region_code
        and l.indicator_code = g.indicator_code and l.reference_month = g.reference_month
        and g.measure = replace(l.measure, 'level_', 'growth_') and g.canonical_value > -100
    inner join newest_point as b
        on l.region_code = b.region_code and l.indicator_code = b.indicator_code and l.measure = b.measure
        and l.basis = b.basis and b.reference_month = l.reference_month - interval 1 year
    where not l.is_decided and l.canonical_value > 0 and b.canonical_value > 0
    group by all
)

select
    c.*,
    v.earlier_value, e.earlier_month_value, e.earlier_month,
    l.learnt_magnitudes, l.magnitude - l.usual_magnitude as magnitude_shift, l.usual_magnitude, l.magnitude_spread,
    l.learnt_points, l.least_size, l.lower_size, l.usual_size, l.upper_size,
    g.growth_contradiction,
    f.cells as fraction_cells, f.usual_size as fraction_usual_size,
    t.twin_least, t.twin_most, t.twin_step, t.twin_cells,
    z.member_count,
    r.region_code is not null as is_promised_region,
    coalesce(r.first_day <= last_day(c.reference_month) and r.last_day >= c.reference_month, false) as region_existed
from known_cell as c
left join learnt as l using (submission_id, source_sheet, source_cell)
left join earlier_vintage as v using (submission_id, source_sheet, source_cell)
left join earlier_month as e using (submission_id, source_sheet, source_cell)
left join told_growth as g using (submission_id, source_sheet, source_cell)
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
left join (
    select region_code, min(valid_from) as first_day, max(coalesce(valid_to, date '9999-12-31')) as last_day
    from raw.pack_region
    group by region_code
) as r on c.region_code = r.region_code
where not c.is_decided;

-- Files that were read and still have something to decide, or nothing at all.
create temp table judged_submission as
select
    s.*,
    b.bureau_code is not null as is_promised_bureau,
    coalesce(n.judged_cells, 0) as judged_cells
from raw.submission as s
left join raw.pack_bureau as b on s.bureau_code = b.bureau_code
left join (select submission_id, count(*) as judged_cells from judged_cell group by all) as n using (submission_id)
where s.outcome = 'quarantined' or n.judged_cells > 0
    or not exists (select 1 from raw.acceptance as a where a.submission_id = s.submission_id);

create temp table judged_submission_table as
select
    t.*,
    date_trunc('month', timezone('Asia/Shanghai', s.received_at))::date as received_month,
    p.stem is not null as is_promised_stem,
    p.bureau_code as promised_bureau_code, s.bureau_code,
    coalesce(n.stored_cells, 0) as stored_cells
from raw.submission_table as t
inner join judged_submission as s using (submission_id)
left join raw.pack_source as p on t.stem = p.stem
left join (select submission_id, table_no, count(*) as stored_cells from raw.cell group by all) as n
    using (submission_id, table_no);
