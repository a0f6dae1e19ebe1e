with

targets as (

    select
        targets.*,
        {{ measure_kind('targets.measure') }} as measure_kind,
        coalesce(measures.direction, 'none') as direction,
        measures.display_decimals,
        measures.unit_code as measure_unit_code,
        coalesce(targets.unit_code, measures.unit_code) as judged_unit_code,
        case
            when targets.effective_bound = 'eq' and measures.direction = 'higher' then 'ge'
            when targets.effective_bound = 'eq' and measures.direction = 'lower' then 'le'
            when targets.effective_bound in ('eq', 'stable_at') then 'band'
            when targets.effective_bound = 'about' and targets.band_low is null then 'about_ceiling'
            when targets.effective_bound = 'about' and targets.band_high is null then 'about_floor'
            when targets.effective_bound = 'about' then 'band'
            when targets.effective_bound = 'project_set' and targets.milestone is null then null
            else targets.effective_bound
        end as rule_code
    from {{ ref('stg_pack__targets') }} as targets
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on targets.indicator_code = measures.indicator_code and targets.measure = measures.measure

),

ruled as (

    select
        targets.*,
        rules.judges,
        rules.low_from,
        rules.high_from,
        rules.is_open,
        rules.limit_shape,
        rules.early_met,
        rules.early_short
    from targets
    left join {{ ref('int_target_rules_listed') }} as rules
        on targets.rule_code = rules.rule_code and targets.measure_kind = rules.measure_kind

),

limited as (

    select
        ruled.*,
        coalesce(low_from = 'compare', false) as needs_compare,
        case low_from
            when 'target' then target_value
            when 'band' then coalesce(band_low, case when effective_bound = 'eq' then target_value end)
            when 'full' then coalesce(target_value, {{ parameter('coverage_full_pct', 100) }})
            when 'base' then base_value
            when 'zero' then 0
            when 'hundred' then 100
        end as low_limit,
        case high_from
            when 'target' then target_value
            when 'band' then coalesce(band_high, case when effective_bound = 'eq' then target_value end)
            when 'rank' then rank_limit
            when 'zero' then 0
        end as high_limit,
        case
            when effective_bound = 'linked' then -{{ parameter('linked_tolerance_pp', 0.5) }}
            when effective_bound = 'relative' then coalesce(target_value, 0)
        end as limit_offset,
        coalesce(limit_shape = 'floor' and is_open, false)
        or (effective_bound = 'relative' and coalesce(target_value, 0) = 0) as is_low_open,
        coalesce(limit_shape = 'ceiling' and is_open, false) as is_high_open,
        case when effective_bound = 'range' then coalesce(target_upper, target_value) end as range_top
    from ruled

),

final as (

    select
        limited.target_id,
        limited.target_version,
        limited.rule_code,
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
            {{ decimals_of('limited.band_high') }},
            {{ decimals_of('limited.limit_offset') }}
        ) as judged_decimals,
        limited.judges,
        limited.needs_compare,
        limited.limit_offset,
        limited.low_limit,
        limited.high_limit,
        limited.is_low_open,
        limited.is_high_open,
        limited.range_top,
        case
            when
                coalesce(limited.low_limit, limited.high_limit, limited.limit_offset, limited.rank_limit_share_pct)
                is not null
                then limited.limit_shape
        end as limit_shape,
        limited.early_met,
        limited.early_short
    from limited
    left join {{ ref('stg_pack__units') }} as measured on limited.measure_unit_code = measured.unit_code
    left join {{ ref('stg_pack__units') }} as judged on limited.judged_unit_code = judged.unit_code

)

select * from final
