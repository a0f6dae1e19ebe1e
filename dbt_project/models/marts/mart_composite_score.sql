{%- set whole = 'composite_code, region_code, reference_month' -%}
with

items as (

    select * from {{ ref('int_composite_items_scored') }}

),

totals as (

    select
        composite_code,
        region_code,
        reference_month,
        sum(weight) as total_weight,
        sum(case when points is not null then weight else 0 end) as scored_weight,
        sum(points) as total_points,
        max(case when evaluated_region_code is null then 1 else 0 end) = 1 as is_competition,
        max(case when is_simulated then 1 else 0 end) as simulated,
        max(case when rests_on_held then 1 else 0 end) as held
    from items
    group by {{ whole }}

),

placed as (

    select
        totals.*,
        rank() over (partition by composite_code, reference_month order by total_points desc) as place,
        min(scored_weight) over (partition by composite_code, reference_month) as least_scored_weight,
        max(simulated) over (partition by composite_code, reference_month) = 1 as is_simulated,
        max(held) over (partition by composite_code, reference_month) = 1 as rests_on_held
    from totals

),

final as (

    select
        items.composite_code,
        items.composite_name,
        items.composite_name_en,
        items.is_example,
        items.plan_year,
        items.reference_month,
        items.region_code,
        items.item_code,
        items.item_name,
        items.item_name_en,
        items.points_by,
        items.weight,
        items.rank_set_code,
        items.indicator_code,
        items.measure,
        items.target_id,
        items.figure_month,
        cast(items.rank as integer) as rank,
        cast(items.member_count as integer) as member_count,
        items.status,
        items.attainment_pct,
        items.time_share_pct,
        items.points,
        {{ composite_reason_zh() }} as points_reason,
        {{ composite_reason_en() }} as points_reason_en,
        items.is_provisional,
        round(placed.total_points, 8) as total_points,
        placed.scored_weight,
        placed.total_weight,
        cast(case
            when placed.is_competition and placed.least_scored_weight = placed.total_weight then placed.place
        end as integer) as place,
        placed.is_simulated,
        placed.rests_on_held
    from items
    inner join placed
        on
            items.composite_code = placed.composite_code
            and items.region_code = placed.region_code
            and items.reference_month = placed.reference_month

)

select * from final
