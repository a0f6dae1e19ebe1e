with

observations as (

    select * from {{ ref('int_observations_current') }}

),

components as (

    select
        components.indicator_code as sum_code,
        components.component_code,
        sums.measure,
        sums.unit_code,
        parts.unit_code as part_unit_code,
        count(*) over (partition by components.indicator_code, sums.measure) as component_count
    from {{ ref('stg_pack__indicator_components') }} as components
    inner join {{ ref('stg_pack__indicator_measures') }} as sums
        on components.indicator_code = sums.indicator_code
    left join {{ ref('stg_pack__indicator_measures') }} as parts
        on components.component_code = parts.indicator_code and sums.measure = parts.measure
    where sums.measure_kind in ('flow', 'stock', 'level')

),

added as (

    select
        observations.region_code,
        components.sum_code as indicator_code,
        components.measure,
        observations.growth_basis,
        observations.period_start,
        observations.reference_month,
        components.unit_code,
        case
            when count(observations.value) = max(components.component_count)
                then round(sum(observations.value * part_units.factor / sum_units.factor), 8)
        end as value,
        case
            when min(observations.value_qualifier) = '=' and max(observations.value_qualifier) = '=' then '='
            else '≈'
        end as value_qualifier,
        max(case when observations.obs_status = 'V' then 1 else 0 end) = 1 as has_held_part,
        max(case when observations.is_held then 1 else 0 end) = 1 as is_held,
        max(case when observations.is_simulated then 1 else 0 end) = 1 as is_simulated
    from components
    inner join observations
        on components.component_code = observations.indicator_code and components.measure = observations.measure
    left join {{ ref('stg_pack__units') }} as sum_units on components.unit_code = sum_units.unit_code
    left join {{ ref('stg_pack__units') }} as part_units
        on components.part_unit_code = part_units.unit_code and sum_units.dimension = part_units.dimension
    group by
        observations.region_code, components.sum_code, components.measure, observations.growth_basis,
        observations.period_start, observations.reference_month, components.unit_code

),

final as (

    select
        {{ observation_key('added') }},
        added.value,
        added.value_qualifier,
        added.unit_code,
        case when added.value is not null then 'A' when added.has_held_part then 'V' else 'O' end as obs_status,
        added.is_held,
        added.is_simulated
    from added
    left join observations as own
        on
            added.region_code = own.region_code
            and added.indicator_code = own.indicator_code
            and added.measure = own.measure
            and added.reference_month = own.reference_month
    where own.region_code is null

)

select * from final
