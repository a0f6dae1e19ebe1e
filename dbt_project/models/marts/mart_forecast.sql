with

outcomes as (

    select
        series_key,
        figure_year,
        value as actual_value
    from {{ ref('int_forecast_figures_dated') }}
    where figure_month = 12 and known_until = date '9999-12-31'

),

weighed as (

    select
        developed.*,
        developed.is_latest and held.series_key is not null as rests_on_held,
        errors.error_count,
        case when errors.low_error > 0 then 0 else errors.low_error end as low_error,
        case when errors.high_error < 0 then 0 else errors.high_error end as high_error,
        row_number() over (
            partition by developed.series_key, developed.figure_year, developed.figure_month, developed.made_on
            order by case when developed.is_plain = errors.is_learnt_better then 1 else 0 end
        ) as choice
    from {{ ref('int_forecasts_developed') }} as developed
    inner join {{ ref('int_forecast_errors_pooled') }} as errors
        on
            developed.pool_key = errors.pool_key
            and developed.figure_year = errors.figure_year
            and developed.figure_month = errors.figure_month
            and developed.made_on = errors.made_on
            and developed.rule = errors.rule
    left join {{ ref('int_forecasts_held') }} as held
        on
            developed.series_key = held.series_key
            and developed.figure_year = held.figure_year
            and developed.figure_month = held.figure_month

),

banded as (

    select
        weighed.*,
        outcomes.actual_value,
        12 - weighed.figure_month as months_left,
        case when not weighed.is_broken then outcomes.actual_value end as scored_value,
        case weighed.method
            when 'latest_share' then 100 * weighed.latest_month_value / weighed.latest_year_value
            when 'weighted_shares' then 100 * weighed.weighted_month_value / weighed.weighted_year_value
        end as share_pct,
        case
            when weighed.measure not like 'level%' or weighed.value < 0 then null
            when weighed.forecast_value + weighed.error_unit * weighed.low_error < 0 then 0
        end as floor_value,
        weighed.forecast_value + weighed.error_unit * weighed.low_error as low_value,
        weighed.forecast_value + weighed.error_unit * weighed.high_error as high_value
    from weighed
    left join outcomes
        on weighed.series_key = outcomes.series_key and weighed.figure_year = outcomes.figure_year
    where weighed.choice = 1

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        growth_basis,
        cast(figure_year as integer) as plan_year,
        reference_month,
        made_on,
        is_simulated,
        rests_on_held,
        is_latest,
        coalesce(made_on >= closed_on, false) as is_backcast,
        value as value_to_date,
        unit_code,
        round(forecast_value, 8) as forecast_value,
        round(coalesce(floor_value, low_value), 8) as forecast_low,
        round(high_value, 8) as forecast_high,
        method,
        {{ forecast_reason_zh() }} as method_reason,
        {{ forecast_reason_en() }} as method_reason_en,
        cast(history_years as integer) as history_years,
        cast(latest_year as integer) as latest_history_year,
        round(share_pct, 8) as share_pct,
        cast(error_count as integer) as error_count,
        round(time_share_value, 8) as time_share_value,
        round(latest_share_value, 8) as latest_share_value,
        closed_on,
        actual_value,
        round(forecast_value - scored_value, 8) as error,
        case
            when forecast_kind = 'cumulative'
                then round(100 * (forecast_value - scored_value) / nullif(abs(scored_value), 0), 8)
        end as error_pct,
        scored_value between coalesce(floor_value, low_value) and high_value as is_within_band,
        round(time_share_value - scored_value, 8) as time_share_error,
        round(latest_share_value - scored_value, 8) as latest_share_error
    from banded

)

select * from final
