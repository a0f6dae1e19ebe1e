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

-- Names that stand in every row are numbers of a list from here on: to compare numbers takes a quarter less of all that
-- follows. In the order of the alphabet, for ties are broken by name.
create temp type submission_name as enum (select distinct submission_id from raw.submission order by all);
create temp type stem_name as enum (select distinct stem from raw.cell order by all);
create temp type region_name as enum (select distinct region_code from raw.cell where region_code is not null order by all);
create temp type indicator_name as enum (
    select distinct indicator_code from raw.cell where indicator_code is not null order by all
);
create temp type measure_name as enum (select distinct measure from raw.cell where measure is not null order by all);
create temp type basis_name as enum (select distinct coalesce(growth_basis, 'none') from raw.cell order by all);

-- Every observation and rank of the series that have something to judge, with the value in the canonical unit: what is
-- asked of the known ones. What else is printed of a judged cell stands in 8_judged_cell.sql.
create temp table known_cell as
with observed as materialized (
    select
        c.submission_id::submission_name as submission_id, c.source_sheet, c.source_cell, c.stem::stem_name as stem,
        c.table_no, c.disposition, c.region_code::region_name as region_code,
        c.indicator_code::indicator_name as indicator_code, c.measure::measure_name as measure,
        coalesce(c.growth_basis, 'none')::basis_name as basis, c.rank_set_code, c.period_start, c.reference_month,
        c.value_printed, c.value_number, c.value_qualifier, c.value_decimals, c.unit_code,
        coalesce(w.is_decided, false) as is_decided, coalesce(w.is_held, false) as is_held
    from raw.corrected_cell as c
    left join word as w
        on c.submission_id = w.submission_id and c.source_sheet = w.source_sheet and c.source_cell = w.source_cell
    where c.disposition in ('observation', 'published_rank')
)

select
    c.*, s.submission_order, p.indicator_name, p.canonical_unit_code,
    cu.dimension as canonical_dimension, cu.unit_name as canonical_unit_name,
    -- a price index is customarily printed with % behind its name (居民消费价格指数（%）)
    coalesce(
        u.dimension = cu.dimension
        or (c.measure like 'index_%' and u.unit_code in ('index', 'percent') and cu.unit_code in ('index', 'percent')),
        false
    ) as is_convertible,
    c.value_number * case when u.dimension = cu.dimension then u.factor / cu.factor else 1 end as canonical_value,
    case when u.dimension = cu.dimension then u.factor / cu.factor else 1 end as to_canonical,
    datediff('month', c.period_start, c.reference_month) + 1 as months_covered
from observed as c
inner join raw.submission as s on c.submission_id = s.submission_id
inner join (select distinct region_code, indicator_code, measure from observed where not is_decided) as k
    on c.region_code is not distinct from k.region_code
    and c.indicator_code is not distinct from k.indicator_code
    and c.measure is not distinct from k.measure
left join promised_measure as p on c.indicator_code = p.indicator_code and c.measure = p.measure
left join raw.pack_unit as u on c.unit_code = u.unit_code
left join raw.pack_unit as cu on p.canonical_unit_code = cu.unit_code;
