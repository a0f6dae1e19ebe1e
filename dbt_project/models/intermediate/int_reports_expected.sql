with

calendar as (

    select
        calendar.*,
        coalesce(calendar.shift, info.due_shift) as due_shift
    from {{ ref('stg_pack__calendar') }} as calendar
    cross join {{ ref('stg_pack__info') }} as info

),

months as (

    select * from {{ ref('int_months_spined') }}

),

dated as (

    select
        calendar.*,
        months.reference_month,
        {{ add_months('months.reference_month', 'calendar.lag_months') }} as sent_month,
        {{ add_days(
            month_end(add_months('months.reference_month', 'calendar.lag_months')), 'calendar.due_days'
        ) }} as rule_day
    from calendar
    inner join months
        on
            calendar.valid_from <= months.reference_month
            and months.reference_month <= coalesce(calendar.valid_to, months.reference_month)
            and {{ is_published_month('calendar.frequency', 'calendar.first_month', 'months.reference_month') }}

),

final as (

    select
        dated.bureau_code,
        dated.stem,
        dated.reference_month,
        dated.sent_month,
        max(coalesce(exceptions.due_on, {{ moved('dated.due_shift', 'dated.rule_day', 'days') }})) as due_date,
        max({{ month_end('dated.sent_month') }}) as last_day,
        max(case when dated.is_simulated then 1 else 0 end) = 1 as is_simulated
    from dated
    left join {{ ref('int_days_worked') }} as days on dated.rule_day = days.day
    left join {{ ref('stg_pack__calendar_exceptions') }} as exceptions
        on dated.stem = exceptions.stem and dated.reference_month = exceptions.reference_month
    group by dated.bureau_code, dated.stem, dated.reference_month, dated.sent_month

)

select * from final
