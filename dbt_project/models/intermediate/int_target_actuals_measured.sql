with

actuals as (

    select * from {{ ref('int_target_actuals_chosen') }}

),

paths as (

    select
        *,
        lead(reference_month) over (
            partition by target_id, target_version order by reference_month
        ) as next_point_month
    from {{ ref('stg_pack__target_paths') }}

),

rounded as (

    select
        actuals.*,
        targets.effective_bound,
        targets.target_value,
        targets.base_value,
        targets.commitment,
        targets.goal_month,
        limits.rule_code,
        limits.unit_ratio,
        limits.judges,
        limits.needs_compare,
        limits.limit_offset,
        limits.early_met,
        limits.early_short,
        limits.measure_kind,
        limits.judged_decimals as figure_decimals,
        limits.is_low_open,
        limits.is_high_open,
        limits.range_top,
        limits.limit_shape,
        paths.path_value,
        case when limits.judges = 'place' then 'place' else limits.unit_code end as unit_code,
        limits.unit_code as figure_unit_code,
        case when limits.judges = 'place' then 0 else limits.judged_decimals end as judged_decimals,
        {{ round_half_up('actuals.compare_value', 'limits.judged_decimals') }} as compare_figure,
        {{ round_half_up('actuals.actual_value * limits.unit_ratio', 'limits.judged_decimals') }} as figure_value,
        case
            when limits.judges = 'place' then actuals.place
            else round(actuals.actual_value * limits.unit_ratio, 10)
        end as actual_in_unit,
        case limits.judges
            when 'place' then actuals.place
            when 'worst'
                then {{ round_half_up('actuals.highest_value * limits.unit_ratio', 'limits.judged_decimals') }}
            else {{ round_half_up('actuals.actual_value * limits.unit_ratio', 'limits.judged_decimals') }}
        end as judged_value,
        case
            when limits.needs_compare
                then {{ round_half_up('actuals.compare_value', 'limits.judged_decimals') }} + limits.limit_offset
            else limits.low_limit
        end as low_limit,
        case
            when limits.judges = 'place'
                then coalesce(
                        targets.rank_limit,
                        -- greatest() passes over NULL: without a table there is no limit
                        case
                            when actuals.member_count > 0 and targets.rank_limit_share_pct is not null
                                then greatest(
                                        floor(round(actuals.member_count * targets.rank_limit_share_pct / 100, 1)), 1
                                    )
                        end
                    )
            else limits.high_limit
        end as high_limit
    from actuals
    inner join {{ ref('int_target_limits_derived') }} as limits
        on actuals.target_id = limits.target_id and actuals.target_version = limits.target_version
    inner join {{ ref('stg_pack__targets') }} as targets
        on actuals.target_id = targets.target_id and actuals.target_version = targets.target_version
    left join paths
        on
            actuals.target_id = paths.target_id
            and actuals.target_version = paths.target_version
            and actuals.actual_reference_month >= paths.reference_month
            and (paths.next_point_month is null or actuals.actual_reference_month < paths.next_point_month)

),

compared as (

    select
        rounded.*,
        case
            when limit_shape is null or judged_value is null or coalesce(low_limit, high_limit) is null then null
            when judged_value < low_limit or judged_value > high_limit then false
            when judged_value = low_limit and actual_qualifier in ('<', '≤') then false
            when judged_value = high_limit and actual_qualifier in ('>', '≥') then false
            when is_low_open and judged_value = low_limit then actual_qualifier = '>'
            when is_high_open and judged_value = high_limit then actual_qualifier = '<'
            else true
        end as is_met,
        case
            when needs_compare and limit_offset < 0 and judged_value >= low_limit
                then greatest(judged_value - compare_figure, 0)
            when limit_shape = 'floor' then judged_value - low_limit
            when limit_shape = 'ceiling' then high_limit - judged_value
            when limit_shape = 'range' and judged_value > range_top then judged_value - range_top
            when judged_value < low_limit then judged_value - low_limit
            when limit_shape = 'band' and judged_value > high_limit then high_limit - judged_value
            when limit_shape in ('range', 'band') and judged_value is not null then 0
        end as raw_gap
    from rounded

),

paced as (

    select
        compared.*,
        {{ round_half_up('raw_gap', 'judged_decimals') }} as gap,
        case
            when judges = 'place' then 'place'
            when measure_kind in ('growth', 'rate') then 'pp'
            else unit_code
        end as gap_unit,
        case
            when
                measure_kind in ('flow', 'stock', 'level') and judges = 'figure'
                and limit_shape <> 'ceiling' and target_value <> 0 and not needs_compare
                then round(judged_value / target_value * 100, 8)
        end as attainment_pct,
        case
            when measure_kind = 'stock' and target_value <> base_value
                then round((judged_value - base_value) / (target_value - base_value) * 100, 8)
        end as progress_from_base_pct,
        case
            when measure_kind = 'flow' and judges = 'figure'
                then round({{ month_of('actual_reference_month') }} * 100.0 / 12, 8)
        end as time_share_pct
    from compared

),

final as (

    select
        paced.*,
        case
            when measure_kind = 'flow' and low_limit is not null then round(attainment_pct - time_share_pct, 8)
        end as lead_pp,
        coalesce(actual_reference_month >= goal_month, false) as is_year_figure,
        coalesce(judges = 'place' and judged_value <= high_limit and worst_place > high_limit, false) as is_undecided,
        {{ months_covered('actual_period_start', 'actual_reference_month') }} as observed_months
    from paced

)

select * from final
