-- A small clean world of our own making: four districts and their city, January 2022 to June 2023, all months but
-- the last accepted. It holds what offices really publish and what must never be held (see the last block).
create table raw.pack_unit as
from (values
    ('percent', '%', 'percent', 'percent', 1.0), ('index', '指数', 'index', 'index', 1.0),
    ('yi_yuan', '亿元', '100 million yuan', 'money_cny', 1e8), ('wan_yuan', '万元', '10 000 yuan', 'money_cny', 1e4),
    ('person', '人', 'persons', 'person', 1.0), ('household', '户', 'households', 'household', 1.0)
) as t (unit_code, unit_name, unit_name_en, dimension, factor);

create table raw.pack_region as
select *, null::date as valid_to, null::varchar as note
from (values
    ('410500', '安阳市', 'Anyang', null, 'city', date '1949-10-01'),
    ('410502', '文峰区', 'Wenfeng', '410500', 'district', date '1983-01-01'),
    ('410503', '北关区', 'Beiguan', '410500', 'district', date '1983-01-01'),
    ('410505', '殷都区', 'Yindu', '410500', 'district', date '2002-12-01'),
    ('410506', '龙安区', 'Long''an', '410500', 'district', date '2002-12-01')
) as t (region_code, region_name, region_name_en, parent_code, region_level, valid_from);

create table raw.pack_rank_set as
select 'four_districts' as rank_set_code, '四区' as rank_set_name, 'the four districts' as rank_set_name_en,
    1 as sort_order, null::varchar as assumption, null::varchar as assumption_en;

create table raw.pack_rank_set_member as
select 'four_districts' as rank_set_code, region_code, date '2002-12-01' as valid_from, null::date as valid_to
from raw.pack_region where region_level = 'district';

create table raw.pack_rank_set_exception (
    rank_set_code varchar, region_code varchar, indicator_code varchar, valid_from date, valid_to date, reason varchar
);

create table raw.pack_bureau as
from (values ('tjj', '区统计局', 'District Bureau of Statistics'), ('czj', '区财政局', 'District Finance Bureau'))
as t (bureau_code, bureau_name, bureau_name_en);

create table raw.pack_indicator as
select *, null::varchar as parent_indicator_code
from (values
    ('retail_sales', '社会消费品零售总额'), ('gdp', '地区生产总值'), ('urban_jobs', '城镇新增就业'),
    ('deposits', '各项存款余额'), ('cpi', '居民消费价格指数'), ('unemployment_rate', '城镇调查失业率'),
    ('service_share', '服务业占比'), ('profit', '规模工业利润总额'), ('plan_completion', '计划完成情况')
) as t (indicator_code, indicator_name);

create table raw.pack_indicator_component (indicator_code varchar, component_code varchar);
create table raw.pack_indicator_breakdown (indicator_code varchar, breakdown_no bigint, component_code varchar);

create table raw.pack_indicator_measure as
select *, case when indicator_code = 'unemployment_rate' then 'lower' else 'higher' end as direction,
    case when measure like 'growth_%' then 1 end as rank_decimals, false as is_additive
from (values
    ('retail_sales', 'level_ytd', 'yi_yuan', 'monthly', 2, 'none'),
    ('retail_sales', 'growth_ytd', 'percent', 'monthly', 2, 'nominal'),
    ('gdp', 'level_ytd', 'yi_yuan', 'quarterly', 3, 'none'),
    ('gdp', 'growth_ytd', 'percent', 'quarterly', 3, 'constant_price'),
    ('urban_jobs', 'level_ytd', 'person', 'monthly', 1, 'none'),
    ('deposits', 'level_eop', 'yi_yuan', 'monthly', 1, 'none'),
    ('cpi', 'index_ytd', 'index', 'monthly', 1, 'none'),
    ('unemployment_rate', 'rate_ytd', 'percent', 'monthly', 1, 'none'),
    ('service_share', 'share_ytd', 'percent', 'monthly', 1, 'none'),
    ('profit', 'level_ytd', 'yi_yuan', 'monthly', 2, 'none'),
    ('profit', 'growth_ytd', 'percent', 'monthly', 2, 'nominal'),
    ('plan_completion', 'completion_ytd', 'percent', 'monthly', 1, 'none')
) as t (indicator_code, measure, unit_code, frequency, first_month, growth_basis);

create table raw.pack_source as
select 'tjj__yuebao' as stem, '月报' as title, 'monthly report' as title_en, 'tjj' as bureau_code;

insert into raw.submission by name
select
    left(sha256(m::varchar), 16) as submission_id, sha256(m::varchar) as sha256,
    strftime(m, '月报%Y%m.xlsx') as file_name, file_name as source_path, 1000 as byte_size,
    timezone('Asia/Shanghai', m + interval '1 month 14 days') as received_at,
    timezone('Asia/Shanghai', m + interval '1 month 12 days') as published_at,
    'tjj' as bureau_code, false as is_simulated, 'read' as outcome,
    row_number() over (order by m) as submission_order, received_at as read_at
from generate_series(timestamp '2022-01-01', timestamp '2023-06-01', interval '1 month') as t (m);

