with

verdicts as (

    select
        *,
        count(*) over (partition by target_id, reference_month) as version_count
    from {{ ref('int_target_verdicts_reached') }}

),

reasons as (

    select * from {{ ref('int_target_reasons_worded') }}

),

final as (

    select
        verdicts.target_id,
        verdicts.target_version,
        verdicts.is_judged and verdicts.is_in_force as is_judged,
        verdicts.is_in_force,
        {{ version_reason_zh() }} as judged_reason,
        {{ version_reason_en() }} as judged_reason_en,
        targets.region_code,
        verdicts.measured_region_code,
        verdicts.indicator_code,
        verdicts.measure,
        verdicts.unit_code,
        verdicts.plan_year,
        verdicts.reference_month,
        targets.bound,
        targets.effective_bound,
        verdicts.target_value,
        targets.target_upper,
        coalesce(verdicts.low_limit, verdicts.high_limit) as limit_value,
        verdicts.compare_figure as compare_value,
        verdicts.path_value,
        verdicts.actual_in_unit as actual_value,
        verdicts.actual_reference_month,
        verdicts.actual_period_start,
        verdicts.actual_growth_basis,
        verdicts.is_carried_forward,
        verdicts.judged_value,
        verdicts.judged_decimals,
        verdicts.gap,
        case when verdicts.gap is not null then verdicts.gap_unit end as gap_unit,
        verdicts.attainment_pct,
        verdicts.progress_from_base_pct,
        verdicts.time_share_pct,
        paces.seasonal_share_pct,
        paces.seasonal_note,
        paces.seasonal_note_en,
        verdicts.lead_pp,
        paces.seasonal_lead_pp,
        paces.required_pace,
        paces.required_pace_unit,
        paces.required_pace_note,
        paces.required_pace_note_en,
        round(forecasts.forecast_value * verdicts.unit_ratio, 8) as forecast_value,
        round(forecasts.forecast_low * verdicts.unit_ratio, 8) as forecast_low,
        round(forecasts.forecast_high * verdicts.unit_ratio, 8) as forecast_high,
        verdicts.status,
        verdicts.light,
        info.rule_version,
        reasons.status_reason,
        reasons.status_reason_en,
        cast(verdicts.observed_months as integer) as observed_months,
        verdicts.is_actual_held or verdicts.status = 'held' as rests_on_held,
        verdicts.is_simulated
        or paces.is_simulated
        or targets.is_simulated
        or coalesce(forecasts.is_simulated, false) as is_simulated
    from verdicts
    inner join {{ ref('stg_pack__targets') }} as targets
        on verdicts.target_id = targets.target_id and verdicts.target_version = targets.target_version
    inner join reasons
        on
            verdicts.target_id = reasons.target_id
            and verdicts.target_version = reasons.target_version
            and verdicts.reference_month = reasons.reference_month
    inner join {{ ref('int_target_paces_required') }} as paces
        on
            verdicts.target_id = paces.target_id
            and verdicts.target_version = paces.target_version
            and verdicts.reference_month = paces.reference_month
    left join {{ ref('int_forecasts_current') }} as forecasts
        on
            verdicts.judges = 'figure'
            and verdicts.measured_region_code = forecasts.region_code
            and verdicts.indicator_code = forecasts.indicator_code
            and verdicts.measure = forecasts.measure
            and verdicts.plan_year = forecasts.plan_year
            and verdicts.actual_growth_basis = forecasts.growth_basis
            and verdicts.actual_reference_month = forecasts.reference_month
    cross join {{ ref('stg_pack__info') }} as info

)

select * from final
