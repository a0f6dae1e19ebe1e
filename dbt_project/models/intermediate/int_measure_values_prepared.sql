{%- set columns = observation_key()
    ~ ', value, value_qualifier, unit_code, obs_status, is_held, is_simulated' %}
with

observations as (

    select {{ columns }} from {{ ref('int_observations_current') }}
    union all
    select {{ columns }} from {{ ref('int_indicator_sums_added') }}

),

preferred as (

    select
        observations.*,
        measures.direction,
        measures.measure_kind,
        measures.display_decimals,
        measures.rank_decimals,
        measures.ranks_raw_value,
        measures.is_ranked,
        row_number() over (
            partition by
                observations.region_code, observations.indicator_code,
                observations.measure, observations.reference_month
            order by
                case when observations.value is null then 1 else 0 end,
                case
                    when observations.growth_basis = measures.growth_basis then 0
                    when observations.growth_basis = 'unstated' then 1
                    else 2
                end,
                observations.growth_basis,
                observations.period_start
        ) as choice
    from observations
    inner join {{ ref('stg_pack__indicator_measures') }} as measures
        on
            observations.indicator_code = measures.indicator_code
            and observations.measure = measures.measure
    where
        measures.growth_basis = 'none'
        or observations.growth_basis in (measures.growth_basis, 'unstated', 'none')

),

final as (

    select
        {{ observation_key() }},
        value,
        value_qualifier,
        unit_code,
        obs_status,
        is_simulated,
        is_held,
        direction,
        measure_kind,
        display_decimals,
        rank_decimals,
        ranks_raw_value,
        is_ranked
    from preferred
    where choice = 1

)

select * from final
