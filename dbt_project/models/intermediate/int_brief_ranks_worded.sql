with

ranking as (

    select * from {{ ref('mart_district_ranking') }}

),

placed as (

    select
        ranking.*,
        rank_sets.sort_order,
        rank_sets.rank_set_name
        || case
            when ranking.rank is null then '未排名'
            when ranking.is_provisional
                then '暂列第' || ranking.rank || '（' || ranking.ranked_count || '/' || ranking.member_count || '）'
            when ranking.tied_count > 1 then '并列第' || ranking.rank
            else '第' || ranking.rank
        end as place_text
    from ranking
    inner join {{ ref('stg_pack__rank_sets') }} as rank_sets on ranking.rank_set_code = rank_sets.rank_set_code

),

final as (

    select
        region_code,
        indicator_code,
        measure,
        reference_month,
        {{ dbt.listagg(
            measure='place_text', delimiter_text="' / '", order_by_clause='order by sort_order, rank_set_code'
        ) }}
            as rank_text,
        max(case when is_simulated then 1 else 0 end) = 1 as is_simulated,
        max(case when is_table_held then 1 else 0 end) = 1 as rests_on_held
    from placed
    group by region_code, indicator_code, measure, reference_month

)

select * from final
