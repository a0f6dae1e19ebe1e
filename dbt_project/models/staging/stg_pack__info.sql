with

source as (

    select * from {{ source('raw', 'pack_info') }}

),

renamed as (

    select
        name as pack_code,
        title as pack_title,
        region_code,
        parent_region_code,
        first_month,
        rule_version,
        holidays,
        due_shift
    from source

)

select * from renamed
