"""The verdict at the close of a plan year, frozen beside the current one, and what changed since (RULES.md 13).

Belongs here: the table ``mart_closed_verdict`` of a release. Does not belong here: how a verdict is reached (dbt). The
verdict at close is what ``attainment_as_of`` answers for the closing day, taken by the first release after it and
carried from release to release: no rollback, no later figure, waiver or change of a rule alters it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

TABLE: Final = "mart_closed_verdict"
DESCRIPTION: Final = (
    "One row per target per version whose closing day has passed: the verdict at close, frozen, beside the current one."
)
KEY: Final = ("target_id", "target_version")
FROZEN: Final = {
    "target_id": "Target of the plan.",
    "target_version": "Version of the target.",
    "plan_year": "Year of the plan.",
    "reference_month": "Last month of the plan year, as its first day.",
    "close_on": "Closing day: what was published by its end decides (Asia/Shanghai).",
    "is_judged": "True for the version that was judged at close.",
    "status_at_close": "Verdict at close.",
    "judged_value_at_close": "Figure judged at close, in the target's unit. NULL when there was none.",
    "gap_at_close": "Gap at close, positive when favourable. NULL when there was none.",
    "status_reason_at_close": "Chinese: the verdict at close as a sentence.",
    "status_reason_at_close_en": "The verdict at close as a sentence.",
    "frozen_by": "Release that froze the verdict: the first after the closing day.",
}
CURRENT: Final = {
    "status_now": "Verdict on the current figures.",
    "judged_value_now": "Figure judged now, in the target's unit. NULL when there is none.",
    "gap_now": "Gap now, positive when favourable. NULL when there is none.",
    "is_changed": "True when the verdict, its figure or its gap differs from the one at close.",
    "change_reason": "Chinese: the revisions after close, or what else changed. NULL when nothing did.",
    "change_reason_en": "The revisions after close, or what else changed. NULL when nothing did.",
    "rests_on_held": "True while a newer value of a figure that the current verdict rests on is held.",
    "is_simulated": "True when any input is simulated (模拟数据，非统计数据).",
}

_AT_CLOSE: Final = """
select
    c.target_id, c.target_version, c.plan_year, c.reference_month, t.close_on, c.is_judged,
    c.status as status_at_close, c.judged_value as judged_value_at_close, c.gap as gap_at_close,
    c.status_reason as status_reason_at_close, c.status_reason_en as status_reason_at_close_en,
    '{release}' as frozen_by
from attainment_as_of('{close}') as c
inner join plan_target as t using (target_id, target_version)
where t.close_on = date '{close}' and c.reference_month = make_date(c.plan_year, 12, 1)
"""
_BESIDE_NOW: Final = """
with revised as (
    select
        t.target_id, t.target_version,
        string_agg(
            month(r.reference_month) || '月数据 ' || r.old_value || ' → ' || r.new_value || '（'
            || strftime(r.revised_at at time zone 'Asia/Shanghai', '%Y-%m-%d') || '）',
            '；' order by r.revised_at, r.reference_month
        ) as said,
        string_agg(
            strftime(r.reference_month, '%b') || ': ' || r.old_value || ' -> ' || r.new_value || ' ('
            || strftime(r.revised_at at time zone 'Asia/Shanghai', '%Y-%m-%d') || ')',
            '; ' order by r.revised_at, r.reference_month
        ) as said_en
    from plan_target as t
    inner join mart_revision as r
        on r.region_code = t.measured_region_code and r.indicator_code = t.indicator_code and r.measure = t.measure
        and year(r.reference_month) = t.plan_year
        and cast(r.revised_at at time zone 'Asia/Shanghai' as date) > t.close_on
    group by all
)

select
    f.*, n.status as status_now, n.judged_value as judged_value_now, n.gap as gap_now,
    n.status is distinct from f.status_at_close or n.judged_value is distinct from f.judged_value_at_close
    or n.gap is distinct from f.gap_at_close as is_changed,
    case when is_changed then coalesce('结案后修订：' || revised.said, '比较对象、位次成员的数据或判断规则有变') end
        as change_reason,
    case
        when is_changed
            then coalesce('Revised after close: ' || revised.said_en,
                'A figure compared with, a member of the ranking or a rule of judgement changed')
    end as change_reason_en,
    n.rests_on_held, n.is_simulated
from frozen as f
inner join mart_target_attainment as n using (target_id, target_version, reference_month)
left join revised using (target_id, target_version)
order by all
"""


def write(connection: duckdb.DuckDBPyConnection, earlier: Iterable[Path], as_of: date, release: str) -> str:
    """Write the table into the release that is open, and return its name.

    Args:
        connection: The release, with its marts and as-of macros.
        earlier: The databases of all releases that there are, oldest first: the first to freeze a verdict is believed,
            whichever release a rollback has made current and whichever folder was lost since.
        as_of: The calendar's today: a target is closed from the day after its closing day.
        release: The id of this release.
    """
    _keep_frozen(connection, earlier, as_of)
    closes = connection.execute(
        "select distinct close_on from plan_target anti join frozen using (target_id, target_version, close_on) "
        "where close_on < ? order by 1",
        [as_of],
    ).fetchall()
    for (close,) in closes:
        found = _AT_CLOSE.format(close=close, release=release)
        connection.execute(f"insert into frozen select * from ({found}) anti join frozen using ({', '.join(KEY)})")
    connection.execute(f"create table {TABLE} as {_BESIDE_NOW}")
    connection.execute("drop table frozen")
    connection.execute(f"comment on table {TABLE} is '{DESCRIPTION}'")
    for column, said in {**FROZEN, **CURRENT}.items():
        connection.execute(f"comment on column {TABLE}.{column} is '{said.replace(chr(39), chr(39) * 2)}'")
    return TABLE


def _keep_frozen(connection: duckdb.DuckDBPyConnection, earlier: Iterable[Path], as_of: date) -> None:
    """Take over what earlier releases froze; a target that has been reopened or is not yet closed starts anew."""
    empty = _AT_CLOSE.format(close="1900-01-01", release="")
    connection.execute(f"create temp table frozen as {empty} limit 0")
    for database in earlier:
        _take_over(connection, database, as_of)


def _take_over(connection: duckdb.DuckDBPyConnection, database: Path, as_of: date) -> None:
    if not database.is_file():
        return
    connection.execute(f"attach '{str(database).replace(chr(39), chr(39) * 2)}' as previous (read_only)")
    known = connection.execute(
        "select count(*) from duckdb_tables() where database_name = 'previous' and table_name = ?", [TABLE]
    ).fetchone()
    if known and known[0]:
        connection.execute(
            f"insert into frozen select {', '.join(FROZEN)} from previous.main.{TABLE} "
            "semi join plan_target using (target_id, target_version, close_on) "
            f"anti join frozen using ({', '.join(KEY)}) where close_on < ?",
            [as_of],
        )
    connection.execute("detach previous")
