-- Totals beside the sum of their members in the same table and month, and which single figure would close a gap.
-- No rule stands here.

-- A cell holds more digits than it shows. Where sums come out by all digits that are stored, nine in ten of at least
-- five others that come out at all, the digits that are shown excuse no gap.
create temp macro is_exact(others_come_out, others_exact) as
    others_come_out >= 5 and others_exact >= 0.9 * others_come_out;

create temp macro stored_step_of(value, value_number) as
    coalesce(value / nullif(value_number, 0), 1) * case
        when contains(value_number::varchar, 'e') then 1e-9
        else pow(10, -length(rtrim(split_part(value_number::varchar, '.', 2), '0')))
    end;

create temp table member_figure as
with stepped as (
    select *, printed_step_of(value, value_number, value_decimals) as step,
        stored_step_of(value, value_number) as fine_step
    from figure
    where is_level or measure = 'change_ytd'
)

select
    t.submission_id, t.source_sheet, t.source_cell, t.stem, t.table_no, t.region_code, t.indicator_code, t.measure, t.basis,
    t.reference_month, t.value as total, t.step as total_step, t.fine_step as total_fine_step, t.is_decided,
    m.region_code as member_code, m.source_sheet as member_sheet, m.source_cell as member_cell, m.value as member_value,
    m.step as member_step, m.fine_step as member_fine_step, r.region_level as member_level
from stepped as t
inner join raw.pack_region as r
    on t.region_code = r.parent_code and r.valid_from <= last_day(t.reference_month)
    and coalesce(r.valid_to, date '9999-12-31') >= t.reference_month
inner join stepped as m
    on r.region_code = m.region_code and t.submission_id = m.submission_id and t.stem = m.stem
    and t.table_no = m.table_no and t.indicator_code = m.indicator_code and t.measure = m.measure and t.basis = m.basis
    and t.period_start = m.period_start and t.reference_month = m.reference_month;

create temp table total_balance as
with added as (
    select
        submission_id, source_sheet, source_cell, stem, region_code, indicator_code, measure, basis, reference_month,
        total, is_decided, count(*) as members, count(*) filter (where member_level = 'collective') as collectives,
        count(*) filter (where member_level = 'district') as districts_told, sum(member_value) as added,
        (sum(member_step) + any_value(total_step)) / 2 + 1e-6 * abs(any_value(total)) as tolerance,
        (sum(member_fine_step) + any_value(total_fine_step)) / 2 + 1e-9 * max(abs(member_value)) as fine_tolerance
    from member_figure
    group by all
    having count(*) >= 3
),

told as (
    select *, abs(total - added) <= tolerance as comes_out, abs(total - added) <= fine_tolerance as comes_out_exactly
    from added
),

judged as (
    select * exclude (comes_out, comes_out_exactly),
        comes_out and (comes_out_exactly or not is_exact(
            count(*) filter (comes_out) over of_source - 1, count(*) filter (comes_out_exactly) over of_source
        )) as is_balanced
    from told
    window of_source as (partition by stem)
),

-- the members that a first report is expected to list are those that are ranked; 市辖区 (GB/T 2260) stands for all
-- districts of its city, and for them alone
children as (
    select r.parent_code as region_code, count(distinct m.region_code) as children,
        count(distinct m.region_code) filter (where r.region_level = 'district') as districts
    from raw.pack_region as r
    inner join raw.pack_rank_set_member as m on r.region_code = m.region_code and m.valid_to is null
    where r.valid_to is null
    group by all
),

declared as (
    select indicator_code, measure, bool_or(is_additive) as is_additive
    from raw.pack_indicator_measure
    group by all
)

-- how often it added up in the other months, with as many members
select
    j.*, coalesce(d.is_additive, false) as is_declared,
    case
        when j.collectives = 0 then j.members = c.children
        else j.collectives = 1 and j.districts_told = 0 and j.members - 1 + c.districts = c.children
    end as is_whole,
    count(distinct o.reference_month) as other_months,
    count(distinct o.reference_month) filter (where o.is_balanced) as balanced_months
from judged as j
left join judged as o
    on j.region_code = o.region_code and j.indicator_code = o.indicator_code and j.measure = o.measure
    and j.basis = o.basis and j.members = o.members and j.reference_month <> o.reference_month
left join children as c on j.region_code = c.region_code
left join declared as d on j.indicator_code = d.indicator_code and j.measure = d.measure
group by all;

-- Each figure of a sum with a gap: how well it fits its own months as printed, and with the gap closed at its cost.
create temp table gap_candidate as
with gaps as (
    select b.*, b.total - b.added as gap
    from total_balance as b
    where not b.is_balanced and (b.balanced_months > 0 or b.is_declared) and exists (
        select 1 from judged_report as j
        where b.submission_id = j.submission_id and b.reference_month = j.reference_month
    )
),

candidates as (
    select submission_id, source_sheet, source_cell, source_sheet as sheet, source_cell as cell, total as value,
        -gap as correction
    from gaps
    union all
    select g.submission_id, g.source_sheet, g.source_cell, m.member_sheet, m.member_cell, m.member_value, g.gap
    from gaps as g
    inner join member_figure as m using (submission_id, source_sheet, source_cell)
),

corrected as (
    select c.*, e.size, e.size_before, e.size_after, e.scale_before, e.scale_after,
        case when c.value + c.correction > 0 and c.value > 0 then e.size + log10((c.value + c.correction) / c.value) end
            as new_size
    from candidates as c
    left join expected_figure as e
        on c.submission_id = e.submission_id and c.sheet = e.source_sheet and c.cell = e.source_cell
),

fitted as (
    select *,
        case when coalesce(size_before, size_after) is not null then
            (least(coalesce(abs(size - size_before) / scale_before, abs(size - size_after) / scale_after), 8)
            + least(coalesce(abs(size - size_after) / scale_after, abs(size - size_before) / scale_before), 8)) / 2
        end as misfit,
        case when coalesce(size_before, size_after) is not null then
            (least(coalesce(abs(new_size - size_before) / scale_before, abs(new_size - size_after) / scale_after), 8)
            + least(coalesce(abs(new_size - size_after) / scale_after, abs(new_size - size_before) / scale_before), 8)) / 2
        end as new_misfit
    from corrected
)

select
    submission_id, source_sheet, source_cell, sheet, cell, value, correction, misfit, new_misfit,
    coalesce(misfit - new_misfit, 0) as gain,
    coalesce(misfit - new_misfit, 0) - max(coalesce(misfit - new_misfit, 0)) over other_candidates as lead,
    sheet = source_sheet and cell = source_cell as is_total
from fitted
window other_candidates as (
    partition by submission_id, source_sheet, source_cell
    rows between unbounded preceding and unbounded following exclude current row
);
