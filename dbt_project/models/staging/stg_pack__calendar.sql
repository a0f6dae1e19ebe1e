with

source as (

    select * from {{ source('raw', 'pack_calendar') }}

),

renamed as (

    select
        stem,
        bureau_code,
        frequency,
        cast(first_month as integer) as first_month,
        cast(due_days as integer) as due_days,
        cast(lag_months as integer) as lag_months,
        shift,
        valid_from,
        valid_to,
        is_simulated
    from source

)

select * from renamed
