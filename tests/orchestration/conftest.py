"""Whole runs of the line in real processes, each made once for all tests and all workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

REPO = Path(__file__).resolve().parents[2]
SIMULATED_AS_OF = "2024-04-30"
"""A day after the plan year has closed, fixed so that no test depends on the day it runs on."""


def jindu(*words: object, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a person would."""
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", cwd=REPO, env=environment, timeout=timeout, check=False,
    )  # fmt: skip


@dataclass(frozen=True)
class Released:
    """A home after a run, and what the run printed."""

    home: Path
    inbox: Path
    output: str

    @property
    def database(self) -> Path:
        return self.home / "releases" / "current" / "marts.duckdb"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.database, read_only=True) as connection:
            return connection.execute(query, list(values)).fetchall()

    def one(self, query: str, *values: object) -> Any:
        (row,) = self.rows(query, *values)
        return row[0] if len(row) == 1 else row


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """A folder that the first worker to ask makes and the others find."""
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    folder, said = root / name, root / f"{name}.json"
    with FileLock(root / f"{name}.lock"):
        if not said.exists():
            said.write_text(json.dumps(make(folder)), encoding="utf-8")
    return folder, json.loads(said.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the demonstration years."""

    def make(folder: Path) -> str:
        subprocess.run([sys.executable, "-m", "demo", "--out", str(folder)], cwd=REPO, check=True, capture_output=True)
        return ""

    return made_once(tmp_path_factory, "demonstration", make)[0]


@pytest.fixture(scope="session")
def beiguan(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Released:
    """The demonstration years released. Tests read it only."""

    def make(folder: Path) -> str:
        run = jindu("run", "--home", folder, "--inbox", demonstration, "--as-of", SIMULATED_AS_OF)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    home, output = made_once(tmp_path_factory, "beiguan", make)
    return Released(home, demonstration, output)


@pytest.fixture(scope="session")
def shaoyang(tmp_path_factory: pytest.TempPathFactory, shared_file: Callable[[str], Path]) -> Released:
    """The published workbook of Shaoyang released. Tests read it only."""
    inbox = shared_file("realdata/shaoyang/yuebao_202509.xlsx").parent

    def make(folder: Path) -> str:
        run = jindu("run", "--pack", "shaoyang", "--home", folder, "--inbox", inbox)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    home, output = made_once(tmp_path_factory, "shaoyang", make)
    return Released(home, inbox, output)


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that a test starts; whatever is left of them is ended by process id."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
