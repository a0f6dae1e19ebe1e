with

source as (

    select * from {{ source('raw', 'pack_indicator_measure') }}

),

renamed as (

    select
        indicator_code,
        measure,
        unit_code,
        direction,
        frequency,
        cast(first_month as integer) as first_month,
        cast(due_days as integer) as due_days,
        cast(lag_months as integer) as lag_months,
        cast(display_decimals as integer) as display_decimals,
        cast(coalesce(rank_decimals, display_decimals) as integer) as rank_decimals,
        ranks_raw_value,
        is_primary,
        is_ranked,
        is_additive,
        is_derivable,
        growth_basis,
        source_bureau_code,
        {{ measure_kind('measure') }} as measure_kind
    from source

)

select * from renamed
