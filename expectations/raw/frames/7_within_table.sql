-- What a table itself tells of a figure that has no months to be held beside: the base that level and growth imply, and
-- the size of a region and of a column. No rule stands here.

-- A growth that was computed and not rounded leads back to the level of a year ago, which was printed with as many
-- decimals as this one. Where the other rows of a column do so, a row that does not was altered in one of its figures.
create temp table implied_base as
with printed as (
    select s.*,
        quantile_disc(-round(log10(s.fine_step / s.to_canonical)), 0.75) over the_column as decimals,
        min(abs(s.value)) filter (where s.value <> 0) over the_column as least_value,
        count(*) filter (where s.value = 0) over the_column as zeros, count(*) over the_column as rows_told
    from summand as s
    where s.growth_cell is not null
    window the_column as (partition by s.submission_id, s.stem, s.table_no, s.measure)
),

placed as (
    select *, to_canonical * pow(10, -decimals) as grid,
        growth_noise / (to_canonical * pow(10, -decimals)) as noise,
        abs(base / (to_canonical * pow(10, -decimals)) - round(base / (to_canonical * pow(10, -decimals)))) as off_grid
    from printed
),

judged as (
    -- a base of ten digits is no longer told apart from its neighbours by a growth of fourteen
    select *, noise <= 1e-4 and abs(base) / grid < 1e9 and value <> 0 as is_sharp, off_grid <= 1e-3 as is_on_grid
    from placed
)

select *,
    count(*) filter (where is_sharp and growth <> 0) over the_other_rows as others,
    count(*) filter (where is_sharp and growth <> 0 and is_on_grid) over the_other_rows as others_on_grid
from judged
window the_other_rows as (
    partition by submission_id, stem, table_no, measure
    rows between unbounded preceding and unbounded following exclude current row
);

-- Of a pair that does not lead back: which of the two does, once it is read as a likely slip.
create temp table altered_pair as
with altered as (
    select *,
        list_filter(
            [1, -1, 2, -2, 3, -3, 4, -4],
            lambda power: noise * pow(10, power) <= 1e-3
            and abs(base / grid * pow(10, power) - round(base / grid * pow(10, power))) <= 1e-3
            and abs(value / grid * pow(10, power) - round(value / grid * pow(10, power))) <= 1e-3
            and abs(value) * pow(10, power) / grid >= 100
        )[1] as power,
        list_filter(
            [-growth, growth * 10, growth / 10, growth * 100, growth / 100, growth - 100, growth + 100],
            lambda other: other > -100 and other <> growth
            and abs(value / (1 + other / 100) / grid - round(value / (1 + other / 100) / grid)) <= 1e-3
        )[1] as other_growth
    from implied_base
    where
        not is_decided and others >= 4 and others_on_grid >= 0.75 * others
        and (
            (is_sharp and not is_on_grid)
            -- a level that is the same to the fifth digit as a year ago
            or (growth = 0 and abs(value) / grid >= 1e4)
            -- nothing after something is a fall of a hundred percent
            or (value = 0 and zeros = 1 and least_value >= 100 * grid)
        )
)

select a.*,
    a.growth <> 0 and (a.value = 0 or (a.power is not null and a.other_growth is null)) as is_level_told,
    a.growth = 0 or (a.value <> 0 and a.other_growth is not null and a.power is null) as is_growth_told,
    l.source_cell is not null or coalesce(gs.is_culprit, false) as is_level_innocent,
    g.source_cell is not null or coalesce(ls.is_culprit, false) as is_growth_innocent
from altered as a
left join innocent as l
    on a.submission_id = l.submission_id and a.source_sheet = l.source_sheet and a.source_cell = l.source_cell
left join innocent as g
    on a.submission_id = g.submission_id and a.growth_sheet = g.source_sheet and a.growth_cell = g.source_cell
