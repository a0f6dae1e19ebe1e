-- What the last reports of a source carried and the judged one does not, with the cell where it should stand. No rule
-- stands here.
create temp table report as
select t.submission_id, t.stem, max(t.reference_month) as report_month
from raw.submission_table as t
group by t.submission_id, t.stem;

create temp table judged_month as
select distinct r.stem, r.report_month
from report as r
semi join (select * from known_cell where not is_decided) as k using (submission_id)
where r.report_month is not null;

-- A figure is told where it stands, holds a mark, or is a finding of the reader.
create temp table told_figure as
select distinct r.stem, r.report_month, c.region_code, c.indicator_code, c.measure
from raw.cell as c
inner join report as r on c.submission_id = r.submission_id and c.stem = r.stem
inner join judged_month as j
    on r.stem = j.stem and r.report_month between j.report_month - interval 15 month and j.report_month
where (c.disposition in ('observation', 'finding') or c.rule = 'missing_mark') and c.region_code is not null
    and c.indicator_code is not null and c.measure is not null;

create temp table expected_told as
with reported as (
    select distinct stem, report_month from told_figure
),

-- up to three last reports in which anything of the indicator stood
recent as (
    select j.stem, j.report_month, t.indicator_code, t.report_month as earlier_month
    from judged_month as j
    inner join (select distinct stem, report_month, indicator_code from told_figure) as t
        on j.stem = t.stem and t.report_month < j.report_month
        and t.report_month >= j.report_month - interval 15 month
    qualify row_number() over (
        partition by j.stem, j.report_month, t.indicator_code order by t.report_month desc
    ) <= 3
),

counted as (
    select *, count(*) over (partition by stem, report_month, indicator_code) as reports from recent
),

usual as (
    select r.stem, r.report_month, t.region_code, t.indicator_code, t.measure, r.reports,
        max(r.earlier_month) as last_told
    from counted as r
    inner join told_figure as t
        on r.stem = t.stem and r.earlier_month = t.report_month and r.indicator_code = t.indicator_code
    group by all
    having count(*) = r.reports
)

select u.*
from usual as u
left join (
    select *, case frequency when 'quarterly' then 3 when 'half_yearly' then 6 when 'annual' then 12 else 1 end as months
    from promised_measure
) as p on u.indicator_code = p.indicator_code and u.measure = p.measure
where
    coalesce(p.first_month, 1) <= month(u.report_month)
    -- what the report of the same month last year left out may be left out again
    and (
        not exists (
            select 1 from reported as y
            where y.stem = u.stem and y.report_month = u.report_month - interval 12 month
        )
        or exists (
            select 1 from told_figure as y
            where y.stem = u.stem and y.report_month = u.report_month - interval 12 month
                and y.region_code = u.region_code and y.indicator_code = u.indicator_code and y.measure = u.measure
        )
        -- what had not begun then was not left out
        or not exists (
            select 1 from told_figure as y
            where y.stem = u.stem and y.report_month < u.report_month - interval 12 month
                and y.region_code = u.region_code and y.indicator_code = u.indicator_code and y.measure = u.measure
        )
    )
    -- an indicator of which nothing stands is due when it stood in the last report of its kind: month, quarter, year
    and (
        exists (
            select 1 from told_figure as t
            where t.stem = u.stem and t.report_month = u.report_month and t.indicator_code = u.indicator_code
        )
        or (month(u.report_month) % p.months = 0 and u.last_told >= (
            select max(r.report_month)
            from reported as r
            where r.stem = u.stem and r.report_month < u.report_month and month(r.report_month) % p.months = 0
        ))
    );

create temp table untold_figure as
with newest as (
    select stem, report_month, arg_max(r.submission_id, s.submission_order) as submission_id
    from report as r
    inner join raw.submission as s using (submission_id)
    group by all
),

standing as (
    select e.*, t.stem is null as is_untold
    from expected_told as e
    left join told_figure as t
        on e.stem = t.stem and e.report_month = t.report_month and e.region_code = t.region_code
        and e.indicator_code = t.indicator_code and e.measure = t.measure
),

