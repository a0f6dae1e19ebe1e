with

measures as (

    select
        measures.*,
        info.due_shift
    from {{ ref('stg_pack__indicator_measures') }} as measures
    cross join {{ ref('stg_pack__info') }} as info

),

months as (

    select * from {{ ref('int_months_spined') }}

),

dated as (

    select
        measures.indicator_code,
        measures.measure,
        measures.source_bureau_code,
        measures.due_shift,
        months.reference_month,
        {{ add_months('months.reference_month', 'measures.lag_months') }} as sent_month,
        {{ add_days(
            month_end(add_months('months.reference_month', 'measures.lag_months')), 'measures.due_days'
        ) }} as rule_day
    from measures
    inner join months
        on {{ is_published_month('measures.frequency', 'measures.first_month', 'months.reference_month') }}

),

-- no figure is due before the report that carries it
reports as (

    select
        reports.bureau_code,
        carried.indicator_code,
        reports.sent_month,
        max(reports.due_date) as due_date
    from {{ ref('int_reports_expected') }} as reports
    inner join {{ ref('stg_pack__source_indicators') }} as carried on reports.stem = carried.stem
    group by reports.bureau_code, carried.indicator_code, reports.sent_month

),

due as (

    select
        dated.indicator_code,
        dated.measure,
        dated.source_bureau_code,
        dated.reference_month,
        dated.sent_month,
        greatest(
            {{ moved('dated.due_shift', 'dated.rule_day', 'days') }}, coalesce(reports.due_date, dated.rule_day)
        ) as due_date
    from dated
    left join {{ ref('int_days_worked') }} as days on dated.rule_day = days.day
    left join reports
        on
            dated.source_bureau_code = reports.bureau_code
            and dated.indicator_code = reports.indicator_code
            and dated.sent_month = reports.sent_month

),

final as (

    select
        due.*,
        due.due_date < run.today as is_due
    from due
    cross join {{ ref('stg_raw__run') }} as run

)

select * from final
