with

measured as (

    select * from {{ ref('int_target_actuals_measured') }}

),

judged as (

    select
        measured.*,
        case
            when limit_shape is null then 'not_assessable'
            when judges = 'worst' and judged_value > high_limit then 'missed'
            when reporting_state <> 'reported' then reporting_state
            when is_year_figure and is_undecided then 'not_reported'
            when is_year_figure and is_met then 'attained'
            when is_year_figure and commitment = 'strive' then 'behind'
            when is_year_figure then 'missed'
            when is_met then early_met
            when path_value is not null and limit_shape = 'ceiling' and judged_value > path_value then 'behind'
            when path_value is not null and limit_shape <> 'ceiling' and judged_value < path_value then 'behind'
            when path_value is not null or early_short = 'path' then 'on_track'
            when early_short = 'pace' and coalesce(judged_value <= high_limit, true) and coalesce(lead_pp >= 0, true)
                then 'on_track'
            else 'behind'
        end as status
    from measured

),

final as (

    select
        judged.*,
        coalesce(actual_reference_month < reference_month, false)
        and (reporting_state = 'reported' or status = 'missed') as is_carried_forward,
        case
            when status in ('attained', 'on_track') then 'green'
            when status = 'missed' then 'red'
            when status = 'behind' and -lead_pp > {{ parameter('light_red_points', 30) }} then 'red'
            when status = 'behind' and -lead_pp >= {{ parameter('light_yellow_points', 10) }} then 'yellow'
            when status = 'behind' and lead_pp is not null then 'blue'
            when status = 'behind' then 'yellow'
        end as light
    from judged

)

select * from final
