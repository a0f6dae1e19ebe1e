-- Rows and columns of one table that say the same: how many of their figures, and how surprising that is, in bits.
-- No rule stands here.

-- How often two regions have the same figure of an indicator in the same month.
create temp table usual_tie as
with counted as (
    select indicator_code, measure, basis, reference_month, stem, submission_id, value, count(*) as regions
    from figure
    where value <> 0
    group by all
),

by_table as (
    select indicator_code, measure, basis,
        sum(regions * (regions - 1) / 2) as ties, sum(regions) * (sum(regions) - 1) / 2 as pairs
    from counted
    group by indicator_code, measure, basis, reference_month, stem, submission_id
)

select indicator_code, measure, basis, sum(ties) as ties, sum(pairs) as pairs
from by_table
group by all;

create temp table judged_report as
select distinct submission_id, stem, reference_month from figure where not is_decided;

-- Two regions with the same figure. The pair itself does not count as usual.
create temp table tied_pair as
select
    a.submission_id, a.stem, a.reference_month, a.indicator_code, a.measure, a.basis,
    a.region_code as one, b.region_code as other, a.source_sheet, a.source_cell as one_cell,
    b.source_sheet as other_sheet, b.source_cell as other_cell,
    least(-log2((greatest(t.ties - 1, 0) + 0.2) / (greatest(t.pairs - 1, 0) + 2)), (a.digits - 1) * log2(10), 10) as bits
from figure as a
inner join judged_report as j
    on a.submission_id = j.submission_id and a.stem = j.stem and a.reference_month = j.reference_month
inner join figure as b
    on a.submission_id = b.submission_id and a.stem = b.stem and a.table_no = b.table_no
    and a.reference_month = b.reference_month and a.period_start = b.period_start
    and a.indicator_code = b.indicator_code and a.measure = b.measure and a.basis = b.basis
    and a.value = b.value and a.region_code < b.region_code
inner join usual_tie as t on a.indicator_code = t.indicator_code and a.measure = t.measure and a.basis = t.basis
where a.value <> 0;

-- A copy also fits its own months badly: misfits are nats, one of them is usual.
create temp table twin_row as
with tied as (
    select t.submission_id, t.stem, t.reference_month, t.one, t.other, count(*) as same, sum(t.bits) as bits,
        avg(a.misfit) as one_misfit, avg(b.misfit) as other_misfit,
        coalesce(sum(greatest(a.misfit - 1, 0)), 0) / ln(2) as one_bits,
        coalesce(sum(greatest(b.misfit - 1, 0)), 0) / ln(2) as other_bits
    from tied_pair as t
    left join own_fit as a
        on t.submission_id = a.submission_id and t.source_sheet = a.source_sheet and t.one_cell = a.source_cell
    left join own_fit as b
        on t.submission_id = b.submission_id and t.other_sheet = b.source_sheet and t.other_cell = b.source_cell
    group by all
    having count(*) >= 2 and sum(t.bits) >= 10
),

-- of many pairs of regions and many choices of their figures some tie by chance: their number counts
extent as (
    select submission_id, stem, reference_month, count(distinct region_code) as regions
    from figure
    semi join judged_report using (submission_id, stem, reference_month)
    group by all
    having count(distinct region_code) > 1
),

alike as (
    select t.*, log2(x.regions * (x.regions - 1)) as log_pairs
    from tied as t
    inner join extent as x using (submission_id, stem, reference_month)
    where t.bits + greatest(t.one_bits, t.other_bits) >= log2(x.regions * (x.regions - 1))
),

compared as (
    select c.*, count(*) as compared
    from alike as c
    inner join figure as a
        on c.submission_id = a.submission_id and c.stem = a.stem and c.reference_month = a.reference_month
        and c.one = a.region_code
    inner join figure as b
        on c.submission_id = b.submission_id and c.stem = b.stem and c.reference_month = b.reference_month
        and c.other = b.region_code and a.table_no = b.table_no and a.indicator_code = b.indicator_code
        and a.measure = b.measure and a.basis = b.basis
    where a.value <> 0 or b.value <> 0
    group by all
),

-- a county that is all there is of a city says what the city says, every month
usual as (
    select c.submission_id, c.stem, c.reference_month, c.one, c.other, avg((a.value = b.value)::integer) as usually_same
    from compared as c
    inner join point as a on c.one = a.region_code and a.reference_month <> c.reference_month
    inner join point as b
        on c.other = b.region_code and a.indicator_code = b.indicator_code and a.measure = b.measure
        and a.basis = b.basis and a.reference_month = b.reference_month
    where exists (
        select 1 from tied_pair as t
        where t.submission_id = c.submission_id and t.one = c.one and t.other = c.other
            and t.indicator_code = a.indicator_code and t.measure = a.measure
    )
    group by all
)

