with

findings as (

    select * from {{ ref('int_findings_united') }}
    where submission_id is not null

),

figures as (

    select
        findings.finding_id,
        min(vintages.received_at) as recovered_at
    from findings
    inner join {{ ref('int_observation_vintages_reconciled') }} as vintages
        on
            findings.region_code = vintages.region_code
            and findings.indicator_code = vintages.indicator_code
            and findings.measure = vintages.measure
            and findings.reference_month = vintages.reference_month
            and findings.submission_order < vintages.submission_order
            and findings.is_simulated = vintages.is_simulated
    where vintages.is_accepted
    group by findings.finding_id

),

reports as (

    select distinct
        submissions.submission_id,
        submissions.submission_order,
        submissions.file_name,
        submissions.received_at,
        tables.stem,
        max(tables.reference_month) over (partition by tables.submission_id, tables.stem) as report_month
    from {{ ref('stg_raw__submissions') }} as submissions
    left join {{ ref('stg_raw__submission_tables') }} as tables
        on submissions.submission_id = tables.submission_id
    where submissions.outcome = 'read'

),

files as (

    -- what is not about one figure ends when the report, or a file of the same name, comes again and can be read
    select
        findings.finding_id,
        min(reports.received_at) as recovered_at
    from findings
    inner join reports
        on
            findings.submission_order < reports.submission_order
            and (
                (findings.stem = reports.stem and findings.report_month = reports.report_month)
                or findings.source_file = reports.file_name
            )
    where
        findings.region_code is null
        or findings.indicator_code is null
        or findings.measure is null
        or findings.reference_month is null
    group by findings.finding_id

),

final as (

    select * from figures
    union all
    select * from files

)

select * from final
