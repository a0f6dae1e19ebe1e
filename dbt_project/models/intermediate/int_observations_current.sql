with

vintages as (

    select * from {{ ref('int_observation_vintages_reconciled') }}

),

ordered as (

    select
        vintages.*,
        row_number() over (
            partition by {{ observation_key() }}
            order by {{ current_first() }}
        ) as choice_of_all,
        row_number() over (
            partition by {{ observation_key() }}
            order by case when is_accepted then 0 else 1 end, {{ current_first() }}
        ) as choice_of_accepted
    from vintages

),

marked as (

    select
        ordered.*,
        max(case when choice_of_all = 1 and not is_accepted then 1 else 0 end)
            over (partition by {{ observation_key() }})
        = 1 as is_held
    from ordered

),

final as (

    select
        {{ observation_key() }},
        period_label,
        case when is_accepted then value end as value,
        case when is_accepted then value_qualifier end as value_qualifier,
        case when is_accepted then decimals end as decimals,
        unit_code,
        value_printed,
        unit_printed,
        case when is_accepted then obs_status else 'V' end as obs_status,
        conf_status,
        is_break,
        is_simulated,
        is_held,
        source_rank,
        vintage_at,
        received_at,
        published_at,
        accepted_at,
        submission_id,
        source_file,
        source_sheet,
        source_cell
    from marked
    where choice_of_accepted = 1

)

select * from final
