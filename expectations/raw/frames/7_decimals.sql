-- How many decimals each column prints, beside what it prints in the other months of two years. No rule stands here.
create temp table column_decimals as
with printed as (
    select
        submission_id, stem, table_no, indicator_code, measure, basis, reference_month,
        bool_or(not is_decided) as is_judged, count(*) as figures, max(value_decimals) as decimals
    from figure
    where value_number <> 0 and value_decimals is not null
    group by all
)

select
    *,
    min(decimals) over others as usual_decimals, count(distinct reference_month) over others as usual_months
from printed
window others as (
    partition by stem, indicator_code, measure, basis
    order by reference_month
    range between interval 12 month preceding and interval 12 month following
    exclude group
)
qualify is_judged;
