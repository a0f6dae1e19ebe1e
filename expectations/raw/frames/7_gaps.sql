-- Blank places in the grids that a file's figures form, with the cell where the figure should stand: regions beside
-- columns, regions beside tables, series beside months, indicators beside columns. No rule stands here.
create temp table told_cell as
select
    submission_id, stem, table_no, source_sheet, source_cell, region_code, indicator_code, measure,
    coalesce(growth_basis, 'none') as basis, coalesce(rank_set_code, '') as rank_set_code, period_start,
    reference_month, regexp_extract(source_cell, '^[A-Z]+') as sheet_column,
    regexp_extract(source_cell, '[0-9]+$') as sheet_row
from raw.cell
where (disposition in ('observation', 'published_rank', 'finding') or rule = 'missing_mark')
    and region_code is not null and indicator_code is not null and measure is not null and reference_month is not null
    and submission_id in (select submission_id from known_cell where not is_decided);

-- A region is seen beside the columns of its table and, where tables are small, beside those of the whole file.
create temp table grid_cell as
with read_each_way as (
    select *, 'region' as grid, table_no as part, hash(region_code) as entity,
        hash(table_no, indicator_code, measure, basis, rank_set_code, period_start, reference_month) as line
    from told_cell
    union all
    select *, 'region' as grid, 0 as part, hash(region_code) as entity,
        hash(table_no, indicator_code, measure, basis, rank_set_code, period_start, reference_month) as line
    from told_cell
    union all
    select *, 'table' as grid, 0 as part, hash(region_code) as entity, hash(table_no) as line
    from told_cell
    union all
    select *, 'month' as grid, table_no as part,
        hash(region_code, indicator_code, measure, basis, rank_set_code) as entity, hash(reference_month) as line
    from told_cell
    union all
    select *, 'indicator' as grid, table_no as part, hash(indicator_code) as entity,
        hash(region_code, measure, rank_set_code, reference_month) as line
    from told_cell
)

select *
from read_each_way
-- a grid has two lines and two entities at least, of which each line has half
qualify count(distinct line) over (partition by submission_id, grid, part) > 1;

create temp table grid_entity as
select submission_id, stem, grid, part, entity, any_value(region_code) as region_code,
    any_value(indicator_code) as indicator_code, any_value(measure) as measure,
    any_value(rank_set_code) as rank_set_code, count(distinct line) as lines,
    min(reference_month) as first_month, max(reference_month) as last_month
from grid_cell
group by all;

create temp table grid_line as
with entities as (
    select submission_id, grid, part, count(*) as entities from grid_entity group by all
)

select
    c.submission_id, c.grid, c.part, c.line, any_value(c.table_no) as table_no,
    any_value(c.region_code) as region_code, any_value(c.indicator_code) as indicator_code,
    any_value(c.measure) as measure, any_value(c.rank_set_code) as rank_set_code,
    any_value(c.reference_month) as reference_month
from grid_cell as c
inner join entities as e using (submission_id, grid, part)
group by c.submission_id, c.grid, c.part, c.line
having 2 * count(distinct c.entity) >= any_value(e.entities);

create temp table grid_blank as
with pair as (
    select
        e.submission_id, e.stem, e.grid, e.part, e.entity, l.line, l.table_no, l.reference_month,
        case when e.grid = 'indicator' then l.region_code else e.region_code end as region_code,
        case when e.grid in ('region', 'table') then l.indicator_code else e.indicator_code end as indicator_code,
        case when e.grid = 'month' then e.measure else l.measure end as measure,
        case e.grid when 'month' then e.rank_set_code when 'table' then '' else l.rank_set_code end as rank_set_code
    from grid_entity as e
    inner join grid_line as l using (submission_id, grid, part)
    anti join grid_cell as c
        on e.submission_id = c.submission_id and e.grid = c.grid and e.part = c.part and e.entity = c.entity
        and l.line = c.line
    -- before its first figure a series had not begun
    where e.grid <> 'month' or l.reference_month > e.first_month
)

-- what the pack says that there is: the measure, in this month, a place for a member of the rank set
select p.*
from pair as p
left join promised_measure as m on p.indicator_code = m.indicator_code and p.measure = m.measure
where
    p.grid = 'table'
    or m.indicator_code is not null
    and month(p.reference_month) >= coalesce(m.first_month, 1)
    and case m.frequency
        when 'quarterly' then month(p.reference_month) % 3 = 0
        when 'half_yearly' then month(p.reference_month) % 6 = 0
        when 'annual' then month(p.reference_month) = 12
        else true
    end
    and (p.rank_set_code = '' or exists (
        select 1 from raw.pack_rank_set_member as s
        where s.rank_set_code = p.rank_set_code and s.region_code = p.region_code
    ));

