{#- The sentences of mart_composite_score: how an item's points came about. Speaks of columns of its step `items`. -#}

{% macro composite_reason_zh() -%}
    case
        when items.points is null and items.points_by = 'rank' then '本年尚无位次，不计分'
        when items.status is null and items.points_by = 'attainment' then '目标不属于本地区，不计分'
        when items.points is null then '目标' || {{ status_zh('items.status') }} || '，不计分'
        when items.points_by = 'rank'
            then '第' || cast(items.rank as integer) || '位，满分' || {{ printed('items.weight', 2) }} || '分，每后一位少'
                || {{ printed('items.lost_per_place', 2) }} || '分，得' || {{ printed('items.points', 2) }} || '分'
        else case
                when items.status <> 'attained' and items.time_share_pct > 0 and items.attainment_pct >= 0
                    then '完成' || {{ printed('items.attainment_pct', 1) }} || '%，时间进度'
                        || {{ printed('items.time_share_pct', 1) }} || '%，'
                else {{ status_zh('items.status') }} || '，'
            end || '满分' || {{ printed('items.weight', 2) }} || '分，得' || {{ printed('items.points', 2) }} || '分'
    end
{%- endmacro %}

{% macro composite_reason_en() -%}
    case
        when items.points is null and items.points_by = 'rank' then 'no rank yet this year: no points'
        when items.status is null and items.points_by = 'attainment' then 'the target is another region''s: no points'
        when items.points is null then 'target ' || replace(items.status, '_', ' ') || ': no points'
        when items.points_by = 'rank'
            then 'rank ' || cast(items.rank as integer) || ': ' || {{ printed('items.weight', 2) }} || ' less '
                || {{ printed('items.lost_per_place', 2) }} || ' for each further place is ' || {{ printed('items.points', 2) }}
        else case
                when items.status <> 'attained' and items.time_share_pct > 0 and items.attainment_pct >= 0
                    then {{ printed('items.attainment_pct', 1) }} || '% of the target at '
                        || {{ printed('items.time_share_pct', 1) }} || '% of the year: '
                else replace(items.status, '_', ' ') || ': '
            end || {{ printed('items.points', 2) }} || ' of ' || {{ printed('items.weight', 2) }}
    end
{%- endmacro %}
