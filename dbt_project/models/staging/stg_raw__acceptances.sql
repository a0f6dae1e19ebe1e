with

source as (

    select * from {{ source('raw', 'acceptance') }}

),

renamed as (

    select
        submission_id,
        source_sheet,
        source_cell,
        accepted_at,
        held_rule,
        held_reason,
        waived_by,
        decided_at
    from source

)

select * from renamed
