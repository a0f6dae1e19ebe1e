{#- The shape that every audit model shares, so that mart_quality_finding is one union. -#}
{% macro finding_columns() -%}
{{ return([
    'finding_key', 'severity', 'rule', 'rule_description', 'stem', 'region_code', 'indicator_code', 'measure',
    'reference_month', 'observed', 'expected', 'submission_id', 'source_file', 'source_sheet', 'source_cell',
    'seen_at', 'owner_bureau_code', 'question', 'is_simulated'
]) }}
{%- endmacro %}

{#- A code or an empty text, so that NULLs do not swallow a key. -#}
{% macro keyed(columns) -%}
    {%- for column in columns -%}
    coalesce(cast({{ column }} as varchar), ''){% if not loop.last %} || '|' || {% endif %}
    {%- endfor -%}
{%- endmacro %}

{#- What to do about an entry of the corrections register, by what became of it. -#}
{% macro correction_advice(rule) -%}
    case {{ rule }}
        when 'correction_obsolete'
            then '：守卫值已不符，来源已改正，条目没有采用；请删除该条目，旧报表仍要更正的写 valid_to'
        when 'correction_ambiguous' then '：另一条目也更正这一格，两条都没有采用；请只留一条'
        when 'correction_unmatched' then '：没有文件符合此条目；请核对写法，或删除'
        else '：已更正，原值留在 raw'
    end
{%- endmacro %}

{#- Does a waiver cover a finding: the same rule, and whatever else the waiver gives. -#}
{% macro is_covered(finding, waiver) -%}
    {{ finding }}.rule = {{ waiver }}.rule
    {%- for key in ['stem', 'region_code', 'indicator_code', 'measure', 'reference_month'] %}
    and ({{ waiver }}.{{ key }} is null or {{ finding }}.{{ key }} = {{ waiver }}.{{ key }})
    {%- endfor %}
{%- endmacro %}
