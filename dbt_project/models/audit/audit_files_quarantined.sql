with

quarantined as (

    select submissions.*
    from {{ ref('stg_raw__submissions') }} as submissions
    left join {{ ref('stg_raw__reader_findings') }} as findings
        on
            submissions.submission_id = findings.submission_id
            and submissions.reason_code = findings.rule
    where submissions.outcome = 'quarantined' and findings.submission_id is null

),

final as (

    select
        submission_id as finding_key,
        'critical' as severity,
        coalesce(reason_code, 'unreadable') as rule,
        coalesce(reason, '文件无法读取') as rule_description,
        cast(null as varchar) as stem,
        cast(null as varchar) as region_code,
        cast(null as varchar) as indicator_code,
        cast(null as varchar) as measure,
        cast(null as date) as reference_month,
        file_name as observed,
        cast(null as varchar) as expected,
        submission_id,
        file_name as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as varchar) as source_cell,
        received_at as seen_at,
        bureau_code as owner_bureau_code,
        cast(null as varchar) as question,
        is_simulated
    from quarantined

)

select * from final
