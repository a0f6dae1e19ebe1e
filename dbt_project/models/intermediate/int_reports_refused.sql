with

expected as (

    select * from {{ ref('int_reports_expected') }}

),

final as (

    select
        expected.stem,
        expected.reference_month,
        min(submissions.received_at) as refused_at
    from expected
    inner join {{ ref('stg_raw__submissions') }} as submissions
        on
            submissions.outcome = 'quarantined'
            and (
                expected.bureau_code = submissions.bureau_code
                or position(expected.stem in submissions.source_path) > 0
            )
            and {{ local_date('submissions.received_at') }} > expected.last_day
            and {{ local_date('submissions.received_at') }} <= {{ month_end(add_days('expected.last_day', 1)) }}
    group by expected.stem, expected.reference_month

)

select * from final
