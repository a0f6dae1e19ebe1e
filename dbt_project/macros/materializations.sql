{#- DuckDB replaces a table or a view in one statement. dbt's own way (build beside, rename, drop the backup) guards
    readers of the warehouse, of which there are none: they read releases. Half the statements, half the time.
    Another engine uses dbt's own materializations: these are for duckdb only. -#}

{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {{ return(replace_in_place(this.incorporate(type='table'), 'table')) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb', supported_languages=['sql'] %}
    {{ return(replace_in_place(this.incorporate(type='view'), 'view')) }}
{% endmaterialization %}

{% macro replace_in_place(target, kind) %}
    {%- set existing = load_cached_relation(target) -%}
    {{ run_hooks(pre_hooks) }}
    {% if existing and existing.type != kind %}
        {{ adapter.drop_relation(existing) }}
    {% endif %}
    {% call statement('main') -%}
        {%- if config.get('contract').enforced %}{{ get_assert_columns_equivalent(model['compiled_code']) }}{% endif %}
        create or replace {{ kind }} {{ target }} as (
            {{ model['compiled_code'] }}
        )
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {% do persist_docs(target, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmacro %}

{#- All comments of a relation in one statement; the contract has already compared the columns. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {% set comments %}
        {% if for_relation and config.persist_relation_docs() and model.description %}
        comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(model.description) }};
        {% endif %}
        {% if for_columns and config.persist_column_docs() %}
        {% for column_name in model.columns %}
        comment on column {{ relation }}.{{ column_name }} is {{ duckdb_escape_comment(model.columns[column_name].description) }};
        {% endfor %}
        {% endif %}
    {% endset %}
    {% if comments | trim %}
        {% do run_query(comments) %}
    {% endif %}
{% endmacro %}
