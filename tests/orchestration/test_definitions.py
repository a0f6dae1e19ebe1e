"""What Dagster knows of Jindu: the whole graph, described and owned, started by the calendar and by the inbox."""

from __future__ import annotations

import shutil
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration.definitions import build_defs
from orchestration.instance import prepare
from orchestration.job import JOB
from orchestration.releases.manifest import Manifest
from orchestration.settings import Settings
from orchestration.triggers import last_whole_month
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


def test_the_schedule_runs_on_the_morning_after_something_fell_due(beiguan: Released, tmp_path: Path) -> None:
    home = tmp_path / "home"
    release = beiguan.home / "releases" / "current"
    built = build_defs(Settings(home, "beiguan"))
    schedule = built.resolve_schedule_def("reporting_calendar")
    assert schedule.cron_schedule == "0 9 * * *"

    def runs(day: datetime) -> list[str | None]:
        context = dg.build_schedule_context(scheduled_execution_time=day, repository_def=built.get_repository_def())
        return [one.partition_key for one in schedule.evaluate_tick(context).run_requests or []]

    assert runs(datetime(2024, 1, 15, 1, tzinfo=UTC)) == ["2023-12"], "nothing has been released yet"
    (home / "releases" / "one").mkdir(parents=True)
    (home / "releases" / "current").symlink_to("one")
    manifest = Manifest.read(release).model_copy(update={"fixed_as_of": False, "stale_on": date(2024, 1, 16)})
    manifest.write(home / "releases" / "one")
    assert runs(datetime(2024, 1, 15, 1, tzinfo=UTC)) == []
    assert runs(datetime(2024, 1, 16, 1, tzinfo=UTC)) == ["2023-12"]


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
