with

histories as (

    select
        histories.*,
        figures.pool_key,
        figures.region_code,
        figures.indicator_code,
        figures.measure,
        figures.growth_basis,
        figures.is_simulated,
        figures.unit_code,
        figures.forecast_kind,
        figures.reference_month,
        figures.value,
        coalesce(figures.last_break_month > figures.figure_month, false) as is_broken,
        row_number() over (
            partition by histories.series_key, histories.figure_year, histories.figure_month
            order by histories.made_on desc
        ) = 1 as is_latest
    from {{ ref('int_forecast_histories_learnt') }} as histories
    inner join {{ ref('int_forecast_figures_dated') }} as figures
        on
            histories.series_key = figures.series_key
            and histories.figure_year = figures.figure_year
            and histories.figure_month = figures.figure_month
            and histories.made_on >= figures.known_from
            and histories.made_on < figures.known_until

),

compared as (

    select
        histories.*,
        case when forecast_kind = 'cumulative' then value * 12 / figure_month end as time_share_value,
        case when forecast_kind = 'cumulative' then value + latest_year_value - latest_month_value end as added_value,
        case when forecast_kind = 'cumulative' then value * latest_year_value / nullif(latest_month_value, 0) end
            as latest_share_value,
        {{ forecast_divided('value', 'latest_month_value', 'latest_year_value') }} as divided_value,
        {{ forecast_divided('value', 'weighted_month_value', 'weighted_year_value') }} as weighted_share_value,
        value + weighted_year_value - weighted_month_value as weighted_sum_value
    from histories

),

candidates as (

    select
        compared.*,
        true as is_plain,
        case
            when forecast_kind = 'carried' then 'holds'
            when divided_value is not null then 'latest_share'
            when history_years > 0 then 'added_months'
            else 'time_share'
        end as method
    from compared
    union all
    select
        compared.*,
        false as is_plain,
        case
            when forecast_kind = 'carried' then 'mean_difference'
            when weighted_share_value is not null then 'weighted_shares'
            else 'added_mean_months'
        end as method
    from compared
    where history_years > case when forecast_kind = 'carried' then 0 else 1 end

),

final as (

    select
        candidates.*,
        case
            when not is_plain then 'earlier_years'
            when method in ('holds', 'time_share') then method
            else 'latest_year'
        end as rule,
        case method
            when 'holds' then value
            when 'latest_share' then divided_value
            when 'added_months' then added_value
            when 'time_share' then time_share_value
            when 'weighted_shares' then weighted_share_value
            else weighted_sum_value
        end as forecast_value,
        case
            when measure = 'level_eop' then abs(value)
            when forecast_kind = 'carried' then 1
            when divided_value is not null then divided_value
            else greatest(abs(coalesce(added_value, time_share_value)), abs(coalesce(latest_year_value, 0)))
        end as error_unit
    from candidates

)

select * from final
