-- A release with one target that closed and missed, and was attained by a later figure; another that is still open.
create table main."release" as select date '2024-04-30' as as_of;
create table main.plan_target as
select * from (values ('T1', 1, 2023, date '2024-03-31'), ('T2', 1, 2023, date '2024-06-30'), ('T3', 1, 2023, date '2024-03-31'))
    as t (target_id, target_version, plan_year, close_on);
create table main.mart_target_attainment as
select target_id, target_version, date '2023-12-01' as reference_month, 'attained' as status, 318.0 as judged_value
from main.plan_target;
create table main.mart_closed_verdict as
select target_id, target_version, plan_year, date '2023-12-01' as reference_month, close_on,
    case when target_id = 'T1' then 'missed' else 'attained' end as status_at_close,
    case when target_id = 'T1' then 298.0 else 318.0 end as judged_value_at_close,
    case when target_id = 'T1' then -2.0 else 18.0 end as gap_at_close, 'r1' as frozen_by,
    'attained' as status_now, 318.0 as judged_value_now, 18.0 as gap_now, target_id = 'T1' as is_changed,
    case when target_id = 'T1' then '结案后修订' end as change_reason,
    case when target_id = 'T1' then 'Revised after close' end as change_reason_en
from main.plan_target where close_on < date '2024-04-30';
