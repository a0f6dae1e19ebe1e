{#- Days and months. Belongs here: what engines spell differently. Not here: when something is due. -#}

{#- The calendar day in China of an instant: days end at 24:00 Asia/Shanghai (rule 11). -#}
{% macro local_date(instant) -%}
    cast({{ instant }} at time zone 'Asia/Shanghai' as date)
{%- endmacro %}

{% macro month_end(day) -%}
    {{ dbt.last_day(day, 'month') }}
{%- endmacro %}

{% macro add_months(day, count) -%}
    cast({{ dbt.dateadd('month', count, day) }} as date)
{%- endmacro %}

{% macro add_days(day, count) -%}
    cast({{ dbt.dateadd('day', count, day) }} as date)
{%- endmacro %}

{% macro year_of(day) -%}
    cast(extract(year from {{ day }}) as integer)
{%- endmacro %}

{% macro year_start(year) -%}
    cast(cast({{ year }} as varchar) || '-01-01' as date)
{%- endmacro %}

{% macro month_of(day) -%}
    cast(extract(month from {{ day }}) as integer)
{%- endmacro %}

{#- Months from the first to the last, both counted: 1-2月 = 2. -#}
{% macro months_covered(period_start, reference_month) -%}
    ({{ year_of(reference_month) }} - {{ year_of(period_start) }}) * 12
    + {{ month_of(reference_month) }} - {{ month_of(period_start) }} + 1
{%- endmacro %}

{% macro is_weekday(day) -%}
    extract(isodow from {{ day }}) <= 5
{%- endmacro %}

{#- A due day on which nobody works goes to the next working day, to the previous one, or stays. -#}
{% macro moved(shift, day, worked) -%}
    case {{ shift }}
        when 'next_working_day' then coalesce({{ worked }}.next_working_day, {{ day }})
        when 'previous_working_day' then coalesce({{ worked }}.previous_working_day, {{ day }})
        else {{ day }}
    end
{%- endmacro %}

{#- Is a figure published for this month of the year? first_month 2 = no January; irregular = nothing is expected. -#}
{% macro is_published_month(frequency, first_month, reference_month) -%}
    {{ month_of(reference_month) }} >= {{ first_month }}
    and case {{ frequency }}
        when 'monthly' then true
        when 'quarterly' then {{ month_of(reference_month) }} in (3, 6, 9, 12)
        when 'half_yearly' then {{ month_of(reference_month) }} in (6, 12)
        when 'annual' then {{ month_of(reference_month) }} = 12
        else false
    end
{%- endmacro %}

{#- 1-6月, 6月, 6月末: how an official says the period of a measure. -#}
{% macro period_zh(measure, period_start, reference_month) -%}
    case
        when {{ measure }} like '%\_eop' escape '\' then {{ month_of(reference_month) }} || '月末'
        when {{ months_covered(period_start, reference_month) }} > 1
            then {{ month_of(period_start) }} || '-' || {{ month_of(reference_month) }} || '月'
        else {{ month_of(reference_month) }} || '月'
    end
{%- endmacro %}

{% macro month_name_en(day) -%}
    case {{ month_of(day) }}
        {%- for name in ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] %}
        when {{ loop.index }} then '{{ name }}'
        {%- endfor %}
    end
{%- endmacro %}

{#- Jan-Jun, Jun, end of Jun: the same in English. -#}
{% macro period_en(measure, period_start, reference_month) -%}
    case
        when {{ measure }} like '%\_eop' escape '\' then 'end of ' || {{ month_name_en(reference_month) }}
        when {{ months_covered(period_start, reference_month) }} > 1
            then {{ month_name_en(period_start) }} || '-' || {{ month_name_en(reference_month) }}
        else {{ month_name_en(reference_month) }}
    end
{%- endmacro %}

{#- 2023年7月10日: a day as a letter writes it. -#}
{% macro day_zh(day) -%}
    {{ year_of(day) }} || '年' || {{ month_of(day) }} || '月' || cast(extract(day from {{ day }}) as integer) || '日'
{%- endmacro %}
