{#- The sentences of a verdict, Chinese and English side by side. Belongs here: wording. Not here: what decides a status.
    The macros speak of columns of int_target_reasons_worded. -#}

{% macro reason_figure_zh() -%}
    case
        when figure is null then null
        else period_zh
            || case actual_qualifier
                when '>' then '超过' when '≥' then '不低于' when '<' then '不足' when '≤' then '不高于' when '≈' then '约' else ''
            end
            || figure || unit_symbol
    end
{%- endmacro %}

{% macro reason_figure_en() -%}
    case
        when figure is null then null
        else period_en || ': '
            || case when coalesce(actual_qualifier, '=') = '=' then '' else actual_qualifier || ' ' end
            || figure || {{ reason_counted('unit_symbol_en', 'figure') }}
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

{#- What a reader must know beside the figure: carried, borrowed, held, stretch, simulated. -#}
{% macro reason_notes_zh() -%}
    case when is_carried_forward then '沿用' || period_zh || '数据，其后各期尚未到报送期。' else '' end
    || case
        when actual_value is not null and measured_region_code <> region_code
            then '以' || measured_region_name || '数据代替，不代表本区。'
        else ''
    end
    || case when is_actual_held then '该数据的更新值待核实，仍用原值。' else '' end
    || case when commitment = 'strive' and status = 'behind' then '力争目标，未达到不计为未完成。' else '' end
    || case when measure_kind = 'stock' and status = 'on_track' and not is_met then '存量目标未定序时路径，年中不判滞后。' else '' end
    || case when is_simulated then '模拟数据，非统计数据。' else '' end
{%- endmacro %}

{% macro reason_notes_en() -%}
    case when is_carried_forward then ' Carried forward from ' || period_en || '; nothing later is due.' else '' end
    || case
        when actual_value is not null and measured_region_code <> region_code
            then ' Measured by the figure of ' || measured_region_name_en || ', which does not represent the district.'
        else ''
    end
    || case when is_actual_held then ' A newer value is held for verification; the last accepted one stands.' else '' end
    || case when commitment = 'strive' and status = 'behind' then ' A stretch goal: not counted as missed.' else '' end
    || case
        when measure_kind = 'stock' and status = 'on_track' and not is_met
            then ' A stock without a path of its own is not called behind within the year.'
        else ''
    end
    || case when is_simulated then ' Simulated, not a statistic.' else '' end
{%- endmacro %}

{% macro reason_sentence_zh() -%}
    subject || '：目标“' || quoted || '”' || coalesce('（按' || limit_zh || '判断）', '') || '。'
    || case status
        when 'not_assessable' then '本目标不评价：' || rtrim(coalesce(judged_reason, wording), '。') || coalesce('；' || figure_zh, '') || '。'
        when 'not_evaluated' then '本类目标暂未评价' || coalesce('；' || figure_zh, '') || '。'
        when 'not_due' then '本年度尚无到期应报数据。'
        when 'not_reported'
            then {{ month_of('due_month') }} || '月数据到期未报（' || coalesce(bureau_name, '责任单位') || '）'
                || coalesce('，最近一期' || figure_zh, '') || '。'
        when 'held'
            then {{ month_of('held_month') }} || '月数据未通过质量检查，待核实'
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
        when 'not_assessable' then 'Not assessable: ' || rtrim(coalesce(judged_reason_en, wording), '.') || coalesce('; ' || figure_en, '') || '.'
        when 'not_evaluated' then 'Targets of this kind are not evaluated yet' || coalesce('; ' || figure_en, '') || '.'
        when 'not_due' then 'Nothing is due yet this year.'
        when 'not_reported'
            then 'The figure of ' || {{ month_name_en('due_month') }} || ' is overdue ('
                || coalesce(bureau_name_en, 'lead bureau') || ')' || coalesce('; last figure ' || figure_en, '') || '.'
        when 'held'
            then 'The figure of ' || {{ month_name_en('held_month') }} || ' failed a check and is held'
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
