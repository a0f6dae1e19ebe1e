with

-- a cell that a named person waived was found wanting all the same: its finding stays, as waived
acceptances as (

    select * from {{ ref('stg_raw__acceptances') }}

),

vintages as (

    select * from {{ ref('int_observation_vintages_reconciled') }}

),

final as (

    select
        {{ keyed(['vintages.submission_id', 'vintages.source_sheet', 'vintages.source_cell']) }} as finding_key,
        'critical' as severity,
        coalesce(acceptances.held_rule, 'not_checked') as rule,
        -- the gate's reason is one sentence: the rule, what stands there, what was expected
        split_part(coalesce(vintages.held_reason, acceptances.held_reason), '。实际：', 1) as rule_description,
        vintages.stem,
        vintages.region_code,
        vintages.indicator_code,
        vintages.measure,
        vintages.reference_month,
        vintages.value_printed || coalesce(vintages.unit_printed, '') as observed,
        nullif(
            rtrim(split_part(coalesce(vintages.held_reason, acceptances.held_reason), '；应为：', 2), '。'), ''
        ) as expected,
        vintages.submission_id,
        vintages.source_file,
        vintages.source_sheet,
        vintages.source_cell,
        vintages.received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        vintages.is_simulated
    from vintages
    left join acceptances
        on
            vintages.submission_id = acceptances.submission_id
            and vintages.source_sheet = acceptances.source_sheet
            and vintages.source_cell = acceptances.source_cell
    where not vintages.is_accepted or acceptances.waived_by is not null

)

select * from final
