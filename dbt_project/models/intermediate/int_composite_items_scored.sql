with

items as (

    select
        items.*,
        members.region_code,
        months.reference_month
    from {{ ref('stg_pack__composite_items') }} as items
    inner join {{ ref('int_months_spined') }} as months
        on items.plan_year = {{ year_of('months.reference_month') }}
    inner join {{ ref('stg_pack__rank_set_members') }} as members
        on
            items.rank_set_code = members.rank_set_code
            and coalesce(items.evaluated_region_code, members.region_code) = members.region_code
            and months.last_day >= members.valid_from
            and coalesce(months.last_day <= members.valid_to, true)

),

figures as (

    select
        items.*,
        ranking.reference_month as rank_month,
        ranking.rank,
        ranking.member_count,
        coalesce(ranking.is_provisional, false) as is_provisional,
        row_number() over (
            partition by items.composite_code, items.item_code, items.region_code, items.reference_month
            order by ranking.reference_month desc
        ) as choice,
        verdicts.actual_reference_month,
        verdicts.status,
        verdicts.attainment_pct,
        verdicts.time_share_pct,
        coalesce(ranking.is_simulated, verdicts.is_simulated, false) as is_simulated,
        coalesce(ranking.is_table_held, verdicts.rests_on_held, false) as rests_on_held
    from items
    left join {{ ref('mart_district_ranking') }} as ranking
        on
            items.rank_set_code = ranking.rank_set_code
            and items.indicator_code = ranking.indicator_code
            and items.measure = ranking.measure
            and items.region_code = ranking.region_code
            and items.plan_year = {{ year_of('ranking.reference_month') }}
            and items.reference_month >= ranking.reference_month
            and ranking.rank is not null
    left join {{ ref('mart_target_attainment') }} as verdicts
        on
            items.target_id = verdicts.target_id
            and items.region_code = verdicts.region_code
            and items.reference_month = verdicts.reference_month
            and verdicts.is_judged

),

reached as (

    select
        figures.*,
        coalesce(points_per_place, weight / member_count) as lost_per_place,
        case
            when status not in ('attained', 'on_track', 'behind', 'missed') then null
            when status = 'attained' then 1
            when time_share_pct > 0 and attainment_pct >= 0 then least(attainment_pct / time_share_pct, 1)
            when status = 'on_track' then 1
            else 0
        end as reached_share
    from figures
    where choice = 1

),

final as (

    select
        reached.*,
        coalesce(rank_month, actual_reference_month) as figure_month,
        round(
            case
                when points_by = 'attainment' then weight * reached_share
                when lost_per_place * (rank - 1) > weight then 0
                else weight - lost_per_place * (rank - 1)
            end,
            8
        ) as points
    from reached

)

select * from final