select
    c.* exclude (log_pairs), c.log_pairs
    + (lgamma(c.compared + 1) - lgamma(c.same + 1) - lgamma(c.compared - c.same + 1)) / ln(2) as log_choices,
    coalesce(u.usually_same, 0) as usually_same
from compared as c
left join usual as u using (submission_id, stem, reference_month, one, other);

-- A long figure that stands twice in a row or column of a sheet, for two things of which none is a part of the other. Every
-- further digit makes it ten times less likely; the number of pairs that could tie counts.
create temp table twin_figure as
with lined as (
    select f.submission_id, f.source_sheet, f.source_cell, f.region_code, f.indicator_code, f.measure, f.basis,
        f.reference_month, f.value, f.value_number, f.digits, i.parent_indicator_code, r.parent_code,
        unnest([f.sheet_column, f.sheet_row::varchar]) as line
    from figure as f
    semi join judged_report as j using (submission_id, stem, reference_month)
    left join raw.pack_indicator as i on f.indicator_code = i.indicator_code
    left join (
        select region_code, any_value(parent_code) as parent_code from raw.pack_region where valid_to is null group by all
    ) as r on f.region_code = r.region_code
),

extent as (
    select submission_id, source_sheet, line, count(*) as figures from lined group by all
),

-- few are: two short figures of a long column tie all the time
long_figure as (
    select l.*, (l.digits - 1) * log2(10) - log2(x.figures * (x.figures - 1) / 2) as bits
    from lined as l
    inner join extent as x using (submission_id, source_sheet, line)
    where x.figures > 1 and (l.digits - 1) * log2(10) - log2(x.figures * (x.figures - 1) / 2) >= 10
),

tied as (
    select a.*, b.source_cell as other_cell, b.region_code as other_region, b.indicator_code as other_indicator,
        b.measure as other_measure, b.basis as other_basis
    from long_figure as a
    inner join long_figure as b
        on a.submission_id = b.submission_id and a.source_sheet = b.source_sheet and a.line = b.line
        and a.value_number = b.value_number and a.source_cell <> b.source_cell
    where (a.region_code <> b.region_code or a.indicator_code <> b.indicator_code)
        and coalesce(a.parent_indicator_code <> b.indicator_code, true)
        and coalesce(b.parent_indicator_code <> a.indicator_code, true)
        and coalesce(a.parent_code <> b.region_code, true) and coalesce(b.parent_code <> a.region_code, true)
)

select t.submission_id, t.source_sheet, t.source_cell, t.other_cell, t.digits, t.bits,
    coalesce(o.misfit - w.misfit, 0) as lead
from tied as t
left join own_fit as o
    on t.submission_id = o.submission_id and t.source_sheet = o.source_sheet and t.source_cell = o.source_cell
left join own_fit as w
    on t.submission_id = w.submission_id and t.source_sheet = w.source_sheet and t.other_cell = w.source_cell
where not exists (
    select 1
    from point as a
    inner join point as b on a.reference_month = b.reference_month and a.value = b.value
    where a.region_code = t.region_code and a.indicator_code = t.indicator_code and a.measure = t.measure
        and a.basis = t.basis and b.region_code = t.other_region and b.indicator_code = t.other_indicator
        and b.measure = t.other_measure and b.basis = t.other_basis and a.reference_month <> t.reference_month
);

-- Two columns of a table with the same figures in the same regions. One indicator's month and its cumulative figure
-- are the same while both cover the same months.
create temp table twin_column as
with paired as (
    select
        a.submission_id, a.stem, a.table_no, a.reference_month, a.region_code,
        concat_ws(' ', a.indicator_code, a.measure, a.basis) as one,
        concat_ws(' ', b.indicator_code, b.measure, b.basis) as other, a.value_number = b.value_number as is_same,
        least((a.digits - 1) * log2(10), case when a.is_level and b.is_level then 7 else 3 end) as bits
    from figure as a
    inner join judged_report as j
        on a.submission_id = j.submission_id and a.stem = j.stem and a.reference_month = j.reference_month
    inner join figure as b
        on a.submission_id = b.submission_id and a.stem = b.stem and a.table_no = b.table_no
        and a.reference_month = b.reference_month and a.region_code = b.region_code
        and (a.indicator_code, a.measure, a.basis) < (b.indicator_code, b.measure, b.basis)
        and not (a.indicator_code = b.indicator_code and a.period_start = b.period_start
            and split_part(a.measure, '_', 1) = split_part(b.measure, '_', 1))
    where a.value_number <> 0 or b.value_number <> 0
),

counted as (
    select submission_id, stem, table_no, reference_month, one, other,
        count(*) filter (where is_same) as same, count(*) as compared, sum(bits) filter (where is_same) as bits
    from paired
    group by all
),

fit as (
    select submission_id, stem, table_no, reference_month, concat_ws(' ', indicator_code, measure, basis) as place,
        median(printed_misfit) as misfit
    from own_fit
    group by all
)

