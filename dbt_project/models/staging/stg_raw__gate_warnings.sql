with

source as (

    select * from {{ source('raw', 'gate_warning') }}

),

renamed as (

    select
        submission_id,
        source_sheet,
        source_cell,
        severity,
        rule,
        reason,
        observed,
        expected,
        region_code,
        indicator_code,
        measure,
        reference_month,
        found_at
    from source

)

select * from renamed
