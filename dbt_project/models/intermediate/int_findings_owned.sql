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

-- the same sheet of the same report, and the same figure (else cell) on it, whichever file brings them
placed as (

    select
        owned.*,
        {{ keyed([
            'stem', 'case when stem is null then source_file end', 'report_month', 'source_sheet', 'is_simulated'
        ]) }} as sheet_key,
        case
            when source_cell is not null and region_code || indicator_code || measure is null then source_cell
            else {{ keyed(['region_code', 'indicator_code', 'measure', 'reference_month']) }}
        end as cell_or_key
    from owned

),

final as (

    select
        placed.*,
        sheet_key || '|' || cell_or_key as place_key
    from placed

)

select * from final
