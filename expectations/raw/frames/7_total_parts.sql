-- Sums of a table and who is to blame where one does not come out: members of a region, components of an indicator; of
-- the figures themselves and of the bases that they and their printed growth imply (level over one plus growth). One
-- wrong figure opens every sum it stands in, and only one change of one figure closes them all. No rule stands here.

-- Levels and changes of the reports to be judged, each with the growth that is printed beside it.
create temp table summand as
with stepped as (
    select f.*, case when f.is_level then replace(f.measure, 'level_', 'growth_') end as growth_measure,
        coalesce(f.value / nullif(f.value_number, 0), 1) as to_canonical,
        case when contains(f.value_number::varchar, 'e') then 9 else length(split_part(f.value_number::varchar, '.', 2)) end
            as printed_decimals
    from figure as f
    semi join judged_report as j using (submission_id, stem, reference_month)
)

select
    l.submission_id, l.stem, l.table_no, l.source_sheet, l.source_cell, l.region_code, l.indicator_code, l.measure, l.basis,
    l.period_start, l.reference_month, l.value, l.to_canonical, l.is_decided and coalesce(g.is_decided, true) as is_decided,
    stored_step_of(l.value, l.value_number) as fine_step,
    l.to_canonical * pow(10, -coalesce(l.value_decimals, l.printed_decimals)) as step,
    g.source_sheet as growth_sheet, g.source_cell as growth_cell, g.value as growth, g.basis as growth_basis,
    l.value / nullif(1 + g.value / 100, 0) as base,
    abs(l.value) / pow(1 + g.value / 100, 2) * pow(10, -g.printed_decimals) / 200 as growth_noise,
    growth_noise + l.to_canonical * pow(10, -l.printed_decimals) / 2 / abs(1 + g.value / 100) as base_tolerance
from stepped as l
-- on equality alone it is a hash join
left join (select * from stepped where value > -100) as g
    on l.submission_id = g.submission_id and l.stem = g.stem and l.table_no = g.table_no and l.region_code = g.region_code
    and l.indicator_code = g.indicator_code and l.period_start = g.period_start
    and l.reference_month = g.reference_month and l.growth_measure = g.measure
where l.is_level or l.measure = 'change_ytd'
qualify row_number() over (
    partition by l.submission_id, l.source_sheet, l.source_cell order by g.basis = 'nominal' desc, g.basis
) = 1;

-- A sum is believed where the other months or the pack say so: three months of which nine in ten came out, or declared.
create temp table sum_term as
with region_sum as (
    select t.submission_id, t.source_sheet, t.source_cell, 'region' as kind, m.member_sheet, m.member_cell
    from total_balance as b
    inner join summand as t using (submission_id, source_sheet, source_cell)
    inner join member_figure as m using (submission_id, source_sheet, source_cell)
    where (b.other_months >= 3 and b.balanced_months >= 0.9 * b.other_months)
        or (b.other_months < 3 and b.balanced_months = b.other_months and b.is_declared and b.is_whole)
),

-- an indicator is the sum of its components, and of others in each further breakdown
made_of as (
    select indicator_code, 0 as breakdown_no, component_code from raw.pack_indicator_component
    union all
    select indicator_code, breakdown_no, component_code from raw.pack_indicator_breakdown
),

component_sum as (
    select t.submission_id, t.source_sheet, t.source_cell, 'component' as kind, c.breakdown_no,
        p.source_sheet as member_sheet, p.source_cell as member_cell
    from summand as t
    inner join made_of as c using (indicator_code)
    left join summand as p
        on t.submission_id = p.submission_id and t.stem = p.stem and t.table_no = p.table_no
        and t.region_code = p.region_code and c.component_code = p.indicator_code and t.measure = p.measure
        and t.basis = p.basis and t.period_start = p.period_start and t.reference_month = p.reference_month
    -- one column tells one sum: a year ago may stand beside this year
    where p.source_cell is null or t.measure <> 'change_ytd'
        or regexp_extract(t.source_cell, '^[A-Z]+') = regexp_extract(p.source_cell, '^[A-Z]+')
    qualify bool_and(p.source_cell is not null) over (
        partition by t.submission_id, t.source_sheet, t.source_cell, c.breakdown_no
    )
),

sums as (
    select *, concat_ws('!', submission_id, source_sheet, source_cell, kind, breakdown_no) as sum_id
    from (select * from region_sum union all by name select * from component_sum)
)

select s.sum_id, s.kind, false as is_total, p.*
from sums as s
inner join summand as p
    on s.submission_id = p.submission_id and s.member_sheet = p.source_sheet and s.member_cell = p.source_cell
union all
select distinct s.sum_id, s.kind, true, t.*
from sums as s
inner join summand as t using (submission_id, source_sheet, source_cell);

-- What is missing in each sum. Bases add up as exactly as growth is printed where it is nominal; prices and revised bases
-- of other growth explain a hundredth.
create temp table sum_gap as
with added as (
    select sum_id, any_value(kind) as kind, any_value(submission_id) as submission_id,
        sum(case when is_total then value else -value end) as gap,
        sum(step) / 2 + 1e-6 * max(abs(value)) as tolerance,
        sum(fine_step) / 2 + 1e-9 * max(abs(value)) as fine_tolerance,
        case when count(base) = count(*) then sum(case when is_total then base else -base end) end as base_gap,
        sum(base_tolerance) + 1e-9 * max(abs(base)) as fine_base_tolerance,
        max(abs(base)) * case when bool_and(growth_basis = 'nominal') then 0.001 else 0.01 end as base_slack,
        max(value) filter (where is_total) as total, sum(value) filter (where not is_total) as added,
        any_value(stem) as stem, bool_or(not is_decided) as is_judged,
        bool_and(measure like 'level_%') and min(value) >= 0 as is_all_positive
    from sum_term
    group by sum_id
)

