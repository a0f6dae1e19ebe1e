{#- The year-end forecast. Belongs here: which measures have a year's end, and the numbers that the method rests on.
    Not here: how the forecasts of a row are made (the models). docs/forecast.md says it in words. -#}

{#- cumulative: fills up over the year and is developed by its share · carried: stands, and moves by differences ·
    NULL: one month or quarter says nothing about the year's end. -#}
{% macro forecast_kind(measure) -%}
    case
        when {{ measure }} in ('level_ytd', 'change_ytd', 'completion_ytd') then 'cumulative'
        when {{ measure }} like '%\_ytd' escape '\' or {{ measure }} like '%\_eop' escape '\' then 'carried'
    end
{%- endmacro %}

{#- Years before the plan year whose development and errors count. -#}
{% macro forecast_window() -%} 5 {%- endmacro %}

{#- A share below one fiftieth is not divided by: it would magnify the last printed digit more than fifty times. -#}
{% macro forecast_least_share() -%} 0.02 {%- endmacro %}

{#- The last day on which a year's figures are still read as they are revised; afterwards they stand. -#}
{% macro forecast_close(year) -%}
    cast(cast({{ year }} + 1 as varchar) || '-03-31' as date)
{%- endmacro %}

{#- The year's end by the share that an earlier year had reached. NULL where the share is tiny or a sign changes. -#}
{% macro forecast_divided(value, month_value, year_value) -%}
    case
        when {{ value }} > 0 and {{ year_value }} > 0 and {{ month_value }} >= {{ year_value }} * {{ forecast_least_share() }}
            then {{ value }} * {{ year_value }} / {{ month_value }}
    end
{%- endmacro %}

{#- From so many errors of comparable forecasts on, the band is their tenth and ninetieth percentile. -#}
{% macro forecast_enough_errors() -%} 10 {%- endmacro %}

{#- With fewer, so many errors are lent by other indicators of the measure. -#}
{% macro forecast_credibility() -%} 4 {%- endmacro %}

{#- One end of the 80 % band, an aggregate: of many errors their percentile, of few an even spread. -#}
{% macro forecast_band_end(own_error, error, measure, end) -%}
    case
        when count({{ own_error }}) >= {{ forecast_enough_errors() }}
            then quantile_cont({{ own_error }}, {{ '0.1' if end == 'low' else '0.9' }})
        else {{ '-' if end == 'low' }}{{ forecast_spread(own_error, error, measure) }}
    end
{%- endmacro %}

{#- Half the 80 % band of few errors, an aggregate over an indicator's own errors and all errors of the measure:
    Student's 90th percentile (z and its first correction) times the root mean square, in which the lent errors count
    at their usual size (median / 0.6745). NULL below three errors. Rates and shares of other indicators lend none. -#}
{% macro forecast_spread(own_error, error, measure) -%}
    {%- set lent -%}
        case
            when {{ measure }} like 'rate%' or {{ measure }} like 'share%' then 0
            else least(count({{ error }}) - count({{ own_error }}), {{ forecast_credibility() }})
        end
    {%- endset -%}
    {%- set counted = '(count(' ~ own_error ~ ') + ' ~ lent ~ ')' -%}
    case
        when {{ counted }} >= 3
            then 1.2816 * (1 + 0.66 / {{ counted }}) * sqrt(
                    (coalesce(sum(power({{ own_error }}, 2)), 0) + {{ lent }} * power(median(abs({{ error }})) / 0.6745, 2))
                    / {{ counted }}
                )
    end
{%- endmacro %}

{#- The sentences of mart_forecast, in columns of its step `banded`. -#}
{% macro forecast_reason_zh() -%}
    case method
        when 'latest_share' then '按' || latest_year || '年前' || figure_month || '个月占全年的' || {{ printed('share_pct', 1) }} || '%推算'
        when 'weighted_shares' then '按前' || history_years || '年同期占全年的' || {{ printed('share_pct', 1) }} || '%推算，近年权重大'
        when 'added_months'
            then '往年同期份额过小或正负不一，不作除法，加上' || latest_year || '年其后' || months_left || '个月的数额'
        when 'added_mean_months'
            then '往年同期份额过小或正负不一，不作除法，加上前' || history_years || '年其后' || months_left || '个月的平均数额'
        when 'time_share' then '没有可用的往年同期数，按时间进度' || figure_month || '/12推算'
        when 'holds' then '以最新数作为全年数：往年同期至年末的变动未能使推算更准'
        when 'mean_difference' then '最新数加上前' || history_years || '年同期至年末的平均变动，近年权重大'
    end || case
        when high_error is null then '；可比的预测误差不足3次，不给区间'
        when error_count >= {{ forecast_enough_errors() }} then '；80%区间取自同指标' || error_count || '次已结束年份的误差'
        else '；80%区间取自同指标' || error_count || '次误差，并借用其他指标的误差'
    end
{%- endmacro %}

{% macro forecast_reason_en() -%}
    case method
        when 'latest_share' then {{ printed('share_pct', 1) }} || '% of the year was reached by month ' || figure_month || ' in ' || latest_year
        when 'weighted_shares'
            then {{ printed('share_pct', 1) }} || '% of the year was reached by month ' || figure_month || ' in the last ' || history_years
                || ' years, recent ones weighing more'
        when 'added_months'
            then 'earlier shares are too small or change sign, so the ' || months_left || ' later months of ' || latest_year
                || ' are added instead of dividing'
        when 'added_mean_months'
            then 'earlier shares are too small or change sign, so the mean of the ' || months_left || ' later months of '
                || history_years || ' years is added instead of dividing'
        when 'time_share' then 'no figure of earlier years to learn from, so time elapsed: ' || figure_month || '/12'
        when 'holds' then 'the latest figure is taken for the year; earlier changes up to the year''s end did not predict better'
        when 'mean_difference'
            then 'the latest figure plus the mean change up to the year''s end in ' || history_years
                || ' earlier years, recent ones weighing more'
    end || case
        when high_error is null then '; fewer than 3 comparable errors, so no band'
        when error_count >= {{ forecast_enough_errors() }}
            then '; 80% band from ' || error_count || ' errors of the indicator in closed years'
        else '; 80% band from ' || error_count || ' errors of the indicator and some lent by other indicators'
    end
{%- endmacro %}
