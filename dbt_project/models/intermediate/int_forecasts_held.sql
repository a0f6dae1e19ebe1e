with

held as (

    select
        figures.*,
        {{ keyed(['region_code', 'indicator_code', 'measure', 'growth_basis', 'is_simulated']) }} as series_key,
        {{ year_of('reference_month') }} as figure_year,
        {{ month_of('reference_month') }} as figure_month
    from {{ ref('int_observations_current') }} as figures
    where is_held and value is not null

),

-- its own figure to date, or one that it learns from: an earlier year's at this month or at the end
final as (

    select distinct
        developed.series_key,
        developed.figure_year,
        developed.figure_month
    from {{ ref('int_forecasts_developed') }} as developed
    inner join held
        on
            developed.series_key = held.series_key
            and (
                (developed.figure_year = held.figure_year and developed.figure_month = held.figure_month)
                or (developed.figure_year > held.figure_year and held.figure_month in (developed.figure_month, 12))
            )

)

select * from final
