-- What the rules on whole tables judge: the figures of every table with something to decide, each beside the nearest
-- months of its own series, and how much such figures usually move. No rule stands here.

-- What one unit of the last printed decimal is worth in the unit of the indicator.
create temp macro printed_step_of(value, value_number, value_decimals) as
    coalesce(value / nullif(value_number, 0), 1)
    * pow(10, -coalesce(value_decimals, length(split_part(value_number::varchar, '.', 2))));

-- Plain figures with their place on the sheet. Levels are compared as logarithms per month covered.
create temp table figure as
select
    submission_id, source_sheet, source_cell, submission_order, stem, table_no, region_code, indicator_code, measure,
    basis, period_start, reference_month, canonical_value as value, value_number, value_decimals, unit_code,
    canonical_unit_name, is_decided, is_held,
    measure like 'level_%' as is_level,
    case
        when measure not like 'level_%' then canonical_value
        when canonical_value > 0
            then log10(canonical_value / case when measure = 'level_ytd' then months_covered else 1 end)
    end as size,
    -- the same in the unit that is printed: what is compared when figures of different indicators change places
    case
        when measure not like 'level_%' then value_number
        when value_number > 0
            then log10(value_number / case when measure = 'level_ytd' then months_covered else 1 end)
    end as printed_size,
    measure = 'level_ytd' as is_cumulative, months_covered,
    -- digits that say something: 0.050 has one, 1 200 has two
    length(trim(replace(split_part(abs(value_number)::varchar, 'e', 1), '.', ''), '0')) as digits,
    regexp_extract(source_cell, '[0-9]+$')::integer as sheet_row,
    regexp_extract(source_cell, '^[A-Z]+') as sheet_column,
    list_reduce(
        list_transform(string_split(regexp_extract(source_cell, '^[A-Z]+'), ''), lambda letter: ascii(letter) - 64),
        lambda number, letter: number * 26 + letter
    ) as sheet_column_no
from known_cell
where
    disposition = 'observation' and canonical_value is not null and coalesce(value_qualifier, '=') = '='
    and is_convertible and months_covered >= 1 and regexp_matches(source_cell, '^[A-Z]+[0-9]+$');

-- The newest figure of each month of a series that was not held: what other months are compared with.
create temp table point as
select
    region_code, indicator_code, measure, basis, reference_month,
    arg_max(size, submission_order) as size,
    arg_max(printed_size, submission_order) as printed_size,
    arg_max(value, submission_order) as value,
    arg_max(digits, submission_order) as digits
from figure
where not is_held
group by all;

-- How far each month lies from the month before it in its series, and how far all regions together moved.
create temp table movement as
with moved as (
    select
        *,
        lag(reference_month) over series as previous_month,
        lag(size) over series as previous_size, lag(value) over series as previous_value,
        lag(printed_size) over series as previous_printed_size
    from point
    window series as (partition by region_code, indicator_code, measure, basis order by reference_month)
)

select
    * exclude (printed_size, previous_printed_size, digits),
    size - previous_size as change, printed_size - previous_printed_size as printed_change,
    case
        when count(size - previous_size) over regions >= 8 then median(size - previous_size) over regions
        else 0
    end as common_change
from moved
where previous_month >= reference_month - interval 4 month
window regions as (partition by indicator_code, measure, basis, reference_month);

-- How surprising a distance is, in nats, when movements fall off exponentially (Laplace) and their usual size was learnt
-- from so many months: with many, its number of usual sizes; with one, little more than its logarithm. At most eight.
create temp macro unlikeliness(distance, scale, months) as (months + 1) * ln(1 + distance / scale / months);

create temp macro misfit_of(size, before, after, scale_before, scale_after, months_before, months_after) as (
    least(coalesce(
        unlikeliness(abs(size - before), scale_before, months_before),
        unlikeliness(abs(size - after), scale_after, months_after)
    ), 8)
    + least(coalesce(
        unlikeliness(abs(size - after), scale_after, months_after),
        unlikeliness(abs(size - before), scale_before, months_before)
    ), 8)
) / 2;

-- The usual size of a movement: of an indicator, beyond what all regions share and with it; of one series. A
-- cumulative figure begins anew with the year: that movement is counted apart.
create temp table usual_movement as
select
    indicator_code, measure, basis, measure like '%_ytd' and year(previous_month) <> year(reference_month) as is_new_year,
    median(abs(change - common_change)) / ln(2) as own_scale, median(abs(printed_change)) / ln(2) as printed_scale,
    -- all regions of a month share its liveliness: what one month more or less would teach
    greatest(count(distinct reference_month) - 1, 1) as months
from movement
where change is not null
group by all
having count(*) >= 4;

create temp table usual_series_movement as
select
    region_code, indicator_code, measure, basis,
    median(abs(change - common_change)) / ln(2) as own_scale, median(abs(printed_change)) / ln(2) as printed_scale
from movement
where not (measure like '%_ytd' and year(previous_month) <> year(reference_month))
group by all
having count(change) >= 6;

