with

source as (

    select * from {{ source('raw', 'pack_indicator') }}

),

renamed as (

    select
        indicator_code,
        indicator_name,
        indicator_name_en,
        lead_bureau_code,
        parent_indicator_code,
        definition,
        sort_order
    from source

)

select * from renamed
