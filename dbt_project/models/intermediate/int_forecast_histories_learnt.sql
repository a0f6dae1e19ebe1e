{#- A year counts half of the year after it. -#}
{%- set weight = 'power(0.5, turns.figure_year - pairs.figure_year - 1)' -%}
with

figures as (

    select * from {{ ref('int_forecast_figures_dated') }}

),

closings as (

    select
        series_key,
        figure_year,
        min(known_from) as closed_on
    from figures
    where figure_month = 12
    group by series_key, figure_year

),

pairs as (

    select
        months.series_key,
        months.figure_year,
        months.figure_month,
        months.value as month_value,
        years.value as year_value,
        greatest(months.known_from, years.known_from) as known_from,
        least(months.known_until, years.known_until) as known_until
    from figures as months
    inner join figures as years
        on
            months.series_key = years.series_key
            and months.figure_year = years.figure_year
            and years.figure_month = 12
            and months.figure_month < 12
            and months.known_from < years.known_until
            and months.known_until > years.known_from
    where coalesce(months.last_break_month <= months.figure_month, true)

),

turns as (

    select
        series_key,
        figure_year,
        figure_month,
        first_known_on,
        known_from as made_on
    from figures
    where figure_month < 12
    union
    select
        figures.series_key,
        figures.figure_year,
        figures.figure_month,
        figures.first_known_on,
        pairs.known_from as made_on
    from figures
    inner join pairs
        on
            figures.series_key = pairs.series_key
            and figures.figure_month = pairs.figure_month
            and pairs.figure_year between figures.figure_year - {{ forecast_window() }} and figures.figure_year - 1
            and figures.first_known_on < pairs.known_from

),

final as (

    select
        turns.series_key,
        turns.figure_year,
        turns.figure_month,
        turns.made_on,
        closings.closed_on,
        count(pairs.figure_year) as history_years,
        max(pairs.figure_year) as latest_year,
        max_by(pairs.month_value, pairs.figure_year) as latest_month_value,
        max_by(pairs.year_value, pairs.figure_year) as latest_year_value,
        sum(pairs.month_value * {{ weight }}) / sum({{ weight }}) as weighted_month_value,
        sum(pairs.year_value * {{ weight }}) / sum({{ weight }}) as weighted_year_value
    from turns
    left join pairs
        on
            turns.series_key = pairs.series_key
            and turns.figure_month = pairs.figure_month
            and pairs.figure_year between turns.figure_year - {{ forecast_window() }} and turns.figure_year - 1
            and turns.made_on >= pairs.known_from
            and turns.made_on < pairs.known_until
    left join closings
        on turns.series_key = closings.series_key and turns.figure_year = closings.figure_year
    where coalesce(turns.made_on < closings.closed_on, true) or turns.made_on = turns.first_known_on
    group by turns.series_key, turns.figure_year, turns.figure_month, turns.made_on, closings.closed_on

)

select * from final
