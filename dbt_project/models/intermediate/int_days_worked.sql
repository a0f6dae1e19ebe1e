with

special_days as (

    select * from {{ ref('stg_pack__special_days') }}

),

-- 2000 to 2054; what lies outside is not moved
days as (

    select {{ add_days("date '2000-01-01'", 'thousands.n * 1000 + units.n') }} as day
    from ({{ counting_rows() }}) as thousands
    cross join ({{ counting_rows() }}) as units
    where thousands.n < 20

),

worked as (

    select
        days.day,
        special_days.day_name,
        coalesce(special_days.is_working_day, {{ is_weekday('days.day') }}) as is_working_day
    from days
    left join special_days on days.day = special_days.day

),

final as (

    select
        day,
        day_name,
        is_working_day,
        min(case when is_working_day then day end)
            over (order by day rows between current row and unbounded following) as next_working_day,
        max(case when is_working_day then day end)
            over (order by day rows between unbounded preceding and current row) as previous_working_day
    from worked

)

select * from final
