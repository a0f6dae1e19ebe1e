with

targets as (

    select
        targets.*,
        {{ measure_kind('targets.measure') }} as measure_kind,
        measures.direction,
        measures.display_decimals,
        measures.unit_code as measure_unit_code,
        coalesce(targets.unit_code, measures.unit_code) as judged_unit_code,
        case
            when targets.effective_bound = 'direction_up' and {{ measure_kind('targets.measure') }} = 'growth' then 0
            when targets.effective_bound = 'direction_up' and {{ measure_kind('targets.measure') }} = 'index' then 100
            when targets.effective_bound = 'direction_up' then targets.base_value
        end as level_to_exceed
    from {{ ref('stg_pack__targets') }} as targets
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on targets.indicator_code = measures.indicator_code and targets.measure = measures.measure

),

limited as (

    select
        targets.*,
        case
            when effective_bound in ('ge', 'gt', 'range') then target_value
            when effective_bound = 'eq' and coalesce(direction, 'none') <> 'lower' then target_value
            when effective_bound in ('about', 'stable_at') then band_low
            when effective_bound = 'direction_up' then level_to_exceed
        end as low_limit,
        case
            when effective_bound in ('le', 'lt') then target_value
            when effective_bound = 'eq' and coalesce(direction, 'none') <> 'higher' then target_value
            when effective_bound in ('about', 'stable_at') then band_high
        end as high_limit,
        effective_bound in ('gt', 'direction_up') as is_low_open,
        effective_bound = 'lt' as is_high_open,
        case when effective_bound = 'range' then coalesce(target_upper, target_value) end as range_top
    from targets

),

final as (

    select
        limited.target_id,
        limited.target_version,
        limited.measure_kind,
        limited.direction,
        limited.judged_unit_code as unit_code,
        case
            when measured.unit_code is null or judged.unit_code is null then 1
            when measured.dimension = judged.dimension then measured.factor / judged.factor
        end as unit_ratio,
        greatest(
            coalesce(limited.display_decimals, 0),
            {{ decimals_of('limited.target_value') }},
            {{ decimals_of('limited.band_low') }},
            {{ decimals_of('limited.band_high') }}
        ) as judged_decimals,
        limited.low_limit,
        limited.high_limit,
        limited.is_low_open,
        limited.is_high_open,
        limited.range_top,
        case
            when limited.effective_bound in ('about', 'stable_at')
                and coalesce(limited.low_limit, limited.high_limit) is not null then 'band'
            when limited.low_limit is not null and limited.high_limit is not null then 'band'
            when limited.effective_bound = 'range' then 'range'
            when limited.low_limit is not null then 'floor'
            when limited.high_limit is not null then 'ceiling'
        end as limit_shape
    from limited
    left join {{ ref('stg_pack__units') }} as measured on limited.measure_unit_code = measured.unit_code
    left join {{ ref('stg_pack__units') }} as judged on limited.judged_unit_code = judged.unit_code

)

select * from final
