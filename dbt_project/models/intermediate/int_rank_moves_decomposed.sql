{%- set move = 'rank_set_code, indicator_code, measure, compared_with, month_from, month_to, moved_at' %}
{%- set stayers_move = 'stayers.' ~ move | replace(', ', ', stayers.') %}
with

moves as (

    select * from {{ ref('int_rank_moves_paired') }}

),

states as (

    select
        rank_set_code,
        indicator_code,
        measure,
        reference_month,
        'now' as side,
        cast(null as timestamp with time zone) as known_at,
        region_code,
        area_code,
        merit,
        place,
        is_table_simulated
    from {{ ref('int_rank_members_ranked') }}
    where place is not null and not is_withheld
    union all
    select
        rank_set_code,
        indicator_code,
        measure,
        reference_month,
        side,
        known_at,
        region_code,
        area_code,
        merit,
        place,
        is_table_simulated
    from {{ ref('int_rank_states_ranked') }}
    where place is not null and not is_withheld

),

legs as (

    -- a table against an earlier month, or itself before a revision; and last month's table against what was seen of it
    select
        moves.*,
        compared_with as leg,
        case when compared_with = 'revision' then 'before' else 'now' end as side_from,
        case when compared_with = 'revision' then 'after' else 'now' end as side_to,
        month_to as leg_month_to
    from moves
    union all
    select
        moves.*,
        'seen' as leg,
        'before' as side_from,
        'now' as side_to,
        month_from as leg_month_to
    from moves
    where compared_with = 'previous'

),

stayers as (

    select
        legs.*,
        later.region_code,
        later.area_code,
        earlier.merit as merit_from,
        later.merit as merit_to,
        earlier.place as place_from,
        later.place as place_to,
        earlier.is_table_simulated or later.is_table_simulated as is_simulated
    from legs
    inner join states as earlier
        on
            legs.rank_set_code = earlier.rank_set_code
            and legs.indicator_code = earlier.indicator_code
            and legs.measure = earlier.measure
            and legs.month_from = earlier.reference_month
            and legs.side_from = earlier.side
            and (legs.side_from = 'now' or legs.moved_at = earlier.known_at)
    inner join states as later
        on
            legs.rank_set_code = later.rank_set_code
            and legs.indicator_code = later.indicator_code
            and legs.measure = later.measure
            and legs.leg_month_to = later.reference_month
            and legs.side_to = later.side
            and (legs.side_to = 'now' or legs.moved_at = later.known_at)
            and earlier.area_code = later.area_code

),

lined_up as (

    select
        {{ move }},
        leg,
        area_code,
        merit_from,
        merit_from as merit,
        merit_to,
        1 as is_standing
    from stayers
    union all
    select
        {{ move }},
        leg,
        area_code,
        merit_from,
        merit_to as merit,
        merit_to,
        0 as is_standing
    from stayers

),

passed as (

    -- in front of a member with its new figure: those whose old figure is better
    select
        lined_up.*,
        sum(is_standing) over (
            partition by {{ move }}, leg
            order by merit desc, is_standing asc
            rows between unbounded preceding and current row
        ) as ahead
    from lined_up

),

final as (

    select
        stayers.*,
        rank() over (partition by {{ stayers_move }}, stayers.leg order by stayers.merit_from desc)
            as stayer_place_from,
        rank() over (partition by {{ stayers_move }}, stayers.leg order by stayers.merit_to desc) as stayer_place_to,
        1 + passed.ahead - case when stayers.merit_from > stayers.merit_to then 1 else 0 end as own_place
    from stayers
    inner join passed
        on
            {{ same_move('stayers', 'passed') }}
            and stayers.leg = passed.leg
            and stayers.area_code = passed.area_code
    where passed.is_standing = 0

)

select * from final
