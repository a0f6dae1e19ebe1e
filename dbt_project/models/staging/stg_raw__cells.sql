with

source as (

    select * from {{ source('raw', 'corrected_cell') }}

),

submissions as (

    select * from {{ ref('stg_raw__submissions') }}

),

final as (

    select
        source.*,
        submissions.file_name,
        submissions.sha256,
        submissions.received_at,
        submissions.published_at,
        submissions.vintage_at,
        submissions.submission_order
    from source
    inner join submissions on source.submission_id = submissions.submission_id

)

select * from final
