{%- set table_of_ranks = 'rank_set_code, indicator_code, measure, reference_month' %}
{%- set state = table_of_ranks ~ ', side, known_at' %}
with

states as (

    select distinct
        rank_set_code,
        indicator_code,
        measure,
        month_from as reference_month,
        'before' as side,
        moved_at as known_at
    from {{ ref('int_rank_moves_paired') }}
    where compared_with in ('previous', 'revision')
    union all
    select distinct
        rank_set_code,
        indicator_code,
        measure,
        month_to as reference_month,
        'after' as side,
        moved_at as known_at
    from {{ ref('int_rank_moves_paired') }}
    where compared_with = 'revision'

),

members as (

    select
        states.*,
        valued.region_code,
        valued.area_code,
        valued.direction,
        valued.rank_decimals,
        valued.ranks_raw_value,
        measure_values.growth_basis,
        measure_values.period_start
    from states
    inner join {{ ref('int_rank_members_valued') }} as valued
        on
            states.rank_set_code = valued.rank_set_code
            and states.indicator_code = valued.indicator_code
            and states.measure = valued.measure
            and states.reference_month = valued.reference_month
    left join {{ ref('int_measure_values_prepared') }} as measure_values
        on
            valued.region_code = measure_values.region_code
            and valued.indicator_code = measure_values.indicator_code
            and valued.measure = measure_values.measure
            and valued.reference_month = measure_values.reference_month

),

-- What of each member was known. An inner join first: an engine hashes it, but loops over a left join with an `or`.
known as (

    select
        members.*,
        vintages.value,
        vintages.value_qualifier,
        vintages.is_simulated,
        vintages.source_rank,
        vintages.vintage_at,
        vintages.submission_order,
        vintages.submission_id
    from members
    inner join {{ ref('int_observation_vintages_reconciled') }} as vintages
        on
            members.region_code = vintages.region_code
            and members.indicator_code = vintages.indicator_code
            and members.measure = vintages.measure
            and members.growth_basis = vintages.growth_basis
            and members.period_start = vintages.period_start
            and members.reference_month = vintages.reference_month
            and vintages.is_accepted
            and members.known_at >= vintages.vintage_at
    where members.side = 'after' or members.known_at > vintages.vintage_at

),

chosen as (

    select
        known.*,
        row_number() over (partition by {{ state }}, region_code order by {{ current_first() }}) as choice
    from known

),

rounded as (

    select
        members.rank_set_code,
        members.indicator_code,
        members.measure,
        members.reference_month,
        members.side,
        members.known_at,
        members.region_code,
        members.area_code,
        coalesce(chosen.is_simulated, false) as is_simulated,
        case when members.direction = 'lower' then -1 else 1 end
        * case
            when chosen.value_qualifier <> '=' then null
            when members.ranks_raw_value then chosen.value
            else {{ round_half_up('chosen.value', 'members.rank_decimals') }}
        end as merit
    from members
    left join chosen
        on
            {{ same_state('members', 'chosen') }}
            and members.region_code = chosen.region_code
            and chosen.choice = 1

),

final as (

    select
        rounded.*,
        max(case when is_simulated then 1 else 0 end) over (partition by {{ state }}) = 1 as is_table_simulated,
        case
            when merit is not null
                then rank() over (
                        partition by {{ state }} order by case when merit is null then 1 else 0 end, merit desc
                    )
        end as place,
        count(merit) over (partition by {{ state }})
        < count(*) over (partition by {{ state }}) * {{ parameter('rank_withheld_below_share', 0.5) }} as is_withheld
    from rounded

)

select * from final
