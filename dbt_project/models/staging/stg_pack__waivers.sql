with

source as (

    select * from {{ source('raw', 'pack_waiver') }}

),

renamed as (

    select
        rule,
        stem,
        region_code,
        indicator_code,
        measure,
        reference_month,
        waived_by,
        waived_until,
        reason as waiver_reason
    from source

)

select * from renamed
