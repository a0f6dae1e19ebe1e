with

source as (

    select * from {{ source('raw', 'pack_correction') }}

),

renamed as (

    select
        correction_code,
        stem,
        sha256,
        source_sheet,
        source_cell,
        wrong_value,
        action,
        value as right_value,
        reason,
        decided_by,
        decided_on
    from source

)

select * from renamed
