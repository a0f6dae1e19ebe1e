"""Rules on what is told about reports and findings: who is late, what is open, who waived what."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule


@dataclass(frozen=True)
class MissingHasNotArrived(RowRule):
    """A report that is missing or not due has not arrived, and one that is on time, late or partial has."""

    zh = "缺报、未到期的报表没有收到时间，已报的有收到时间"
    broken_if = (
        "(status in ('missing', 'not_due') and received_at is not null) "
        "or (status in ('on_time', 'late', 'partial') and received_at is null)"
    )
    observed = "status || ' ' || coalesce(received_at::varchar, 'NULL')"
    expected = "'received_at'"


@dataclass(frozen=True)
class NotDueIsNeverMissing(RowRule):
    """A report is missing only after its due date."""

    zh = "未到报送期的不算缺报"
    broken_if = "status = 'missing' and (due_date is null or due_date >= (select as_of from clock))"
    observed = "coalesce(due_date::varchar, 'NULL')"
    expected = "(select '< ' || as_of::varchar from clock)"


@dataclass(frozen=True)
class AbsentIsDue(RowRule):
    """A figure is called not reported only after its due date, and then with the status O."""

    zh = "未到报送期的数据不算漏报，漏报的状态为 O"
    broken_if = (
        "status = 'not_reported' and (due_date is null or due_date >= (select as_of from clock) "
        "or obs_status is distinct from 'O')"
    )
    observed = "coalesce(due_date::varchar, 'NULL') || ' ' || coalesce(obs_status, 'NULL')"
    expected = "(select '< ' || as_of::varchar || ' O' from clock)"


@dataclass(frozen=True)
class LateIsLate(RowRule):
    """A late report is late by at least one day, and one on time by none."""

    zh = "迟报至少一天，按时报送为零天"
    broken_if = "(status = 'late' and coalesce(days_late, 0) < 1) or (status = 'on_time' and days_late > 0)"
    observed = "status || ' ' || coalesce(days_late::varchar, 'NULL')"
    expected = "case when status = 'late' then '≥ 1' else '0' end"


@dataclass(frozen=True)
class WaiverIsComplete(RowRule):
    """A waived finding names who waived it, until when and why."""

    zh = "豁免写明何人、何故、至何日"
    broken_if = (
        "status = 'waived' and (coalesce(waived_by, '') = '' or waived_until is null "
        "or coalesce(waiver_reason, '') = '')"
    )
    observed = "coalesce(waived_by, 'NULL') || ' ' || coalesce(waived_until::varchar, 'NULL')"
    expected = "'waived_by, waived_until, waiver_reason'"


@dataclass(frozen=True)
class SeenInOrder(RowRule):
    """A finding is first seen no later than last seen."""

    zh = "首次发现不晚于最近发现"
    broken_if = "first_seen_at > last_seen_at"
    observed = "first_seen_at::varchar"
    expected = "'≤ ' || last_seen_at::varchar"


@dataclass(frozen=True)
class IncidentHoldsItsFindings(QueryRule):
    """An incident is open exactly while one of its findings is, and no finding is without an incident."""

    zh = "事项未决当且仅当其中有未决问题，没有不属于任何事项的问题"
    query = """
        with incident as (select * from {batch})
        select coalesce(i.incident_id, f.incident_id) as incident_id, coalesce(i.status, 'missing') as observed,
            case when f.is_open then 'open' else 'waived, recovered' end as expected
        from incident as i
        full outer join (
            select incident_id, bool_or(status = 'open') as is_open from marts.mart_quality_finding group by incident_id
        ) as f on i.incident_id = f.incident_id
        where i.incident_id is null or f.incident_id is null or f.is_open <> (i.status = 'open')
    """


@dataclass(frozen=True)
class ScoreIsWithinItsParts(RowRule):
    """A bureau's score lies between the least and the greatest of its parts, and these between 0 and 100."""

    zh = "单位评分在各分项的最小值与最大值之间，分项在 0–100 之间"
    broken_if = (
        "score is null or score < least(timeliness_pct, completeness_pct, quality_pct, answered_pct) - 1e-6 "
        "or score > greatest(timeliness_pct, completeness_pct, quality_pct, answered_pct) + 1e-6 "
        "or least(timeliness_pct, completeness_pct, quality_pct, answered_pct) < 0 "
        "or greatest(timeliness_pct, completeness_pct, quality_pct, answered_pct) > 100"
    )
    observed = "coalesce(printf('%.1f', score), 'NULL')"
    expected = "concat_ws(' ', timeliness_pct, completeness_pct, quality_pct, answered_pct)"
