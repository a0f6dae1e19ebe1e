with

corrections as (

    select
        corrections.*,
        coalesce(corrections.wrong_value, '') || coalesce(corrections.wrong_unit, '') as guard,
        case corrections.action
            when 'replace' then corrections.right_value
            when 'replace_unit' then units.unit_name
            when 'move_period' then cast(corrections.right_month as varchar)
        end as remedy,
        corrections.reason || '（' || corrections.decided_by || '，' || cast(corrections.decided_on as varchar)
        || '，更正条目 ' || corrections.correction_code || '）' as said
    from {{ ref('stg_pack__corrections') }} as corrections
    left join {{ ref('stg_pack__units') }} as units on corrections.unit_code = units.unit_code

),

matches as (

    select * from {{ ref('stg_raw__correction_matches') }}

),

judged as (

    select
        corrections.*,
        matches.submission_id,
        matches.source_file,
        matches.source_sheet as matched_sheet,
        matches.source_cell as matched_cell,
        matches.region_code as matched_region_code,
        matches.indicator_code as matched_indicator_code,
        matches.measure as matched_measure,
        matches.reference_month as matched_month,
        matches.received_at,
        coalesce(matches.is_simulated, false) as is_simulated,
        coalesce(matches.value_printed, '') || coalesce(matches.unit_printed, '') as printed,
        case
            when matches.correction_code is null then 'correction_unmatched'
            when matches.is_ambiguous then 'correction_ambiguous'
            when matches.is_obsolete then 'correction_obsolete'
            when matches.is_applied then 'correction_applied'
        end as rule
    from corrections
    left join matches on corrections.correction_code = matches.correction_code

),

final as (

    select
        {{ keyed(['correction_code', 'submission_id', 'matched_sheet', 'matched_cell']) }} as finding_key,
        case rule
            when 'correction_applied' then 'info' when 'correction_unmatched' then 'warning' else 'critical'
        end as severity,
        rule,
        said || {{ correction_advice('rule') }} as rule_description,
        stem,
        coalesce(matched_region_code, region_code) as region_code,
        coalesce(matched_indicator_code, indicator_code) as indicator_code,
        coalesce(matched_measure, measure) as measure,
        coalesce(matched_month, reference_month) as reference_month,
        case when rule = 'correction_obsolete' then printed else guard end as observed,
        case when rule = 'correction_obsolete' then guard else remedy end as expected,
        submission_id,
        source_file,
        coalesce(matched_sheet, source_sheet) as source_sheet,
        coalesce(matched_cell, source_cell) as source_cell,
        received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        case
            when rule in ('correction_obsolete', 'correction_ambiguous')
                then '请数据维护人员处理 corrections.yaml 的条目 ' || correction_code || {{ correction_advice('rule') }}
        end as question,
        is_simulated
    from judged
    where rule is not null

)

select * from final
