with

measures as (

    select * from {{ ref('stg_pack__indicator_measures') }}

),

months as (

    select * from {{ ref('int_months_spined') }}

),

due as (

    select
        measures.indicator_code,
        measures.measure,
        measures.source_bureau_code,
        months.reference_month,
        {{ add_days('months.last_day', 'measures.due_days') }} as due_date
    from measures
    inner join months
        on {{ is_published_month('measures.frequency', 'measures.first_month', 'months.reference_month') }}

),

final as (

    select
        due.*,
        due.due_date < run.today as is_due
    from due
    cross join {{ ref('stg_raw__run') }} as run

)

select * from final
