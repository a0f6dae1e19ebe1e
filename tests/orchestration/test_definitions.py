"""What Dagster knows of Jindu: the whole graph, described and owned, started by the calendar and by the inbox."""

from __future__ import annotations

import shutil
import warnings
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from ingest.pack import load_pack
from orchestration.definitions import build_defs
from orchestration.instance import prepare
from orchestration.job import JOB
from orchestration.settings import Settings
from orchestration.triggers import calendar_cron, last_whole_month
from tests.orchestration.conftest import SIMULATED_AS_OF, Released

LAYERS = {"raw", "staging", "intermediate", "marts", "audit", "release"}


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return build_defs(Settings(tmp_path_factory.mktemp("home"), "beiguan"))


def test_the_graph_is_whole_described_owned_and_grouped(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert {node.group_name for node in nodes} == LAYERS
    for node in nodes:
        assert node.description, node.key
        assert node.owners, node.key
        assert node.is_executable, f"{node.key} is only a name: a dependency points to nothing"


def test_what_is_released_stands_behind_blocking_checks(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    blocking = [key for key in graph.asset_check_keys if graph.get(key).blocking]
    assert len(blocking) > 50
    assert {key.asset_key.path[0] for key in blocking} <= {"marts", "audit", "intermediate", "staging"}
    release = graph.get(dg.AssetKey(["release", "current"]))
    assert {key.asset_key for key in blocking if key.asset_key.path[0] == "marts"} <= release.parent_keys


def test_the_brief_is_partitioned_by_month(definitions: dg.Definitions) -> None:
    brief = definitions.resolve_asset_graph().get(dg.AssetKey(["release", "monthly_brief"]))
    assert isinstance(brief.partitions_def, dg.MonthlyPartitionsDefinition)
    keys = brief.partitions_def.get_partition_keys(current_time=datetime(2024, 2, 10, tzinfo=UTC))
    assert (keys[0], keys[-1]) == ("2021-01", "2024-01")


def test_the_schedule_runs_on_the_days_on_which_reports_fall_due(definitions: dg.Definitions) -> None:
    pack = load_pack("beiguan")
    minute, hour, days, month, weekday = calendar_cron(pack).split()
    assert (minute, hour, month, weekday) == ("0", "9", "*", "*")
    assert {entry.due_days for entry in pack.calendar if 0 < entry.due_days <= 28} <= {
        int(day) for day in days.split(",")
    }
    schedule = definitions.resolve_schedule_def("reporting_calendar")
    assert schedule.cron_schedule == calendar_cron(pack)
    at_nine = datetime(2024, 1, 15, 1, tzinfo=UTC)
    context = dg.build_schedule_context(
        scheduled_execution_time=at_nine, repository_def=definitions.get_repository_def()
    )
    request = schedule.evaluate_tick(context).run_requests[0]
    assert request.partition_key == "2023-12"


def test_the_month_before_january_is_december() -> None:
    assert last_whole_month(datetime(2024, 1, 1, tzinfo=UTC)) == "2023-12"
    assert last_whole_month(datetime(2024, 12, 31, tzinfo=UTC)) == "2024-11"


def test_the_sensor_starts_one_run_for_new_files_and_none_without(beiguan: Released, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(beiguan.home, home, symlinks=True, ignore=shutil.ignore_patterns("dagster"))
    built = build_defs(Settings(home, "beiguan"))
    sensor = built.resolve_sensor_def("inbox")
    with dg.instance_for_test() as instance:
        quiet = sensor.evaluate_tick(dg.build_sensor_context(instance=instance, definitions=built))
        assert quiet.run_requests == []
        (home / "inbox" / "新.csv").write_text("新到的表", encoding="utf-8")
        tick = sensor.evaluate_tick(dg.build_sensor_context(instance=instance, definitions=built))
        assert len(tick.run_requests) == 1
        again = sensor.evaluate_tick(dg.build_sensor_context(instance=instance, definitions=built, cursor=tick.cursor))
        assert again.run_requests == []


@pytest.mark.slow
def test_the_job_that_dagster_starts_by_itself_releases_like_the_command(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schedule and the sensor open a line of their own; nothing of ``jindu run`` is needed."""
    home = tmp_path / "home"
    monkeypatch.setenv("DAGSTER_HOME", str(home / "dagster"))
    prepare(home / "dagster")
    for month in ("2023-04", "2023-05"):
        shutil.copytree(demonstration / month, home / "inbox" / month)
    settings = Settings(home, "beiguan", as_of=datetime.fromisoformat(SIMULATED_AS_OF).date())
    job = build_defs(settings).resolve_job_def(JOB)
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(instance=instance, partition_key="2023-04", raise_on_error=False)
        assert result.success
        (record,) = instance.fetch_materializations(dg.AssetKey(["release", "monthly_brief"]), limit=5).records
    assert record.asset_materialization is not None
    assert "北关区 2023-04 月度进度" in str(record.asset_materialization.metadata["brief"].value)
    assert (home / "releases" / "current" / "marts.duckdb").is_file()