columned as (
    select *,
        count(*) over places as places,
        count(*) over places > 2 and bool_and(is_untold) over places as is_column_gone
    from standing
    window places as (partition by stem, report_month, indicator_code, measure)
),

-- One or two reports make a habit where nine tenths of what they carried stands again: of the columns, and of the figures.
untold as (
    select e.*, n.submission_id
    from (
        select *,
            count(*) over reports as figures,
            count(*) filter (where is_untold and not is_column_gone) over reports as figures_gone,
            sum(1 / places) over reports as columns,
            sum(case when is_column_gone then 1 / places else 0 end) over reports as columns_gone
        from columned
        window reports as (partition by stem, report_month)
    ) as e
    inner join newest as n on e.stem = n.stem and e.report_month = n.report_month
    semi join (select * from known_cell where not is_decided) as k on n.submission_id = k.submission_id
    where e.is_untold and (
        e.reports = 3
        or e.is_column_gone and round(10 * e.columns_gone - 5) <= round(e.columns)
        or not e.is_column_gone and 10 * e.figures_gone - 5 <= e.figures
        -- one report of a year ago makes no habit: another row may have taken its place since
        and (e.reports > 1 or e.last_told >= e.report_month - interval 6 month)
    )
),

placed as (
    select submission_id, stem, table_no, source_sheet, region_code, indicator_code, measure,
        regexp_extract(source_cell, '^[A-Z]+') as sheet_column, regexp_extract(source_cell, '[0-9]+$') as sheet_row
    from raw.cell
    where disposition = 'observation' and submission_id in (select submission_id from untold)
),

columns as (
    select submission_id, stem, table_no, any_value(source_sheet) as source_sheet, indicator_code, measure,
        case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column,
        case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row
    from placed
    group by all
),

region_lines as (
    select submission_id, stem, table_no, region_code,
        case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column,
        case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row
    from placed
    group by all
),

-- where it stood in the report before, if the figures of other regions still stand where they stood
stood as (
    select u.submission_id, u.region_code, u.indicator_code, u.measure,
        any_value(b.source_sheet) as source_sheet, any_value(b.source_cell) as source_cell
    from untold as u
    inner join report as r on u.stem = r.stem and u.last_told = r.report_month
    inner join raw.cell as b
        on r.submission_id = b.submission_id and u.region_code = b.region_code and u.indicator_code = b.indicator_code
        and u.measure = b.measure
    where b.disposition = 'observation' and not exists (
        select 1
        from placed as p
        inner join raw.cell as o
            on o.submission_id = b.submission_id and o.table_no = b.table_no and o.region_code = p.region_code
            and o.indicator_code = p.indicator_code and o.measure = p.measure and o.disposition = 'observation'
        where p.submission_id = u.submission_id and p.indicator_code = u.indicator_code and p.measure = u.measure
            and (o.source_sheet, o.source_cell) <> (p.source_sheet, p.sheet_column || p.sheet_row)
    )
    group by all
)

select
    u.submission_id, u.stem, u.report_month, u.region_code, u.indicator_code, u.measure, u.is_column_gone,
    c.table_no,
    coalesce(c.source_sheet, s.source_sheet) as source_sheet,
    coalesce(c.sheet_column || l.sheet_row, l.sheet_column || c.sheet_row, s.source_cell) as source_cell,
    not exists (
        select 1 from told_figure as t
        where t.stem = u.stem and t.report_month = u.report_month and t.region_code = u.region_code
    ) as is_region_gone
from untold as u
left join columns as c
    on u.submission_id = c.submission_id and u.stem = c.stem and u.indicator_code = c.indicator_code
    and u.measure = c.measure
left join region_lines as l
    on c.submission_id = l.submission_id and c.stem = l.stem and c.table_no = l.table_no
    and u.region_code = l.region_code
left join stood as s
    on u.submission_id = s.submission_id and u.region_code = s.region_code and u.indicator_code = s.indicator_code
    and u.measure = s.measure
qualify row_number() over (
    partition by u.submission_id, u.stem, u.region_code, u.indicator_code, u.measure order by source_cell nulls last
) = 1;
