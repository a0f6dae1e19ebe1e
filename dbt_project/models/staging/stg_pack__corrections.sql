with

source as (

    select * from {{ source('raw', 'pack_correction') }}

),

renamed as (

    select
        correction_code,
        stem,
        sha256,
        source_sheet,
        source_cell,
        region_code,
        indicator_code,
        measure,
        growth_basis,
        reference_month,
        valid_from,
        valid_to,
        wrong_value,
        wrong_unit,
        action,
        value as right_value,
        unit_code,
        right_month,
        reason,
        decided_by,
        decided_on
    from source

)

select * from renamed
