with

targets as (

    select
        targets.*,
        min(targets.target_version) over (partition by targets.target_id) as first_version
    from {{ ref('stg_pack__targets') }} as targets

),

months as (

    select * from {{ ref('int_months_spined') }}

),

paired as (

    select
        targets.target_id,
        targets.target_version,
        targets.plan_year,
        targets.measured_region_code,
        targets.indicator_code,
        targets.measure,
        targets.is_judged,
        months.reference_month,
        months.last_day,
        case
            when
                (targets.valid_from <= months.last_day or targets.target_version = targets.first_version)
                and coalesce(targets.valid_to, months.last_day) >= months.last_day
                then targets.target_version
        end as version_in_force
    from targets
    inner join months on targets.plan_year = {{ year_of('months.reference_month') }}

),

final as (

    select
        target_id,
        target_version,
        plan_year,
        measured_region_code,
        indicator_code,
        measure,
        reference_month,
        coalesce(
            version_in_force = max(version_in_force) over (partition by target_id, reference_month), false
        ) as is_in_force,
        is_judged
    from paired

)

select * from final
