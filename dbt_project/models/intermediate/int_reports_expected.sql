with

calendar as (

    select * from {{ ref('stg_pack__calendar') }}

),

months as (

    select * from {{ ref('int_months_spined') }}

),

final as (

    select
        calendar.bureau_code,
        calendar.stem,
        months.reference_month,
        max({{ add_days('months.last_day', 'calendar.due_days') }}) as due_date,
        max(months.last_day) as last_day,
        max(case when calendar.is_simulated then 1 else 0 end) = 1 as is_simulated
    from calendar
    inner join months
        on
            calendar.valid_from <= months.reference_month
            and months.reference_month <= coalesce(calendar.valid_to, months.reference_month)
            and {{ is_published_month('calendar.frequency', 'calendar.first_month', 'months.reference_month') }}
    group by calendar.bureau_code, calendar.stem, months.reference_month

)

select * from final
