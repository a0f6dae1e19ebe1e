{%- set columns = observation_key() ~ ', value, value_qualifier, unit_code, obs_status, is_held, is_simulated' %}
with

targets as (

    select
        targets.*,
        limits.needs_compare,
        limits.judges,
        compared.growth_basis as compare_growth_basis,
        coalesce(targets.compare_region_code, targets.measured_region_code) as other_region_code
    from {{ ref('stg_pack__targets') }} as targets
    inner join {{ ref('int_target_limits_derived') }} as limits
        on targets.target_id = limits.target_id and targets.target_version = limits.target_version
    left join {{ ref('stg_pack__indicator_measures') }} as compared
        on targets.compare_indicator_code = compared.indicator_code and targets.compare_measure = compared.measure

),

-- Rule 17: in step with growth is judged on the basis of that growth (real) wherever it is published.
candidates as (

    select {{ columns }}, false as is_other_basis from {{ ref('int_measure_values_prepared') }}
    union all
    select {{ columns }}, true as is_other_basis from {{ ref('int_observations_current') }}
    where value is not null

),

figures as (

    select
        targets.*,
        candidates.reference_month,
        candidates.period_start,
        candidates.growth_basis,
        candidates.value,
        candidates.value_qualifier,
        candidates.unit_code as figure_unit_code,
        candidates.obs_status,
        coalesce(candidates.is_held, false) as is_held,
        coalesce(candidates.is_simulated, false) as is_figure_simulated,
        row_number() over (
            partition by targets.target_id, targets.target_version, candidates.reference_month
            order by
                case when candidates.value is null then 1 else 0 end,
                case when candidates.is_other_basis then 0 else 1 end,
                candidates.period_start
        ) as choice
    from targets
    inner join candidates
        on
            targets.measured_region_code = candidates.region_code
            and targets.indicator_code = candidates.indicator_code
            and targets.measure = candidates.measure
            and targets.plan_year = {{ year_of('candidates.reference_month') }}
            and (
                not candidates.is_other_basis
                or (targets.effective_bound = 'linked' and targets.compare_growth_basis = candidates.growth_basis)
            )

),

final as (

    select
        figures.target_id,
        figures.target_version,
        figures.reference_month,
        figures.period_start,
        figures.growth_basis,
        figures.value,
        figures.value_qualifier,
        figures.figure_unit_code as unit_code,
        figures.obs_status,
        figures.is_held
        or coalesce(figures.needs_compare and compared.is_held, false)
        or coalesce(ranked.is_table_held, false) as is_held,
        case when figures.needs_compare then compared.value end as compare_value,
        figures.needs_compare and coalesce(compared.obs_status = 'V', false) as is_compare_held,
        ranked.place,
        ranked.worst_place,
        ranked.ranked_count,
        ranked.member_count,
        figures.is_figure_simulated
        or coalesce(figures.needs_compare and compared.is_simulated, false)
        or coalesce(ranked.is_table_simulated, false) as is_simulated,
        figures.effective_bound = 'linked' and figures.growth_basis <> figures.compare_growth_basis as is_other_basis,
        figures.value is null and figures.obs_status in ('M', 'L', 'K', 'Q') as is_absent_by_rule,
        figures.value is not null
        and case
            when figures.needs_compare
                then coalesce(compared.value is not null and compared.value_qualifier = '=', false)
            when figures.judges = 'place' then coalesce(ranked.place is not null and not ranked.is_withheld, false)
            else true
        end as is_judgeable
    from figures
    left join {{ ref('int_measure_values_prepared') }} as compared
        on
            figures.other_region_code = compared.region_code
            and figures.compare_indicator_code = compared.indicator_code
            and figures.compare_measure = compared.measure
            and figures.reference_month = compared.reference_month
            and figures.figure_unit_code = compared.unit_code
    left join {{ ref('int_rank_members_ranked') }} as ranked
        on
            figures.judges = 'place'
            and figures.rank_set_code = ranked.rank_set_code
            and figures.indicator_code = ranked.indicator_code
            and figures.measure = ranked.measure
            and figures.reference_month = ranked.reference_month
            and figures.measured_region_code = ranked.region_code
    where figures.choice = 1

)

select * from final