select *,
    abs(gap) > tolerance or abs(gap) > fine_tolerance and is_exact(
        count(*) filter (abs(gap) <= tolerance) over of_source - 1,
        count(*) filter (abs(gap) <= fine_tolerance) over of_source
    ) as is_open,
    coalesce(abs(base_gap) > fine_base_tolerance + base_slack, false) as is_base_open
from added
window of_source as (partition by stem, kind);

-- The same figure in a sum that comes out, or on another sheet of the file, is innocent.
create temp table innocent as
select distinct t.submission_id, t.source_sheet, t.source_cell
from sum_term as t
inner join sum_gap as g using (sum_id)
where not g.is_open
union
select distinct t.submission_id, t.growth_sheet, t.growth_cell
from sum_term as t
inner join sum_gap as g using (sum_id)
where not g.is_base_open and g.base_gap is not null and t.growth_cell is not null
    and abs(t.base) >= 20 * (g.fine_base_tolerance + g.base_slack)
union
select a.submission_id, a.source_sheet, a.source_cell
from figure as a
semi join judged_report as j using (submission_id, stem, reference_month)
inner join figure as b
    on a.submission_id = b.submission_id and a.region_code = b.region_code and a.indicator_code = b.indicator_code
    and a.measure = b.measure and a.basis = b.basis and a.period_start = b.period_start
    and a.reference_month = b.reference_month and a.source_sheet <> b.source_sheet
where a.measure <> 'change_ytd' and abs(a.value - b.value) <= 1e-3 * abs(a.value);

-- What each figure would have to be for the sum to come out, and whether that looks like a slip.
create temp table sum_candidate as
with asked as (
    select t.*, g.gap, g.fine_tolerance, g.base_gap, g.fine_base_tolerance, g.base_slack, g.is_open, g.is_all_positive,
        case when t.is_total then -1 else 1 end as side
    from sum_term as t
    inner join sum_gap as g using (sum_id)
    where g.is_judged and (g.is_open or g.is_base_open)
),

meant as (
    select sum_id, kind, is_total, submission_id, source_sheet, source_cell, region_code, to_canonical, 'level' as what,
        value as figure, value + side * gap as meant, fine_tolerance as tolerance,
        growth, base_gap, fine_base_tolerance, side * gap / (1 + growth / 100) - side * base_gap as base_misfit,
        is_all_positive and value + side * gap < 0 as is_impossible
    from asked
    where is_open
    union all
    select sum_id, kind, is_total, submission_id, growth_sheet, growth_cell, region_code, 1, 'growth',
        growth, 100 * (value / (base + side * base_gap) - 1),
        100 * abs(value) / pow(base + side * base_gap, 2) * fine_base_tolerance, growth, base_gap, fine_base_tolerance, null,
        false
    from asked
    where not is_open and growth_cell is not null and (base + side * base_gap) * value > 0
),

slipped as (
    select *,
        -- no other growth than its own makes the level close the sum of the bases as well
        coalesce(abs(base_misfit) <= fine_base_tolerance + 1e-6 * abs(base_gap), false) as fits_base,
        case when what = 'level' then
            list_bool_or(list_transform(
                [10.0, 0.1, 100, 0.01, 1000, 0.001, 10000, 0.0001, -1],
                lambda times: abs(figure * times - meant) <= tolerance and tolerance <= 0.001 * abs(meant)
            )) or (figure = 0 and abs(meant) >= 1000 * tolerance)
        else
            list_bool_or(list_transform(
                [10 * figure, figure / 10, 100 * figure, figure / 100, -figure, figure - 100, figure + 100],
                lambda other: abs(other - meant) <= tolerance + 0.05 and tolerance + 0.05 <= 0.02 * abs(other - figure)
            ))
        end as is_slip
    from meant
),

weighed as (
    -- nor is a figure to blame that would have to be negative where none is
    select s.* exclude (is_impossible), i.source_cell is not null or s.is_impossible as is_innocent,
        -- two open sums ask for the same other figure
        count(*) over (partition by s.submission_id, s.source_sheet, s.source_cell) > 1
        and max(meant) over (partition by s.submission_id, s.source_sheet, s.source_cell)
        - min(meant) over (partition by s.submission_id, s.source_sheet, s.source_cell) <= 2 * tolerance as is_asked_twice
    from slipped as s
    left join innocent as i using (submission_id, source_sheet, source_cell)
),

scored as (
    select *, case when is_innocent then 0 else 4 * is_slip::integer + 2 * is_asked_twice::integer + fits_base::integer end
        as evidence,
        count(*) filter (where not is_innocent) over (partition by sum_id) as suspects
    from weighed
),

ranked as (
    select *, max(evidence) over of_the_sum as most_evidence,
        count(*) over (partition by sum_id, evidence) as as_evident
    from scored
    window of_the_sum as (partition by sum_id)
)

-- The figure for which most speaks, if it is one.
select *,
    not is_innocent and ((evidence > 0 and evidence = most_evidence and as_evident = 1) or suspects = 1) as is_culprit,
    bool_or(not is_innocent and ((evidence > 0 and evidence = most_evidence and as_evident = 1) or suspects = 1))
        over (partition by sum_id) as has_culprit
from ranked;
