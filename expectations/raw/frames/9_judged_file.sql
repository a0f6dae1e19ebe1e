-- Files that were read and still have something to decide, or nothing at all.
create temp table judged_submission as
select
    s.*,
    b.bureau_code is not null as is_promised_bureau,
    coalesce(n.judged_cells, 0) as judged_cells
from raw.submission as s
left join raw.pack_bureau as b on s.bureau_code = b.bureau_code
left join (select submission_id, count(*) as judged_cells from judged_cell group by all) as n using (submission_id)
where s.outcome = 'quarantined' or n.judged_cells > 0
    or not exists (select 1 from raw.acceptance as a where a.submission_id = s.submission_id);

create temp table judged_submission_table as
select
    t.*,
    date_trunc('month', timezone('Asia/Shanghai', s.received_at))::date as received_month,
    p.stem is not null as is_promised_stem,
    p.bureau_code as promised_bureau_code, s.bureau_code,
    coalesce(n.stored_cells, 0) as stored_cells
from raw.submission_table as t
inner join judged_submission as s using (submission_id)
left join raw.pack_source as p on t.stem = p.stem
left join (select submission_id, table_no, count(*) as stored_cells from raw.cell group by all) as n
    using (submission_id, table_no);
