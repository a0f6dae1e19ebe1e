with

source as (

    select * from {{ source('raw', 'submission') }}

),

renamed as (

    select
        submission_id,
        sha256,
        file_name,
        source_path,
        bureau_code,
        sender,
        received_at,
        published_at,
        coalesce(published_at, received_at) as vintage_at,
        outcome,
        reason_code,
        reason,
        reason_en,
        submission_order,
        is_simulated
    from source

)

select * from renamed