select
    c.*, a.misfit as one_misfit, b.misfit as other_misfit,
    coalesce((
        select avg((p.value = q.value)::integer)
        from point as p
        inner join point as q on p.region_code = q.region_code and p.reference_month = q.reference_month
        where concat_ws(' ', p.indicator_code, p.measure, p.basis) = c.one
            and concat_ws(' ', q.indicator_code, q.measure, q.basis) = c.other
            and p.reference_month <> c.reference_month
    ), 0) as usually_same
from counted as c
left join fit as a
    on c.submission_id = a.submission_id and c.stem = a.stem and c.table_no = a.table_no
    and c.reference_month = a.reference_month and c.one = a.place
left join fit as b
    on c.submission_id = b.submission_id and c.stem = b.stem and c.table_no = b.table_no
    and c.reference_month = b.reference_month and c.other = b.place
where c.same >= 3 and 2 * c.same >= c.compared;

-- One figure in several regions of a column one after the other, and how surprising that is.
create temp table filled_run as
with placed as (
    select
        f.*,
        row_number() over (
            partition by f.submission_id, f.table_no, f.indicator_code, f.measure, f.basis, f.reference_month
            order by f.sheet_row, f.sheet_column_no
        ) as place,
        count(*) over (
            partition by f.submission_id, f.table_no, f.indicator_code, f.measure, f.basis, f.reference_month
        ) as regions
    from figure as f
    inner join judged_report as j
        on f.submission_id = j.submission_id and f.stem = j.stem and f.reference_month = j.reference_month
),

-- Where the digits are few, a repetition says as many bits as the other figures of the column lie apart: the middle
-- half of them, in printed steps.
apart as (
    select
        r.submission_id, r.table_no, r.indicator_code, r.measure, r.basis, r.reference_month, r.value,
        log2(greatest(
            (quantile_cont(p.value_number, 0.75) - quantile_cont(p.value_number, 0.25))
            * pow(10, max(coalesce(p.value_decimals, 0))), 1
        )) as range_bits
    from (
        select submission_id, table_no, indicator_code, measure, basis, reference_month, value
        from placed
        where value <> 0
        group by all
        having count(*) >= 3
    ) as r
    inner join placed as p
        on r.submission_id = p.submission_id and r.table_no = p.table_no and r.indicator_code = p.indicator_code
        and r.measure = p.measure and r.basis = p.basis and r.reference_month = p.reference_month
        and r.value <> p.value
    group by all
    having count(*) >= 3
),

runs as (
    select
        *,
        place - row_number() over (
            partition by submission_id, table_no, indicator_code, measure, basis, reference_month, value order by place
        ) as run
    from placed
    where value <> 0
)

select
    r.submission_id, r.table_no, r.reference_month, r.indicator_code, r.measure, r.basis, r.value,
    list(r.source_sheet || '!' || r.source_cell order by r.place) as cells, count(*) as same,
    any_value(t.pairs) - any_value(r.regions) * (any_value(r.regions) - 1) / 2 as other_pairs,
    (count(*) - 1) * least(
        -log2(
            (greatest(any_value(t.ties) - count(*) * (count(*) - 1) / 2, 0) + 0.2)
            / (any_value(t.pairs) - any_value(r.regions) * (any_value(r.regions) - 1) / 2 + 2)
        ),
        (any_value(r.digits) - 1) * log2(10), 10
    ) as bits,
    (count(*) - 1) * least(
        case when any_value(t.pairs) - any_value(r.regions) * (any_value(r.regions) - 1) / 2 >= 20 then -log2(
            (greatest(any_value(t.ties) - count(*) * (count(*) - 1) / 2, 0) + 0.2)
            / (any_value(t.pairs) - any_value(r.regions) * (any_value(r.regions) - 1) / 2 + 2)
        ) end,
        greatest((any_value(r.digits) - 1) * log2(10), any_value(a.range_bits)), 10
    ) as range_bits,
    -- what the months of all but one of the cells tell against the figure
    coalesce(sum(greatest(e.misfit - 1, 0)) - greatest(min(e.misfit) - 1, 0), 0) / ln(2) as misfit_bits,
    count(*) filter (where e.misfit >= 2) as misfits
from runs as r
inner join usual_tie as t on r.indicator_code = t.indicator_code and r.measure = t.measure and r.basis = t.basis
left join apart as a
    on r.submission_id = a.submission_id and r.table_no = a.table_no and r.indicator_code = a.indicator_code
    and r.measure = a.measure and r.basis = a.basis and r.reference_month = a.reference_month and r.value = a.value
left join own_fit as e
    on r.submission_id = e.submission_id and r.source_sheet = e.source_sheet and r.source_cell = e.source_cell
group by r.submission_id, r.table_no, r.reference_month, r.indicator_code, r.measure, r.basis, r.value, r.run
having count(*) >= 3;
