-- Single percentages that may be told as fractions (93.6 as 0.936): printed with more digits than the figures beside
-- them, smaller than they are, and neither of it once they are read as percentages. No rule stands here.

-- What each percentage is held beside: its own months, its column, the same measure in its table and in its report.
create temp table percent_shelf as
with percentage as (
    select *, not is_decided and abs(value_number) < 2 and fineness >= 2 as is_asked
    from fine_figure
    where unit_kind = measure || ' percent'
),

asked as (
    select * from percentage where is_asked
),

shelved as (
    select *, concat_ws(' ', 'months', kind, region_code) as shelf
    from percentage
    semi join asked using (kind, region_code)
    union all
    select *, concat_ws(' ', 'column', submission_id, kind, reference_month)
    from percentage
    semi join asked using (submission_id, kind, reference_month)
    union all
    select *, concat_ws(' ', 'table', submission_id, table_no, unit_kind, reference_month)
    from percentage
    semi join asked using (submission_id, table_no, unit_kind, reference_month)
    union all
    select *, concat_ws(' ', 'report', submission_id, unit_kind, reference_month)
    from percentage
    semi join asked using (submission_id, unit_kind, reference_month)
)

-- some hundreds of a long shelf are enough
select *, hash(source_cell) % greatest(count(*) over (partition by shelf) // 400, 1) = 0 as is_sampled
from shelved;

-- In bits, how much likelier its digits and its size are if it was meant as a percentage (Krichevsky and Trofimov):
-- as fine, as small; and, read as a percentage, as fine and not half as large again. A fraction has two decimals more
-- than the percentage: 0.9 would be 90, which is seldom told so.
create temp table fraction_sign as
with compared as (
    select
        a.submission_id, a.source_sheet, a.source_cell, a.shelf, 100 * abs(a.value_number) as meant_size,
        count(*) as others,
        count(*) filter (where o.fineness >= a.fineness) as as_fine,
        count(*) filter (where o.fineness >= a.fineness - 2) as as_fine_meant,
        count(*) filter (where abs(o.value_number) <= abs(a.value_number)) as as_small,
        count(*) filter (where 1.5 * abs(o.value_number) >= 100 * abs(a.value_number)) as as_large_meant
    from percent_shelf as a
    inner join percent_shelf as o
        on a.shelf = o.shelf and (
            a.submission_id <> o.submission_id or a.source_sheet <> o.source_sheet or a.source_cell <> o.source_cell
        )
    where a.is_asked and not o.is_held and o.is_sampled
    group by all
)

select
    submission_id, source_sheet, source_cell, shelf, others, meant_size,
    log2((as_fine_meant + 0.5) / (as_fine + 0.5)) + log2((as_large_meant + 0.5) / (as_small + 0.5)) as bits
from compared;
