with

actuals as (

    select * from {{ ref('int_target_actuals_chosen') }}

),

limits as (

    select * from {{ ref('int_target_limits_derived') }}

),

rounded as (

    select
        actuals.*,
        targets.effective_bound,
        targets.target_value,
        targets.base_value,
        targets.commitment,
        limits.measure_kind,
        limits.unit_code,
        limits.judged_decimals,
        limits.low_limit,
        limits.high_limit,
        limits.is_low_open,
        limits.is_high_open,
        limits.range_top,
        limits.limit_shape,
        round(actuals.actual_value * limits.unit_ratio, 10) as actual_in_unit,
        {{ round_half_up('actuals.actual_value * limits.unit_ratio', 'limits.judged_decimals') }} as judged_value
    from actuals
    inner join limits
        on actuals.target_id = limits.target_id and actuals.target_version = limits.target_version
    inner join {{ ref('stg_pack__targets') }} as targets
        on actuals.target_id = targets.target_id and actuals.target_version = targets.target_version

),

compared as (

    select
        rounded.*,
        case
            when limit_shape is null or judged_value is null then null
            when judged_value < low_limit or judged_value > high_limit then false
            when judged_value = low_limit and actual_qualifier in ('<', '≤') then false
            when judged_value = high_limit and actual_qualifier in ('>', '≥') then false
            when is_low_open and judged_value = low_limit then actual_qualifier = '>'
            when is_high_open and judged_value = high_limit then actual_qualifier = '<'
            else true
        end as is_met,
        case limit_shape
            when 'floor' then judged_value - low_limit
            when 'ceiling' then high_limit - judged_value
            when 'range'
                then case
                        when judged_value < low_limit then judged_value - low_limit
                        when judged_value > range_top then judged_value - range_top
                        else 0
                    end
            when 'band' then case
                    when judged_value < low_limit then judged_value - low_limit
                    when judged_value > high_limit then high_limit - judged_value
                    else 0
                end
        end as raw_gap
    from rounded

),

paced as (

    select
        compared.*,
        case when judged_value is not null then {{ round_half_up('raw_gap', 'judged_decimals') }} end as gap,
        case
            when measure_kind in ('growth', 'rate') then 'pp'
            else unit_code
        end as gap_unit,
        case
            when measure_kind in ('flow', 'stock', 'level') and limit_shape <> 'ceiling' and target_value <> 0
                then round(judged_value / target_value * 100, 8)
        end as attainment_pct,
        case
            when measure_kind = 'stock' and target_value <> base_value
                then round((judged_value - base_value) / (target_value - base_value) * 100, 8)
        end as progress_from_base_pct,
        case
            when measure_kind = 'flow' then round({{ month_of('actual_reference_month') }} * 100.0 / 12, 8)
        end as time_share_pct
    from compared

),

final as (

    select
        paced.*,
        case
            when measure_kind = 'flow' and low_limit is not null then round(attainment_pct - time_share_pct, 8)
        end as lead_pp,
        coalesce({{ month_of('actual_reference_month') }} = 12, false) as is_year_figure,
        {{ months_covered('actual_period_start', 'actual_reference_month') }} as observed_months
    from paced

)

select * from final