-- Of each blank: how many others of its entity and of its line stand and how many are blank too. An entity may be blank
-- once in five, a line once in ten; more is a habit. The chance that both habits meet here (Krichevsky and Trofimov).
create temp table doubted_blank as
with entity as (
    select b.submission_id, b.grid, b.part, b.entity, any_value(e.lines) as told, count(*) as blank
    from grid_blank as b
    inner join grid_entity as e using (submission_id, grid, part, entity)
    group by all
),

sparse_entity as (
    select * from entity where 5 * (blank - 1) > told + blank - 1
),

line as (
    select c.submission_id, c.grid, c.part, c.line, count(distinct c.entity) as told
    from grid_cell as c
    semi join grid_blank as b using (submission_id, grid, part, line)
    anti join sparse_entity as s using (submission_id, grid, part, entity)
    group by all
),

counted as (
    select b.*, e.told as entity_told, e.blank - 1 as entity_blank, coalesce(l.told, 0) as line_told,
        count(*) over (partition by b.submission_id, b.grid, b.part, b.line) - 1 as line_blank
    from grid_blank as b
    inner join entity as e using (submission_id, grid, part, entity)
    left join line as l using (submission_id, grid, part, line)
    anti join sparse_entity as s using (submission_id, grid, part, entity)
),

entity_place as (
    select submission_id, grid, part, entity, table_no,
        case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column,
        case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row
    from grid_cell
    semi join counted using (submission_id, grid, part, entity)
    group by all
),

line_place as (
    select submission_id, grid, part, line, any_value(source_sheet) as source_sheet,
        case when count(distinct sheet_column) = 1 then any_value(sheet_column) end as sheet_column,
        case when count(distinct sheet_row) = 1 then any_value(sheet_row) end as sheet_row
    from grid_cell
    semi join counted using (submission_id, grid, part, line)
    group by all
),

placed as (
    select c.*, l.source_sheet,
        coalesce(l.sheet_column || e.sheet_row, e.sheet_column || l.sheet_row) as source_cell,
        e.entity is null as is_entity_gone,
        l.sheet_column is not null as is_column,
        case when is_column then lpad(e.sheet_row, 7, ' ') else lpad(e.sheet_column, 3, ' ') end as place
    from counted as c
    left join line_place as l using (submission_id, grid, part, line)
    left join entity_place as e using (submission_id, grid, part, entity, table_no)
),

-- blanks side by side were lost at one stroke and count once: all of a line, a third of it at most
run as (
    select submission_id, grid, part, line, any_value(is_column) as is_column, min(place) as first_place,
        max(place) as last_place
    from placed
    where grid in ('region', 'indicator') and line_blank > 0 and place is not null
    group by all
    having count(*) = any_value(line_blank) + 1 and 3 * count(*) <= any_value(line_told) + count(*)
),

-- what stands of the line before, between and after them
beside_run as (
    select r.submission_id, r.grid, r.part, r.line, count(*) filter (where c.place < r.first_place) as before_it,
        count(*) filter (where c.place between r.first_place and r.last_place) as within_it,
        count(*) filter (where c.place > r.last_place) as after_it, list(distinct c.region_code) as regions
    from run as r
    inner join (
        select *, lpad(sheet_row, 7, ' ') as place, true as is_column from grid_cell
        union all
        select *, lpad(sheet_column, 3, ' ') as place, false as is_column from grid_cell
    ) as c using (submission_id, grid, part, line, is_column)
    group by all
),

told_level as (
    select distinct b.submission_id, b.grid, b.part, b.line, p.region_level
    from (select *, unnest(regions) as region_code from beside_run) as b
    inner join raw.pack_region as p on b.region_code = p.region_code
),

-- What is counted in no district (or no county) is a habit: not all regions of a level. Of indicators the first ones
-- often have growth only: figures stand before and after.
stroke as (
    select b.submission_id, b.grid, b.part, b.line
    from beside_run as b
    where b.within_it = 0 and case b.grid
        when 'indicator' then b.before_it > 0 and b.after_it > 0
        else exists (
            select 1
            from placed as g
            inner join raw.pack_region as p on g.region_code = p.region_code
            inner join told_level as t using (submission_id, grid, part, line, region_level)
            where g.submission_id = b.submission_id and g.grid = b.grid and g.part = b.part and g.line = b.line
        )
    end
),