-- Each judged figure's table with all of its figures, beside the month before and the month after in the series. A
-- neighbour is a month or a quarter away; what lies a year back tells little of one movement.
create temp table expected_figure as
with judged_table as (
    select distinct submission_id, stem, table_no, reference_month from figure where not is_decided
),

-- a file that tells many months is its own neighbour: its months are of one vintage
told as (
    select
        *,
        struct_pack(month := reference_month, size := size, printed_size := printed_size, digits := digits) as itself,
        lag(itself) over own_series as own_before, lead(itself) over own_series as own_after
    from figure
    where size is not null and submission_id in (select submission_id from judged_table)
    window own_series as (
        partition by submission_id, region_code, indicator_code, measure, basis order by reference_month
    )
),

placed as (
    select f.* exclude (itself)
    from told as f
    inner join judged_table as j
        on f.submission_id = j.submission_id and f.stem = j.stem and f.table_no = j.table_no
        and f.reference_month = j.reference_month
),

beside as (
    select
        p.* exclude (own_before, own_after),
        case
            when p.own_before.month >= p.reference_month - interval 4 month then p.own_before
            else struct_pack(
                month := b.reference_month, size := b.size, printed_size := b.printed_size, digits := b.digits
            )
        end as before,
        case
            when p.own_after.month <= p.reference_month + interval 4 month then p.own_after
            else struct_pack(
                month := a.reference_month, size := a.size, printed_size := a.printed_size, digits := a.digits
            )
        end as after
    from placed as p
    asof left join point as b
        on p.region_code = b.region_code and p.indicator_code = b.indicator_code and p.measure = b.measure
        and p.basis = b.basis and p.reference_month > b.reference_month
    asof left join point as a
        on p.region_code = a.region_code and p.indicator_code = a.indicator_code and p.measure = a.measure
        and p.basis = a.basis and p.reference_month < a.reference_month
),

near as (
    select
        * replace (
            case when before.month >= reference_month - interval 4 month then before end as before,
            case when after.month <= reference_month + interval 4 month then after end as after
        ),
        measure like '%_ytd' and year(before.month) <> year(reference_month) as is_new_year,
        measure like '%_ytd' and year(after.month) <> year(reference_month) as is_last_of_year
    from beside
),

-- What eight regions or more of a table share is taken off; fewer tell no common move.
shared as (
    select
        *,
        case when count(before.size) over table_regions >= 8
            then median(size - before.size) over table_regions else 0 end as common_change,
        case when count(after.size) over table_regions >= 8
            then median(size - after.size) over table_regions else 0 end as common_change_after
    from near
    window table_regions as (
        partition by submission_id, stem, table_no, indicator_code, measure, basis, reference_month
    )
)

select
    n.* exclude (before, after, is_new_year, is_last_of_year, common_change, common_change_after),
    n.before.size as plain_before, n.before.digits as digits_before, n.before.size + n.common_change as size_before,
    n.after.size + n.common_change_after as size_after,
    n.before.printed_size as printed_before, n.after.printed_size as printed_after,
    greatest(coalesce(b.own_scale, 4 * u.own_scale), s.own_scale, floor.scale) as scale_before,
    greatest(coalesce(a.own_scale, 4 * u.own_scale), s.own_scale, floor.scale) as scale_after,
    coalesce(b.months, 1) as months_before, coalesce(a.months, 1) as months_after,
    greatest(coalesce(b.printed_scale, 4 * u.printed_scale), s.printed_scale, floor.scale) as printed_scale_before,
    greatest(coalesce(a.printed_scale, 4 * u.printed_scale), s.printed_scale, floor.scale) as printed_scale_after
from shared as n
inner join usual_movement as u
    on n.indicator_code = u.indicator_code and n.measure = u.measure and n.basis = u.basis and not u.is_new_year
left join usual_movement as b
    on n.indicator_code = b.indicator_code and n.measure = b.measure and n.basis = b.basis
    and coalesce(n.is_new_year, false) = b.is_new_year
left join usual_movement as a
    on n.indicator_code = a.indicator_code and n.measure = a.measure and n.basis = a.basis
    and coalesce(n.is_last_of_year, false) = a.is_new_year
left join usual_series_movement as s
    on n.region_code = s.region_code and n.indicator_code = s.indicator_code and n.measure = s.measure
    and n.basis = s.basis
cross join lateral (select case when n.is_level then 0.003 else 0.07 end as scale) as floor;

-- How badly each figure fits its neighbours: the mean of both sides.
create temp table own_fit as
select
    submission_id, source_sheet, source_cell, stem, table_no, reference_month, region_code, indicator_code, measure, basis,
    misfit_of(size, size_before, size_after, scale_before, scale_after, months_before, months_after) as misfit,
    misfit_of(
        printed_size, printed_before, printed_after, printed_scale_before, printed_scale_after, months_before, months_after
    ) as printed_misfit
from expected_figure
where size_before is not null or size_after is not null;
