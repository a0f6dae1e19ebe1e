with

source as (

    select * from {{ ref('stg_pack__indicators') }}

),

final as (

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

select * from final
