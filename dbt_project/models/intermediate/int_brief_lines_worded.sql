with

lines as (

    select
        attainment.*,
        targets.wording,
        targets.sort_order,
        targets.lead_bureau_code,
        coalesce(units.unit_symbol, '') as unit_symbol,
        case
            when {{ measure_kind('attainment.measure') }} in ('growth', 'rate') then '个百分点'
            else coalesce(units.unit_symbol, '')
        end as gap_symbol,
        {{ decimals_of('attainment.target_value') }} as target_decimals,
        {{ decimals_of('attainment.target_upper') }} as upper_decimals,
        case
            when attainment.effective_bound = 'linked' then same_basis.value else parents.value
        end as parent_value,
        coalesce(parents.is_simulated, same_basis.is_simulated, false) as is_parent_simulated,
        changes.change,
        coalesce(changes.is_simulated, false) as is_change_simulated,
        ranks.rank_text,
        coalesce(ranks.is_simulated, false) as is_rank_simulated,
        coalesce(parents.is_held, false) or coalesce(same_basis.is_held, false)
        or coalesce(changes.rests_on_held, false) or coalesce(ranks.rests_on_held, false) as is_beside_held,
        {{ period_zh(
            'attainment.measure', 'attainment.actual_period_start', 'attainment.actual_reference_month'
        ) }} as period_zh
    from {{ ref('mart_target_attainment') }} as attainment
    inner join {{ ref('stg_pack__targets') }} as targets
        on attainment.target_id = targets.target_id and attainment.target_version = targets.target_version
    cross join {{ ref('stg_pack__info') }} as info
    left join {{ ref('stg_pack__units') }} as units on attainment.unit_code = units.unit_code
    left join {{ ref('int_measure_values_prepared') }} as parents
        on
            info.parent_region_code = parents.region_code
            and attainment.indicator_code = parents.indicator_code
            and attainment.measure = parents.measure
            and attainment.actual_reference_month = parents.reference_month
    -- A linked target may be judged on another basis (real) than the one its measure declares (nominal).
    left join {{ ref('int_observations_current') }} as same_basis
        on
            info.parent_region_code = same_basis.region_code
            and attainment.indicator_code = same_basis.indicator_code
            and attainment.measure = same_basis.measure
            and attainment.actual_growth_basis = same_basis.growth_basis
            and attainment.actual_period_start = same_basis.period_start
            and attainment.actual_reference_month = same_basis.reference_month
    left join {{ ref('int_brief_changes_measured') }} as changes
        on
            attainment.target_id = changes.target_id
            and attainment.target_version = changes.target_version
            and attainment.actual_reference_month = changes.actual_reference_month
    left join {{ ref('int_brief_ranks_worded') }} as ranks
        on
            attainment.region_code = ranks.region_code
            and attainment.indicator_code = ranks.indicator_code
            and attainment.measure = ranks.measure
            and attainment.actual_reference_month = ranks.reference_month
    where targets.is_headline and attainment.is_in_force

),

printed as (

    select
        lines.*,
        {{ printed('target_value', 'target_decimals') }} as target_figure,
        {{ printed('target_upper', 'upper_decimals') }} as upper_figure,
        {{ printed('judged_value', 'judged_decimals') }} || unit_symbol as actual_figure,
        {{ printed('parent_value', 'judged_decimals') }} || unit_symbol as parent_text,
        {{ signed('gap', 'judged_decimals') }} || gap_symbol as gap_text,
        {{ signed('change', 'judged_decimals') }} || gap_symbol as change_text
    from lines

),

final as (

    select
        target_id,
        reference_month,
        sort_order,
        indicator_code,
        lead_bureau_code,
        coalesce({{ brief_target() }}, wording) as target_text,
        period_zh || ' ' || actual_figure as actual_text,
        parent_text,
        gap_text,
        rank_text,
        change_text,
        case
            when lead_pp is not null then {{ signed('lead_pp', '1') }} || '个百分点'
        end as pace_text,
        status,
        is_simulated or is_parent_simulated or is_change_simulated or is_rank_simulated as is_simulated,
        rests_on_held or is_beside_held as rests_on_held
    from printed

)

select * from final
