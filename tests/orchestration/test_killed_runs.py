"""A run may die at any moment: nothing is lost, the next ends where an undisturbed one does, readers see no half."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from tests.orchestration.conftest import REPO, SIMULATED_AS_OF, Released, jindu

pytestmark = pytest.mark.slow

CLOCKS = {"release"}
"""Tables that say when a run was, not what it found."""
CLOCK_COLUMNS = {"frozen_by"}
"""Columns that name the release, which is named after its minute."""


def content(database: Path) -> dict[str, str]:
    """A fingerprint of every released table, row order left out."""
    with duckdb.connect(database, read_only=True) as connection:
        named = connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        return {table: fingerprint(connection, table) for (table,) in named if table not in CLOCKS}


def fingerprint(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    kept = f"columns(c -> c not in {sorted(CLOCK_COLUMNS)})"
    return str(
        connection.execute(f'select count(*), bit_xor(hash(t)) from (select {kept} from "{table}") as t').fetchone()
    )


def months(demonstration: Path, inbox: Path, *names: str) -> Path:
    """An inbox of a few months of the demonstration years."""
    for name in names:
        shutil.copytree(demonstration / name, inbox / name)
    return inbox


class Reader(threading.Thread):
    """Queries the current release in a loop from its own connections, as an analyst's tool would."""

    def __init__(self, database: Path) -> None:
        super().__init__(daemon=True)
        self.database, self.stopped = database, threading.Event()
        self.answers: set[tuple[str, int]] = set()
        self.errors: list[str] = []

    def run(self) -> None:
        code = (
            "import sys, duckdb\n"
            "with duckdb.connect(sys.argv[1], read_only=True) as c:\n"
            "    print(*c.execute('select release_id, (select count(*) from fct_observation) from release')"
            ".fetchone())\n"
        )
        # with a pause, so that the runs have the machine to themselves for most of the time
        while not self.stopped.wait(0.3):
            answer = subprocess.run(
                [sys.executable, "-c", code, str(self.database)], capture_output=True, text=True, check=False
            )
            if answer.returncode:
                self.errors.append(answer.stderr)
            else:
                release, rows = answer.stdout.split()
                self.answers.add((release, int(rows)))

    def end(self) -> None:
        self.stopped.set()
        self.join()


def kill_after(seconds: float, *words: object) -> int:
    """Start a run in its own process group and kill the group with SIGKILL after some seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", *map(str, words)],
        cwd=REPO, env={**os.environ, "PYTHONPATH": str(REPO)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def test_a_run_killed_at_any_point_and_run_again_ends_like_an_undisturbed_one(
    tmp_path: Path, demonstration: Path
) -> None:
    later = ("--as-of", SIMULATED_AS_OF)
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    months(demonstration, undisturbed / "inbox", "2023-02", "2023-03")
    first = jindu("run", "--home", undisturbed, *later)
    assert first.returncode == 0, first.stdout + first.stderr
    months(demonstration, undisturbed / "inbox", "2023-04", "2023-05", "2023-06")
    shutil.copytree(undisturbed, disturbed, symlinks=True)
    started = time.monotonic()
    assert jindu("run", "--home", undisturbed, *later).returncode == 0
    whole = time.monotonic() - started
    reader = Reader(disturbed / "releases" / "current" / "marts.duckdb")
    reader.start()
    killed = [kill_after(whole * share, "run", "--home", disturbed, *later) for share in (0.15, 0.3, 0.5, 0.7, 0.9)]
    last = jindu("run", "--home", disturbed, *later)
    reader.end()
    assert last.returncode == 0, last.stdout + last.stderr
    assert -signal.SIGKILL in killed, "no run was killed, so nothing was shown"
    assert content(disturbed / "releases/current/marts.duckdb") == content(
        undisturbed / "releases/current/marts.duckdb"
    )
    assert reader.errors == []
    assert reader.answers, "nothing was read, so nothing was shown"
    assert len({rows for _, rows in reader.answers}) <= 2, "a reader saw something between two releases"
    assert not list((disturbed / "inbox").rglob("*.*")), "the inbox was not emptied"
    archived = {path.name for path in (disturbed / "archive").rglob("*") if path.is_file()}
    assert archived == {path.name for path in (undisturbed / "archive").rglob("*") if path.is_file()}


def test_a_second_run_without_new_files_releases_nothing(beiguan: Released, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(beiguan.home, home, symlinks=True)
    before = sorted(path.name for path in (home / "releases").iterdir())
    started = time.monotonic()
    again = jindu("run", "--home", home, "--inbox", beiguan.inbox, "--as-of", SIMULATED_AS_OF)
    seconds = time.monotonic() - started
    assert again.returncode == 0
    assert "nothing new" in again.stdout
    assert sorted(path.name for path in (home / "releases").iterdir()) == before
    imports = time.monotonic()
    subprocess.run([sys.executable, "-c", "import dagster, dbt.cli.main, great_expectations"], check=True, timeout=300)
    assert seconds < time.monotonic() - imports, "it took longer than the imports of a run"