left join (select distinct submission_id, source_sheet, source_cell, is_culprit from sum_candidate where is_culprit) as ls
    on a.submission_id = ls.submission_id and a.source_sheet = ls.source_sheet and a.source_cell = ls.source_cell
left join (select distinct submission_id, source_sheet, source_cell, is_culprit from sum_candidate where is_culprit) as gs
    on a.submission_id = gs.submission_id and a.growth_sheet = gs.source_sheet and a.growth_cell = gs.source_cell;

-- Levels of a table of regions as logarithms: what is left once the size of its column and, where that helps, of its
-- region in the other columns of the report is taken off. Figures per head do not grow with the region.
create temp table size_beside as
with sized as (
    select f.submission_id, f.stem, f.table_no, f.source_sheet, f.source_cell, f.region_code, f.indicator_code, f.measure,
        f.basis, f.period_start, f.reference_month, f.value, f.is_decided, r.parent_code,
        case when f.value > 0 then log10(f.value) end as x
    from figure as f
    semi join judged_report as j using (submission_id, stem, reference_month)
    inner join (
        select region_code, any_value(parent_code) as parent_code from raw.pack_region
        where valid_to is null and parent_code is not null group by all
    ) as r on f.region_code = r.region_code
    where f.is_level or f.measure = 'change_ytd'
),

beside_column as (
    select *, x - median(x) over the_column as from_column, count(x) over the_column as regions
    from sized
    window the_column as (
        partition by submission_id, stem, table_no, parent_code, indicator_code, measure, basis, period_start
    )
),

lively as (
    select *, mad(x) over (
        partition by submission_id, stem, table_no, parent_code, indicator_code, measure, basis, period_start
    ) as liveliness
    from beside_column
    where regions >= 6
),

-- by region and column, not by cell: a long table has hundreds of months of each
beside_region as (
    select a.submission_id, a.stem, a.region_code, a.indicator_code, median(b.from_column) as of_region
    from (select distinct submission_id, stem, region_code, indicator_code from lively) as a
    inner join lively as b
        on a.submission_id = b.submission_id and a.stem = b.stem and a.region_code = b.region_code
        and a.indicator_code <> b.indicator_code
    where b.liveliness >= 0.1 and b.from_column is not null
    group by all
    having count(distinct b.indicator_code) >= 3
),

left_over as (
    select l.*, r.of_region,
        mad(l.from_column) over the_column as spread_alone,
        case when count(r.of_region) over the_column = l.regions
            then mad(l.from_column - r.of_region) over the_column end as spread_with_region,
        median(l.from_column - r.of_region) over the_column as middle_with_region
    from lively as l
    left join beside_region as r using (submission_id, stem, region_code, indicator_code)
    window the_column as (
        partition by l.submission_id, l.stem, l.table_no, l.parent_code, l.indicator_code, l.measure, l.basis, l.period_start
    )
),

measured as (
    select *,
        case when spread_with_region < spread_alone then from_column - of_region - middle_with_region else from_column end
            as residual,
        greatest(1.4826 * least(spread_with_region, spread_alone), 0.03) as spread
    from left_over
)

select *, max(abs(residual)) over the_other_regions as widest_other
from measured
window the_other_regions as (
    partition by submission_id, stem, table_no, parent_code, indicator_code, measure, basis, period_start
    rows between unbounded preceding and unbounded following exclude current row
);

-- A growth ten ranges beyond those of all other regions that lies among them once it is read as a likely slip. Lively
-- columns (investment) have ranges that nothing leaves so far.
create temp table growth_outlier as
with beside as (
    select f.submission_id, f.source_sheet, f.source_cell, f.value, f.is_decided,
        min(f.value) over of_others as lowest, max(f.value) over of_others as highest,
        count(*) over of_others as others
    from figure as f
    semi join judged_report as j using (submission_id, stem, reference_month)
    anti join raw.pack_region as r on f.region_code = r.parent_code
    where f.measure like 'growth_%'
    window of_others as (
        partition by f.submission_id, f.stem, f.table_no, f.indicator_code, f.measure, f.basis, f.period_start,
            f.reference_month
        rows between unbounded preceding and unbounded following exclude current row
    )
),

