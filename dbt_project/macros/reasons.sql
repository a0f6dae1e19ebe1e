{#- The sentences of a verdict, Chinese and English side by side. Belongs here: wording. Not here: what decides a status.
    The macros speak of columns of int_target_reasons_worded. -#}

{% macro reason_figure_zh() -%}
    case
        when figure is null then null
        else period_zh
            || case actual_qualifier
                when '>' then '超过' when '≥' then '不低于' when '<' then '不足' when '≤' then '不高于' when '≈' then '约' else ''
            end
            || figure || figure_symbol
            || case
                when effective_bound <> 'linked' then ''
                when is_other_basis then '（名义增速，实际增速未公布）'
                when actual_growth_basis = 'constant_price' then '（实际增速）'
                else ''
            end
    end
{%- endmacro %}

{% macro reason_figure_en() -%}
    case
        when figure is null then null
        else period_en || ': '
            || case when coalesce(actual_qualifier, '=') = '=' then '' else actual_qualifier || ' ' end
            || figure || {{ reason_counted('figure_symbol_en', 'figure') }}
            || case
                when effective_bound <> 'linked' then ''
                when is_other_basis then ' (nominal; real growth is not published)'
                when actual_growth_basis = 'constant_price' then ' (real)'
                else ''
            end
    end
{%- endmacro %}

{#- 1 person, 2 persons, 1.0 percentage points. -#}
{% macro reason_counted(symbol, count) -%}
    case when {{ count }} = '1' then rtrim({{ symbol }}, 's') else {{ symbol }} end
{%- endmacro %}

{#- A lead that prints 0.0 is not called none. -#}
{% macro reason_points_zh(points) -%}
    case when {{ points }} < 0.05 then '不足0.1' else {{ printed(points, 1) }} end || '个百分点'
{%- endmacro %}

{% macro reason_points_en(points) -%}
    case when {{ points }} < 0.05 then 'less than 0.1' else {{ printed(points, 1) }} end || ' points'
{%- endmacro %}

{#- The band that the plan does not print: “左右” has a side, “稳定在” a width. -#}
{% macro reason_band_zh() -%}
    case
        when coalesce(limit_shape, 'none') <> 'band' then null
        when low_limit is null then '“左右”按上限判断，不高于' || high_figure || unit_symbol
        when high_limit is null then '“左右”按下限判断，不低于' || low_figure || unit_symbol
        when low_limit < high_limit then low_figure || '至' || high_figure || unit_symbol
    end
{%- endmacro %}

{% macro reason_band_en() -%}
    case
        when coalesce(limit_shape, 'none') <> 'band' then null
        when low_limit is null then '“about” is read as a ceiling: at most ' || high_figure || unit_symbol_en
        when high_limit is null then '“about” is read as a floor: at least ' || low_figure || unit_symbol_en
        when low_limit < high_limit then low_figure || ' to ' || high_figure || unit_symbol_en
    end
{%- endmacro %}

{#- The number that decides, where the words of the plan do not print it: 全覆盖 is 100%. -#}
{% macro reason_limit_zh() -%}
    case
        when coalesce(limit_shape, 'none') not in ('floor', 'ceiling') or target_value is null then null
        when needs_compare or judges <> 'figure' then null
        when rule_code = 'project_set' then '已' || milestone || '的不少于' || target_figure || unit_symbol
        when position(target_figure in wording) > 0 then null
        else case
                when effective_bound = 'gt' then '高于'
                when effective_bound = 'lt' then '低于'
                when limit_shape = 'floor' then '不低于'
                else '不高于'
            end || target_figure || unit_symbol
    end
{%- endmacro %}

{% macro reason_limit_en() -%}
    case
        when coalesce(limit_shape, 'none') not in ('floor', 'ceiling') or target_value is null then null
        when needs_compare or judges <> 'figure' then null
        when rule_code = 'project_set' then 'at least ' || target_figure || ' ' || coalesce(milestone_en, milestone)
        when position(target_figure in wording) > 0 then null
        else case
                when effective_bound = 'gt' then 'above '
                when effective_bound = 'lt' then 'below '
                when limit_shape = 'floor' then 'at least '
                else 'at most '
            end || target_figure || {{ reason_counted('unit_symbol_en', 'target_figure') }}
    end
{%- endmacro %}

{#- How far from the target, in the words of the measure's kind. -#}
{% macro reason_gap_zh() -%}
    case
        when gap is null then null
        when needs_compare then {{ reason_compared_zh() }}
        when judges = 'place' then {{ reason_place_zh() }}
        when judges = 'worst' then {{ reason_events_zh() }}
        when measure_kind = 'flow' and attainment_pct is not null and not (limit_shape = 'band' and is_met)
            then '完成全年目标的' || {{ printed('attainment_pct', 1) }} || '%'
                || '，时间进度' || {{ printed('time_share_pct', 1) }} || '%'
                || case
                    when lead_pp = 0 then '，与时间进度持平'
                    when lead_pp > 0 then '，超前' || {{ reason_points_zh('lead_pp') }}
                    when lead_pp < 0 then '，落后' || {{ reason_points_zh('abs(lead_pp)') }}
                    else ''
                end
        when effective_bound = 'direction_up' then case when is_met then '保持增长' else '未保持增长' end
        when limit_shape = 'band' and is_met then '在目标范围内' || coalesce('（' || band_zh || '）', '')
        when limit_shape = 'band' then '偏离目标范围' || coalesce('（' || band_zh || '）', '') || distance || gap_symbol
        when limit_shape = 'range' and is_met and gap = 0 then '在目标范围内'
        when limit_shape = 'range' and is_met then '高于目标范围' || distance || gap_symbol
        when limit_shape = 'range' then '偏离目标范围' || distance || gap_symbol
        when limit_shape = 'ceiling' and gap > 0 then '低于控制目标' || distance || gap_symbol
        when limit_shape = 'ceiling' and gap < 0 then '超出控制目标' || distance || gap_symbol
        when gap > 0 then '高于目标' || distance || gap_symbol
        when gap < 0 then '低于目标' || distance || gap_symbol
        else '与目标持平'
    end
{%- endmacro %}

{% macro reason_gap_en() -%}
    case
        when gap is null then null
        when needs_compare then {{ reason_compared_en() }}
        when judges = 'place' then {{ reason_place_en() }}
        when judges = 'worst' then {{ reason_events_en() }}
        when measure_kind = 'flow' and attainment_pct is not null and not (limit_shape = 'band' and is_met)
            then {{ printed('attainment_pct', 1) }} || '% of the year''s target at '
                || {{ printed('time_share_pct', 1) }} || '% of the year'
                || case
                    when lead_pp = 0 then ', level with the time elapsed'
                    when lead_pp > 0 then ', ' || {{ reason_points_en('lead_pp') }} || ' ahead'
                    when lead_pp < 0 then ', ' || {{ reason_points_en('abs(lead_pp)') }} || ' behind'
                    else ''
                end
        when effective_bound = 'direction_up' then case when is_met then 'growing' else 'not growing' end
        when limit_shape = 'band' and is_met then 'inside the target range' || coalesce(' (' || band_en || ')', '')
        when limit_shape = 'band'
            then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' outside the target range' || coalesce(' (' || band_en || ')', '')
        when limit_shape = 'range' and is_met and gap = 0 then 'inside the target range'
        when limit_shape = 'range' and is_met then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' above the target range'
        when limit_shape = 'range' then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' outside the target range'
        when limit_shape = 'ceiling' and gap > 0 then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' under the ceiling'
        when limit_shape = 'ceiling' and gap < 0 then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' over the ceiling'
        when gap > 0 then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' above the target'
        when gap < 0 then distance || {{ reason_counted('gap_symbol_en', 'distance') }} || ' below the target'
        else 'equal to the target'
    end
{%- endmacro %}

{#- Against another figure of the same period (rule 17): both numbers, their difference, and what is asked for. -#}
{% macro reason_compared_zh() -%}
    '同期' || compare_subject || compare_printed || figure_symbol
    || case
        when difference = 0 then '，两者持平'
        when difference > 0 then '，高' || difference_printed || gap_symbol
        else '，低' || difference_printed || gap_symbol
    end
    || case
        when effective_bound = 'linked' then '（容许低' || offset_printed || gap_symbol || '）'
        when limit_offset > 0 then '（要求高' || offset_printed || gap_symbol || '以上）'
        else ''
    end
{%- endmacro %}

{% macro reason_compared_en() -%}
    'against ' || compare_printed || figure_symbol_en || ' of ' || compare_subject_en
    || case
        when difference = 0 then ', level'
        when difference > 0 then ', ' || difference_printed || gap_symbol_en || ' above'
        else ', ' || difference_printed || gap_symbol_en || ' below'
    end
    || case
        when effective_bound = 'linked' then ' (' || offset_printed || gap_symbol_en || ' below is allowed)'
        when limit_offset > 0 then ' (at least ' || offset_printed || gap_symbol_en || ' above is asked for)'
        else ''
    end
{%- endmacro %}

{#- A place among members, provisional while some are missing (rule 24), and the last place that counts. -#}
{% macro reason_place_zh() -%}
    '居' || rank_set_name
    || case
        when ranked_count < member_count then '暂列第' || place || '位（' || ranked_count || '/' || member_count || '）'
        else '第' || place || '位（共' || member_count || '个单位）'
    end
    || '，要求前' || high_figure || '位'
    || case when is_met then '，位次符合要求' else '，差' || distance || '位' end
{%- endmacro %}

{% macro reason_place_en() -%}
    'rank ' || place || ' in ' || coalesce(nullif(rank_set_name_en, ''), rank_set_name)
    || case
        when ranked_count < member_count then ' (provisional, ' || ranked_count || ' of ' || member_count || ' reported)'
        else ' (' || member_count || ' members)'
    end
    || '; rank ' || high_figure || ' or better is asked for'
    || case when is_met then '' else ', short by ' || distance end
{%- endmacro %}

{#- Events that must not happen: once one is reported the year is lost (rule 13). -#}
{% macro reason_events_zh() -%}
    case
        when is_met then '本年各期报告均为零'
        else '最早见于' || {{ month_of('first_event_month') }} || '月数据，本年最高' || judged_figure || figure_symbol
    end
{%- endmacro %}

{% macro reason_events_en() -%}
    case
        when is_met then 'zero in every report of the year'
        else 'first seen in the figure of ' || {{ month_name_en('first_event_month') }} || ', at most ' || judged_figure
    end
{%- endmacro %}

{#- What a reader must know beside the figure: carried, borrowed, held, stretch, simulated. -#}
{% macro reason_notes_zh() -%}
    case when is_carried_forward and reporting_state = 'reported' then '沿用' || period_zh || '数据，其后各期尚未到报送期。' else '' end
    || case
        when actual_value is not null and measured_region_code <> region_code
            then '以' || measured_region_name || '数据代替，不代表本区。'
        else ''
    end
    || case when is_actual_held then '所据数据有更新值待核实，仍用原值。' else '' end
    || case when commitment = 'strive' and status = 'behind' then '力争目标，未达到不计为未完成。' else '' end
    || case
        when path_value is null or is_year_figure then ''
        else '按年初给定的进度要求，' || period_zh || '应达到' || path_figure || figure_symbol || '。'
    end
    || case when measure_kind = 'stock' and path_value is null and status = 'on_track' and not is_met then '存量目标未定序时路径，年中不判滞后。' else '' end
    || case when is_simulated then '模拟数据，非统计数据。' else '' end
{%- endmacro %}

{% macro reason_notes_en() -%}
    case when is_carried_forward and reporting_state = 'reported' then ' Carried forward from ' || period_en || '; nothing later is due.' else '' end
    || case
        when actual_value is not null and measured_region_code <> region_code
            then ' Measured by the figure of ' || measured_region_name_en || ', which does not represent the district.'
        else ''
    end
    || case when is_actual_held then ' A newer value of what this rests on is held for verification; the last accepted one stands.' else '' end
    || case when commitment = 'strive' and status = 'behind' then ' A stretch goal: not counted as missed.' else '' end
    || case
        when path_value is null or is_year_figure then ''
        else ' The path set for it asks for ' || path_figure || figure_symbol_en || ' at ' || period_en || '.'
    end
    || case
        when measure_kind = 'stock' and path_value is null and status = 'on_track' and not is_met
            then ' A stock without a path of its own is not called behind within the year.'
        else ''
    end
    || case when is_simulated then ' Simulated, not a statistic.' else '' end
{%- endmacro %}

{% macro reason_sentence_zh() -%}
    subject || '：目标“' || quoted || '”' || coalesce('（按' || limit_zh || '判断）', '') || '。'
    || case status
        when 'not_assessable'
            then '本目标不评价：'
                || case
                    when is_without_rule then '判断所需的目标值、区间或基数没有给出'
                    else rtrim(coalesce(judged_reason, wording), '。')
                end
                || coalesce('；' || figure_zh, '') || '。'
        when 'not_due' then '本年度尚无到期应报数据。'
        when 'not_reported'
            then {{ month_of('absent_month') }} || '月数据到期未报（' || coalesce(missing_names, bureau_name, '责任单位') || '）'
                || coalesce('，最近一期' || figure_zh, '') || '。'
        when 'held'
            then {{ month_of('held_month') }} || '月' || case when is_compare_held then compare_subject else '' end
                || '数据未通过质量检查，待核实'
                || coalesce('，最近一期' || figure_zh, '') || '。'
        else figure_zh || '，' || gap_zh
            || case status
                when 'attained' then '，已完成。'
                when 'on_track' then '，进度正常。'
                when 'behind' then '，进度滞后。'
                else '，未完成。'
            end
    end
    || notes_zh
{%- endmacro %}

{% macro reason_sentence_en() -%}
    subject_en || ': target "' || quoted || '"' || coalesce(' (judged as ' || limit_en || ')', '') || '. '
    || case status
        when 'not_assessable'
            then 'Not assessable: '
                || case
                    when is_without_rule then 'the value, band or base that the rule needs is not given'
                    else rtrim(coalesce(judged_reason_en, wording), '.')
                end
                || coalesce('; ' || figure_en, '') || '.'
        when 'not_due' then 'Nothing is due yet this year.'
        when 'not_reported'
            then 'The figure of ' || {{ month_name_en('absent_month') }} || ' is overdue ('
                || coalesce(missing_names_en, bureau_name_en, 'lead bureau') || ')' || coalesce('; last figure ' || figure_en, '') || '.'
        when 'held'
            then 'The figure of ' || case when is_compare_held then compare_subject_en || ' for ' else '' end
                || {{ month_name_en('held_month') }} || ' failed a check and is held'
                || coalesce('; last figure ' || figure_en, '') || '.'
        else upper(substr(figure_en, 1, 1)) || substr(figure_en, 2) || ', ' || gap_en
            || case status
                when 'attained' then '; attained.'
                when 'on_track' then '; on track.'
                when 'behind' then '; behind.'
                else '; missed.'
            end
    end
    || notes_en
{%- endmacro %}

{#- Where the seasonal share comes from, or why there is none. The macros below speak of int_target_paces_required. -#}
{% macro seasonal_note_zh() -%}
    case
        when measure_kind <> 'flow' or attainment_pct is null then '只有按全年累计的总量才有季节进度'
        when share is null then '往年没有同期和全年的数据，得不出季节进度'
        when year_count = 1 then '按' || first_year || '年同期占全年的比重'
        else '按' || first_year || '—' || last_year || '年（' || year_count || '年）同期占全年比重的平均'
    end
{%- endmacro %}

{% macro seasonal_note_en() -%}
    case
        when measure_kind <> 'flow' or attainment_pct is null then 'only a cumulative total of a year has a seasonal share'
        when share is null then 'no earlier year with both this month and its whole: no seasonal share'
        when year_count = 1 then 'share of the year reached by this month in ' || first_year
        else 'mean share of the year reached by this month, ' || first_year || '-' || last_year
            || ' (' || year_count || ' years)'
    end
{%- endmacro %}

{#- What the required pace means, or why there is none. -#}
{% macro pace_note_zh() -%}
    case
        when pace_kind = 'no_figure' then '本年尚无数据'
        when pace_kind = 'no_pace' then '这类目标没有逐月的节奏'
        when pace_kind = 'year_complete' then '全年数据已出'
        when pace_kind = 'no_levels' then '没有同口径的总量，推算不出其余各月应达到的增速'
        when pace_kind = 'no_last_year' then '缺上年同期或全年的总量，推算不出其余各月应达到的增速'
        when pace_kind = 'per_month' and required_pace = 0 then '已达到全年目标'
        when pace_kind = 'per_month'
            then '其余' || months_left || '个月平均每月须' || case when is_low_open then '多于' else '增加' end || {{ printed('required_pace', 2) }} || unit_symbol
        else '其余' || months_left || '个月合计须同比增长' || {{ printed('required_pace', 1) }} || '%（上年同期占上年全年的'
            || {{ printed('last_year_share * 100', 1) }} || '%）'
    end
{%- endmacro %}

{% macro pace_note_en() -%}
    case
        when pace_kind = 'no_figure' then 'no figure of this year yet'
        when pace_kind = 'no_pace' then 'a target of this kind has no pace by month'
        when pace_kind = 'year_complete' then 'the figure of the whole year is known'
        when pace_kind = 'no_levels' then 'no levels on the basis of this growth: what the rest must grow cannot be derived'
        when pace_kind = 'no_last_year' then 'last year lacks this month or its whole: what the rest must grow cannot be derived'
        when pace_kind = 'per_month' and required_pace = 0 then 'the target of the year is reached'
        when pace_kind = 'per_month'
            then case when is_low_open then 'more than this' else 'this' end
                || ' is needed on average in each of the ' || months_left || ' months left: '
                || {{ printed('required_pace', 2) }} || unit_symbol_en
        else 'growth that the ' || months_left || ' months left must reach together: ' || {{ printed('required_pace', 1) }}
            || '% (last year ' || {{ printed('last_year_share * 100', 1) }} || '% of the total came by this month)'
    end
{%- endmacro %}

{#- Why a version is the judged one in a month, or is not (rule 20). Speaks of mart_target_attainment. -#}
{% macro version_reason_zh() -%}
    case
        when not verdicts.is_judged then targets.judged_reason
        when verdicts.is_in_force and verdicts.version_count > 1
            then '本月末有效的是第' || verdicts.target_version || '版。' || targets.judged_reason
        when verdicts.is_in_force then targets.judged_reason
        when targets.valid_from > verdicts.reference_month
            then '第' || verdicts.target_version || '版自' || cast(targets.valid_from as varchar) || '起有效，此前不作判断依据，仅供对照。'
        else '第' || verdicts.target_version || '版已于' || cast(targets.valid_to as varchar) || '后失效，不再作判断依据，仅供对照。'
    end
{%- endmacro %}

{% macro version_reason_en() -%}
    case
        when not verdicts.is_judged then targets.judged_reason_en
        when verdicts.is_in_force and verdicts.version_count > 1
            then 'Version ' || verdicts.target_version || ' is in force at the end of the month. ' || targets.judged_reason_en
        when verdicts.is_in_force then targets.judged_reason_en
        when targets.valid_from > verdicts.reference_month
            then 'Version ' || verdicts.target_version || ' takes effect on ' || cast(targets.valid_from as varchar)
                || ' and is not judged before; shown for comparison.'
        else 'Version ' || verdicts.target_version || ' ended on ' || cast(targets.valid_to as varchar)
            || ' and is no longer judged; shown for comparison.'
    end
{%- endmacro %}
