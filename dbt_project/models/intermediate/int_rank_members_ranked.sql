{%- set table_of_ranks = 'rank_set_code, indicator_code, measure, reference_month' %}
with

members as (

    select
        valued.*,
        case when direction = 'lower' then -ranked_value else ranked_value end as merit
    from {{ ref('int_rank_members_valued') }} as valued

),

counted as (

    select
        members.*,
        count(*) over (partition by {{ table_of_ranks }}) as member_count,
        count(ranked_value) over (partition by {{ table_of_ranks }}) as ranked_count,
        count(*) over (partition by {{ table_of_ranks }}, ranked_value) as tied_count,
        rank() over (
            partition by {{ table_of_ranks }}
            order by case when merit is null then 1 else 0 end, merit desc
        ) as place,
        max(case when is_held and merit is not null then 1 else 0 end) over (partition by {{ table_of_ranks }}) = 1
            as is_table_held,
        max(case when is_simulated then 1 else 0 end) over (partition by {{ table_of_ranks }}) = 1 as is_table_simulated
    from members

),

judged as (

    select
        counted.*,
        ranked_count < member_count * {{ parameter('rank_withheld_below_share', 0.5) }} as is_withheld
    from counted

),

places as (

    select
        {{ table_of_ranks }},
        merit,
        lag(ranked_value) over (partition by {{ table_of_ranks }} order by merit desc) as next_better_value
    from judged
    where merit is not null
    group by {{ table_of_ranks }}, merit, ranked_value

),

final as (

    select
        judged.rank_set_code,
        judged.indicator_code,
        judged.measure,
        judged.reference_month,
        judged.region_code,
        judged.area_code,
        judged.direction,
        judged.measure_kind,
        judged.display_decimals,
        judged.value,
        judged.ranked_value,
        judged.merit,
        judged.member_count,
        judged.ranked_count,
        judged.ranked_count < judged.member_count as is_provisional,
        judged.is_table_simulated,
        judged.is_held,
        judged.is_table_held,
        judged.is_withheld,
        case when judged.merit is not null then judged.place end as place,
        case when judged.merit is not null then judged.tied_count end as tied_count,
        case when judged.merit is not null then judged.place else 1 end as best_place,
        case
            when judged.merit is not null then judged.place + judged.member_count - judged.ranked_count
            else judged.member_count
        end as worst_place,
        round(places.next_better_value - judged.ranked_value, 8) as gap_to_next,
        case
            when judged.is_withheld then '报数不足半数，不予排名'
            when judged.value is not null and judged.ranked_value is null then '数值带约数，不予排名'
            when judged.value is null and judged.is_held then '本期数据待核实'
            when judged.value is null then '本期未报'
        end as withheld_reason
    from judged
    left join places
        on
            judged.rank_set_code = places.rank_set_code
            and judged.indicator_code = places.indicator_code
            and judged.measure = places.measure
            and judged.reference_month = places.reference_month
            and judged.merit = places.merit

)

select * from final
