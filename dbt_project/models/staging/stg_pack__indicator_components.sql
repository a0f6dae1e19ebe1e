with

source as (

    select * from {{ source('raw', 'pack_indicator_component') }}

),

renamed as (

    select
        indicator_code,
        component_code
    from source

)

select * from renamed
