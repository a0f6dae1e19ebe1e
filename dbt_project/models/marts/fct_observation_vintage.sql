with

source as (

    select * from {{ ref('int_observation_vintages_reconciled') }}

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        growth_basis,
        period_start,
        reference_month,
        period_label,
        value,
        value_qualifier,
        decimals,
        unit_code,
        value_printed,
        unit_printed,
        obs_status,
        conf_status,
        is_break,
        is_simulated,
        not is_accepted as is_held,
        source_rank,
        vintage_at,
        received_at,
        published_at,
        accepted_at,
        decided_at,
        submission_id,
        submission_order,
        source_file,
        source_sheet,
        source_cell,
        is_accepted,
        held_reason
    from source

)

select * from final
