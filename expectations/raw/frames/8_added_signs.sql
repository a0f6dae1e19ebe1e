-- What speaks against each undecided figure, view by view: each in nats, so that what no view finds surprising alone
-- adds up. Independent views of a right figure add up to a gamma distribution. No rule stands here.
create temp table sign as
with suspected_sum as (
    select submission_id, source_sheet, source_cell, max(case when is_innocent then 0 else 3 end) as nats
    from sum_candidate
    group by all
),

told as (
    select j.submission_id, j.source_sheet, j.source_cell,
        -- five at most: a month that leaves its series is not worth a question without a second sign
        case when o.misfit > 5 then 5 else o.misfit end as by_months,
        k.among_regions, k.among_related,
        case when s.growth_surprise is not null then least(s.growth_surprise, 8)
            * case when coalesce(q.is_suspect, true) then 1 else 0.5 end end as by_growth,
        u.nats as by_sum,
        i.source_cell is not null or w.source_cell is not null or coalesce(s.is_confirmed, false) as is_innocent
    from judged_point as j
    left join own_fit as o using (submission_id, source_sheet, source_cell)
    left join related_surprise as k using (submission_id, source_sheet, source_cell)
    left join surprise as s using (submission_id, source_sheet, source_cell)
    left join suspect as q using (submission_id, source_sheet, source_cell)
    left join suspected_sum as u using (submission_id, source_sheet, source_cell)
    -- what another file tells as well
    left join (select distinct submission_id, source_sheet, source_cell from told_pair where is_same) as w
        using (submission_id, source_sheet, source_cell)
    left join innocent as i using (submission_id, source_sheet, source_cell)
),

added as (
    select *,
        coalesce(by_months, 0) + greatest(coalesce(among_regions, 0), coalesce(among_related, 0)) + coalesce(by_growth, 0)
        + coalesce(by_sum, 0) as nats,
        (by_months is not null)::integer + (coalesce(among_regions, among_related) is not null)::integer
        + (by_growth is not null)::integer as views
    from told
)

select *,
    nats - ln(1 + if(views >= 2, nats, 0) + if(views >= 3, nats * nats / 2, 0)) as against
from added
where not is_innocent and views >= case when among_regions is null and among_related is null then 2 else 1 end;
