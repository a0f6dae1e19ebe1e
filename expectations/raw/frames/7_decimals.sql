-- How many decimals each column prints, beside what it prints in the other months of two years. No rule stands here.
create temp table column_decimals as
with printed as (
    select
        submission_id, stem, table_no, indicator_code, measure, basis, reference_month,
        bool_or(not is_decided) as is_judged, count(*) as figures, max(value_decimals) as decimals
    from figure
    where value_number <> 0 and value_decimals is not null
    group by all
),

by_month as (
    select stem, indicator_code, measure, basis, reference_month, min(decimals) as decimals
    from printed
    group by all
),

beside as (
    select
        stem, indicator_code, measure, basis, reference_month,
        min(decimals) over others as usual_decimals, count(*) over others as usual_months
    from by_month
    window others as (
        partition by stem, indicator_code, measure, basis
        order by reference_month
        range between interval 12 month preceding and interval 12 month following
        exclude current row
    )
)

select p.*, b.usual_decimals, b.usual_months
from printed as p
inner join beside as b
    on p.stem = b.stem and p.indicator_code = b.indicator_code and p.measure = b.measure and p.basis = b.basis
    and p.reference_month = b.reference_month
where p.is_judged;
