-- Figures of long tables (a series beside its months) that the report before told, or that stand before and after the
-- blank, with the cell where each should stand and the cause that explains most: a month or a series. No rule stands here.
create temp table told_series as
select
    submission_id, stem, table_no, region_code, indicator_code, measure, basis, rank_set_code,
    min(reference_month) as first_month, max(reference_month) as last_month, list(distinct reference_month) as months,
    any_value(source_sheet) as source_sheet,
    case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row,
    case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column
from told_cell
group by all;

create temp table told_month as
select
    submission_id, table_no, reference_month,
    case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row,
    case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column
from told_cell
group by all;

create temp table asked_figure as
with long_table as (
    select
        t.submission_id, t.stem, t.region_code, s.submission_order, min(t.first_month) as first_month,
        max(t.last_month) as last_month
    from told_series as t
    inner join raw.submission as s on t.submission_id = s.submission_id
    group by all
    having max(len(t.months)) > 2
),

earlier as (
    select c.*, j.submission_id as judged_id, j.first_month, j.last_month, s.submission_order
    from long_table as j
    inner join raw.cell as c on j.stem = c.stem and j.region_code = c.region_code
    inner join raw.submission as s on c.submission_id = s.submission_id and j.submission_order > s.submission_order
    where c.disposition in ('observation', 'published_rank')
),

-- the report before of the same region
before as (
    select *, max(reference_month) over (partition by judged_id, region_code) as last_month_before
    from earlier
    qualify submission_order = max(submission_order) over (partition by judged_id, region_code)
),

-- where each series stood
stood as (
    select
        judged_id as submission_id, region_code, indicator_code, measure, coalesce(growth_basis, 'none') as basis,
        coalesce(rank_set_code, '') as rank_set_code, any_value(table_no) as table_no,
        any_value(source_sheet) as source_sheet,
        min(regexp_extract(source_cell, '[0-9]+$')) as first_row, max(regexp_extract(source_cell, '[0-9]+$')) as last_row,
        first_month, last_month, last_month_before, unnest(list(distinct reference_month)) as told_month
    from before
    group by all
),

-- a month that it told too; and in the newest month what stood in its newest one
told_before as (
    select * replace (case when step = 0 then told_month else last_month end as told_month)
    from (select *, unnest([0, 1]) as step from stood)
    where case
        when step = 0 then told_month between first_month and last_month
        else told_month = last_month_before and last_month > last_month_before
    end
),

-- a year of a series with one blank in ten at most
whole_series as (
    select s.*, m.reference_month
    from told_series as s
    inner join told_month as m
        on s.submission_id = m.submission_id and s.table_no = m.table_no and m.reference_month > s.first_month
        and m.reference_month < s.last_month
    -- what the report before left blank is how the source reports
    left join (
        select judged_id, region_code, min(reference_month) as first_month, max(reference_month) as last_month
        from before
        group by all
    ) as b
        on s.submission_id = b.judged_id and s.region_code = b.region_code
        and m.reference_month between b.first_month and b.last_month
    where len(s.months) >= 12 and b.judged_id is null
    qualify 10 * count(*) filter (where not list_contains(s.months, m.reference_month))
        over (
            partition by s.submission_id, s.table_no, s.region_code, s.indicator_code, s.measure, s.basis,
                s.rank_set_code
        ) <= len(s.months)
)

select
    submission_id, region_code, indicator_code, measure, basis, rank_set_code, told_month as reference_month, table_no,
    source_sheet, case when first_row = last_row then first_row end as sheet_row
from told_before
union all by name
select submission_id, region_code, indicator_code, measure, basis, rank_set_code, reference_month
from whole_series;

create temp table lost_figure as
with asked as (
    select
        submission_id, region_code, indicator_code, measure, basis, rank_set_code, reference_month,
        any_value(table_no) as table_no, any_value(source_sheet) as source_sheet, any_value(sheet_row) as sheet_row
    from asked_figure
    group by all
),

blank as (
    select
        a.* exclude (table_no, source_sheet, sheet_row),
        coalesce(s.table_no, a.table_no) as table_no, coalesce(s.source_sheet, a.source_sheet) as source_sheet,
        coalesce(m.sheet_column || s.sheet_row, s.sheet_column || m.sheet_row, m.sheet_column || a.sheet_row)
            as source_cell
    from asked as a
    left join told_series as s using (submission_id, region_code, indicator_code, measure, basis, rank_set_code)
    left join told_month as m
        on a.submission_id = m.submission_id and coalesce(s.table_no, a.table_no) = m.table_no
        and a.reference_month = m.reference_month
    -- blank in another year too while the series went on
    left join told_month as y
        on s.submission_id = y.submission_id and s.table_no = y.table_no
        and month(y.reference_month) = month(a.reference_month) and y.reference_month <> a.reference_month
        and y.reference_month between s.first_month and s.last_month and not list_contains(s.months, y.reference_month)
    left join promised_measure as p on a.indicator_code = p.indicator_code and a.measure = p.measure
    where
        month(a.reference_month) >= coalesce(p.first_month, 1)
        and month(a.reference_month)
        % case p.frequency when 'quarterly' then 3 when 'half_yearly' then 6 when 'annual' then 12 else 1 end = 0
        and y.submission_id is null
        and not coalesce(list_contains(s.months, a.reference_month), false)
    qualify row_number() over (
        partition by a.submission_id, a.region_code, a.indicator_code, a.measure, a.basis, a.rank_set_code,
            a.reference_month order by source_cell nulls last
    ) = 1
),

-- what is asked about already, and what is answered
unasked as (
    select b.*
    from blank as b
    anti join untold_figure as u
        on b.submission_id = u.submission_id and b.region_code = u.region_code and b.indicator_code = u.indicator_code
        and b.measure = u.measure
    anti join empty_line as e
        on b.submission_id = e.submission_id and b.table_no = e.table_no and b.reference_month = e.reference_month
        and b.region_code = coalesce(e.region_code, b.region_code)
        and b.indicator_code = coalesce(e.indicator_code, b.indicator_code)
    anti join (select * from raw.cell where rule is distinct from 'blank' and rule is distinct from 'stray_blank') as c
        on b.submission_id = c.submission_id and b.source_sheet = c.source_sheet and b.source_cell = c.source_cell
),

counted as (
    select
        *,
        count(*) over (partition by submission_id, region_code, reference_month) as of_region_month,
        count(*) over (partition by submission_id, indicator_code, measure, basis, reference_month) as of_column_month,
        count(*) over (
            partition by submission_id, region_code, indicator_code, measure, basis, rank_set_code
        ) as of_series
    from unasked
),

caused as (
    select
        *,
        case
            when of_region_month >= greatest(of_column_month, of_series) then concat_ws(' ', region_code, reference_month)
            when of_column_month >= of_series then concat_ws(' ', indicator_code, measure, basis, reference_month)
            else concat_ws(' ', region_code, indicator_code, measure, basis, rank_set_code)
        end as cause
    from counted
)

select c.*, count(*) over (partition by c.submission_id, c.cause) > 1 as is_one_of_several
from caused as c
left join gap as g
    on c.submission_id = g.submission_id and c.region_code = g.region_code and c.indicator_code = g.indicator_code
    and c.measure = g.measure and c.rank_set_code = g.rank_set_code and c.reference_month = g.reference_month
-- a single blank is told as a gap
qualify is_one_of_several or g.submission_id is null;
