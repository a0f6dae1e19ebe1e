-- The marts over the golden raw tables, at 20 July 2023: what a correct warehouse would release, made by other SQL.
create schema marts;
insert into raw.run values ('golden', date '2023-07-20', timestamptz '2023-07-20 18:00:00+08', 'golden', null);

create table raw.pack_target as
select *, 2023 as plan_year
from (values
    ('T1', 1, 'growth_ytd', 'gdp', 'ge', 5.0, 'percent', true), ('T2', 1, 'level_ytd', 'urban_jobs', 'ge', 9000.0, 'person', true),
    ('T3', 1, 'rate_ytd', 'unemployment_rate', 'le', 5.5, 'percent', false), ('T4', 1, 'growth_ytd', 'cpi', 'not_assessable', null, null, false)
) as t (target_id, target_version, measure, indicator_code, bound, target_value, unit_code, is_headline);

create table marts.dim_region as select * from raw.pack_region;
create table marts.dim_rank_set as
select m.*, s.rank_set_name from raw.pack_rank_set_member as m inner join raw.pack_rank_set as s using (rank_set_code);
create table marts.dim_indicator as
select *, indicator_code as indicator_name_en, 'tjj' as lead_bureau_code from raw.pack_indicator;
create table marts.dim_indicator_measure as
select *, indicator_code = 'gdp' and measure = 'growth_ytd' as is_ranked
from raw.pack_indicator_measure;
create table marts.dim_bureau as select * from raw.pack_bureau;

create table marts.plan_target as
select * exclude (plan_year), bound as effective_bound, null::double as target_upper, null::double as band_low, null::double as band_high,
    2023 as plan_year, '410503' as region_code, '410503' as measured_region_code, 'none' as relation,
    '预期目标' as wording, '按字面评价' as judged_reason, true as is_judged,
    date '2023-02-20' as valid_from, null::date as valid_to, 'tjj' as lead_bureau_code,
    date '2023-12-01' as goal_month
from raw.pack_target;

create table marts.fct_observation_vintage as
select
    c.region_code, c.indicator_code, c.measure, c.growth_basis, c.period_start, c.reference_month, c.period_label,
    c.value_number as value, c.value_qualifier, c.value_decimals as decimals, c.unit_code, c.value_printed,
    c.unit_printed, c.obs_status, c.conf_status, c.is_break, c.is_simulated, false as is_held, c.source_rank,
    s.published_at as vintage_at, s.received_at, s.published_at, s.received_at as accepted_at, c.submission_id,
    s.file_name as source_file, c.source_sheet, c.source_cell, true as is_accepted, null::varchar as held_reason
from raw.cell as c inner join raw.submission as s using (submission_id)
where c.disposition = 'observation';

create table marts.fct_observation as select * exclude (is_accepted, held_reason) from marts.fct_observation_vintage;

create table marts.fct_published_rank as
select rank_set_code, indicator_code, measure, reference_month, region_code, value_number::integer as published_rank,
    submission_id, source_sheet, source_cell, is_simulated
from raw.cell where disposition = 'published_rank';

create table marts.mart_district_ranking as
with ranked as (
    select
        s.rank_set_code, o.indicator_code, o.measure, 'growth' as basis, o.reference_month, o.region_code, o.value,
        o.value as ranked_value, (rank() over t)::integer as rank, 1 as tied_count, 4 as ranked_count, 4 as member_count,
        false as is_provisional, o.is_simulated, null::varchar as withheld_reason
    from marts.fct_observation as o
    inner join marts.dim_rank_set as s using (region_code)
    where o.indicator_code = 'gdp' and o.measure = 'growth_ytd'
    window t as (partition by o.reference_month order by o.value desc)
)

select ranked.*, rank as rank_best_possible, rank as rank_worst_possible,
    lag(rank) over y as previous_rank, lag(rank) over y - rank as rank_change,
    p.published_rank, ranked.rank = p.published_rank as agrees_with_published
from ranked
left join marts.fct_published_rank as p using (rank_set_code, indicator_code, measure, reference_month, region_code)
window y as (partition by ranked.region_code, year(ranked.reference_month) order by ranked.reference_month);

create table marts.mart_target_attainment as
with spine as (
    select t.*, m::date as reference_month
    from marts.plan_target as t, generate_series(timestamp '2023-01-01', timestamp '2023-06-01', interval '1 month') as g (m)
),

chosen as (
    select s.*, o.value as actual_value, o.reference_month as actual_reference_month, o.is_simulated as actual_simulated
    from spine as s
    asof left join marts.fct_observation as o
        on s.measured_region_code = o.region_code and s.indicator_code = o.indicator_code and s.measure = o.measure
        and s.plan_year = year(o.reference_month) and s.reference_month >= o.reference_month
)

