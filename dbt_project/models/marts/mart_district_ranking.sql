{%- set earlier_months %}partition by
                rank_set_code, indicator_code, measure, area_code, {{ year_of('reference_month') }},
                case when rank is null then 1 else 0 end
            order by reference_month{% endset %}
with

ranked as (

    select
        ranked.*,
        case when not is_withheld then place end as rank
    from {{ ref('int_rank_members_ranked') }} as ranked

),

moved as (

    select
        ranked.*,
        case when rank is not null then lag(rank) over ({{ earlier_months }}) end as previous_rank,
        case when rank is not null then lag(is_table_simulated) over ({{ earlier_months }}) end
            as is_previous_simulated
    from ranked

),

parents as (

    select measure_values.*
    from {{ ref('int_measure_values_prepared') }} as measure_values
    inner join {{ ref('stg_pack__info') }} as info on measure_values.region_code = info.parent_region_code
    where measure_values.value is not null

),

final as (

    select
        moved.rank_set_code,
        moved.indicator_code,
        moved.measure,
        case moved.measure_kind
            when 'growth' then 'growth'
            when 'index' then 'growth'
            when 'rate' then 'rate'
            else 'level'
        end as basis,
        moved.reference_month,
        moved.region_code,
        moved.value,
        moved.ranked_value,
        cast(moved.rank as integer) as rank,
        cast(moved.tied_count as integer) as tied_count,
        cast(moved.ranked_count as integer) as ranked_count,
        cast(moved.member_count as integer) as member_count,
        moved.is_provisional,
        cast(case when not moved.is_withheld then moved.best_place end as integer) as rank_best_possible,
        cast(case when not moved.is_withheld then moved.worst_place end as integer) as rank_worst_possible,
        cast(moved.previous_rank as integer) as previous_rank,
        cast(moved.previous_rank - moved.rank as integer) as rank_change,
        cast(year_ago.rank as integer) as rank_year_ago,
        case when not moved.is_withheld then moved.gap_to_next end as gap_to_next,
        parents.value as parent_value,
        case
            when moved.measure_kind in ('growth', 'rate', 'index')
                then round(
                        {{ round_half_up('moved.value', 'moved.display_decimals') }}
                        - {{ round_half_up('parents.value', 'moved.display_decimals') }},
                        8
                    )
        end as diff_to_parent,
        published.published_rank,
        case
            when moved.is_table_simulated or published.is_simulated then null
            else moved.rank = published.published_rank
        end as agrees_with_published,
        moved.withheld_reason,
        moved.is_held,
        moved.is_table_held,
        moved.is_table_simulated
        or coalesce(parents.is_simulated, false)
        or coalesce(published.is_simulated, false)
        or coalesce(moved.is_previous_simulated, false)
        or coalesce(year_ago.rank is not null and year_ago.is_table_simulated, false) as is_simulated
    from moved
    left join ranked as year_ago
        on
            moved.rank_set_code = year_ago.rank_set_code
            and moved.indicator_code = year_ago.indicator_code
            and moved.measure = year_ago.measure
            and moved.area_code = year_ago.area_code
            and {{ add_months('moved.reference_month', -12) }} = year_ago.reference_month
    left join parents
        on
            moved.indicator_code = parents.indicator_code
            and moved.measure = parents.measure
            and moved.reference_month = parents.reference_month
    left join {{ ref('int_published_ranks_current') }} as published
        on
            moved.rank_set_code = published.rank_set_code
            and moved.indicator_code = published.indicator_code
            and moved.measure = published.measure
            and moved.reference_month = published.reference_month
            and moved.region_code = published.region_code
            and published.is_current

)

select * from final
