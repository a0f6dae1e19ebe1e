with

source as (

    select * from {{ source('raw', 'pack_calendar_exception') }}

),

renamed as (

    select
        stem,
        reference_month,
        due_on,
        why
    from source

)

select * from renamed
