with

observations as (

    select * from {{ ref('int_measure_values_prepared') }}
    where value is not null and value_qualifier = '='

),

growths as (

    select observations.*
    from observations
    inner join {{ ref('stg_pack__indicator_measures') }} as measures
        on observations.indicator_code = measures.indicator_code and observations.measure = measures.measure
    where
        measures.is_derivable and observations.measure = 'growth_ytd'
        and observations.growth_basis in ('nominal', 'unstated')

),

recomputed as (

    select
        growths.*,
        (levels.value / earlier.value - 1) * 100 as growth_of_levels
    from growths
    inner join observations as levels
        on
            growths.region_code = levels.region_code and growths.indicator_code = levels.indicator_code
            and levels.measure = 'level_ytd' and growths.reference_month = levels.reference_month
    inner join observations as earlier
        on
            growths.region_code = earlier.region_code and growths.indicator_code = earlier.indicator_code
            and earlier.measure = 'level_ytd'
            and {{ add_months('growths.reference_month', -12) }} = earlier.reference_month
    where earlier.value > 0 and growths.is_simulated = levels.is_simulated

),

final as (

    select
        {{ keyed(['region_code', 'indicator_code', 'measure', 'growth_basis', 'reference_month']) }} as finding_key,
        'info' as severity,
        'growth_differs_from_levels' as rule,
        '公布增速与两年绝对额计算的增速相差超过0.5个百分点；增速以公布为准' as rule_description,
        cast(null as varchar) as stem,
        region_code,
        indicator_code,
        measure,
        reference_month,
        '公布' || {{ printed('value', '2') }} || '%' as observed,
        '计算' || {{ printed('growth_of_levels', '2') }} || '%' as expected,
        cast(null as varchar) as submission_id,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as varchar) as source_cell,
        cast(null as timestamp with time zone) as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        is_simulated
    from recomputed
    where abs(value - growth_of_levels) > {{ parameter('growth_from_levels_tolerance_pp', 0.5) }}

)

select * from final
