with

source as (

    select * from {{ source('raw', 'pack_rank_set_exception') }}

),

renamed as (

    select
        rank_set_code,
        region_code,
        indicator_code,
        valid_from,
        valid_to,
        reason
    from source

)

select * from renamed
