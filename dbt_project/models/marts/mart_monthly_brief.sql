with

lines as (

    select * from {{ ref('int_brief_lines_worded') }}

),

final as (

    select
        lines.target_id,
        lines.reference_month,
        lines.sort_order,
        coalesce(indicators.indicator_name, lines.indicator_code) as indicator_name,
        lines.target_text,
        coalesce(lines.actual_text, '—') as actual_text,
        coalesce(lines.parent_text, '—') as parent_text,
        coalesce(lines.gap_text, '—') as gap_text,
        coalesce(lines.rank_text, '—') as rank_text,
        coalesce(lines.change_text, '—') as change_text,
        coalesce(lines.pace_text, '—') as pace_text,
        lines.status,
        {{ status_zh('lines.status') }}
        || case when lines.rests_on_held and lines.status <> 'held' then '（含待核数据）' else '' end as status_text,
        coalesce(bureaus.bureau_name, lines.lead_bureau_code) as lead_bureau_name,
        lines.is_simulated,
        lines.rests_on_held
    from lines
    left join {{ ref('stg_pack__indicators') }} as indicators on lines.indicator_code = indicators.indicator_code
    left join {{ ref('stg_pack__bureaus') }} as bureaus on lines.lead_bureau_code = bureaus.bureau_code

)

select * from final