-- One sheet per submission: a block of rows per series, one row per region.
insert into raw.cell by name
with series as (
    from (values
        -- row, indicator, measure, basis, unit, decimals, value of a month, growth within the year
        (10, 'retail_sales', 'level_ytd', 'none', 'yi_yuan', 2),
        (20, 'retail_sales', 'growth_ytd', 'nominal', 'percent', 1),
        (30, 'gdp', 'level_ytd', 'none', 'yi_yuan', 2),
        (40, 'gdp', 'growth_ytd', 'constant_price', 'percent', 1),
        (50, 'urban_jobs', 'level_ytd', 'none', 'person', 0),
        (60, 'deposits', 'level_eop', 'none', 'yi_yuan', 1),
        (70, 'cpi', 'index_ytd', 'none', 'index', 1),
        (80, 'unemployment_rate', 'rate_ytd', 'none', 'percent', 1),
        (90, 'service_share', 'share_ytd', 'none', 'percent', 1),
        (100, 'profit', 'level_ytd', 'none', 'yi_yuan', 2),
        (110, 'profit', 'growth_ytd', 'nominal', 'percent', 1),
        (120, 'plan_completion', 'completion_ytd', 'none', 'percent', 1)
    ) as t (first_row, indicator_code, measure, growth_basis, unit_code, value_decimals)
),

months as (
    select submission_id, submission_order, date_trunc('month', received_at - interval '1 month')::date as m
    from raw.submission
),

regions as (select region_code, region_name, row_number() over (order by region_code) as r from raw.pack_region),

figures as (
    select
        *, month(m) as n,
        case
            when indicator_code = 'retail_sales' and measure = 'growth_ytd'
                then 5 + r * 0.1 + n * 0.1 + (year(m) - 2022) * 0.3
            when measure = 'growth_ytd' then 4 + r * 0.7 + n * 0.1 + (year(m) - 2022) * 0.3
            when indicator_code = 'gdp' then n * (20 + r * 3) * (1 + (year(m) - 2022) * -0.02)
            when indicator_code = 'urban_jobs' then n * (600 + r * 40) + (year(m) - 2022) * 17
            -- two years apart as the growth above tells: nominal
            when measure = 'level_ytd'
                then n * (8 + r) * (1 + 0.05 * sin(n)) * (1 + (year(m) - 2022) * (0.053 + r * 0.001 + n * 0.001))
            when measure = 'level_eop' then 300 + r * 20 + datediff('month', date '2022-01-01', m)
            when measure = 'index_ytd' then 101.5 + r * 0.1
            when measure = 'completion_ytd' then n * 9.0
            when measure = 'share_ytd' then 55 + r
            else 5.1
        end as figure
    from months cross join series cross join regions
)

select
    submission_id, 'tjj__yuebao' as stem, 1 as table_no, '月报' as source_sheet, 'B' || (first_row + r) as source_cell,
    'observation' as disposition, round(figure, value_decimals)::varchar as value_printed,
    round(figure, value_decimals) as value_number, '=' as value_qualifier, value_decimals,
    unit_code as unit_printed, unit_code, region_name as region_label, region_code,
    indicator_code as indicator_label, indicator_code, measure, growth_basis,
    '1-' || n || '月' as period_label,
    case when measure = 'level_eop' then m else date_trunc('year', m)::date end as period_start, m as reference_month,
    'A' as obs_status, 'F' as conf_status, false as is_simulated, 2 as source_rank
from figures
inner join (select indicator_code, measure, first_month, frequency from raw.pack_indicator_measure) as p
    using (indicator_code, measure)
where n >= p.first_month and (p.frequency = 'monthly' or n % 3 = 0);

insert into raw.cell by name
select submission_id, stem, table_no, source_sheet, replace(source_cell, 'B', 'C') as source_cell,
    'published_rank' as disposition, rank() over w::varchar as value_printed, rank() over w as value_number,
    region_label, region_code, indicator_code, measure, growth_basis, 'four_districts' as rank_set_code,
    period_label, period_start, reference_month, false as is_simulated, source_rank
from raw.cell
where measure = 'growth_ytd' and indicator_code = 'gdp' and region_code <> '410500'
window w as (partition by submission_id order by value_number desc);

insert into raw.submission_table
select submission_id, 1, 'tjj__yuebao', '月报', '月报', '主要经济指标', max(reference_month), count(*)
from raw.cell group by submission_id;

insert into raw.acceptance by name
select c.submission_id, c.source_sheet, c.source_cell, s.received_at as accepted_at, s.received_at as decided_at
from raw.cell as c inner join raw.submission as s using (submission_id)
where c.reference_month < date '2023-06-01';

-- What was really published and must not be held: growth of 581.5 % and of -100 %, a level that falls to the 6.8th
-- part and says so, a budget row of 0, a cumulative figure that falls, a profit that turns into a loss.
create macro june(row_no) as table
select submission_id, source_cell from raw.cell where reference_month = date '2023-06-01' and source_cell = 'B' || row_no;
update raw.cell set value_number = 581.5, value_printed = '581.5'
where (submission_id, source_cell) in (from june(22));
update raw.cell set value_number = round(value_number * 6.815 / 1.061, 2), value_printed = round(value_number * 6.815 / 1.061, 2)::varchar
where (submission_id, source_cell) in (from june(12));
update raw.cell set value_number = -100, value_printed = '-100.0' where (submission_id, source_cell) in (from june(23));
update raw.cell set value_number = 0, value_printed = '0' where (submission_id, source_cell) in (from june(13));
update raw.cell set value_number = -228.4, value_printed = '-228.4' where (submission_id, source_cell) in (from june(114));
update raw.cell set value_number = -1.5, value_printed = '-1.5' where (submission_id, source_cell) in (from june(104));
