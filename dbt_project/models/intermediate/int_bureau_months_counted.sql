with

reports as (

    select
        bureau_code,
        reference_month,
        count(case when status not in ('not_due', 'not_expected') then 1 end) as reports_due,
        count(case when status = 'on_time' then 1 end) as reports_on_time,
        max(case when is_simulated then 1 else 0 end) as is_simulated
    from {{ ref('mart_reporting_status') }}
    group by bureau_code, reference_month

),

figures as (

    select
        bureau_code,
        reference_month,
        count(*) as figures_due,
        count(case when status in ('reported', 'held') then 1 end) as figures_reported
    from {{ ref('mart_expected_cell') }}
    where due_date < (select run.today from {{ ref('stg_raw__run') }} as run) and status <> 'not_collected'
    group by bureau_code, reference_month

),

questions as (

    select
        findings.bureau_code,
        coalesce(findings.report_month, findings.reference_month) as reference_month,
        count(distinct case when told.severity = 'critical' then told.incident_id end) as critical_incidents,
        count(distinct case when told.severity = 'warning' then told.incident_id end) as warning_incidents,
        count(distinct told.incident_id) as questions_asked,
        count(distinct told.incident_id)
        - count(distinct case when told.status = 'open' then told.incident_id end) as questions_answered
    from {{ ref('int_findings_united') }} as findings
    inner join {{ ref('mart_quality_finding') }} as told on findings.finding_id = told.finding_id
    where
        told.severity in ('critical', 'warning') and told.status <> 'waived'
        and findings.submission_id is not null
    group by findings.bureau_code, coalesce(findings.report_month, findings.reference_month)

),

revisions as (

    select
        submissions.bureau_code,
        revised.reference_month,
        count(*) as revision_count
    from {{ ref('int_revisions_measured') }} as revised
    inner join {{ ref('stg_raw__submissions') }} as submissions
        on revised.new_submission_id = submissions.submission_id
    group by submissions.bureau_code, revised.reference_month

),

counted as (

    select
        reports.bureau_code,
        reports.reference_month,
        reports.reports_due,
        reports.reports_on_time,
        coalesce(figures.figures_due, 0) as figures_due,
        coalesce(figures.figures_reported, 0) as figures_reported,
        coalesce(questions.critical_incidents, 0) as critical_incidents,
        coalesce(questions.warning_incidents, 0) as warning_incidents,
        coalesce(questions.questions_asked, 0) as questions_asked,
        coalesce(questions.questions_answered, 0) as questions_answered,
        coalesce(revisions.revision_count, 0) as revision_count,
        reports.is_simulated = 1 as is_simulated
    from reports
    left join figures
        on reports.bureau_code = figures.bureau_code and reports.reference_month = figures.reference_month
    left join questions
        on reports.bureau_code = questions.bureau_code and reports.reference_month = questions.reference_month
    left join revisions
        on reports.bureau_code = revisions.bureau_code and reports.reference_month = revisions.reference_month
    where reports.reports_due > 0

)

select * from counted
