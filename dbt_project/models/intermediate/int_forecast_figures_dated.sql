{%- set figure = ['series_key', 'figure_year', 'figure_month'] | join(', ') -%}
with

vintages as (

    select
        *,
        {{ forecast_kind('measure') }} as forecast_kind,
        {{ keyed(['indicator_code', 'measure', 'growth_basis', 'is_simulated']) }} as pool_key,
        {{ keyed(['region_code', 'indicator_code', 'measure', 'growth_basis', 'is_simulated']) }} as series_key,
        {{ year_of('reference_month') }} as figure_year,
        {{ month_of('reference_month') }} as figure_month,
        {{ local_date('vintage_at') }} as known_on
    from {{ ref('int_observation_vintages_reconciled') }}
    where
        is_accepted
        and value is not null
        and value_qualifier = '='
        and (measure like '%\_eop' escape '\' or {{ month_of('period_start') }} = 1)

),

dated as (

    select
        vintages.*,
        min(known_on) over (partition by {{ figure }}) as first_known_on,
        max(case when is_break then figure_month end) over (partition by series_key, figure_year) as last_break_month
    from vintages
    where forecast_kind is not null

),

readings as (

    select * from dated
    where known_on <= greatest(first_known_on, {{ forecast_close('figure_year') }})

),

days as (

    select distinct
        series_key,
        figure_year,
        figure_month,
        known_on
    from readings

),

chosen as (

    select
        readings.*,
        days.known_on as known_from,
        row_number() over (
            partition by days.series_key, days.figure_year, days.figure_month, days.known_on
            order by {{ current_first() }}
        ) as choice
    from days
    inner join readings
        on
            days.series_key = readings.series_key
            and days.figure_year = readings.figure_year
            and days.figure_month = readings.figure_month
            and days.known_on >= readings.known_on

),

changed as (

    select
        chosen.*,
        lag(value) over (partition by {{ figure }} order by known_from) as earlier_value
    from chosen
    where choice = 1

),

final as (

    select
        series_key,
        pool_key,
        region_code,
        indicator_code,
        measure,
        growth_basis,
        is_simulated,
        unit_code,
        forecast_kind,
        figure_year,
        figure_month,
        reference_month,
        value,
        last_break_month,
        first_known_on,
        known_from,
        lead(known_from, 1, date '9999-12-31') over (partition by {{ figure }} order by known_from) as known_until
    from changed
    where earlier_value is null or earlier_value <> value

)

select * from final
