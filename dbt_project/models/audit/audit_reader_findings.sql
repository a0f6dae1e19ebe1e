with

findings as (

    select * from {{ ref('stg_raw__reader_findings') }}

),

final as (

    select
        {{ keyed(['findings.submission_id', 'findings.finding_no']) }} as finding_key,
        findings.severity,
        findings.rule,
        findings.advice as rule_description,
        findings.stem,
        findings.region_code,
        findings.indicator_code,
        findings.measure,
        findings.reference_month,
        findings.observed,
        findings.expected,
        findings.submission_id,
        submissions.file_name as source_file,
        findings.source_sheet,
        findings.source_cell,
        submissions.received_at as seen_at,
        submissions.bureau_code as owner_bureau_code,
        cast(null as varchar) as question,
        submissions.is_simulated
    from findings
    inner join {{ ref('stg_raw__submissions') }} as submissions
        on findings.submission_id = submissions.submission_id

)

select * from final
