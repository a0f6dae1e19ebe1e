with

members as (

    select * from {{ ref('stg_pack__rank_set_members') }}

),

final as (

    select
        members.rank_set_code,
        rank_sets.rank_set_name,
        rank_sets.rank_set_name_en,
        rank_sets.sort_order,
        members.region_code,
        members.valid_from,
        members.valid_to,
        rank_sets.assumption
    from members
    inner join {{ ref('stg_pack__rank_sets') }} as rank_sets on members.rank_set_code = rank_sets.rank_set_code

)

select * from final
