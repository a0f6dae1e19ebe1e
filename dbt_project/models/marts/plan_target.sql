with

source as (

    select * from {{ ref('stg_pack__targets') }}

),

final as (

    select
        target_id,
        target_version,
        plan_year,
        region_code,
        measured_region_code,
        indicator_code,
        measure,
        bound,
        effective_bound,
        target_value,
        target_upper,
        band_low,
        band_high,
        unit_code,
        base_value,
        base_reference_month,
        compare_indicator_code,
        compare_measure,
        compare_region_code,
        rank_set_code,
        rank_limit,
        rank_limit_share_pct,
        milestone,
        milestone_en,
        goal_month,
        target_class,
        commitment,
        relation,
        related_target_id,
        lead_bureau_code,
        sort_order,
        is_headline,
        wording,
        plan_section,
        fact_id,
        approved_on,
        valid_from,
        valid_to,
        close_on,
        is_judged,
        judged_reason,
        judged_reason_en,
        is_simulated
    from source

)

select * from final
