with

reports as (

    select
        submission_id,
        stem,
        max(reference_month) as report_month
    from {{ ref('stg_raw__submission_tables') }}
    group by submission_id, stem

),

accepted as (

    select
        vintages.*,
        reports.report_month
    from {{ ref('int_observation_vintages_reconciled') }} as vintages
    left join reports on vintages.submission_id = reports.submission_id and vintages.stem = reports.stem
    where vintages.is_accepted and vintages.value is not null

),

followed as (

    select
        accepted.*,
        lag(value) over (
            partition by {{ observation_key() }}, is_simulated
            order by vintage_at, submission_order, submission_id
        ) as old_value,
        lag(decimals) over (
            partition by {{ observation_key() }}, is_simulated
            order by vintage_at, submission_order, submission_id
        ) as old_decimals,
        lag(submission_id) over (
            partition by {{ observation_key() }}, is_simulated
            order by vintage_at, submission_order, submission_id
        ) as old_submission_id,
        lag(source_rank) over (
            partition by {{ observation_key() }}, is_simulated
            order by vintage_at, submission_order, submission_id
        ) as old_source_rank,
        lag(report_month) over (
            partition by {{ observation_key() }}, is_simulated, stem
            order by vintage_at, submission_order, submission_id
        ) as old_report_month,
        lag(submission_id) over (
            partition by {{ observation_key() }}, is_simulated, stem
            order by vintage_at, submission_order, submission_id
        ) as old_submission_id_of_stem
    from accepted

),

compared as (

    select
        followed.*,
        coalesce(least(decimals, old_decimals), decimals, old_decimals, 6) as shared_decimals
    from followed
    where old_submission_id is not null and source_rank <= old_source_rank

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        growth_basis,
        period_start,
        reference_month,
        unit_code,
        old_value,
        value as new_value,
        round(value - old_value, 8) as difference,
        case
            when source_rank < old_source_rank then 'verification'
            when old_submission_id = old_submission_id_of_stem and report_month = old_report_month then 'correction'
            else 'routine'
        end as kind,
        old_submission_id,
        submission_id as new_submission_id,
        vintage_at as revised_at,
        is_simulated
    from compared
    where {{ round_half_up('value', 'shared_decimals') }} <> {{ round_half_up('old_value', 'shared_decimals') }}

)

select * from final
