{#- What kind of quantity a measure is. The one place where a measure code is taken apart. -#}

{#- flow: cumulative over the year · stock: at a date · growth · rate (rates, shares, completion) · index · level: one month or quarter -#}
{% macro measure_kind(measure) -%}
    case
        when {{ measure }} in ('level_ytd', 'change_ytd') then 'flow'
        when {{ measure }} = 'level_eop' then 'stock'
        when {{ measure }} in ('growth_ytd', 'growth_month', 'growth_eop') then 'growth'
        when {{ measure }} in ('index_month', 'index_ytd') then 'index'
        when {{ measure }} in ('level_month', 'level_quarter') then 'level'
        else 'rate'
    end
{%- endmacro %}

{#- Columns of an observation's key (rule 1), with an optional alias. -#}
{% macro observation_key(alias=none) -%}
    {%- set dot = alias ~ '.' if alias else '' -%}
    {%- for column in ['region_code', 'indicator_code', 'measure', 'growth_basis', 'period_start', 'reference_month'] -%}
    {{ dot }}{{ column }}{% if not loop.last %}, {% endif %}
    {%- endfor -%}
{%- endmacro %}

{#- Rules 5 and 6: a figure before a blank, real before simulated, best source, newest, last submitted. -#}
{% macro current_first() -%}
    case when value is null then 1 else 0 end asc,
    case when is_simulated then 1 else 0 end asc,
    source_rank asc,
    vintage_at desc,
    submission_order desc,
    submission_id asc
{%- endmacro %}

{#- A judgement parameter of the pack, or the default that Jindu ships (rule 22). A scalar subquery. -#}
{% macro parameter(code, default) -%}
    coalesce((select max(p.value) from {{ ref('stg_pack__parameters') }} as p where p.parameter_code = '{{ code }}'), {{ default }})
{%- endmacro %}
