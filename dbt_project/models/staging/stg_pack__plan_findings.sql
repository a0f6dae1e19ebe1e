with

source as (

    select * from {{ source('raw', 'pack_plan_finding') }}

),

renamed as (

    select
        finding_code,
        severity,
        rule,
        description,
        description_en,
        observed,
        expected,
        plan_section,
        indicator_code,
        owner_bureau_code,
        question
    from source

)

select * from renamed
