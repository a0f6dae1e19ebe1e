with

source as (

    select * from {{ source('raw', 'pack_source') }}

),

renamed as (

    select
        stem,
        title as source_title,
        title_en as source_title_en,
        bureau_code
    from source

)

select * from renamed
