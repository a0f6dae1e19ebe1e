with

cells as (

    select * from {{ ref('stg_raw__cells') }}
    where disposition = 'observation'

),

declared as (

    select
        cells.*,
        measures.measure_kind,
        coalesce(measures.unit_code, cells.unit_code) as canonical_unit_code,
        coalesce(
            cells.unit_code,
            case when measures.measure_kind in ('growth', 'rate', 'index') then measures.unit_code end
        ) as stated_unit_code
    from cells
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on cells.indicator_code = measures.indicator_code and cells.measure = measures.measure

),

scaled as (

    select
        declared.*,
        case when stated.dimension = canonical.dimension then stated.factor / canonical.factor end as unit_ratio
    from declared
    left join {{ ref('stg_pack__units') }} as stated on declared.stated_unit_code = stated.unit_code
    left join {{ ref('stg_pack__units') }} as canonical on declared.canonical_unit_code = canonical.unit_code

),

final as (

    select
        submission_id,
        stem,
        table_no,
        source_sheet,
        source_cell,
        region_code,
        indicator_code,
        measure,
        coalesce(growth_basis, 'none') as growth_basis,
        period_start,
        reference_month,
        period_label,
        round(value_number * unit_ratio, 10) as value,
        case when value_number is not null then coalesce(value_qualifier, '=') end as value_qualifier,
        cast(value_decimals - round(log10(unit_ratio)) as integer) as decimals,
        canonical_unit_code as unit_code,
        value_printed,
        unit_printed,
        coalesce(obs_status, 'A') as obs_status,
        coalesce(conf_status, 'F') as conf_status,
        is_break,
        is_simulated,
        source_rank,
        table_precedence,
        vintage_at,
        received_at,
        published_at,
        submission_order,
        file_name as source_file,
        correction_code,
        note,
        case
            when value_number is null then null
            when measure_kind is null then 'measure_undeclared'
            when stated_unit_code is null then 'unit_missing'
            when unit_ratio is null then 'unit_impossible'
        end as unit_fault
    from scaled

)

select * from final