select
    target_id, target_version, is_judged, region_code, measured_region_code, indicator_code, measure, unit_code,
    plan_year, reference_month, bound, effective_bound, target_value, target_upper, actual_value,
    actual_reference_month, coalesce(actual_reference_month < reference_month, false) as is_carried_forward,
    actual_value as judged_value,
    case when bound = 'le' then target_value - actual_value else actual_value - target_value end as gap,
    case when measure = 'level_ytd' then actual_value / target_value * 100 end as attainment_pct,
    case when measure = 'level_ytd' then month(actual_reference_month) * 100.0 / 12 end as time_share_pct,
    attainment_pct - time_share_pct as lead_pp,
    case
        when bound = 'not_assessable' then 'not_assessable'
        when actual_value is null then 'not_due'
        when gap >= 0 then 'on_track'
        when lead_pp >= 0 then 'on_track'
        else 'behind'
    end as status,
    is_judged as is_in_force, target_value as limit_value,
    case when measure = 'level_ytd' then 48.0 end as seasonal_share_pct, attainment_pct - seasonal_share_pct as seasonal_lead_pp,
    '按2022年同期占全年的比重' as seasonal_note,
    case when measure = 'level_ytd' then (target_value - actual_value) / (12 - month(actual_reference_month)) end as required_pace,
    case when required_pace is not null then 'person_per_month' end as required_pace_unit, '每月' as required_pace_note,
    '说明' as status_reason, 'said' as status_reason_en, month(actual_reference_month) as observed_months,
    coalesce(actual_simulated, false) as is_simulated
from chosen;

create table marts.mart_monthly_brief as
select a.target_id, a.reference_month, a.indicator_code as indicator_name, '10%以上' as target_text, a.status, a.is_simulated
from marts.mart_target_attainment as a inner join raw.pack_target as t using (target_id) where t.is_headline;

create table marts.mart_reporting_status as
select 'tjj' as bureau_code, 'tjj__yuebao' as stem, reference_month, last_day(reference_month) + 20 as due_date,
    max(received_at) as received_at, 0 as days_late, 'on_time' as status, 0 as revision_count, false as is_simulated
from marts.fct_observation group by reference_month;

create table marts.mart_quality_finding as
select 'f1' as finding_id, 'i1' as incident_id, 'critical' as severity, 'cumulative_does_not_fall' as rule,
    '410503' as region_code, 'open' as status, null::varchar as waived_by, null::date as waived_until,
    null::varchar as waiver_reason, 'tjj' as owner_bureau_code, 'a' as submission_id, '请核实' as question,
    timestamptz '2023-07-15 09:00:00+08' as first_seen_at, timestamptz '2023-07-20 18:00:00+08' as last_seen_at;

create table marts.mart_incident as
select incident_id, status, severity, owner_bureau_code, question from marts.mart_quality_finding;

create table marts.mart_revision as
select '410503' as region_code, 'gdp' as indicator_code, 'level_ytd' as measure, date '2023-03-01' as reference_month,
    10.5 as old_value, 11.0 as new_value, 0.5 as difference, 'routine' as kind, 'a' as old_submission_id,
    'b' as new_submission_id, timestamptz '2023-07-15 09:00:00+08' as revised_at;

create table marts.mart_rank_movement as
select rank_set_code, indicator_code, measure, reference_month, region_code, 'previous' as compared_with,
    timestamptz '2023-07-10 09:00:00+08' as moved_at, null::integer as rank_seen, previous_rank as rank_from,
    rank as rank_to, rank_change, rank_change as own_effect, 0 as neighbour_effect, 0 as member_effect,
    0 as revision_effect, 0 as late_member_effect
from marts.mart_district_ranking where rank_change is not null;

create table marts.mart_expected_cell as
select region_code, 'gdp' as indicator_code, 'growth_ytd' as measure, date '2023-06-01' as reference_month, due_date, status,
    obs_status
from (values
    ('410503', date '2023-07-17', 'reported', 'A'), ('410502', date '2023-07-17', 'not_reported', 'O'),
    ('410505', date '2023-07-17', 'not_collected', 'L'), ('410506', date '2023-08-20', 'not_due', null)
) as v (region_code, due_date, status, obs_status);

create table marts.mart_bureau_score as
select 'tjj' as bureau_code, date '2023-06-01' as reference_month, 100.0 as timeliness_pct, 90.0 as completeness_pct,
    80.0 as quality_pct, null::double as answered_pct, 92.2 as score;

create table marts.mart_forecast as
select region_code, indicator_code, measure, growth_basis, reference_month, is_simulated, true as is_latest,
    (vintage_at at time zone 'Asia/Shanghai')::date as made_on, value as value_to_date, value as forecast_value,
    value - 1 as forecast_low, value + 1 as forecast_high, 'holds' as method, '以最新数作为全年数' as method_reason,
    null::date as closed_on, null::double as actual_value, null::double as error, null::boolean as is_within_band
from marts.fct_observation where value is not null and measure = 'growth_ytd';

create table marts.mart_composite_score as
select 'c' as composite_code, item_code, '410503' as region_code, date '2023-06-01' as reference_month, 20.0 as weight,
    points, '第1位' as points_reason, 30.0 as total_points, 40.0 as scored_weight
from (values ('gdp', 20.0), ('retail', 10.0)) as v (item_code, points);
