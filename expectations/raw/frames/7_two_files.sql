-- The same figure in two files: of a bureau and of the office above it, of a report and of the next year's column 上年同期,
-- of a long table and of its next edition. Where two such files always told the same, a difference is a fault of one of
-- them. A report that is sent again tells what it corrects and is no second witness. No rule stands here.

create temp table told_by_file as
with report as (
    select submission_id, stem, max(reference_month) as report_month from figure group by all
),

told_often as (
    select region_code, indicator_code, measure, basis, period_start, reference_month
    from figure
    group by all
    having min(submission_order) < max(submission_order)
)

select
    f.submission_id, f.source_sheet, f.source_cell, f.submission_order, f.stem, r.report_month, f.region_code,
    f.indicator_code, f.measure, f.basis, f.period_start, f.reference_month, f.value, f.is_decided, f.is_held,
    printed_step_of(f.value, f.value_number, f.value_decimals) as step,
    coalesce(lag(f.submission_id) over the_report <> f.submission_id, false) as is_correction
from figure as f
inner join report as r using (submission_id, stem)
semi join told_often using (region_code, indicator_code, measure, basis, period_start, reference_month)
window the_report as (
    partition by f.stem, r.report_month, f.region_code, f.indicator_code, f.measure, f.basis, f.period_start,
        f.reference_month
    order by f.submission_order, f.source_sheet, f.source_cell
);

-- Each figure beside what the three files before it and the three after it tell: a rolling table has many editions.
create temp table told_pair as
with told as (
    select *, struct_pack(
        submission_id := submission_id, source_sheet := source_sheet, source_cell := source_cell, stem := stem,
        report_month := report_month, value := value, step := step, is_held := is_held
    ) as itself
    from told_by_file
),

beside as (
    select *, unnest([
        lag(itself) over by_order, lag(itself, 2) over by_order, lag(itself, 3) over by_order,
        lead(itself) over by_order, lead(itself, 2) over by_order, lead(itself, 3) over by_order
    ]) as other
    from told
    window by_order as (
        partition by region_code, indicator_code, measure, basis, period_start, reference_month
        order by submission_order, source_sheet, source_cell
    )
)

select
    submission_id, source_sheet, source_cell, indicator_code, measure, basis, reference_month, value, is_decided,
    is_correction, stem,
    other.stem as other_stem, other.submission_id as other_submission, other.source_sheet as other_sheet,
    other.source_cell as other_cell, other.value as other_value,
    abs(value - other.value) <= 0.51 * greatest(step, other.step) + 1e-9 * abs(value) as is_same
from beside
where
    other.submission_id <> submission_id and not other.is_held
    and (other.stem <> stem or other.report_month <> report_month);

-- Where they differ, and how often the two files did elsewhere.
create temp table told_twice as
with by_month as (
    select indicator_code, measure, basis, reference_month,
        least(stem, other_stem) as one, greatest(stem, other_stem) as two,
        count(*) filter (where is_same) as same, count(*) filter (where not is_same) as different
    from told_pair
    group by all
),

usual as (
    select
        *,
        sum(same) over of_files - same as same_elsewhere, sum(different) over of_files - different as different_elsewhere
    from by_month
    window of_files as (partition by indicator_code, measure, basis, one, two)
)

select p.*, u.same_elsewhere, u.different_elsewhere, u.same as same_then, u.different as different_then
from told_pair as p
inner join usual as u
    on p.indicator_code = u.indicator_code and p.measure = u.measure and p.basis = u.basis
    and p.reference_month = u.reference_month and least(p.stem, p.other_stem) = u.one
    and greatest(p.stem, p.other_stem) = u.two
-- what the other source itself told before, it has corrected since: nobody is contradicted
anti join (select * from told_pair where is_same) as before
    on p.submission_id = before.submission_id and p.source_sheet = before.source_sheet
    and p.source_cell = before.source_cell and p.other_stem = before.other_stem
where not p.is_decided and not p.is_same;

-- What else speaks against each of the two, in nats: its own months, and its growth beside the level of a year ago.
create temp table told_against as
with asked as (
    select submission_id, source_sheet, source_cell from told_twice
    union
    select other_submission, other_sheet, other_cell from told_twice
),

asked_month as (
    select distinct submission_id, region_code, indicator_code, reference_month
    from figure
    semi join asked using (submission_id, source_sheet, source_cell)
),

pair as (
    select l.submission_id, l.source_sheet, l.source_cell, l.region_code, l.indicator_code, l.measure, l.reference_month,
        l.value, g.source_sheet as growth_sheet, g.source_cell as growth_cell, g.measure as growth_measure,
        g.basis as growth_basis, ln(l.value) - ln(1 + g.value / 100) as base_x
    from (select * from figure semi join asked_month using (submission_id, region_code, indicator_code, reference_month)) as l
    inner join figure as g
        on l.submission_id = g.submission_id and l.stem = g.stem and l.table_no = g.table_no
        and l.region_code = g.region_code and l.indicator_code = g.indicator_code and l.period_start = g.period_start
        and l.reference_month = g.reference_month and g.measure = replace(l.measure, 'level_', 'growth_')
    where l.measure like 'level_%' and l.value > 0 and g.value > -100
),

measured as (
    select p.*, least(unlikeliness(abs(p.base_x - ln(b.value)), greatest(u.spread, 1e-3), 8), 8) as nats
    from pair as p
    inner join point as b
        on p.region_code = b.region_code and p.indicator_code = b.indicator_code and p.measure = b.measure
        and b.reference_month = (p.reference_month - interval 1 year)::date
    inner join usual_step as u
        on u.view = 'growth' and p.region_code = u.region_code and p.indicator_code = u.indicator_code
        and p.growth_measure = u.measure and p.growth_basis = u.basis
    where b.value > 0 and u.indicator_steps >= 8
),

by_growth as (
    select submission_id, source_sheet, source_cell, nats from measured
    union all
    select submission_id, growth_sheet, growth_cell, nats from measured
)

select
    a.submission_id, a.source_sheet, a.source_cell,
    coalesce(any_value(o.misfit), 0) + coalesce(max(g.nats), 0)
    - case when count(i.source_cell) > 0 then 8 else 0 end as nats
from asked as a
left join own_fit as o using (submission_id, source_sheet, source_cell)
left join by_growth as g using (submission_id, source_sheet, source_cell)
left join innocent as i using (submission_id, source_sheet, source_cell)
group by all;
