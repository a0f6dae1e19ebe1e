{%- set in_order = 'order by role, region_code, indicator_code' %}
with

absent as (

    select
        verdicts.target_id,
        verdicts.target_version,
        verdicts.reference_month,
        coalesce(verdicts.due_month, verdicts.actual_reference_month) as due_month,
        verdicts.judges,
        targets.measured_region_code,
        targets.indicator_code,
        targets.measure,
        targets.rank_set_code,
        targets.compare_indicator_code,
        targets.compare_measure,
        coalesce(targets.compare_region_code, targets.measured_region_code) as other_region_code
    from {{ ref('int_target_verdicts_reached') }} as verdicts
    inner join {{ ref('stg_pack__targets') }} as targets
        on verdicts.target_id = targets.target_id and verdicts.target_version = targets.target_version
    where verdicts.status = 'not_reported'

),

-- Whose figures the verdict needs: its own or its components', the one it is compared with, the members of its ranking.
needed as (

    select
        absent.target_id,
        absent.target_version,
        absent.reference_month,
        absent.due_month,
        absent.measured_region_code as region_code,
        coalesce(components.component_code, absent.indicator_code) as indicator_code,
        absent.measure,
        case when components.component_code is null then 'own' else 'component' end as role
    from absent
    left join {{ ref('stg_pack__indicator_components') }} as components
        on absent.indicator_code = components.indicator_code
    union all
    select
        target_id,
        target_version,
        reference_month,
        due_month,
        other_region_code,
        compare_indicator_code,
        compare_measure,
        'compared' as role
    from absent
    where compare_indicator_code is not null
    union all
    select
        absent.target_id,
        absent.target_version,
        absent.reference_month,
        absent.due_month,
        members.region_code,
        absent.indicator_code,
        absent.measure,
        'member' as role
    from absent
    inner join {{ ref('stg_pack__rank_set_members') }} as members
        on
            absent.rank_set_code = members.rank_set_code
            and absent.measured_region_code <> members.region_code
            and {{ month_end('absent.due_month') }} >= members.valid_from
            and absent.due_month <= coalesce(members.valid_to, absent.due_month)
    where absent.judges = 'place'

),

named as (

    select
        needed.*,
        case needed.role
            when 'own' then bureaus.bureau_name
            when 'member' then regions.region_name
            else coalesce(bureaus.bureau_name || '：', '') || indicators.indicator_name
        end as missing_name,
        case needed.role
            when 'own' then bureaus.bureau_name_en
            when 'member' then regions.region_name_en
            else coalesce(bureaus.bureau_name_en || ': ', '') || indicators.indicator_name_en
        end as missing_name_en
    from needed
    left join {{ ref('int_measure_values_prepared') }} as figures
        on
            needed.region_code = figures.region_code
            and needed.indicator_code = figures.indicator_code
            and needed.measure = figures.measure
            and needed.due_month = figures.reference_month
    left join {{ ref('int_target_figures_gathered') }} as own
        on
            needed.role = 'own'
            and needed.target_id = own.target_id
            and needed.target_version = own.target_version
            and needed.due_month = own.reference_month
    left join {{ ref('stg_pack__indicators') }} as indicators on needed.indicator_code = indicators.indicator_code
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on needed.indicator_code = measures.indicator_code and needed.measure = measures.measure
    left join {{ ref('stg_pack__bureaus') }} as bureaus
        on coalesce(measures.source_bureau_code, indicators.lead_bureau_code) = bureaus.bureau_code
    left join {{ ref('int_regions_latest') }} as regions on needed.region_code = regions.region_code
    where figures.value is null and own.value is null

),

final as (

    select
        target_id,
        target_version,
        reference_month,
        {{ dbt.listagg('missing_name', "'、'", in_order) }} as missing_names,
        {{ dbt.listagg('missing_name_en', "', '", in_order) }} as missing_names_en
    from named
    group by target_id, target_version, reference_month

)

select * from final
