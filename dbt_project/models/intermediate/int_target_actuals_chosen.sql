with

target_months as (

    select * from {{ ref('int_target_months_spined') }}

),

measure_values as (

    select * from {{ ref('int_measure_values_prepared') }}

),

figures as (

    select
        target_months.target_id,
        target_months.target_version,
        target_months.reference_month,
        max(case when measure_values.value is not null then measure_values.reference_month end) as actual_month,
        max(case when measure_values.obs_status = 'V' then measure_values.reference_month end) as held_month
    from target_months
    inner join measure_values
        on
            target_months.measured_region_code = measure_values.region_code
            and target_months.indicator_code = measure_values.indicator_code
            and target_months.measure = measure_values.measure
            and target_months.plan_year = {{ year_of('measure_values.reference_month') }}
            and target_months.reference_month >= measure_values.reference_month
    group by target_months.target_id, target_months.target_version, target_months.reference_month

),

due as (

    select
        target_months.target_id,
        target_months.target_version,
        target_months.reference_month,
        max(expected.reference_month) as due_month
    from target_months
    inner join {{ ref('int_periods_expected') }} as expected
        on
            target_months.indicator_code = expected.indicator_code
            and target_months.measure = expected.measure
            and target_months.plan_year = {{ year_of('expected.reference_month') }}
            and target_months.reference_month >= expected.reference_month
            and expected.is_due
    left join measure_values
        on
            target_months.measured_region_code = measure_values.region_code
            and expected.indicator_code = measure_values.indicator_code
            and expected.measure = measure_values.measure
            and expected.reference_month = measure_values.reference_month
            and measure_values.value is null
            and measure_values.obs_status in ('M', 'L', 'K', 'Q')
    where measure_values.region_code is null
    group by target_months.target_id, target_months.target_version, target_months.reference_month

),

final as (

    select
        target_months.*,
        due.due_month,
        figures.held_month,
        actuals.reference_month as actual_reference_month,
        actuals.period_start as actual_period_start,
        actuals.growth_basis as actual_growth_basis,
        actuals.value as actual_value,
        actuals.value_qualifier as actual_qualifier,
        actuals.unit_code as actual_unit_code,
        coalesce(actuals.is_held, false) as is_actual_held,
        coalesce(actuals.is_simulated, false) as is_simulated,
        case
            when figures.held_month > coalesce(figures.actual_month, date '0001-01-01') then 'held'
            when due.due_month > coalesce(figures.actual_month, date '0001-01-01') then 'not_reported'
            when figures.actual_month is null then 'not_due'
            else 'reported'
        end as reporting_state
    from target_months
    left join figures
        on
            target_months.target_id = figures.target_id
            and target_months.target_version = figures.target_version
            and target_months.reference_month = figures.reference_month
    left join due
        on
            target_months.target_id = due.target_id
            and target_months.target_version = due.target_version
            and target_months.reference_month = due.reference_month
    left join measure_values as actuals
        on
            target_months.measured_region_code = actuals.region_code
            and target_months.indicator_code = actuals.indicator_code
            and target_months.measure = actuals.measure
            and figures.actual_month = actuals.reference_month

)

select * from final
