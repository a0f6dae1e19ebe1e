with

given as (

    select
        cells.indicator_code,
        cells.measure,
        cells.reference_month,
        sources.bureau_code,
        min(cells.received_at) as received_at,
        max(case when cells.is_simulated then 1 else 0 end) as is_simulated
    from {{ ref('stg_raw__observation_cells') }} as cells
    inner join {{ ref('stg_pack__sources') }} as sources
        on cells.stem = sources.stem and sources.stem = sources.bureau_code || '__form'
    where cells.value is not null or cells.obs_status <> 'O'
    group by cells.indicator_code, cells.measure, cells.reference_month, sources.bureau_code

),

carried as (

    select * from {{ ref('stg_pack__source_indicators') }}

),

-- what the report would have had to say; where no layout names an indicator, all that the bureau owes that month
owed as (

    select
        reports.stem,
        reports.reference_month,
        periods.source_bureau_code as bureau_code,
        periods.indicator_code,
        periods.measure,
        periods.reference_month as figure_month
    from {{ ref('int_reports_expected') }} as reports
    inner join {{ ref('int_periods_expected') }} as periods
        on reports.bureau_code = periods.source_bureau_code and reports.sent_month = periods.sent_month
    left join carried on reports.stem = carried.stem and periods.indicator_code = carried.indicator_code
    where carried.stem is not null or reports.stem not in (select listed.stem from carried as listed)

),

final as (

    select
        owed.stem,
        owed.reference_month,
        count(*) as figures_owed,
        count(given.received_at) as figures_given,
        max(given.received_at) as received_at,
        max(given.is_simulated) = 1 as is_simulated
    from owed
    left join given
        on
            owed.bureau_code = given.bureau_code
            and owed.indicator_code = given.indicator_code
            and owed.measure = given.measure
            and owed.figure_month = given.reference_month
    group by owed.stem, owed.reference_month
    having count(given.received_at) > 0

)

select * from final
