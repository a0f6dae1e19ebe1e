-- What is announced and empty: headings without figures, tables without any, regions of a set that a file leaves out. No
-- rule stands here.

-- Headings without a figure, where the pack says that there is one: not in the report before, and not half of the table.
create temp table empty_line as
with heading as (
    select c.*, s.submission_order
    from raw.cell as c
    inner join raw.submission as s using (submission_id)
    where c.rule in ('empty_row', 'empty_column') and c.submission_id in (select submission_id from told_cell)
),

-- what stands in the table, and in which months
standing as (
    select submission_id, table_no, indicator_code, measure, max(reference_month) as last_month
    from told_cell
    group by all
),

-- a month after the last one with figures is announced too, unless an earlier report announced such a month
announcing as (
    select c.stem
    from raw.cell as c
    semi join heading as h on c.stem = h.stem
    anti join heading as o on c.submission_id = o.submission_id
    where c.disposition = 'observation' or c.rule in ('empty_row', 'empty_column')
    group by c.stem, c.submission_id
    having max(c.reference_month) > max(c.reference_month) filter (where c.disposition = 'observation')
),

reported_before as (
    select distinct h.submission_id
    from heading as h
    inner join raw.submission_table as t on h.stem = t.stem
    inner join raw.submission as s on t.submission_id = s.submission_id and h.submission_order > s.submission_order
    anti join announcing as a on h.stem = a.stem
),

due as (
    select
        h.submission_id, h.source_sheet, h.source_cell,
        bool_or(h.reference_month <= s.last_month or b.submission_id is not null) as is_past
    from heading as h
    inner join standing as s using (submission_id, table_no)
    left join reported_before as b on h.submission_id = b.submission_id
    inner join promised_measure as m
        on coalesce(h.indicator_code, s.indicator_code) = m.indicator_code
        and coalesce(h.measure, s.measure) = m.measure
    where
        month(h.reference_month) >= coalesce(m.first_month, 1)
        and case m.frequency
            when 'quarterly' then month(h.reference_month) % 3 = 0
            when 'half_yearly' then month(h.reference_month) % 6 = 0
            when 'annual' then month(h.reference_month) = 12
            else true
        end
    group by all
),

lines as (
    select submission_id, table_no, 'empty_row' as rule, count(distinct sheet_row) as told from told_cell group by all
    union all
    select submission_id, table_no, 'empty_column' as rule, count(distinct sheet_column) as told
    from told_cell group by all
)

select h.*, l.told
from heading as h
inner join due as d using (submission_id, source_sheet, source_cell)
inner join lines as l using (submission_id, table_no, rule)
where d.is_past and not exists (
    select 1
    from raw.cell as b
    inner join raw.submission as s using (submission_id)
    where b.stem = h.stem and s.submission_order < h.submission_order and b.rule = h.rule
        and b.region_code is not distinct from h.region_code
        and b.indicator_code is not distinct from h.indicator_code and b.measure is not distinct from h.measure
        and b.value_printed = h.value_printed
)
qualify count(*) over (partition by h.submission_id, h.table_no, h.rule) <= l.told;

-- Tables that were found and hold nothing, in a file that holds something; not where the report before had it so.
create temp table empty_table as
with bare as (
    select t.*, s.submission_order
    from raw.submission_table as t
    inner join raw.submission as s on t.submission_id = s.submission_id
    anti join raw.cell as c
        on t.submission_id = c.submission_id and t.table_no = c.table_no
        and (c.disposition <> 'ignored' or c.rule = 'missing_mark')
    where t.submission_id in (select submission_id from told_cell)
),

bare_before as (
    select b.submission_id, b.table_no
    from bare as b
    inner join raw.submission_table as t on b.stem = t.stem and b.table_name = t.table_name
    inner join raw.submission as s on t.submission_id = s.submission_id and b.submission_order > s.submission_order
    anti join raw.cell as c
        on t.submission_id = c.submission_id and t.table_no = c.table_no
        and (c.disposition <> 'ignored' or c.rule = 'missing_mark')
)

select b.*
from bare as b
anti join bare_before as e on b.submission_id = e.submission_id and b.table_no = e.table_no;

-- Regions of a rank set, or of one parent, of which a file holds all but one or a tenth.
create temp table missing_member as
with present as (
    select t.submission_id, t.stem, t.region_code, max(t.reference_month) as reference_month
    from told_cell as t
    group by all
),

membership as (
    select rank_set_code as set_code, region_code, valid_from, valid_to from raw.pack_rank_set_member
    union
    select parent_code || region_level as set_code, region_code, valid_from, valid_to
    from raw.pack_region where parent_code is not null
),

file_month as (
    select submission_id, stem, max(reference_month) as reference_month from present group by all
),

member as (
    select f.submission_id, f.stem, f.reference_month, m.set_code, m.region_code, p.region_code is not null as is_present
    from file_month as f
    inner join membership as m
        on m.valid_from <= last_day(f.reference_month)
        and (m.valid_to is null or m.valid_to >= f.reference_month)
    left join present as p on f.submission_id = p.submission_id and m.region_code = p.region_code
),

nearly_whole as (
    select *, count(*) over members as members, count(*) filter (where not is_present) over members as missing
    from member
    window members as (partition by submission_id, set_code)
),

candidate as (
    select n.submission_id, n.stem, n.region_code, n.reference_month, s.submission_order,
        max(n.members - n.missing) as present_members
    from nearly_whole as n
    inner join raw.submission as s on n.submission_id = s.submission_id
    where not n.is_present and n.members >= 4 and n.missing <= greatest(1, n.members / 10)
    group by all
),

report_with as (
    select distinct c.stem, c.submission_id, c.region_code
    from raw.cell as c
    semi join candidate as d on c.stem = d.stem and c.region_code = d.region_code
),

-- an earlier report did without it too
habit as (
    select d.submission_id, d.region_code
    from candidate as d
    inner join raw.submission_table as t on d.stem = t.stem
    inner join raw.submission as s on t.submission_id = s.submission_id and d.submission_order > s.submission_order
    anti join report_with as w
        on t.submission_id = w.submission_id and d.stem = w.stem and d.region_code = w.region_code
)

select d.*
from candidate as d
anti join habit as h on d.submission_id = h.submission_id and d.region_code = h.region_code
anti join (select * from untold_figure where is_region_gone) as u
    on d.submission_id = u.submission_id and d.region_code = u.region_code;