ranged as (
    select *, greatest(highest - lowest, 1) as width,
        list_filter(
            [value - 100, value / 10, value / 100],
            lambda other: other between lowest - greatest(highest - lowest, 1) and highest + greatest(highest - lowest, 1)
        )[1] as other
    from beside
    where others >= 6 and not is_decided
)

select *
from ranged
where other is not null and greatest(value - highest, lowest - value) >= 10 * width;

-- Parts above the whole that the pack puts them under, and how many of its parts are.
create temp table part_above_whole as
with compared as (
    select p.submission_id, p.source_sheet, p.source_cell, p.is_decided, p.value > w.value + p.step + w.step as is_above,
        w.source_sheet as whole_sheet, w.source_cell as whole_cell, w.value as whole, p.to_canonical
    from summand as p
    inner join raw.pack_indicator as i using (indicator_code)
    inner join summand as w
        on p.submission_id = w.submission_id and p.stem = w.stem and p.table_no = w.table_no
        and p.region_code = w.region_code and i.parent_indicator_code = w.indicator_code and p.measure = w.measure
        and p.basis = w.basis and p.period_start = w.period_start and p.reference_month = w.reference_month
    where p.measure <> 'change_ytd' and not is_balance(i.indicator_name, p.measure)
)

select *, count(*) filter (where is_above) over the_whole as parts_above, count(*) over the_whole as parts
from compared
window the_whole as (partition by submission_id, whole_sheet, whole_cell);

-- The likeliest cause by name, one for each figure.
create temp table table_doubt as
with told as (
    select submission_id, source_sheet, source_cell,
        case when value = 0 then 'zero' when is_level_told then 'magnitude' else 'base' end as cause,
        case when is_level_told and value <> 0 then value * pow(10, power) end as meant, 1 as place
    from altered_pair
    where not is_level_innocent and not (is_growth_told and not is_growth_innocent)
        and (is_level_told or not is_growth_innocent or others >= 4)
    union all
    select submission_id, growth_sheet, growth_cell,
        case
            when growth = 0 then 'zero' when not is_growth_told then 'base' when other_growth = -growth then 'sign'
            when abs(other_growth - growth) = 100 then 'index' when other_growth = 100 * growth then 'fraction'
            else 'magnitude'
        end,
        case when is_growth_told and growth <> 0 then other_growth end, 1
    from altered_pair
    where not is_growth_innocent and not (is_level_told and not is_level_innocent)
    union all
    select submission_id, source_sheet, source_cell, 'magnitude', value * pow(10, -round(residual)), 2
    from size_beside
    where not is_decided and abs(round(residual)) between 1 and 4
        and (
            (
                abs(residual) >= 6 * spread and abs(residual) >= 2 * widest_other
                and abs(residual - round(residual)) <= least(2.5 * spread, widest_other)
            )
            -- so far away that no region is the power of ten it was written with
            or (abs(residual) >= 1.7 and abs(residual) >= 8 * spread and abs(residual) >= 3 * widest_other)
        )
    union all
    select submission_id, source_sheet, source_cell, case when abs(other - value) = 100 then 'index' else 'magnitude' end,
        other, 3
    from growth_outlier
)

select t.* exclude (place),
    case when cause = 'zero' then '不为 0' when cause = 'base' then '增速与绝对额推得与同列一样整齐的上年同期数'
        else '约 ' || printf('%.10g', meant) end || '（由本表其他数据推断）' as told
from told as t
left join learnt as l using (submission_id, source_sheet, source_cell)
-- what the other months of the series say as well is a structure and no slip
where t.cause <> 'magnitude' or l.usual_magnitude is null or abs(l.magnitude - l.usual_magnitude) > 0.5
qualify row_number() over (partition by t.submission_id, t.source_sheet, t.source_cell order by t.place) = 1;
