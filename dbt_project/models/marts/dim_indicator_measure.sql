with

source as (

    select * from {{ ref('stg_pack__indicator_measures') }}

),

final as (

    select
        indicator_code,
        measure,
        unit_code,
        direction,
        frequency,
        first_month,
        due_days,
        display_decimals,
        rank_decimals,
        ranks_raw_value,
        is_primary,
        is_ranked,
        is_additive,
        is_derivable,
        growth_basis,
        source_bureau_code
    from source

)

select * from final
