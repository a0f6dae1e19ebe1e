with

target_months as (

    select * from {{ ref('int_target_months_spined') }}

),

gathered as (

    select * from {{ ref('int_target_figures_gathered') }}

),

expected as (

    select * from {{ ref('int_periods_expected') }}
    where is_due

),

latest as (

    select
        target_months.target_id,
        target_months.target_version,
        target_months.reference_month,
        max(case when gathered.is_judgeable then gathered.reference_month end) as actual_month,
        max(
            case when gathered.obs_status = 'V' or gathered.is_compare_held then gathered.reference_month end
        ) as held_month,
        max(gathered.value) as highest_value,
        min(case when gathered.value > 0 then gathered.reference_month end) as first_event_month
    from target_months
    inner join gathered
        on
            target_months.target_id = gathered.target_id
            and target_months.target_version = gathered.target_version
            and target_months.reference_month >= gathered.reference_month
    group by target_months.target_id, target_months.target_version, target_months.reference_month

),

due as (

    select
        target_months.target_id,
        target_months.target_version,
        target_months.reference_month,
        max(expected.reference_month) as due_month
    from target_months
    inner join {{ ref('int_target_limits_derived') }} as limits
        on target_months.target_id = limits.target_id and target_months.target_version = limits.target_version
    inner join {{ ref('stg_pack__targets') }} as targets
        on target_months.target_id = targets.target_id and target_months.target_version = targets.target_version
    inner join expected
        on
            target_months.indicator_code = expected.indicator_code
            and target_months.measure = expected.measure
            and target_months.plan_year = {{ year_of('expected.reference_month') }}
            and target_months.reference_month >= expected.reference_month
    left join expected as compared
        on
            targets.compare_indicator_code = compared.indicator_code
            and targets.compare_measure = compared.measure
            and expected.reference_month = compared.reference_month
    left join gathered
        on
            target_months.target_id = gathered.target_id
            and target_months.target_version = gathered.target_version
            and expected.reference_month = gathered.reference_month
    where
        not coalesce(gathered.is_absent_by_rule, false)
        and (not limits.needs_compare or compared.indicator_code is not null)
    group by target_months.target_id, target_months.target_version, target_months.reference_month

),

final as (

    select
        target_months.*,
        due.due_month,
        latest.held_month,
        coalesce(held.obs_status <> 'V', false) as is_compare_held,
        latest.highest_value,
        latest.first_event_month,
        actuals.reference_month as actual_reference_month,
        actuals.period_start as actual_period_start,
        actuals.growth_basis as actual_growth_basis,
        actuals.value as actual_value,
        actuals.value_qualifier as actual_qualifier,
        actuals.unit_code as actual_unit_code,
        actuals.compare_value,
        actuals.place,
        actuals.worst_place,
        actuals.ranked_count,
        actuals.member_count,
        coalesce(actuals.is_other_basis, false) as is_other_basis,
        coalesce(actuals.is_held, false) as is_actual_held,
        coalesce(actuals.is_simulated, false) as is_simulated,
        case
            when latest.held_month > coalesce(latest.actual_month, date '0001-01-01') then 'held'
            when due.due_month > coalesce(latest.actual_month, date '0001-01-01') then 'not_reported'
            when latest.actual_month is null then 'not_due'
            else 'reported'
        end as reporting_state
    from target_months
    left join latest
        on
            target_months.target_id = latest.target_id
            and target_months.target_version = latest.target_version
            and target_months.reference_month = latest.reference_month
    left join due
        on
            target_months.target_id = due.target_id
            and target_months.target_version = due.target_version
            and target_months.reference_month = due.reference_month
    left join gathered as actuals
        on
            target_months.target_id = actuals.target_id
            and target_months.target_version = actuals.target_version
            and latest.actual_month = actuals.reference_month
    left join gathered as held
        on
            target_months.target_id = held.target_id
            and target_months.target_version = held.target_version
            and latest.held_month = held.reference_month

)

select * from final
