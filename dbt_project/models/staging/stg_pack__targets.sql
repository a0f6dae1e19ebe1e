with

source as (

    select * from {{ source('raw', 'pack_target') }}

),

renamed as (

    select
        target_id,
        cast(target_version as integer) as target_version,
        cast(plan_year as integer) as plan_year,
        region_code,
        measured_region_code,
        indicator_code,
        measure,
        bound,
        effective_bound,
        cast(target_value as double) as target_value,
        cast(target_upper as double) as target_upper,
        cast(band_low as double) as band_low,
        cast(band_high as double) as band_high,
        unit_code,
        cast(base_value as double) as base_value,
        base_reference_month,
        compare_indicator_code,
        compare_measure,
        compare_region_code,
        rank_set_code,
        cast(rank_limit as integer) as rank_limit,
        cast(rank_limit_share_pct as double) as rank_limit_share_pct,
        milestone,
        milestone_en,
        coalesce(goal_month, cast(cast(plan_year as varchar) || '-12-01' as date)) as goal_month,
        target_class,
        commitment,
        relation,
        related_target_id,
        lead_bureau_code,
        cast(sort_order as integer) as sort_order,
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
        coalesce(is_simulated, false) as is_simulated
    from source

)

select * from renamed
