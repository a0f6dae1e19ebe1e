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
