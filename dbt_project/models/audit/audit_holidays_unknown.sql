with

due_years as (

    select distinct {{ year_of('due_date') }} as due_year from {{ ref('int_reports_expected') }}
    union
    select distinct {{ year_of('due_date') }} as due_year from {{ ref('int_periods_expected') }}

),

known as (

    select distinct {{ year_of('day') }} as known_year from {{ ref('stg_pack__special_days') }}

),

final as (

    select
        cast(due_years.due_year as varchar) as finding_key,
        'info' as severity,
        'holidays_unknown' as rule,
        '本年节假日安排尚未收录，应报日只避开周末' as rule_description,
        cast(null as varchar) as stem,
        cast(null as varchar) as region_code,
        cast(null as varchar) as indicator_code,
        cast(null as varchar) as measure,
        cast(null as date) as reference_month,
        due_years.due_year || '年' as observed,
        cast(null as varchar) as expected,
        cast(null as varchar) as submission_id,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as varchar) as source_cell,
        cast(null as timestamp with time zone) as seen_at,
        cast(null as varchar) as owner_bureau_code,
        '请数据维护人员更新节假日数据（chinesecalendar），或把' || due_years.due_year
        || '年的放假和调休日期写入 working_days.yaml' as question,
        false as is_simulated
    from due_years
    cross join {{ ref('stg_pack__info') }} as info
    left join known on due_years.due_year = known.known_year
    where info.holidays = 'china' and known.known_year is null

)

select * from final
