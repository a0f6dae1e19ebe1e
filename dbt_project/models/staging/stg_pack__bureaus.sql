with

source as (

    select * from {{ source('raw', 'pack_bureau') }}

),

renamed as (

    select
        bureau_code,
        bureau_name,
        bureau_name_en,
        contact,
        channel
    from source

)

select * from renamed
