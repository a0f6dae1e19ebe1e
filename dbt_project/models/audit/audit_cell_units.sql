with

cells as (

    select * from {{ ref('stg_raw__observation_cells') }}
    where unit_fault is not null

),

final as (

    select
        {{ keyed(['submission_id', 'source_sheet', 'source_cell']) }} as finding_key,
        'warning' as severity,
        unit_fault as rule,
        case unit_fault
            when 'unit_missing' then '未注明计量单位，未采用'
            when 'unit_impossible' then '计量单位与指标单位不能换算，未采用'
            else '指标目录中没有此计量口径，按原单位入库，不参与评价和排名'
        end as rule_description,
        stem,
        region_code,
        indicator_code,
        measure,
        reference_month,
        coalesce(value_printed, '') || coalesce(unit_printed, '') as observed,
        unit_code as expected,
        submission_id,
        source_file,
        source_sheet,
        source_cell,
        received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        is_simulated
    from cells

)

select * from final
