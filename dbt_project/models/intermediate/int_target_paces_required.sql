with

verdicts as (

    select
        verdicts.*,
        coalesce(measures.is_derivable, false) as is_derivable,
        coalesce(units.unit_symbol, '') as unit_symbol,
        coalesce(units.unit_symbol_en, '') as unit_symbol_en
    from {{ ref('int_target_verdicts_reached') }} as verdicts
    left join {{ ref('stg_pack__indicator_measures') }} as measures
        on verdicts.indicator_code = measures.indicator_code and verdicts.measure = measures.measure
    left join {{ ref('stg_pack__units') }} as units on verdicts.unit_code = units.unit_code

),

levels as (

    select * from {{ ref('int_measure_values_prepared') }}
    where measure = 'level_ytd' and value_qualifier = '='

),

-- What part of a whole year was reached by a month of it. A month that was not reported gives no share.
shares as (

    select
        part.region_code,
        part.indicator_code,
        part.reference_month,
        {{ year_of('part.reference_month') }} as share_year,
        part.value / whole.value as share,
        part.is_simulated or whole.is_simulated as is_simulated
    from levels as part
    inner join levels as whole
        on
            part.region_code = whole.region_code
            and part.indicator_code = whole.indicator_code
            and {{ year_of('part.reference_month') }} = {{ year_of('whole.reference_month') }}
            and {{ month_of('whole.reference_month') }} = 12
    where whole.value > 0

),

earlier as (

    select
        verdicts.target_id,
        verdicts.target_version,
        verdicts.reference_month,
        shares.share,
        shares.share_year,
        shares.is_simulated,
        verdicts.plan_year - shares.share_year = 1 as is_last_year,
        min(case when shares.is_simulated then 1 else 0 end) over (
            partition by verdicts.target_id, verdicts.target_version, verdicts.reference_month
        ) as only_simulated
    from verdicts
    inner join shares
        on
            verdicts.measured_region_code = shares.region_code
            and verdicts.indicator_code = shares.indicator_code
            and verdicts.plan_year > shares.share_year
            and {{ month_of('verdicts.actual_reference_month') }} = {{ month_of('shares.reference_month') }}

),

-- Rule 6: a simulated year teaches nothing where a real one is known.
learnt as (

    select
        target_id,
        target_version,
        reference_month,
        avg(share) as share,
        max(case when is_last_year then share end) as last_year_share,
        min(share_year) as first_year,
        max(share_year) as last_year,
        count(*) as year_count,
        max(only_simulated) = 1 as is_simulated
    from earlier
    where only_simulated = 1 or not is_simulated
    group by target_id, target_version, reference_month

),

weighed as (

    select
        verdicts.*,
        learnt.share,
        learnt.last_year_share,
        learnt.first_year,
        learnt.last_year,
        learnt.year_count,
        learnt.is_simulated as is_history_simulated,
        {{ month_of('verdicts.goal_month') }} - {{ month_of('verdicts.actual_reference_month') }}
        + 12 * ({{ year_of('verdicts.goal_month') }} - {{ year_of('verdicts.actual_reference_month') }}) as months_left,
        case
            when verdicts.actual_reference_month is null then 'no_figure'
            when verdicts.low_limit is null or verdicts.judges <> 'figure' or verdicts.needs_compare then 'no_pace'
            when verdicts.actual_reference_month >= verdicts.goal_month then 'year_complete'
            when verdicts.measure_kind in ('flow', 'stock') then 'per_month'
            when verdicts.measure <> 'growth_ytd' then 'no_pace'
            when not verdicts.is_derivable or verdicts.actual_growth_basis = 'constant_price'
                then 'no_levels'
            when learnt.last_year_share is null or learnt.last_year_share >= 1 then 'no_last_year'
            else 'growth_of_rest'
        end as pace_kind
    from verdicts
    left join learnt
        on
            verdicts.target_id = learnt.target_id
            and verdicts.target_version = learnt.target_version
            and verdicts.reference_month = learnt.reference_month

),

paced as (

    select
        weighed.*,
        case when measure_kind = 'flow' and attainment_pct is not null then round(share * 100, 8) end
            as seasonal_share_pct,
        case pace_kind
            when 'per_month' then greatest(round((low_limit - judged_value) / months_left, 8), 0)
            when 'growth_of_rest'
                then round((low_limit - last_year_share * judged_value) / (1 - last_year_share), 8)
        end as required_pace
    from weighed

),

final as (

    select
        target_id,
        target_version,
        reference_month,
        seasonal_share_pct,
        case when low_limit is not null then round(attainment_pct - seasonal_share_pct, 8) end as seasonal_lead_pp,
        {{ seasonal_note_zh() }} as seasonal_note,
        {{ seasonal_note_en() }} as seasonal_note_en,
        required_pace,
        case pace_kind when 'per_month' then unit_code || '_per_month' when 'growth_of_rest' then 'percent' end
            as required_pace_unit,
        {{ pace_note_zh() }} as required_pace_note,
        {{ pace_note_en() }} as required_pace_note_en,
        coalesce(is_history_simulated, false)
        and (seasonal_share_pct is not null or pace_kind = 'growth_of_rest') as is_simulated
    from paced

)

select * from final
