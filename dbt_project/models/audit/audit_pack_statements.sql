with

plan_findings as (

    select
        finding_code as finding_key,
        severity,
        rule,
        description as rule_description,
        indicator_code,
        observed,
        expected,
        owner_bureau_code,
        question
    from {{ ref('stg_pack__plan_findings') }}

),

assumptions as (

    select
        rank_set_code as finding_key,
        'info' as severity,
        'rank_set_assumed' as rule,
        assumption as rule_description,
        cast(null as varchar) as indicator_code,
        rank_set_name as observed,
        cast(null as varchar) as expected,
        cast(null as varchar) as owner_bureau_code,
        '请确认排名范围“' || rank_set_name || '”：' || assumption as question
    from {{ ref('stg_pack__rank_sets') }}
    where assumption is not null

),

undeclared as (

    select
        targets.target_id || '|' || targets.target_version as finding_key,
        'warning' as severity,
        'target_measure_undeclared' as rule,
        '目标所用的指标口径不在指标目录中，无法评价' as rule_description,
        targets.indicator_code,
        targets.measure as observed,
        cast(null as varchar) as expected,
        targets.lead_bureau_code as owner_bureau_code,
        cast(null as varchar) as question
    from {{ ref('stg_pack__targets') }} as targets
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on targets.indicator_code = measures.indicator_code and targets.measure = measures.measure
    where measures.measure is null

),

united as (

    select * from plan_findings
    union all
    select * from assumptions
    union all
    select * from undeclared

),

final as (

    select
        finding_key,
        severity,
        rule,
        rule_description,
        cast(null as varchar) as stem,
        cast(null as varchar) as region_code,
        indicator_code,
        cast(null as varchar) as measure,
        cast(null as date) as reference_month,
        observed,
        expected,
        cast(null as varchar) as submission_id,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as varchar) as source_cell,
        cast(null as timestamp with time zone) as seen_at,
        owner_bureau_code,
        question,
        false as is_simulated
    from united

)

select * from final
