with

info as (

    select * from {{ ref('stg_pack__info') }}

),

first_months as (

    select
        least(
            info.first_month,
            coalesce(
                cast(
                    cast((select min(t.plan_year) from {{ ref('stg_pack__targets') }} as t) as varchar)
                    || '-01-01' as date
                ),
                info.first_month
            )
        ) as first_month
    from info

),

months as (

    select {{ add_months('first_months.first_month', 'counting.n') }} as reference_month
    from first_months
    cross join ({{ counting_rows() }}) as counting

),

final as (

    select
        months.reference_month,
        {{ month_end('months.reference_month') }} as last_day
    from months
    cross join {{ ref('stg_raw__run') }} as run
    where {{ month_end('months.reference_month') }} <= run.today

)

select * from final
