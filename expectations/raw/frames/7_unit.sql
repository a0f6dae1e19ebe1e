-- How far the levels of a column jumped from the month before, all together and each alone, and whether the printed unit
-- changed with them. Powers of ten are told by logarithms. No rule stands here.
create temp table column_jump as
with habit as (
    select stem, indicator_code, measure, basis, reference_month, mode(unit_code) as unit_code,
        mode(round(log10(value / value_number), 3)) as unit_size
    from figure
    where is_level and value_number <> 0 and not is_held
    group by all
),

jumped as (
    select
        e.submission_id, e.source_sheet, e.source_cell, e.stem, e.table_no, e.indicator_code, e.measure, e.basis,
        e.reference_month, e.value_number, e.unit_code, e.size - e.plain_before as jump,
        round(log10(e.value / e.value_number), 3) as unit_size, least(e.digits, e.digits_before) as digits
    from expected_figure as e
    where e.is_level and e.plain_before is not null
)

select
    j.*, h.unit_code as usual_unit_code, j.unit_size - h.unit_size as unit_jump,
    count(*) over judged_column as figures,
    quantile_cont(j.jump, 0.5) over judged_column as column_jump,
    quantile_cont(j.jump, 0.9) over judged_column - quantile_cont(j.jump, 0.1) over judged_column as column_spread
from jumped as j
asof left join habit as h
    on j.stem = h.stem and j.indicator_code = h.indicator_code and j.measure = h.measure and j.basis = h.basis
    and j.reference_month > h.reference_month
window judged_column as (
    partition by j.submission_id, j.stem, j.table_no, j.indicator_code, j.measure, j.basis, j.reference_month
);
