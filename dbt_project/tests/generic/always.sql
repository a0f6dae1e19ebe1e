{#- Sentences that hold for every row of a model, one test for all: returns the rows that break one, with its name. -#}
{% test always(model, sentences) %}
{% for name, condition in sentences.items() -%}
select '{{ name }}' as broken_sentence, count(*) as row_count
from {{ model }}
where not coalesce({{ condition }}, false)
having count(*) > 0
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
{% endtest %}
