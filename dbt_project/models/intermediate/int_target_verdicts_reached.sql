with

measured as (

    select * from {{ ref('int_target_actuals_measured') }}

),

judged as (

    select
        measured.*,
        case
            when effective_bound = 'not_assessable' then 'not_assessable'
            when limit_shape is null then 'not_evaluated'
            when reporting_state <> 'reported' then reporting_state
            when is_year_figure and is_met then 'attained'
            when is_year_figure and commitment = 'strive' then 'behind'
            when is_year_figure then 'missed'
            when measure_kind = 'flow' and limit_shape in ('floor', 'range') and is_met then 'attained'
            when measure_kind = 'flow' and limit_shape = 'band' and high_limit is null and is_met then 'attained'
            when measure_kind = 'flow' and judged_value > high_limit then 'behind'
            when measure_kind = 'flow' and limit_shape = 'ceiling' and not is_met then 'behind'
            when measure_kind = 'flow' and limit_shape <> 'ceiling' and lead_pp < 0 and not is_met then 'behind'
            when measure_kind = 'flow' then 'on_track'
            when measure_kind = 'stock' then 'on_track'
            when is_met then 'on_track'
            else 'behind'
        end as status
    from measured

),

final as (

    select
        judged.*,
        reporting_state = 'reported' and actual_reference_month < reference_month as is_carried_forward,
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
