"""The worker as the line uses it: a real process that answers in JSON, frees the file, and ends with its parent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from expectations import declared

pytestmark = pytest.mark.slow

WRITE = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('create table raw.written as select 1')"


class Worker:
    """A running worker, asked one line at a time."""

    def __init__(self, repo: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "expectations"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=repo,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin: IO[str] = self.process.stdin
        self.stdout: IO[str] = self.process.stdout

    def hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(self.stdout.readline())
        return heard

    def ask(self, message: str) -> dict[str, Any]:
        self.stdin.write(message + "\n")
        self.stdin.flush()
        return self.hear()


@pytest.fixture(scope="module")
def worker(repo: Path) -> Iterator[Worker]:
    worker = Worker(repo)
    assert worker.hear() == {"ready": True}
    yield worker
    worker.process.kill()
    worker.process.wait()


def test_an_answer_has_one_result_per_declared_check(worker: Worker, golden_raw: Path) -> None:
    answer = worker.ask(json.dumps({"boundary": "raw", "database": str(golden_raw)}))
    results = answer["results"]
    assert [result["check"] for result in results] == [check.check for check in declared("raw")]
    assert {"table", "rule", "severity", "passed", "description", "description_zh", "rows"} <= set(results[0])
    assert answer["seconds"] > 0
    assert answer["cpu_seconds"] > 0


def test_the_file_can_be_written_while_the_worker_lives(worker: Worker, mutated_raw: Callable[[str], Path]) -> None:
    database = mutated_raw("select 1")
    assert "results" in worker.ask(json.dumps({"boundary": "raw", "database": str(database)}))
    subprocess.run([sys.executable, "-c", WRITE, str(database)], check=True, timeout=60)
    assert worker.process.poll() is None


def test_a_mistake_is_answered_and_the_worker_lives_on(worker: Worker, golden_raw: Path) -> None:
    for message in (
        '{"boundary": "raw", "database": "/nowhere/warehouse.duckdb"}',
        json.dumps({"boundary": "moon", "database": str(golden_raw)}),
        "not json",
        "{}",
    ):
        answer = worker.ask(message)
        assert isinstance(answer, dict)
        assert answer["error"]
    assert "results" in worker.ask(json.dumps({"boundary": "raw", "database": str(golden_raw)}))


def test_a_failed_validation_frees_the_file_too(worker: Worker, mutated_raw: Callable[[str], Path]) -> None:
    database = mutated_raw("drop table raw.pack_unit")
    assert "error" in worker.ask(json.dumps({"boundary": "raw", "database": str(database)}))
    subprocess.run([sys.executable, "-c", WRITE, str(database)], check=True, timeout=60)


def test_quit_and_end_of_input_end_it_in_silence(repo: Path, worker: Worker) -> None:
    other = Worker(repo)
    _, errors = other.process.communicate(timeout=120)  # closes its input
    assert other.process.returncode == 0
    assert errors == ""
    worker.stdin.write('{"quit": true}\n')
    worker.stdin.flush()
    assert worker.process.wait(timeout=60) == 0
    assert worker.process.stderr
    assert worker.process.stderr.read() == ""


def test_it_ends_when_its_parent_is_killed(repo: Path) -> None:
    # the parent starts the worker with a pipe as its input, says its number, and is killed
    script = (
        "import subprocess, sys, time;"
        "p = subprocess.Popen([sys.executable, '-m', 'expectations'], stdin=subprocess.PIPE, stdout=subprocess.PIPE);"
        "print(p.pid, p.stdout.readline(), flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=repo)
    assert parent.stdout
    number = int(parent.stdout.readline().split()[0])
    parent.kill()
    parent.wait()
    deadline = 100
    while is_running(number) and deadline:
        deadline -= 1
        subprocess.run(["sleep", "0.1"], check=True)
    assert not is_running(number)


def is_running(number: int) -> bool:
    """Whether the process runs; one that has ended and only waits to be collected does not."""
    stat = Path(f"/proc/{number}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
