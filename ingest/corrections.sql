-- The corrections of the pack against the cells that were read: which entry addresses which cell, and the cells as corrected.
-- Views: raw.cell stays as printed, and gate and dbt both judge the corrected cell. What a fault of an entry means is
-- said in dbt (audit_corrections).

-- Columns are the fields of Correction (ingest/pack/models.py); the pack loader replaces this table.
create table if not exists raw.pack_correction (
    correction_code varchar, stem varchar, sha256 varchar, source_sheet varchar, source_cell varchar,
    region_code varchar, indicator_code varchar, measure varchar, growth_basis varchar, reference_month date,
    valid_from date, valid_to date, wrong_value varchar, wrong_unit varchar, action varchar, value varchar,
    unit_code varchar, right_month date, reason varchar, decided_by varchar, decided_on date
);

-- One row per entry per cell that it addresses. The guard is what must be printed there.
create or replace view raw.correction_match as
with addressed as (
    select
        p.correction_code, c.submission_id, c.source_sheet, c.source_cell, c.stem, c.region_code, c.indicator_code,
        c.measure, c.growth_basis, c.period_start, c.reference_month, c.value_printed, c.unit_printed, c.is_simulated,
        s.file_name, s.received_at, s.submission_order,
        coalesce(
            (
                p.wrong_value is null or p.wrong_value = trim(c.value_printed)
                or try_cast(p.wrong_value as double) = try_cast(c.value_printed as double)
            )
            and (p.wrong_unit is null or p.wrong_unit = trim(c.unit_printed)),
            false
        ) as is_guard_met
    from raw.pack_correction as p
    inner join raw.cell as c
        on p.stem = c.stem
        -- a printed rank has the key of what it ranks: only its cell names it
        and (c.disposition = 'observation' or (c.disposition = 'published_rank' and p.source_cell is not null))
        and (p.source_sheet is null or p.source_sheet = c.source_sheet)
        and (p.source_cell is null or p.source_cell = c.source_cell)
        and (p.region_code is null or p.region_code = c.region_code)
        and (p.indicator_code is null or p.indicator_code = c.indicator_code)
        and (p.measure is null or p.measure = c.measure)
        and (p.growth_basis is null or p.growth_basis = c.growth_basis)
        and (p.reference_month is null or p.reference_month = c.reference_month)
    inner join raw.submission as s
        on c.submission_id = s.submission_id
        and (p.sha256 is null or p.sha256 = s.sha256)
        and (
            p.valid_from is null
            or p.valid_from <= timezone('Asia/Shanghai', coalesce(s.published_at, s.received_at))::date
        )
        and (
            p.valid_to is null
            or timezone('Asia/Shanghai', coalesce(s.published_at, s.received_at))::date <= p.valid_to
        )
),
compared as (
    select
        *,
        count(*) filter (where is_guard_met) over (partition by submission_id, source_sheet, source_cell) as met_entries,
        bool_or(is_guard_met) over in_file as is_met_in_file,
        submission_order = max(submission_order) over of_key as is_newest
    from addressed
    window
        of_key as (
            partition by correction_code, region_code, indicator_code, measure, growth_basis, period_start,
            reference_month
        ),
        in_file as (
            partition by correction_code, region_code, indicator_code, measure, growth_basis, period_start,
            reference_month, submission_id
        )
)

select * exclude (met_entries, is_met_in_file, is_newest, submission_order),
    is_guard_met and met_entries = 1 as is_applied,
    -- two entries want the same cell: neither is applied
    is_guard_met and met_entries > 1 as is_ambiguous,
    -- the newest file with this figure no longer prints what the entry corrects
    is_newest and not is_met_in_file as is_obsolete
from compared;

-- Every observation and rank as the pack corrects it; a dropped cell is not there.
create or replace view raw.corrected_cell as
select
    c.* replace (
        case when p.action = 'replace' then p.value::double else c.value_number end as value_number,
        case when p.action = 'replace' then '=' else c.value_qualifier end as value_qualifier,
        case when p.action = 'replace' then length(split_part(p.value, '.', 2))::integer else c.value_decimals end
            as value_decimals,
        case when p.action = 'replace' and c.value_number is null then 'A' else c.obs_status end as obs_status,
        case when p.action = 'replace_unit' then p.unit_code else c.unit_code end as unit_code,
        case
            when p.action is distinct from 'move_period' then c.period_start
            when c.measure like '%\_ytd' escape '\' then date_trunc('year', p.right_month)::date
            when c.measure like '%\_quarter' escape '\' then (p.right_month - interval 2 month)::date
            else p.right_month
        end as period_start,
        case when p.action = 'move_period' then p.right_month else c.reference_month end as reference_month
    ),
    p.correction_code
from raw.cell as c
left join raw.correction_match as m
    on c.submission_id = m.submission_id and c.source_sheet = m.source_sheet and c.source_cell = m.source_cell
    and m.is_applied
left join raw.pack_correction as p on m.correction_code = p.correction_code
where c.disposition in ('observation', 'published_rank') and p.action is distinct from 'drop';
