with

source as (

    select * from {{ ref('stg_pack__bureaus') }}

),

final as (

    select
        bureau_code,
        bureau_name,
        bureau_name_en
    from source

)

select * from final
