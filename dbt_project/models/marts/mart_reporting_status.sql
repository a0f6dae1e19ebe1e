with

expected as (

    select * from {{ ref('int_reports_expected') }}

),

received as (

    select
        received.*,
        min(table_count) over (
            partition by stem, {{ month_of('reference_month') }}
            order by reference_month
            rows between unbounded preceding and 1 preceding
        ) as usual_table_count
    from {{ ref('int_reports_received') }} as received

),

matched as (

    select
        coalesce(expected.bureau_code, received.bureau_code) as bureau_code,
        coalesce(expected.stem, received.stem) as stem,
        coalesce(expected.reference_month, received.reference_month) as reference_month,
        expected.due_date,
        received.file_count,
        refused.refused_at,
        coalesce(forms.figures_given = forms.figures_owed, false) as is_form_complete,
        received.table_count < received.usual_table_count
        or (received.received_at is null and forms.figures_given < forms.figures_owed) as is_partial,
        -- a form counts from the day on which all was there, and is part of a report until then
        case
            when forms.figures_given = forms.figures_owed
                then least(forms.received_at, coalesce(received.received_at, forms.received_at))
            else coalesce(received.received_at, forms.received_at)
        end as received_at,
        coalesce(received.is_simulated, forms.is_simulated, expected.is_simulated) as is_simulated
    from expected
    full outer join received
        on expected.stem = received.stem and expected.reference_month = received.reference_month
    left join {{ ref('int_reports_refused') }} as refused
        on expected.stem = refused.stem and expected.reference_month = refused.reference_month
    left join {{ ref('int_reports_given_by_form') }} as forms
        on expected.stem = forms.stem and expected.reference_month = forms.reference_month

),

final as (

    select
        matched.bureau_code,
        matched.stem,
        matched.reference_month,
        matched.due_date,
        matched.received_at,
        cast(case
            when {{ local_date('matched.received_at') }} > matched.due_date
                then {{ dbt.datediff('matched.due_date', local_date('matched.received_at'), 'day') }}
            when matched.received_at is null and run.today > matched.due_date
                then {{ dbt.datediff('matched.due_date', 'run.today', 'day') }}
            when matched.received_at is not null and matched.due_date is not null then 0
        end as integer) as days_late,
        case
            when matched.due_date is null then 'not_expected'
            when matched.received_at is null and matched.refused_at is not null then 'unreadable'
            when matched.received_at is null and run.today > matched.due_date then 'missing'
            when matched.received_at is null then 'not_due'
            when matched.is_partial and not matched.is_form_complete then 'partial'
            when {{ local_date('matched.received_at') }} > matched.due_date then 'late'
            else 'on_time'
        end as status,
        cast(coalesce(matched.file_count - 1, 0) as integer) as revision_count,
        matched.is_simulated
    from matched
    cross join {{ ref('stg_raw__run') }} as run
    where matched.bureau_code is not null

)

select * from final
