"""Every expectation on what only a release holds refuses the contradiction it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations import declared
from tests.expectations.conftest import HERE, built, mutate

gate = pytest.importorskip("expectations.validate")

TABLE = "main.mart_closed_verdict"
FAULTS = {
    "key_is_unique": f"insert into {TABLE} select * from {TABLE} limit 1",
    "frozen_code_is_listed": f"update {TABLE} set status_at_close = 'won'",
    "current_code_is_listed": f"update {TABLE} set status_now = null",
    "every_closed_target_is_frozen": f"delete from {TABLE} where target_id = 'T3'",
    "nothing_is_frozen_early": f"update {TABLE} set close_on = date '2024-04-30' where target_id = 'T3'",
    "change_is_told_with_its_reason": f"update {TABLE} set change_reason = null where target_id = 'T1'",
    "current_verdict_is_the_current_one": f"update {TABLE} set judged_value_now = 319 where target_id = 'T3'",
    "is_given": f"update {TABLE} set frozen_by = null",
}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("golden") / "marts.duckdb", HERE / "golden_release.sql")


def failed(database: Path) -> set[str]:
    return {result.check for result in gate.validate(database, "release") if not result.passed}


def test_a_correct_release_passes(release: Path) -> None:
    assert failed(release) == set()


def test_every_check_of_a_release_has_a_fault_and_holds_it() -> None:
    """The counts of a release are written before it is judged: what is let through has passed all of them."""
    assert {check.check for check in declared("release")} == set(FAULTS)
    assert {check.severity for check in declared("release")} == {"critical"}


@pytest.mark.parametrize("check", FAULTS)
def test_the_contradiction_is_refused(release: Path, check: str, tmp_path: Path) -> None:
    assert check in failed(mutate(release, tmp_path / "marts.duckdb", FAULTS[check]))


def test_an_unmarked_change_is_refused(release: Path, tmp_path: Path) -> None:
    silent = f"update {TABLE} set is_changed = false, change_reason = null, change_reason_en = null"
    assert "change_is_told_with_its_reason" in failed(mutate(release, tmp_path / "marts.duckdb", silent))


def test_a_release_without_closed_targets_passes(release: Path, tmp_path: Path) -> None:
    opened = f"delete from {TABLE}; update main.plan_target set close_on = date '2024-12-31'"
    assert failed(mutate(release, tmp_path / "marts.duckdb", opened)) == set()
