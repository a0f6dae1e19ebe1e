with

united as (

    select * from {{ ref('int_findings_gathered') }}
    union all
    select {{ finding_columns() | join(', ') }} from {{ ref('audit_waivers') }}

),

reports as (

    select
        submission_id,
        stem,
        max(reference_month) as report_month
    from {{ ref('stg_raw__submission_tables') }}
    group by submission_id, stem

),

owned as (

    select
        united.*,
        {{ dbt.hash("rule || '|' || finding_key") }} as finding_id,
        submissions.submission_order,
        reports.report_month,
        coalesce(
            united.owner_bureau_code, sources.bureau_code, submissions.bureau_code, indicators.lead_bureau_code
        ) as bureau_code
    from united
    left join {{ ref('stg_pack__sources') }} as sources on united.stem = sources.stem
    left join {{ ref('stg_raw__submissions') }} as submissions on united.submission_id = submissions.submission_id
    left join {{ ref('stg_pack__indicators') }} as indicators on united.indicator_code = indicators.indicator_code
    left join reports on united.submission_id = reports.submission_id and united.stem = reports.stem

),

counted as (

    select
        owned.*,
        count(case when severity <> 'info' then source_cell end)
            over (partition by submission_id, source_sheet) as sheet_findings
    from owned

),

final as (

    -- a sheet that slipped by a row breaks many rules in many cells and is one thing to ask about
    select
        counted.*,
        case
            when source_cell is not null and sheet_findings >= {{ parameter('incident_sheet_findings', 10) }}
                then {{ dbt.hash("'sheet|' || " ~ keyed(['stem', 'report_month', 'source_sheet', 'is_simulated'])) }}
            else {{ dbt.hash(keyed(
                ['rule', 'stem', 'region_code', 'indicator_code', 'measure', 'reference_month',
                "case when submission_id is null then finding_key else '' end"]
            )) }}
        end as incident_id
    from counted

)

select * from final
