with

source as (

    select * from {{ ref('stg_raw__submissions') }}

),

final as (

    select
        submission_id,
        sha256,
        file_name,
        bureau_code,
        received_at,
        published_at,
        outcome,
        reason,
        is_simulated
    from source

)

select * from final
