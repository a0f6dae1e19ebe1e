with

source as (

    select * from {{ source('raw', 'pack_source_indicator') }}

),

renamed as (

    select
        stem,
        indicator_code
    from source

)

select * from renamed
