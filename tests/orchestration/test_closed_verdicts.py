"""What a close freezes stays frozen from release to release, whatever comes later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.releases import closed

VERDICTS = """
create or replace table plan_target as select 'T' as target_id, 1 as target_version, 2023 as plan_year,
    date '{close}' as close_on, 'r' as measured_region_code, 'jobs' as indicator_code, 'level_ytd' as measure;
create or replace table mart_target_attainment as select 'T' as target_id, 1 as target_version, 2023 as plan_year,
    date '2023-12-01' as reference_month, true as is_judged, '{now}' as status, {value}::double as judged_value,
    {value}::double - 300 as gap, '说' as status_reason, 'said' as status_reason_en,
    false as is_simulated, false as rests_on_held;
create or replace table mart_revision as select 'r' as region_code, 'jobs' as indicator_code, 'level_ytd' as measure,
    date '2023-12-01' as reference_month, 298.0 as old_value, 318.0 as new_value,
    timestamptz '2024-04-20 09:00:00+08' as revised_at where {value} = 318;
create or replace macro attainment_as_of(d, axis := 'published') as table select * replace (
    case when {known} >= 300 then 'attained' else 'missed' end as status, {known}::double as judged_value,
    {known}::double - 300 as gap) from mart_target_attainment;
"""


def release(
    folder: Path, name: str, *earlier: str, now: str, value: int, known: int,
    as_of: date = date(2024, 4, 30), close: str = "2024-03-31",
) -> list[tuple[object, ...]]:  # fmt: skip
    """Write a release with one target and return its closed verdicts."""
    with duckdb.connect(folder / f"{name}.duckdb") as connection:
        connection.execute(VERDICTS.format(now=now, value=value, known=known, close=close))
        closed.write(connection, [folder / f"{other}.duckdb" for other in earlier], as_of, name)
        return connection.execute(
            f"select status_at_close, judged_value_at_close, status_now, is_changed, frozen_by, change_reason_en "
            f"from {closed.TABLE}"
        ).fetchall()


def test_a_later_figure_changes_the_current_verdict_only(tmp_path: Path) -> None:
    rows = release(tmp_path, "r1", now="attained", value=318, known=298)
    reason = "Revised after close: Dec: 298.0 -> 318.0 (2024-04-20)"
    assert rows == [("missed", 298.0, "attained", True, "r1", reason)]


def test_what_was_frozen_is_carried_over_even_if_the_answer_for_that_day_changes(tmp_path: Path) -> None:
    """A figure accepted late, a waiver or a new rule may change what is known of the day; the verdict stays."""
    release(tmp_path, "r1", now="missed", value=298, known=298)
    rows = release(tmp_path, "r2", "r1", now="attained", value=318, known=318)
    assert [row[:5] for row in rows] == [("missed", 298.0, "attained", True, "r1")]


def test_a_rollback_behind_the_close_does_not_open_a_verdict_again(tmp_path: Path) -> None:
    """r1 was released before the close, r2 froze, readers were sent back to r1: r2 is still there to be believed."""
    release(tmp_path, "r1", now="missed", value=298, known=298, as_of=date(2024, 3, 1))
    release(tmp_path, "r2", "r1", now="missed", value=298, known=298)
    rows = release(tmp_path, "r3", "r1", "r2", now="attained", value=318, known=318)
    assert [row[:5] for row in rows] == [("missed", 298.0, "attained", True, "r2")]


def test_a_lost_release_takes_no_verdict_with_it_and_the_first_to_freeze_is_believed(tmp_path: Path) -> None:
    release(tmp_path, "r1", now="missed", value=298, known=298)
    release(tmp_path, "r2", "r1", now="missed", value=298, known=298)
    (tmp_path / "r1.duckdb").unlink()
    release(tmp_path, "r3", now="attained", value=318, known=318)
    rows = release(tmp_path, "r4", "r1", "r2", "r3", now="attained", value=318, known=318)
    assert [row[:5] for row in rows] == [("missed", 298.0, "attained", True, "r1")]


def test_a_verdict_frozen_anew_names_the_release_that_did_so(tmp_path: Path) -> None:
    """Where every folder that knew it is lost, the row says which release decided: nothing passes for the old one."""
    release(tmp_path, "r1", now="missed", value=298, known=298)
    (tmp_path / "r1.duckdb").unlink()
    rows = release(tmp_path, "r2", "r1", now="attained", value=318, known=318)
    assert [(row[0], row[4]) for row in rows] == [("attained", "r2")]


def test_without_a_revision_another_cause_is_named(tmp_path: Path) -> None:
    release(tmp_path, "r1", now="missed", value=298, known=298)
    (row,) = release(tmp_path, "r2", "r1", now="attained", value=301, known=301)
    assert row[5] == "A figure compared with, a member of the ranking or a rule of judgement changed"


@pytest.mark.parametrize(("as_of", "count"), [(date(2024, 3, 31), 0), (date(2024, 4, 1), 1)])
def test_a_target_closes_at_the_end_of_its_day(tmp_path: Path, as_of: date, count: int) -> None:
    assert len(release(tmp_path, "r1", now="missed", value=298, known=298, as_of=as_of)) == count


def test_a_new_closing_day_opens_the_verdict_again(tmp_path: Path) -> None:
    release(tmp_path, "r1", now="missed", value=298, known=298)
    rows = release(tmp_path, "r2", "r1", now="attained", value=318, known=318, close="2024-04-28")
    assert [row[:5] for row in rows] == [("attained", 318.0, "attained", False, "r2")]


def test_each_column_is_described(tmp_path: Path) -> None:
    release(tmp_path, "r1", now="missed", value=298, known=298)
    with duckdb.connect(tmp_path / "r1.duckdb") as connection:
        silent = connection.execute(
            "select column_name from duckdb_columns() where table_name = ? and comment is null", [closed.TABLE]
        ).fetchall()
    assert silent == []
