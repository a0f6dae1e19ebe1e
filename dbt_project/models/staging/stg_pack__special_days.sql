with

source as (

    select * from {{ source('raw', 'pack_special_day') }}

),

renamed as (

    select
        day,
        is_working_day,
        name as day_name,
        source as known_from
    from source

)

select * from renamed
