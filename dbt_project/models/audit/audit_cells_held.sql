with

held as (

    select * from {{ ref('int_observation_vintages_reconciled') }}
    where not is_accepted

),

final as (

    select
        {{ keyed(['held.submission_id', 'held.source_sheet', 'held.source_cell']) }} as finding_key,
        'critical' as severity,
        coalesce(acceptances.held_rule, 'not_checked') as rule,
        held.held_reason as rule_description,
        held.stem,
        held.region_code,
        held.indicator_code,
        held.measure,
        held.reference_month,
        held.value_printed || coalesce(held.unit_printed, '') as observed,
        cast(null as varchar) as expected,
        held.submission_id,
        held.source_file,
        held.source_sheet,
        held.source_cell,
        held.received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        held.is_simulated
    from held
    left join {{ ref('stg_raw__acceptances') }} as acceptances
        on
            held.submission_id = acceptances.submission_id
            and held.source_sheet = acceptances.source_sheet
            and held.source_cell = acceptances.source_cell

)

select * from final
