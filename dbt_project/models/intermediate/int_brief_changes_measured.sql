with

reported as (

    select
        target_id,
        target_version,
        actual_reference_month,
        judged_value,
        judged_decimals,
        is_simulated,
        max(case when rests_on_held and status <> 'held' then 1 else 0 end) as held_figure
    from {{ ref('mart_target_attainment') }}
    where judged_value is not null
    group by target_id, target_version, actual_reference_month, judged_value, judged_decimals, is_simulated

),

final as (

    select
        target_id,
        target_version,
        actual_reference_month,
        lag(actual_reference_month) over (
            partition by target_id, target_version order by actual_reference_month
        ) as previous_reference_month,
        {{ round_half_up(
            'judged_value - lag(judged_value) over (partition by target_id, target_version order by actual_reference_month)',
            'judged_decimals'
        ) }} as change,
        is_simulated
        or coalesce(
            lag(is_simulated) over (partition by target_id, target_version order by actual_reference_month), false
        ) as is_simulated,
        coalesce(lag(held_figure) over (partition by target_id, target_version order by actual_reference_month), 0) = 1
            as rests_on_held
    from reported

)

select * from final
