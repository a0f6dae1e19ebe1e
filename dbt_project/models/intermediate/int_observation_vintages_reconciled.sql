with

cells as (

    select
        observation_cells.*,
        {{ decimals_of('value') }} as value_digits
    from {{ ref('stg_raw__observation_cells') }} as observation_cells
    where unit_fault is null or unit_fault = 'measure_undeclared'

),

measured as (

    select
        cells.*,
        coalesce(
            min(case when value is not null then coalesce(decimals, value_digits) end)
                over (partition by submission_id, {{ observation_key() }}),
            6
        ) as coarsest_decimals
    from cells

),

compared as (

    select
        measured.*,
        min({{ round_half_up('value', 'coarsest_decimals') }})
            over (partition by submission_id, {{ observation_key() }}) as lowest_printed,
        max({{ round_half_up('value', 'coarsest_decimals') }})
            over (partition by submission_id, {{ observation_key() }}) as highest_printed
    from measured

),

chosen as (

    select
        compared.*,
        coalesce(lowest_printed < highest_printed, false) as is_contradicted,
        row_number() over (
            partition by submission_id, {{ observation_key() }}
            order by
                case when value is null then 1 else 0 end,
                case when lowest_printed = highest_printed then -value_digits else 0 end,
                case when lowest_printed = highest_printed then -coalesce(decimals, value_digits) else 0 end,
                coalesce(table_precedence, 1000000),
                table_no,
                source_sheet,
                source_cell
        ) as choice
    from compared

),

final as (

    select
        {{ observation_key('chosen') }},
        chosen.period_label,
        chosen.value,
        chosen.value_qualifier,
        chosen.decimals,
        chosen.unit_code,
        chosen.value_printed,
        chosen.unit_printed,
        chosen.obs_status,
        chosen.conf_status,
        chosen.is_break,
        chosen.is_simulated,
        chosen.source_rank,
        chosen.vintage_at,
        chosen.received_at,
        chosen.published_at,
        acceptances.accepted_at,
        acceptances.decided_at,
        chosen.submission_id,
        chosen.submission_order,
        chosen.stem,
        chosen.source_file,
        chosen.source_sheet,
        chosen.source_cell,
        coalesce(acceptances.accepted_at is not null, false) as is_accepted,
        case
            when acceptances.accepted_at is not null then null
            else coalesce(acceptances.held_reason, '尚未通过质量检查')
        end as held_reason,
        chosen.is_contradicted
    from chosen
    left join {{ ref('stg_raw__acceptances') }} as acceptances
        on
            chosen.submission_id = acceptances.submission_id
            and chosen.source_sheet = acceptances.source_sheet
            and chosen.source_cell = acceptances.source_cell
    where chosen.choice = 1

)

select * from final
