with

warnings as (

    -- several figures that are not there may have no cell of their own
    select
        *,
        coalesce(
            source_cell,
            nullif({{ keyed(['region_code', 'indicator_code', 'measure', 'reference_month']) }}, '|||')
        ) as place
    from {{ ref('stg_raw__gate_warnings') }}

),

stems as (

    select
        submission_id,
        min(stem) as stem
    from {{ ref('stg_raw__submission_tables') }}
    group by submission_id

),

final as (

    select
        {{ keyed(['warnings.submission_id', 'warnings.source_sheet', 'warnings.place']) }} as finding_key,
        warnings.severity,
        warnings.rule,
        warnings.reason as rule_description,
        stems.stem,
        warnings.region_code,
        warnings.indicator_code,
        warnings.measure,
        warnings.reference_month,
        warnings.observed,
        warnings.expected,
        warnings.submission_id,
        submissions.file_name as source_file,
        warnings.source_sheet,
        warnings.source_cell,
        submissions.received_at as seen_at,
        submissions.bureau_code as owner_bureau_code,
        cast(null as varchar) as question,
        submissions.is_simulated
    from warnings
    inner join {{ ref('stg_raw__submissions') }} as submissions
        on warnings.submission_id = submissions.submission_id
    left join stems on warnings.submission_id = stems.submission_id

)

select * from final
