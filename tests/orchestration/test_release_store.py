"""Releases: the switch is atomic, rollback is the same switch, retirement keeps what it promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.clock import SHANGHAI
from orchestration.releases.manifest import Manifest
from orchestration.releases.store import ReleaseStore, UnknownReleaseError


def publish(store: ReleaseStore, name: str, released_at: datetime) -> Path:
    building = store.building(name)
    (building / "marts.duckdb").write_text(name)
    Manifest(
        release_id=name, released_at=released_at, inputs="0" * 64, git_revision=None, pack="beiguan",
        pack_digest="1" * 64, as_of=date(2023, 7, 31), fixed_as_of=False, stale_on=None,
        reference_month=date(2023, 6, 1), contains_simulated=True, notice="模拟数据，非统计数据", submissions=[],
        row_counts={"fct_observation": 1}, check_passed=1, check_failed=0, warnings=[], tool_versions={},
    ).write(building)  # fmt: skip
    return store.admit(building, name)


@pytest.fixture
def store(tmp_path: Path) -> ReleaseStore:
    folder = tmp_path / "releases"
    folder.mkdir()
    return ReleaseStore(folder)


NOON = datetime(2023, 7, 31, 12, tzinfo=SHANGHAI)


def test_nothing_is_current_before_the_first_switch(store: ReleaseStore) -> None:
    publish(store, "a", NOON)
    assert store.current() is None
    assert [manifest.release_id for manifest in store.manifests()] == ["a"]


def test_readers_follow_the_link_to_the_release_switched_to(store: ReleaseStore) -> None:
    for name in ("a", "b"):
        publish(store, name, NOON)
        store.switch(name)
    assert (store.link / "marts.duckdb").read_text() == "b"
    store.switch("a")
    assert (store.link / "marts.duckdb").read_text() == "a"


def test_a_reader_that_opened_a_release_keeps_it_through_a_switch(store: ReleaseStore) -> None:
    publish(store, "a", NOON)
    publish(store, "b", NOON)
    store.switch("a")
    with (store.link / "marts.duckdb").open() as reader:
        store.switch("b")
        assert reader.read() == "a"


@pytest.mark.parametrize("name", ["", "no-such", "../a", "current", ".building-a"])
def test_a_switch_to_what_is_no_release_is_refused_and_changes_nothing(store: ReleaseStore, name: str) -> None:
    publish(store, "a", NOON)
    store.switch("a")
    with pytest.raises(UnknownReleaseError):
        store.switch(name)
    current = store.current()
    assert current is not None
    assert current.release_id == "a"


def test_what_a_killed_run_left_half_written_is_no_release_and_is_swept(store: ReleaseStore) -> None:
    publish(store, "a", NOON)
    (store.building("b") / "marts.duckdb").write_text("half")
    (store.folder / ".current-new").symlink_to("b")
    assert [manifest.release_id for manifest in store.manifests()] == ["a"]
    store.sweep()
    assert sorted(path.name for path in store.folder.iterdir()) == ["a"]


def test_a_released_file_cannot_be_written(store: ReleaseStore) -> None:
    release = publish(store, "a", NOON)
    assert (release / "marts.duckdb").stat().st_mode & 0o222 == 0


def test_retirement_keeps_the_newest_every_months_last_and_the_current(store: ReleaseStore) -> None:
    for day in range(0, 100, 5):
        publish(store, f"r{day:03d}", NOON + timedelta(days=day))
    store.switch("r010")
    gone = store.retire(keep=3)
    left = [manifest.release_id for manifest in store.manifests()]
    assert left == ["r000", "r010", "r030", "r060", "r085", "r090", "r095"]
    assert len(gone) + len(left) == 20
