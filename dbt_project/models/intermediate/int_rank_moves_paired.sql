{%- set table_of_ranks = 'rank_set_code, indicator_code, measure' %}
with

ranked as (

    select
        ranked.*,
        lag(reference_month) over (
            partition by
                {{ table_of_ranks }}, area_code, {{ year_of('reference_month') }},
                case when place is null or is_withheld then 1 else 0 end
            order by reference_month
        ) as previous_month
    from {{ ref('int_rank_members_ranked') }} as ranked

),

arrivals as (

    select
        ranked.rank_set_code,
        ranked.indicator_code,
        ranked.measure,
        ranked.reference_month,
        min(vintages.vintage_at) as arrived_at
    from ranked
    inner join {{ ref('int_observation_vintages_reconciled') }} as vintages
        on
            ranked.region_code = vintages.region_code
            and ranked.indicator_code = vintages.indicator_code
            and ranked.measure = vintages.measure
            and ranked.reference_month = vintages.reference_month
    where vintages.is_accepted and vintages.value is not null
    group by ranked.rank_set_code, ranked.indicator_code, ranked.measure, ranked.reference_month

),

compared as (

    select distinct
        {{ table_of_ranks }},
        'previous' as compared_with,
        previous_month as month_from,
        reference_month as month_to
    from ranked
    where place is not null and not is_withheld and previous_month is not null
    union all
    select distinct
        {{ table_of_ranks }},
        'year_ago' as compared_with,
        {{ add_months('reference_month', -12) }} as month_from,
        reference_month as month_to
    from ranked
    where place is not null and not is_withheld

),

revised as (

    select distinct
        ranked.rank_set_code,
        ranked.indicator_code,
        ranked.measure,
        ranked.reference_month,
        revisions.revised_at
    from ranked
    inner join {{ ref('int_revisions_measured') }} as revisions
        on
            ranked.region_code = revisions.region_code
            and ranked.indicator_code = revisions.indicator_code
            and ranked.measure = revisions.measure
            and ranked.reference_month = revisions.reference_month

),

final as (

    select
        compared.*,
        arrivals.arrived_at as moved_at
    from compared
    inner join arrivals
        on
            compared.rank_set_code = arrivals.rank_set_code
            and compared.indicator_code = arrivals.indicator_code
            and compared.measure = arrivals.measure
            and compared.month_to = arrivals.reference_month
    union all
    select
        {{ table_of_ranks }},
        'revision' as compared_with,
        reference_month as month_from,
        reference_month as month_to,
        revised_at as moved_at
    from revised

)

select * from final
