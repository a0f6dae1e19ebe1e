with

submissions as (

    select * from {{ ref('stg_raw__submissions') }}

),

tables as (

    select * from {{ ref('stg_raw__submission_tables') }}
    where reference_month is not null

),

own as (

    select
        tables.*,
        max(tables.reference_month) over (partition by tables.submission_id, tables.stem) as report_month
    from tables

),

final as (

    select
        coalesce(sources.bureau_code, submissions.bureau_code) as bureau_code,
        own.stem,
        own.report_month as reference_month,
        min(submissions.received_at) as received_at,
        count(distinct submissions.submission_id) as file_count,
        count(distinct own.table_name) as table_count,
        max(case when submissions.is_simulated then 1 else 0 end) = 1 as is_simulated
    from own
    inner join submissions on own.submission_id = submissions.submission_id
    left join {{ ref('stg_pack__sources') }} as sources on own.stem = sources.stem
    group by coalesce(sources.bureau_code, submissions.bureau_code), own.stem, own.report_month

)

select * from final
