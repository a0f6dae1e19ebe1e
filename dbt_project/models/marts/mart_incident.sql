with

findings as (

    select
        findings.*,
        case findings.status when 'open' then 0 when 'waived' then 1 else 2 end as status_order,
        case findings.severity when 'critical' then 0 when 'warning' then 1 else 2 end as severity_order,
        coalesce(findings.source_cell, findings.finding_id) as place
    from {{ ref('mart_quality_finding') }} as findings

),

-- told is what is still open; an incident without any is told by what was waived, else by what has recovered
ordered as (

    select
        findings.*,
        row_number() over (partition by incident_id order by status_order, severity_order, finding_id) as choice,
        min(status_order) over (partition by incident_id) as incident_order
    from findings

),

counted as (

    select
        incident_id,
        min(first_seen_at) as opened_at,
        max(last_seen_at) as last_seen_at,
        max(case when incident_order = 2 then recovered_at end) as recovered_at,
        min(case when status_order = incident_order then answer_due_date end) as answer_due_date,
        min(case when status = 'waived' then waived_until end) as waived_until,
        count(distinct case when status_order = incident_order then place end) as place_count,
        count(case when status_order = incident_order then 1 end) as finding_count,
        min(case when is_simulated then 1 else 0 end) = 1 as is_simulated
    from ordered
    group by incident_id

),

broken as (

    select
        incident_id,
        {{ dbt.listagg(measure='rule', delimiter_text="'、'", order_by_clause='order by rule') }} as rules
    from (
        select distinct
            incident_id,
            rule
        from ordered
        where status_order = incident_order
    ) as named
    group by incident_id

),

final as (

    select
        told.incident_id,
        told.status,
        told.severity,
        told.owner_bureau_code,
        told.stem,
        told.rule_description,
        broken.rules,
        told.source_file,
        told.source_sheet,
        told.source_cell,
        told.question
        || case
            when counted.place_count > 1 then '（同一问题共' || counted.place_count || '处，逐格见待答复问题清单）'
            else ''
        end as question,
        cast(counted.place_count as integer) as place_count,
        cast(counted.finding_count as integer) as finding_count,
        counted.opened_at,
        counted.last_seen_at,
        counted.recovered_at,
        counted.answer_due_date,
        counted.waived_until,
        counted.is_simulated
    from ordered as told
    inner join counted on told.incident_id = counted.incident_id
    inner join broken on told.incident_id = broken.incident_id
    where told.choice = 1

)

select * from final
