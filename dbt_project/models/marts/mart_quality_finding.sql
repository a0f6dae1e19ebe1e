with

findings as (

    select
        findings.*,
        recovered.recovered_at,
        coalesce(findings.seen_at, least(findings.known_since, run.run_at), run.run_at) as first_seen_at,
        run.run_at,
        run.today,
        {{ add_days(
            local_date('coalesce(findings.seen_at, least(findings.known_since, run.run_at), run.run_at)'),
            parameter('question_days', 5)
        ) }} as answer_due_date
    from {{ ref('int_findings_united') }} as findings
    cross join {{ ref('stg_raw__run') }} as run
    left join {{ ref('int_findings_recovered') }} as recovered on findings.finding_id = recovered.finding_id

),

waived as (

    select
        findings.finding_id,
        max(waivers.waived_by) as waived_by,
        max(waivers.waived_until) as waived_until,
        max(waivers.waiver_reason) as waiver_reason
    from findings
    inner join {{ ref('stg_pack__waivers') }} as waivers
        on
            {{ is_covered('findings', 'waivers') }}
            and findings.today <= waivers.waived_until
    group by findings.finding_id

),

final as (

    select
        findings.finding_id,
        findings.incident_id,
        findings.severity,
        findings.rule,
        findings.rule_description,
        findings.stem,
        findings.region_code,
        findings.indicator_code,
        findings.measure,
        findings.reference_month,
        findings.observed,
        findings.expected,
        findings.submission_id,
        findings.source_file,
        findings.source_sheet,
        findings.source_cell,
        findings.first_seen_at,
        greatest(findings.first_seen_at, coalesce(findings.recovered_at, findings.run_at)) as last_seen_at,
        case
            when findings.recovered_at is not null then 'recovered'
            when waived.finding_id is not null then 'waived'
            else 'open'
        end as status,
        waived.waived_by,
        waived.waived_until,
        waived.waiver_reason,
        findings.bureau_code as owner_bureau_code,
        coalesce(
            findings.question,
            '请' || coalesce(bureaus.bureau_name, '报送单位') || '核实'
            || coalesce('《' || findings.source_file || '》', '')
            || coalesce('“' || findings.source_sheet || '”表', '') || coalesce(findings.source_cell || '格', '')
            || '：' || rtrim(coalesce(findings.rule_description, findings.rule), '。')
            || coalesce('；现为“' || rtrim(findings.observed, '。') || '”', '')
            || coalesce('，应为“' || rtrim(findings.expected, '。') || '”', '')
            || '。请于' || {{ day_zh('findings.answer_due_date') }} || '前答复。'
        ) as question,
        findings.answer_due_date,
        findings.recovered_at,
        findings.is_simulated
    from findings
    left join waived on findings.finding_id = waived.finding_id
    left join {{ ref('stg_pack__bureaus') }} as bureaus on findings.bureau_code = bureaus.bureau_code

)

select * from final