weighed as (
    select p.* replace (case when s.line is null then p.line_blank else 0 end as line_blank)
    from placed as p
    left join stroke as s using (submission_id, grid, part, line)
),

judged_blank as (
    select
        *,
        (entity_blank + 0.5) / (entity_told + entity_blank + 1) * (line_blank + 0.5) / (line_told + line_blank + 1)
            as chance
    from weighed
    where 10 * line_blank <= line_told + line_blank
)

select p.* exclude (is_column, place)
from judged_blank as p
-- something stands there that is no figure
anti join (select * from raw.cell where rule is distinct from 'blank' and rule is distinct from 'stray_blank') as c
    on p.submission_id = c.submission_id and p.source_sheet = c.source_sheet and p.source_cell = c.source_cell
where
    p.chance <= 1 / 40
    and (p.line_told >= 3 or p.grid = 'month')
    -- a region without a row in the table is one blank, of the tables
    and (p.grid <> 'region' or not p.is_entity_gone)
    -- indicators differ in what is counted of them: a long column, or two figures beside it, in rows and columns
    and (p.grid <> 'indicator' or (p.source_cell is not null and (p.entity_told > 1 or p.chance <= 1 / 100)));

-- A blank that the report before had too, in its own last month or in the same one, is how the source reports.
create temp table gap as
with judged_region as (
    select distinct submission_id, stem, region_code, submission_order
    from told_cell
    inner join raw.submission using (submission_id)
    where submission_id in (select submission_id from doubted_blank)
),

earlier as (
    select distinct c.submission_id, c.stem, c.region_code, c.indicator_code, c.measure,
        coalesce(c.rank_set_code, '') as rank_set_code, c.reference_month, s.submission_order
    from raw.cell as c
    inner join raw.submission as s using (submission_id)
    where c.disposition in ('observation', 'published_rank', 'finding')
        and c.stem in (select stem from doubted_blank)
),

-- the last report before with half of the regions
before as (
    select j.submission_id, e.submission_id as before_id
    from judged_region as j
    inner join (select distinct submission_id, stem, region_code, submission_order from earlier) as e
        on j.stem = e.stem and j.region_code = e.region_code and e.submission_order < j.submission_order
    group by j.submission_id, e.submission_id, e.submission_order
    having 2 * count(*) >= (select count(*) from judged_region as a where a.submission_id = j.submission_id)
    qualify row_number() over (partition by j.submission_id order by e.submission_order desc) = 1
),

last_month as (
    select submission_id as before_id, max(reference_month) as last_month from earlier group by all
),

customary as (
    select d.submission_id, d.region_code, d.indicator_code, d.measure, d.rank_set_code, d.reference_month
    from doubted_blank as d
    inner join before as b using (submission_id)
    inner join last_month as l using (before_id)
    left join promised_measure as m on d.indicator_code = m.indicator_code and d.measure = m.measure
    semi join earlier as e
        on b.before_id = e.submission_id and e.reference_month = least(d.reference_month, l.last_month)
        and (d.region_code = e.region_code or d.indicator_code = e.indicator_code)
    anti join earlier as e
        on b.before_id = e.submission_id and e.reference_month = least(d.reference_month, l.last_month)
        and d.region_code = e.region_code and d.indicator_code = e.indicator_code and d.measure = e.measure
        and d.rank_set_code = e.rank_set_code
    -- if the pack has it in that month
    where month(least(d.reference_month, l.last_month)) >= coalesce(m.first_month, 1)
        and month(least(d.reference_month, l.last_month))
        % case m.frequency when 'quarterly' then 3 when 'half_yearly' then 6 when 'annual' then 12 else 1 end = 0
)

select
    d.submission_id, d.stem, d.table_no, d.region_code, d.indicator_code, d.measure, d.rank_set_code,
    d.reference_month, any_value(d.source_sheet) as source_sheet, min(d.source_cell) as source_cell,
    d.grid = 'table' as is_region_gone,
    arg_min(d.line_told, d.chance) as line_told, arg_min(d.entity_told, d.chance) as entity_told
from doubted_blank as d
anti join customary as c
    using (submission_id, region_code, indicator_code, measure, rank_set_code, reference_month)
-- what the reports before tell already
anti join untold_figure as u
    on d.submission_id = u.submission_id and d.region_code = u.region_code and (
        u.is_region_gone
        or d.grid <> 'table' and d.indicator_code = u.indicator_code and d.measure = u.measure
        and d.reference_month = u.report_month and d.rank_set_code = ''
    )
group by all;
