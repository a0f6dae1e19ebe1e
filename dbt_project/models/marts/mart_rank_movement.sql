with

moves as (

    select * from {{ ref('int_rank_moves_decomposed') }}

),

moved as (

    select * from moves
    where leg = compared_with

),

seen as (

    select * from moves
    where leg = 'seen'

),

compared as (

    -- of several earlier months with a table, a member's previous one is the latest in which it has a place
    select
        moved.rank_set_code,
        moved.indicator_code,
        moved.measure,
        moved.compared_with,
        moved.month_from,
        moved.month_to,
        moved.moved_at,
        row_number() over (
            partition by
                moved.rank_set_code, moved.indicator_code, moved.measure, moved.compared_with, moved.month_to,
                moved.area_code, case when moved.compared_with = 'revision' then moved.moved_at end
            order by moved.month_from desc
        ) as nearness,
        moved.region_code,
        moved.place_from,
        moved.place_to,
        moved.stayer_place_from - moved.own_place as own_effect,
        moved.own_place - moved.stayer_place_to as neighbour_effect,
        moved.place_from - moved.stayer_place_from + moved.stayer_place_to - moved.place_to as member_effect,
        seen.place_from as place_seen,
        coalesce(seen.stayer_place_from - seen.stayer_place_to, 0) as revision_effect,
        coalesce(seen.place_from - seen.stayer_place_from + seen.stayer_place_to - seen.place_to, 0)
            as late_member_effect,
        moved.is_simulated or coalesce(seen.is_simulated, false) as is_simulated
    from moved
    left join seen on {{ same_move('moved', 'seen') }} and moved.area_code = seen.area_code

),

final as (

    select
        compared.rank_set_code,
        compared.indicator_code,
        compared.measure,
        compared.month_to as reference_month,
        compared.region_code,
        compared.compared_with,
        compared.month_from as compared_month,
        compared.moved_at,
        cast(compared.place_seen as integer) as rank_seen,
        cast(compared.place_from as integer) as rank_from,
        cast(compared.place_to as integer) as rank_to,
        cast(compared.place_from - compared.place_to as integer) as rank_change,
        cast(compared.own_effect as integer) as own_effect,
        cast(compared.neighbour_effect as integer) as neighbour_effect,
        cast(compared.member_effect as integer) as member_effect,
        cast(compared.revision_effect as integer) as revision_effect,
        cast(compared.late_member_effect as integer) as late_member_effect,
        rivals.overtook,
        rivals.overtaken_by,
        {{ movement_reason_zh() }} as movement_reason,
        {{ movement_reason_en() }} as movement_reason_en,
        compared.is_simulated,
        {{ is_table_held('compared', 'month_from') }} or {{ is_table_held('compared', 'month_to') }} as rests_on_held
    from compared
    left join {{ ref('int_rank_rivals_listed') }} as rivals
        on
            {{ same_move('compared', 'rivals') }}
            and compared.region_code = rivals.region_code
    where compared.nearness = 1

)

select * from final
