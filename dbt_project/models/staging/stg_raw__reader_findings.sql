with

source as (

    select * from {{ source('raw', 'reader_finding') }}

),

renamed as (

    select
        submission_id,
        finding_no,
        stem,
        source_sheet,
        source_cell,
        severity,
        rule,
        observed,
        expected,
        advice,
        advice_en,
        region_code,
        indicator_code,
        measure,
        reference_month
    from source

)

select * from renamed
