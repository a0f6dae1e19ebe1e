with

source as (

    select * from {{ source('raw', 'pack_target_path') }}

),

renamed as (

    select
        target_id,
        cast(target_version as integer) as target_version,
        reference_month,
        cast(path_value as double) as path_value
    from source

)

select * from renamed
