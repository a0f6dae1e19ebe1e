{{ config(materialized='view') }}

with

forecasts as (

    select
        *,
        row_number() over (
            partition by region_code, indicator_code, measure, growth_basis, reference_month
            order by is_simulated
        ) as choice
    from {{ ref('mart_forecast') }}
    where is_latest

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        growth_basis,
        plan_year,
        reference_month,
        made_on,
        unit_code,
        forecast_value,
        forecast_low,
        forecast_high,
        share_pct,
        method,
        method_reason,
        method_reason_en,
        is_simulated
    from forecasts
    where choice = 1

)

select * from final
