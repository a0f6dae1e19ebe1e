{#- Arithmetic of printed figures. Belongs here: rounding and the text of a number. Not here: any threshold. -#}

{#- A double as an exact decimal: eight places wash the binary noise out of 7.45 before it is rounded. -#}
{% macro exact(expression) -%}
    cast({{ expression }} as decimal(38, 8))
{%- endmacro %}

{#- Half up, away from zero below it (-2.25 prints -2.3), to a number of decimals that may differ by row. -#}
{% macro round_half_up(expression, decimals) -%}
    case {{ decimals }}
        {%- for places in range(-4, 7) %}
        when {{ places }} then cast(round({{ exact(expression) }}, {{ places }}) as double)
        {%- endfor %}
        else cast({{ expression }} as double)
    end
{%- endmacro %}

{#- The figure as it is printed: rounded half up, trailing zeros kept. -#}
{% macro printed(expression, decimals) -%}
    case {{ decimals }}
        {%- for places in range(0, 7) %}
        when {{ places }} then cast(cast(round({{ exact(expression) }}, {{ places }}) as decimal(38, {{ places }})) as varchar)
        {%- endfor %}
        else cast({{ expression }} as varchar)
    end
{%- endmacro %}

{#- Decimals that a typed number needs: 7.5 -> 1, 8500 -> 0. NULL -> 0. -#}
{% macro decimals_of(expression) -%}
    case
        when {{ expression }} is null then 0
        {%- for places in range(0, 6) %}
        when round({{ exact(expression) }}, {{ places }}) = {{ exact(expression) }} then {{ places }}
        {%- endfor %}
        else 6
    end
{%- endmacro %}

{#- Rows 0 .. 999 as column n: the seed of every calendar spine. -#}
{% macro counting_rows() -%}
    select hundreds.d * 100 + tens.d * 10 + ones.d as n
    from ({{ digits() }}) as hundreds
    cross join ({{ digits() }}) as tens
    cross join ({{ digits() }}) as ones
{%- endmacro %}

{% macro digits() -%}
    {% for d in range(10) %}select {{ d }} as d{% if not loop.last %} union all {% endif %}{% endfor %}
{%- endmacro %}

{#- Mean of columns weighted by parameters of the pack {column: (parameter, default)}; a NULL column has no weight. -#}
{% macro weighted_mean(columns) -%}
    (
        {%- for column, weight in columns.items() %}
        coalesce({{ column }}, 0) * {{ parameter(weight[0], weight[1]) }}{% if not loop.last %} +{% endif %}
        {%- endfor %}
    ) / nullif(
        {%- for column, weight in columns.items() %}
        case when {{ column }} is null then 0 else {{ parameter(weight[0], weight[1]) }} end{% if not loop.last %} +{% endif %}
        {%- endfor %},
        0
    )
{%- endmacro %}
