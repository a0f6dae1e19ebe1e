with

source as (

    select * from {{ ref('stg_pack__regions') }}

),

final as (

    select
        region_code,
        region_name,
        region_name_en,
        parent_code,
        region_level,
        valid_from,
        valid_to,
        note
    from source

)

select * from final
