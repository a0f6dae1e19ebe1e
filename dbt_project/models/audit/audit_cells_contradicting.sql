with

contradicted as (

    select * from {{ ref('int_observation_vintages_reconciled') }}
    where is_contradicted

),

others as (

    select * from {{ ref('stg_raw__observation_cells') }}
    where value is not null

),

final as (

    select
        {{ keyed([
            'others.submission_id', 'others.source_sheet', 'others.source_cell'
        ]) }} as finding_key,
        'warning' as severity,
        'cells_contradict' as rule,
        '同一文件中同一指标两处数值不一致，按数据源说明采用其中一处' as rule_description,
        others.stem,
        others.region_code,
        others.indicator_code,
        others.measure,
        others.reference_month,
        others.value_printed || coalesce(others.unit_printed, '') as observed,
        contradicted.value_printed || coalesce(contradicted.unit_printed, '')
        || '（' || contradicted.source_sheet || '!' || contradicted.source_cell || '）' as expected,
        others.submission_id,
        others.source_file,
        others.source_sheet,
        others.source_cell,
        others.received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        others.is_simulated
    from contradicted
    inner join others
        on
            contradicted.submission_id = others.submission_id
            and contradicted.region_code = others.region_code
            and contradicted.indicator_code = others.indicator_code
            and contradicted.measure = others.measure
            and contradicted.growth_basis = others.growth_basis
            and contradicted.period_start = others.period_start
            and contradicted.reference_month = others.reference_month
    where
        {{ round_half_up('contradicted.value', 'least(contradicted.decimals, others.decimals)') }}
        <> {{ round_half_up('others.value', 'least(contradicted.decimals, others.decimals)') }}

)

select * from final
