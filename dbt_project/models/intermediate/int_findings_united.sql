with

findings as (

    select * from {{ ref('int_findings_owned') }}

),

asked as (

    select * from findings
    where submission_id is not null and severity <> 'info'

),

sheets as (

    select
        sheet_key,
        count(distinct cell_or_key) as sheet_places
    from asked
    group by sheet_key

),

rules as (

    select
        sheet_key,
        rule,
        count(distinct cell_or_key) as rule_places
    from asked
    group by sheet_key, rule

),

-- a place that breaks several rules counts with the one that most places of its sheet break
chosen as (

    select distinct
        asked.place_key,
        first_value(asked.rule) over (partition by asked.place_key order by rules.rule_places desc, asked.rule asc)
            as widest_rule,
        max(rules.rule_places) over (partition by asked.place_key) as rule_places
    from asked
    inner join rules on asked.sheet_key = rules.sheet_key and asked.rule = rules.rule

),

caused as (

    select
        findings.*,
        known.known_incident_id,
        known.known_since,
        case
            when findings.submission_id is null
                then 'own|' || {{ keyed(['findings.rule', 'findings.place_key', 'findings.finding_key']) }}
            when findings.severity = 'info' then 'info|' || findings.place_key
            when sheets.sheet_places >= {{ parameter('incident_sheet_findings', 10) }}
                then 'sheet|' || findings.sheet_key
            when chosen.rule_places >= {{ parameter('incident_rule_findings', 3) }}
                then 'rule|' || findings.sheet_key || '|' || chosen.widest_rule
            else 'place|' || findings.place_key
        end as cause
    from findings
    left join sheets on findings.sheet_key = sheets.sheet_key
    left join chosen on findings.place_key = chosen.place_key
    left join {{ ref('stg_raw__known_incidents') }} as known on findings.finding_id = known.finding_id

),

final as (

    -- what was told under one name keeps it, and what joins the same cause takes it over: no incident opens twice
    select
        caused.*,
        coalesce(
            known_incident_id,
            first_value(known_incident_id) over (
                partition by cause
                order by case when known_incident_id is null then 1 else 0 end, seen_at, known_incident_id
            ),
            {{ dbt.hash('cause') }}
        ) as incident_id
    from caused

)

select * from final
