with

source as (

    select * from {{ source('raw', 'pack_region_predecessor') }}

),

renamed as (

    select
        region_code,
        valid_from,
        predecessor_code
    from source

)

select * from renamed
