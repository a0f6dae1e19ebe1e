{%- set move = 'rank_set_code, indicator_code, measure, compared_with, month_from, month_to, moved_at' %}
with

moves as (

    select moves.*
    from {{ ref('int_rank_moves_decomposed') }} as moves
    where moves.leg = moves.compared_with

),

own as (

    select moves.*
    from moves
    inner join {{ ref('stg_pack__info') }} as info on moves.region_code = info.region_code

),

crossed as (

    select
        own.rank_set_code,
        own.indicator_code,
        own.measure,
        own.compared_with,
        own.month_from,
        own.month_to,
        own.moved_at,
        own.region_code,
        rivals.merit_from > own.merit_from as is_overtaken,
        regions.region_name,
        regions.region_name_en,
        rivals.place_from
    from own
    inner join moves as rivals on {{ same_move('own', 'rivals') }}
    inner join {{ ref('int_regions_latest') }} as regions on rivals.region_code = regions.region_code
    where
        rivals.region_code <> own.region_code
        -- a place is won or lost where a rival was in front and is no longer, or the other way round
        and (rivals.merit_from > own.merit_from) <> (rivals.merit_to > own.merit_to)

),

final as (

    select
        {{ move }},
        region_code,
        {{ dbt.listagg("case when is_overtaken then region_name end", "'、'", "order by place_from") }} as overtook,
        {{ dbt.listagg("case when is_overtaken then region_name_en end", "', '", "order by place_from") }}
            as overtook_en,
        {{ dbt.listagg("case when not is_overtaken then region_name end", "'、'", "order by place_from") }}
            as overtaken_by,
        {{ dbt.listagg("case when not is_overtaken then region_name_en end", "', '", "order by place_from") }}
            as overtaken_by_en
    from crossed
    group by {{ move }}, region_code

)

select * from final
