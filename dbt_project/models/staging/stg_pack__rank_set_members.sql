with

source as (

    select * from {{ source('raw', 'pack_rank_set_member') }}

),

renamed as (

    select
        rank_set_code,
        region_code,
        valid_from,
        valid_to
    from source

)

select * from renamed
