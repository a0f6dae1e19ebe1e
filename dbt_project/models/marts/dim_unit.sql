with

source as (

    select * from {{ ref('stg_pack__units') }}

),

final as (

    select
        unit_code,
        unit_name,
        unit_name_en,
        dimension,
        factor
    from source

)

select * from final
