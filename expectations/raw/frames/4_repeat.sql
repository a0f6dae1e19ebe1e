-- Figures that say what another month says of the same thing: how many of a table, and how surprising that is.
-- Surprise is counted in bits: a figure that repeats one time in eight says three. No rule stands here.

-- How often the figures of an indicator repeat those of the month before, on the whole and in the month in which most
-- did (smooth series repeat all together); other months than the one judged tell.
create temp table usual_repeat as
with counted as (
    select
        indicator_code, measure, basis, reference_month, count(*) as pairs,
        count(*) filter (where value = previous_value) as repeats
    from movement
    where value <> 0
    group by all
)

select
    indicator_code, measure, basis, reference_month,
    sum(pairs) over in_other_months as pairs, sum(repeats) over in_other_months as repeats,
    max(case when pairs >= 5 then (repeats + 0.4) / (pairs + 4) end) over in_other_months as most_repeated
from counted
window in_other_months as (
    partition by indicator_code, measure, basis
    rows between unbounded preceding and unbounded following exclude current row
);

-- Before there is a history a flow or its growth is thought to repeat one time in ten, anything else every other time.
create temp table repeat_weight as
select
    f.submission_id, f.source_sheet, f.source_cell, f.stem, f.table_no, f.region_code, f.indicator_code, f.measure,
    f.basis, f.reference_month, f.submission_order, f.value, f.is_decided,
    least(
        -log2(greatest(
            u.most_repeated,
            (coalesce(u.repeats, 0) + 4 * case when regexp_matches(f.measure, '^(growth_|level_(ytd|month|quarter))')
                then 0.1 else 0.5 end)
            / (coalesce(u.pairs, 0) + 4)
        )),
        (f.digits - 1) * log2(10), 10
    ) as bits
from figure as f
left join usual_repeat as u
    on f.indicator_code = u.indicator_code and f.measure = u.measure and f.basis = u.basis
    and f.reference_month = u.reference_month
where f.value <> 0 and f.submission_id in (select submission_id from figure where not is_decided);

-- A judged figure and another month of its series that was told before it, up to two years away. A file that tells both
-- months is a long table of smooth series more often than a stale one: its surprise counts half.
create temp table repeat_pair as
select
    j.submission_id, j.source_sheet, j.source_cell, k.reference_month as other_month,
    case when count(o.submission_id) > 0 then 0.5 else 1 end as weight
from repeat_weight as j
inner join figure as k
    on j.region_code = k.region_code and j.indicator_code = k.indicator_code and j.measure = k.measure
    and j.basis = k.basis and j.value = k.value
left join figure as o
    on j.submission_id = o.submission_id and j.region_code = o.region_code and j.indicator_code = o.indicator_code
    and j.measure = o.measure and j.basis = o.basis and k.reference_month = o.reference_month
where
    not j.is_decided and not k.is_held and j.reference_month <> k.reference_month
    and abs(datediff('month', j.reference_month, k.reference_month)) <= 24
    and (
        k.submission_order < j.submission_order
        or (k.submission_order = j.submission_order and k.reference_month < j.reference_month)
    )
group by j.submission_id, j.source_sheet, j.source_cell, k.reference_month;

-- A report, a table of it, a column or a region's row may be what was sent again.
create temp table part_of_report as
select
    w.*,
    unnest([
        '全部表', '表 ' || table_no, concat_ws(' ', '列', table_no, indicator_code, measure, basis),
        '行 ' || region_code
    ]) as part
from repeat_weight as w;

create temp table repeated_figure as
with repeated as (
    select p.submission_id, p.stem, p.reference_month, p.part, r.other_month, count(*) as repeated,
        count(distinct p.value) as different, sum(p.bits * r.weight) as bits
    from part_of_report as p
    inner join repeat_pair as r using (submission_id, source_sheet, source_cell)
    group by all
    having count(*) >= 2 and sum(p.bits * r.weight) >= 10
),

told_then as (
    select distinct f.region_code, f.indicator_code, f.measure, f.basis, f.reference_month
    from figure as f
    where f.reference_month in (select other_month from repeated) and not f.is_held
),

compared as (
    select c.*, count(*) as compared
    from repeated as c
    inner join part_of_report as p
        on c.submission_id = p.submission_id and c.stem = p.stem and c.reference_month = p.reference_month
        and c.part = p.part
    inner join told_then as t
        on p.region_code = t.region_code and p.indicator_code = t.indicator_code and p.measure = t.measure
        and p.basis = t.basis and c.other_month = t.reference_month
    group by all
)

select
    p.submission_id, p.source_sheet, p.source_cell, p.table_no, p.region_code, p.indicator_code, p.measure, p.basis,
    p.reference_month, c.other_month, c.repeated, c.different, c.compared, c.bits
from compared as c
inner join part_of_report as p
    on c.submission_id = p.submission_id and c.stem = p.stem and c.reference_month = p.reference_month
    and c.part = p.part
inner join repeat_pair as r
    on p.submission_id = r.submission_id and p.source_sheet = r.source_sheet and p.source_cell = r.source_cell
    and c.other_month = r.other_month
-- of the parts and months that explain a figure, the one that explains most
qualify row_number() over (
    partition by p.submission_id, p.source_sheet, p.source_cell
    order by c.repeated >= 0.9 * c.compared desc, c.bits desc, c.other_month desc
) = 1;
