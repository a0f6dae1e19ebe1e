with

-- the calendar of a bureau bounds what it owes; one without entries owes by the frequency of its indicators alone
calendars as (

    select
        bureau_code,
        min(valid_from) as valid_from,
        max(coalesce(valid_to, date '9999-12-01')) as valid_to,
        min(case when is_simulated then 1 else 0 end) = 1 as is_simulated
    from {{ ref('stg_pack__calendar') }}
    group by bureau_code

),

owed as (

    select
        periods.source_bureau_code as bureau_code,
        series.region_code,
        periods.indicator_code,
        periods.measure,
        periods.reference_month,
        periods.due_date,
        periods.is_due,
        coalesce(series.is_simulated, calendars.is_simulated, false) as is_simulated
    from {{ ref('int_periods_expected') }} as periods
    inner join {{ ref('int_series_owed') }} as series
        on
            periods.indicator_code = series.indicator_code
            and periods.measure = series.measure
            and periods.reference_month >= series.first_month
            and periods.reference_month <= coalesce(series.last_month, periods.reference_month)
    left join calendars on periods.source_bureau_code = calendars.bureau_code
    where
        calendars.bureau_code is null
        or (calendars.valid_from <= periods.reference_month and periods.reference_month <= calendars.valid_to)

),

final as (

    select
        owed.bureau_code,
        owed.region_code,
        owed.indicator_code,
        owed.measure,
        owed.reference_month,
        owed.due_date,
        case
            when told.is_held then 'held'
            when told.value is not null then 'reported'
            when told.obs_status not in ('O', 'V') then 'not_collected'
            when owed.is_due then 'not_reported'
            else 'not_due'
        end as status,
        case when told.obs_status is null and owed.is_due then 'O' else told.obs_status end as obs_status,
        coalesce(told.is_simulated, owed.is_simulated) as is_simulated
    from owed
    left join {{ ref('int_measure_values_prepared') }} as told
        on
            owed.region_code = told.region_code
            and owed.indicator_code = told.indicator_code
            and owed.measure = told.measure
            and owed.reference_month = told.reference_month

)

select * from final
