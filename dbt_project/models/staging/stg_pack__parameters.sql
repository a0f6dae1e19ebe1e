with

source as (

    select * from {{ source('raw', 'pack_parameter') }}

),

renamed as (

    select
        parameter_code,
        cast(value as double) as value,
        unit_code,
        description,
        description_en,
        source as stated_by
    from source

)

select * from renamed
