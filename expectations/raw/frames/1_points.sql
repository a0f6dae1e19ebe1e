-- The figures of the undecided series as points, and the scales on which a figure is held beside others.

-- Balances are differences of two flows: they have no usual size, may be negative, and their growth may pass -100 %.
create temp macro is_balance(indicator_name, measure) as
    measure = 'change_ytd'
    or regexp_matches(coalesce(indicator_name, ''), '利润|净|差额|亏损|盈|增减|増減|增加数|増加数|余缺');

-- On what scale a series is compared with itself: levels as ratios, growth as ratios of two years, the rest in points.
create temp macro scale_of(indicator_name, measure) as case
    when is_balance(indicator_name, measure) then null
    when measure like 'growth_%' then 'growth'
    when measure like 'level_%' or measure = 'completion_ytd' then 'ratio'
    else 'points'
end;

-- How many steps of one month this one counts for.
create temp macro step_weight(measure, later_month, gap, is_within_year) as case
    when measure not like '%\_ytd' escape '\' then 1 / sqrt(gap)
    when is_within_year then month(later_month) / gap
    else sqrt(month(later_month))
end;

create temp macro months_in(measure, months_covered) as
    case when measure like '%\_ytd' escape '\' then months_covered else 1 end;

-- A printed zero (a printed -100 %) stands for anything below half of the smallest printed step.
create temp macro on_scale(scale, measure, figure, months_covered, printed_step) as case
    when scale = 'ratio' and figure >= 0
        then ln(greatest(figure, printed_step / 2) / months_in(measure, months_covered))
    when scale = 'growth' and figure >= -100 then 100 * ln(greatest(100 + figure, printed_step / 2) / 100)
    when scale = 'points' then figure
end;

create temp macro off_scale(scale, measure, x, months_covered) as case
    when scale = 'ratio' then exp(x) * months_in(measure, months_covered)
    when scale = 'growth' then 100 * (exp(x / 100) - 1)
    else x
end;

-- The smallest difference on the scale that means anything: the printed step, and for counts of things their own chance.
create temp macro grain_of(scale, figure, printed_step, is_counted) as case
    when scale = 'ratio'
        then greatest(printed_step, case when is_counted then sqrt(greatest(figure, 0)) else 0 end)
        / greatest(figure, printed_step / 2)
    when scale = 'growth' then 100 * printed_step / greatest(100 + figure, printed_step / 2)
    else printed_step
end;

-- A computed figure as the office would print it, with its unit.
create temp macro in_print(figure, printed_step, unit_name) as
    printf('%.' || least(greatest(round(-log10(printed_step)), 0), 4)::integer || 'f', figure)
    || coalesce(' ' || unit_name, '');

create temp macro times_in_words(power) as case power
    when 1 then '十分之一' when 2 then '百分之一' when 3 then '千分之一' when 4 then '万分之一'
    else (10 ** -power)::integer || ' 倍'
end;

-- The plain values among them: what a series can be compared with. A cumulative flow counts per month covered.
create temp table series_point as
select
    submission_id, source_sheet, source_cell, submission_order, stem, table_no,
    region_code, indicator_code, measure, basis, period_start, reference_month, canonical_value,
    months_covered, is_decided, is_held, scale_of(indicator_name, measure) as scale,
    pow(10, -coalesce(value_decimals, length(split_part(value_printed, '.', 2)))) * to_canonical as printed_step,
    measure like 'level_%' and canonical_dimension not like 'money%' as is_counted,
    case
        when measure like 'level_%' and canonical_value > 0 and not is_balance(indicator_name, measure)
            then log10(canonical_value / case when measure = 'level_ytd' then months_covered else 1 end)
    end as magnitude
from known_cell
where
    disposition = 'observation' and canonical_value is not null and coalesce(value_qualifier, '=') = '='
    and is_convertible and months_covered >= 1;

