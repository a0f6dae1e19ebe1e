with

-- what a bureau has ever told about a region it owes again whenever the figure is due
told as (

    select
        region_code,
        indicator_code,
        measure,
        min(reference_month) as first_month,
        cast(null as date) as last_month,
        min(case when is_simulated then 1 else 0 end) as is_simulated
    from {{ ref('int_observations_current') }}
    where value is not null
    group by region_code, indicator_code, measure

),

-- and what the plan measures it owes all that year, also when it has never come
promised as (

    select
        measured_region_code as region_code,
        indicator_code,
        measure,
        min({{ year_start('plan_year') }}) as first_month,
        max({{ add_months(year_start('plan_year'), 11) }}) as last_month,
        cast(null as integer) as is_simulated
    from {{ ref('stg_pack__targets') }}
    where is_judged and effective_bound <> 'not_assessable' and indicator_code is not null and measure is not null
    group by measured_region_code, indicator_code, measure

),

united as (

    select * from told
    union all
    select * from promised

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        min(first_month) as first_month,
        case when count(last_month) = count(*) then max(last_month) end as last_month,
        min(is_simulated) = 1 as is_simulated
    from united
    group by region_code, indicator_code, measure

)

select * from final
