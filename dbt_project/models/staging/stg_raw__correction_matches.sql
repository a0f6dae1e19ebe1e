with

source as (

    select * from {{ source('raw', 'correction_match') }}

),

renamed as (

    select
        correction_code,
        submission_id,
        source_sheet,
        source_cell,
        stem,
        region_code,
        indicator_code,
        measure,
        growth_basis,
        period_start,
        reference_month,
        value_printed,
        unit_printed,
        is_simulated,
        file_name as source_file,
        received_at,
        is_applied,
        is_ambiguous,
        is_obsolete
    from source

)

select * from renamed
