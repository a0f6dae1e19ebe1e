{#- The wording of a line of the monthly brief (rule 27). Belongs here: text. Not here: what a figure is. -#}

{#- 10%以上, 5.5%以内, 3%左右: the target as the plan prints it. Speaks of columns of int_brief_lines_worded. -#}
{% macro brief_target() -%}
    case
        when bound = 'ge' then target_figure || unit_symbol || '以上'
        when bound = 'gt' then '超过' || target_figure || unit_symbol
        when bound = 'eq' then target_figure || unit_symbol
        when bound = 'le' then target_figure || unit_symbol || '以内'
        when bound = 'lt' then '低于' || target_figure || unit_symbol
        when bound = 'about' then target_figure || unit_symbol || '左右'
        when bound = 'range' then target_figure || '-' || upper_figure || unit_symbol
        when bound = 'stable_at' then '稳定在' || target_figure || unit_symbol
    end
{%- endmacro %}

{% macro signed(expression, decimals) -%}
    case when {{ round_half_up(expression, decimals) }} > 0 then '+' else '' end || {{ printed(expression, decimals) }}
{%- endmacro %}

{% macro status_zh(status) -%}
    case {{ status }}
        when 'attained' then '已完成'
        when 'on_track' then '进度正常'
        when 'behind' then '进度滞后'
        when 'missed' then '未完成'
        when 'not_due' then '未到报送期'
        when 'not_reported' then '到期未报'
        when 'held' then '待核实'
        when 'not_assessable' then '不评价'
    end
{%- endmacro %}
