with

measure_values as (

    select * from {{ ref('int_measure_values_prepared') }}
    where is_ranked

),

measured_months as (

    select distinct
        indicator_code,
        measure,
        reference_month,
        {{ month_end('reference_month') }} as last_day,
        direction,
        measure_kind,
        display_decimals,
        rank_decimals,
        ranks_raw_value
    from measure_values
    where value is not null

),

successions as (

    -- a county that became a city is the same area under another code; where areas were split or merged it is not
    select
        predecessors.region_code,
        predecessors.predecessor_code,
        count(*) over (partition by predecessors.region_code) as predecessor_count,
        count(*) over (partition by predecessors.predecessor_code) as successor_count
    from {{ ref('stg_pack__region_predecessors') }} as predecessors

),

members as (

    select
        rank_members.rank_set_code,
        rank_members.region_code,
        coalesce(successions.predecessor_code, rank_members.region_code) as area_code,
        measured_months.*
    from measured_months
    inner join {{ ref('stg_pack__rank_set_members') }} as rank_members
        on
            measured_months.last_day >= rank_members.valid_from
            and measured_months.last_day <= coalesce(rank_members.valid_to, measured_months.last_day)
    left join {{ ref('stg_pack__rank_set_exceptions') }} as exceptions
        on
            rank_members.rank_set_code = exceptions.rank_set_code
            and rank_members.region_code = exceptions.region_code
            and measured_months.indicator_code = exceptions.indicator_code
            and measured_months.last_day >= exceptions.valid_from
            and measured_months.last_day <= coalesce(exceptions.valid_to, measured_months.last_day)
    left join successions
        on
            rank_members.region_code = successions.region_code
            and successions.predecessor_count = 1
            and successions.successor_count = 1
    where exceptions.region_code is null

),

final as (

    select
        members.*,
        measure_values.value,
        measure_values.value_qualifier,
        measure_values.unit_code,
        coalesce(measure_values.is_held, false) as is_held,
        coalesce(measure_values.is_simulated and measure_values.value is not null, false) as is_simulated,
        case
            when measure_values.value_qualifier <> '=' then null
            when members.ranks_raw_value then measure_values.value
            else {{ round_half_up('measure_values.value', 'members.rank_decimals') }}
        end as ranked_value
    from members
    left join measure_values
        on
            members.region_code = measure_values.region_code
            and members.indicator_code = measure_values.indicator_code
            and members.measure = measure_values.measure
            and members.reference_month = measure_values.reference_month

)

select * from final
