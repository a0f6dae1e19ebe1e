{#- Moves of a rank: how two rows name the same one, and the sentences of mart_rank_movement. -#}

{% macro same_move(one, other) -%}
    {%- for column in ['rank_set_code', 'indicator_code', 'measure', 'compared_with', 'month_from', 'month_to', 'moved_at'] %}
    {{ one }}.{{ column }} = {{ other }}.{{ column }}{% if not loop.last %} and{% endif %}
    {%- endfor -%}
{%- endmacro %}

{% macro same_state(one, other) -%}
    {%- for column in ['rank_set_code', 'indicator_code', 'measure', 'reference_month', 'side', 'known_at'] %}
    {{ one }}.{{ column }} = {{ other }}.{{ column }}{% if not loop.last %} and{% endif %}
    {%- endfor -%}
{%- endmacro %}

{% macro movement_effect_zh(column, name) -%}
    case when {{ column }} = 0 then '' else '，{{ name }}' || case when {{ column }} > 0 then '+' else '' end || {{ column }} || '位' end
{%- endmacro %}

{% macro movement_effect_en(column, name) -%}
    case when {{ column }} = 0 then '' else ', {{ name }} ' || case when {{ column }} > 0 then '+' else '' end || {{ column }} end
{%- endmacro %}

{#- 较上期由第3位升至第2位：自身变化+2位，其他单位变化-1位；超过文峰区。 -#}
{% macro movement_reason_zh() -%}
    case compared.compared_with when 'previous' then '较上期' when 'year_ago' then '较上年同期' else '数据修订使位次' end
    || case
        when place_from > place_to then '由第' || place_from || '位升至第' || place_to || '位'
        when place_from < place_to then '由第' || place_from || '位降至第' || place_to || '位'
        else '保持第' || place_to || '位'
    end
    || {{ movement_effect_zh('own_effect', '自身变化') }}
    || {{ movement_effect_zh('neighbour_effect', '其他单位变化') }}
    || {{ movement_effect_zh('member_effect', '参排单位增减') }}
    || case when rivals.overtook is null then '' else '；赶上或超过' || rivals.overtook end
    || case when rivals.overtaken_by is null then '' else '；被' || rivals.overtaken_by || '超过' end
    || case
        when place_seen <> place_from
            then '；上期当时为第' || place_seen || '位'
                || {{ movement_effect_zh('revision_effect', '此后数据修订') }}
                || {{ movement_effect_zh('late_member_effect', '此后补报') }}
        else ''
    end
    || '。'
{%- endmacro %}

{% macro movement_reason_en() -%}
    case compared.compared_with
        when 'previous' then 'Against the period before: '
        when 'year_ago' then 'Against the year before: '
        else 'By a revision: '
    end
    || case
        when place_from > place_to then 'up from rank ' || place_from || ' to ' || place_to
        when place_from < place_to then 'down from rank ' || place_from || ' to ' || place_to
        else 'still rank ' || place_to
    end
    || {{ movement_effect_en('own_effect', 'own change') }}
    || {{ movement_effect_en('neighbour_effect', "neighbours'' change") }}
    || {{ movement_effect_en('member_effect', 'members come or gone') }}
    || case when rivals.overtook_en is null then '' else '; level with or past ' || rivals.overtook_en end
    || case when rivals.overtaken_by_en is null then '' else '; overtaken by ' || rivals.overtaken_by_en end
    || case
        when place_seen <> place_from
            then '; seen as rank ' || place_seen || ' at the time'
                || {{ movement_effect_en('revision_effect', 'later revisions') }}
                || {{ movement_effect_en('late_member_effect', 'late reports') }}
        else ''
    end
    || '.'
{%- endmacro %}

{#- Does a ranked member of the table of that month stand on its last accepted value while a newer one is held? -#}
{% macro is_table_held(move, month) -%}
    ({{ move }}.rank_set_code, {{ move }}.indicator_code, {{ move }}.measure, {{ move }}.{{ month }}) in (
        select (rank_set_code, indicator_code, measure, reference_month) from {{ ref('int_rank_members_ranked') }}
        where is_table_held
    )
{%- endmacro %}
