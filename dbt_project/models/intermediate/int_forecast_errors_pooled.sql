{#- What was known on the day of a moment, of the years before its own. -#}
{%- set is_learnt = 'errors.figure_year between moments.figure_year - ' ~ forecast_window()
    ~ ' and moments.figure_year - 1 and moments.made_on >= errors.known_from and moments.made_on < errors.known_until' -%}
{%- set own_error = 'case when errors.pool_key = moments.pool_key then errors.error end' -%}
with

forecasts as (

    select * from {{ ref('int_forecasts_developed') }}

),

scored as (

    select
        forecasts.*,
        greatest(outcomes.known_from, forecasts.made_on) as known_from,
        outcomes.known_until,
        (outcomes.value - forecasts.forecast_value) / nullif(forecasts.error_unit, 0) as error
    from forecasts
    inner join {{ ref('int_forecast_figures_dated') }} as outcomes
        on
            forecasts.series_key = outcomes.series_key
            and forecasts.figure_year = outcomes.figure_year
            and outcomes.figure_month = 12
    where forecasts.is_latest and not forecasts.is_broken

),

errors as (

    select
        scored.*,
        max(case when is_plain then error end)
            over (partition by series_key, figure_year, figure_month, known_from) as plain_error
    from scored
    where error is not null

),

moments as (

    select distinct
        pool_key,
        measure,
        unit_code,
        is_simulated,
        figure_year,
        figure_month,
        made_on,
        rule
    from forecasts

),

contests as (

    select
        moments.pool_key,
        moments.figure_year,
        moments.made_on,
        count(distinct errors.figure_year) > 1
        and avg(case when abs(errors.error) < abs(errors.plain_error) then 1.0 else 0 end) > 0.5 as is_learnt_better
    from moments
    inner join errors
        on moments.pool_key = errors.pool_key and not errors.is_plain and {{ is_learnt }}
    group by moments.pool_key, moments.figure_year, moments.made_on

),

dispersions as (

    select
        moments.pool_key,
        moments.figure_year,
        moments.figure_month,
        moments.made_on,
        moments.rule,
        count({{ own_error }}) as error_count,
        {{ forecast_band_end(own_error, 'errors.error', 'moments.measure', 'low') }} as low_error,
        {{ forecast_band_end(own_error, 'errors.error', 'moments.measure', 'high') }} as high_error
    from moments
    left join errors
        on
            moments.measure = errors.measure
            and moments.unit_code = errors.unit_code
            and moments.is_simulated = errors.is_simulated
            and moments.figure_month = errors.figure_month
            and moments.rule = errors.rule
            and {{ is_learnt }}
    group by
        moments.pool_key, moments.measure, moments.figure_year, moments.figure_month, moments.made_on, moments.rule

),

final as (

    select
        dispersions.*,
        coalesce(contests.is_learnt_better, false) as is_learnt_better
    from dispersions
    left join contests
        on
            dispersions.pool_key = contests.pool_key
            and dispersions.figure_year = contests.figure_year
            and dispersions.made_on = contests.made_on

)

select * from final
