-- Printed ranks beside the values of the same file: the place that each value takes, and of which region value and rank
-- contradict each other if all others are right. No rule stands here. Ranks that are possible among themselves were
-- not mistyped one by one: a single wrong place leaves a gap or a tie that no ranking has.

create temp table printed_rank as
select
    r.submission_id, r.stem, r.table_no, r.rank_set_code, r.indicator_code, r.measure, r.basis, r.reference_month,
    r.region_code, r.source_sheet, r.source_cell, r.value_number as printed, r.is_decided,
    v.source_sheet as value_sheet, v.source_cell as value_cell, v.value,
    coalesce(m.direction, 'none') as direction, m.rank_decimals, v.value_decimals,
    -- members whose rank is not printed leave gaps
    greatest(coalesce(z.member_count, 0) - count(*) over the_ranking, 0) as unranked,
    rank() over (the_ranking order by r.value_number) as possible,
    count(*) over the_ranking as ranks, count(v.value) over the_ranking as valued,
    count(*) filter (where not r.is_decided) over the_ranking as undecided
from known_cell as r
left join figure as v
    on r.submission_id = v.submission_id and r.region_code = v.region_code and r.indicator_code = v.indicator_code
    and r.measure = v.measure and r.basis = v.basis and r.reference_month = v.reference_month
    and r.table_no = v.table_no
left join (
    select indicator_code, measure, any_value(direction) as direction, min(rank_decimals) as rank_decimals
    from raw.pack_indicator_measure
    group by all
) as m on r.indicator_code = m.indicator_code and r.measure = m.measure
left join rank_set_size as z
    on r.rank_set_code = z.rank_set_code and r.indicator_code = z.indicator_code
    and r.reference_month = z.reference_month
where r.disposition = 'published_rank' and r.value_number is not null
window the_ranking as (
    partition by r.submission_id, r.table_no, r.rank_set_code, r.indicator_code, r.measure, r.basis, r.reference_month
);

-- Each ranking counted in the ways that offices count: on the printed decimals or on the raw value, from above or below.
create temp table counted_rank as
with ways as (
    select r.*, d.decimals, s.sign, round(r.value, d.decimals) * s.sign as ranked
    from printed_rank as r
    cross join lateral (
        select distinct unnest([coalesce(r.rank_decimals, r.value_decimals, 1), coalesce(r.value_decimals, 6), 6]) as decimals
    ) as d
    cross join lateral (
        select unnest(case r.direction when 'lower' then [-1] when 'higher' then [1] else [1, -1] end) as sign
    ) as s
    where r.undecided > 0 and r.ranks = r.valued and r.ranks >= 4
),

placed as (
    select *, rank() over (
        partition by submission_id, table_no, rank_set_code, indicator_code, measure, basis, reference_month, decimals,
            sign
        order by ranked desc
    ) as counted,
    -- equal values may be told apart by digits that are not printed
    count(*) over (
        partition by submission_id, table_no, rank_set_code, indicator_code, measure, basis, reference_month, decimals,
            sign, ranked
    ) as tied
    from ways
),

scored as (
    select *, count(*) filter (where printed - counted not between 0 and unranked) over (
        partition by submission_id, table_no, rank_set_code, indicator_code, measure, basis, reference_month, decimals,
            sign
    ) as wrong
    from placed
)

-- the way of counting that explains most of the printed ranks
select *
from scored
qualify dense_rank() over (
    partition by submission_id, table_no, rank_set_code, indicator_code, measure, basis, reference_month
    order by wrong, decimals, sign desc
) = 1;

-- If only this region's value or rank is wrong, all others stand where the rest and its printed rank put them.
create temp table rank_culprit as
select
    a.submission_id, a.source_sheet, a.source_cell,
    count(*) filter (
        where o.printed - (1 + (a.printed < o.printed)::integer + (
            select count(*)
            from counted_rank as b
            where b.submission_id = o.submission_id and b.table_no = o.table_no and b.rank_set_code = o.rank_set_code
                and b.indicator_code = o.indicator_code and b.measure = o.measure and b.basis = o.basis
                and b.reference_month = o.reference_month and b.region_code <> a.region_code and b.ranked > o.ranked
        )) not between 0 and o.unranked
    ) as others_wrong
from counted_rank as a
inner join counted_rank as o
    on a.submission_id = o.submission_id and a.table_no = o.table_no and a.rank_set_code = o.rank_set_code
    and a.indicator_code = o.indicator_code and a.measure = o.measure and a.basis = o.basis
    and a.reference_month = o.reference_month and a.region_code <> o.region_code
where a.wrong > 0
group by all;

-- A rank that no tie and no missing member explains, in a ranking that comes out otherwise: it alone, or two that stand
-- in each other's place. A value that was altered moves the regions it passes as well, and leaves possible ranks.
create temp table mistyped_rank as
with told as (
    select c.*, c.printed - c.counted not between 0 and c.tied - 1 as is_off, c.unranked = 0 as is_complete,
        coalesce(k.others_wrong = 0, false) as is_value_told, o.misfit
    from counted_rank as c
    left join rank_culprit as k using (submission_id, source_sheet, source_cell)
    left join own_fit as o
        on c.submission_id = o.submission_id and c.value_sheet = o.source_sheet and c.value_cell = o.source_cell
    where c.wrong > 0
),

gathered as (
    select *, count(*) filter (where is_off) over the_ranking as off,
        bool_or(is_off and is_value_told and coalesce(misfit, 8) >= 1) over the_ranking as is_value_suspect,
        sum(case when is_off then printed end) over the_ranking as printed_sum,
        sum(case when is_off then counted end) over the_ranking as counted_sum,
        sum(case when is_off then printed * printed end) over the_ranking as printed_squares,
        sum(case when is_off then counted * counted end) over the_ranking as counted_squares
    from told
    window the_ranking as (
        partition by submission_id, table_no, rank_set_code, indicator_code, measure, basis, reference_month
    )
)

select submission_id, source_sheet, source_cell, printed, counted, value, value_cell, region_code
from gathered
where
    is_off and is_complete and not is_value_suspect
    and (
        (off = 1 and ranks >= 4)
        or (off = 2 and ranks >= 6 and printed_sum = counted_sum and printed_squares = counted_squares)
    );
