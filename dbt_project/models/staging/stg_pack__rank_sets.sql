with

source as (

    select * from {{ source('raw', 'pack_rank_set') }}

),

renamed as (

    select
        rank_set_code,
        rank_set_name,
        rank_set_name_en,
        sort_order,
        assumption,
        assumption_en
    from source

)

select * from renamed
