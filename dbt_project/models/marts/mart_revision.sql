with

rank_changes as (

    select
        moves.region_code,
        moves.indicator_code,
        moves.measure,
        moves.month_to as reference_month,
        moves.moved_at as revised_at,
        {{ dbt.listagg(
            "rank_sets.rank_set_name || ' ' || moves.place_from || '→' || moves.place_to", "'；'",
            "order by rank_sets.sort_order, moves.rank_set_code"
        ) }} as rank_changes
    from {{ ref('int_rank_moves_decomposed') }} as moves
    inner join {{ ref('stg_pack__rank_sets') }} as rank_sets on moves.rank_set_code = rank_sets.rank_set_code
    where moves.leg = 'revision' and moves.place_from <> moves.place_to
    group by moves.region_code, moves.indicator_code, moves.measure, moves.month_to, moves.moved_at

),

final as (

    select
        revisions.*,
        rank_changes.rank_changes
    from {{ ref('int_revisions_measured') }} as revisions
    left join rank_changes
        on
            revisions.region_code = rank_changes.region_code
            and revisions.indicator_code = rank_changes.indicator_code
            and revisions.measure = rank_changes.measure
            and revisions.reference_month = rank_changes.reference_month
            and revisions.revised_at = rank_changes.revised_at

)

select * from final
