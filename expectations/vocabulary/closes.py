"""Rules on verdicts at close: all that has closed is frozen, nothing else is, and a later change is told."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule

_DIFFERS = (
    "(status_now is distinct from status_at_close or judged_value_now is distinct from judged_value_at_close "
    "or gap_now is distinct from gap_at_close)"
)


@dataclass(frozen=True)
class EveryClosedTargetIsFrozen(QueryRule):
    """Every version of a target whose closing day has passed has a verdict at close."""

    zh = "结案日已过的目标都有结案判断"
    query = """
        with frozen as (select target_id, target_version from {batch})
        select t.target_id, t.target_version, 'missing' as observed, t.close_on::varchar as expected
        from main.plan_target as t
        semi join main.mart_target_attainment as a
            on t.target_id = a.target_id and t.target_version = a.target_version
            and a.reference_month = make_date(t.plan_year, 12, 1)
        anti join frozen as f on t.target_id = f.target_id and t.target_version = f.target_version
        where t.close_on < (select as_of from clock) and t.close_on >= make_date(t.plan_year, 12, 31)
    """


@dataclass(frozen=True)
class NothingIsFrozenEarly(RowRule):
    """A verdict is frozen only after its closing day."""

    zh = "结案日过后才有结案判断"
    broken_if = "close_on is null or close_on >= (select as_of from clock)"
    observed = "coalesce(close_on::varchar, 'NULL')"
    expected = "(select '< ' || as_of::varchar from clock)"


@dataclass(frozen=True)
class ChangeIsToldWithItsReason(RowRule):
    """A verdict that differs from the one at close is marked and says why, and no other is."""

    zh = "与结案时不同的判断有标记和原因，相同的没有"
    broken_if = (
        f"is_changed is distinct from {_DIFFERS} "
        "or is_changed is distinct from (change_reason is not null and change_reason_en is not null)"
    )
    observed = "coalesce(is_changed::varchar, 'NULL') || ' ' || coalesce(change_reason, 'NULL')"
    expected = f"{_DIFFERS}::varchar"


@dataclass(frozen=True)
class CurrentVerdictIsTheCurrentOne(QueryRule):
    """What stands beside the verdict at close is what the table of attainment says."""

    zh = "现行判断与完成情况表一致"
    query = """
        with closed as (select * from {batch})
        select c.target_id, c.target_version,
            c.status_now || ' ' || coalesce(c.judged_value_now::varchar, '') as observed,
            coalesce(a.status || ' ' || coalesce(a.judged_value::varchar, ''), 'missing') as expected
        from closed as c
        left join main.mart_target_attainment as a
            on c.target_id = a.target_id and c.target_version = a.target_version
            and c.reference_month = a.reference_month
        where a.status is distinct from c.status_now or a.judged_value is distinct from c.judged_value_now
    """
