with

source as (

    select * from {{ source('raw', 'cell') }}
    where disposition in ('observation', 'published_rank')

),

submissions as (

    select * from {{ ref('stg_raw__submissions') }}

),

corrections as (

    select * from {{ ref('stg_pack__corrections') }}

),

corrected as (

    select
        source.*,
        submissions.file_name,
        submissions.sha256,
        submissions.received_at,
        submissions.published_at,
        submissions.vintage_at,
        submissions.submission_order,
        corrections.correction_code,
        case
            when corrections.action = 'replace' then cast(corrections.right_value as double)
            when corrections.action is null then source.value_number
        end as value_stated
    from source
    inner join submissions on source.submission_id = submissions.submission_id
    left join corrections
        on
            source.stem = corrections.stem
            and source.value_printed = corrections.wrong_value
            and submissions.sha256 = coalesce(corrections.sha256, submissions.sha256)
            and source.source_sheet = coalesce(corrections.source_sheet, source.source_sheet)
            and source.source_cell = coalesce(corrections.source_cell, source.source_cell)
    where coalesce(corrections.action, 'none') <> 'drop'

)

select * from corrected
