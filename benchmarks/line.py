"""The whole run of the demonstration years against the floor of the stack, in alternating rounds.

One round: the floor, the bare imports, a first run in a fresh home (all files but the newest), a run with
that one new file, a run with nothing new. The kept parse of our dbt project is there from the start,
as it is on every run but the first of a checkout.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Series, measure

IMPORTS = "import dagster, dbt.cli.main, great_expectations"
SIDE_FILE = ".meta.json"


def _newest(inbox: Path) -> Path:
    """The file that came last, by the arrival in its side file (written so that text order is time order)."""
    import json

    def arrival(file: Path) -> tuple[str, str]:
        side = file.with_name(file.name + SIDE_FILE)
        received = json.loads(side.read_text(encoding="utf-8")).get("received_at", "") if side.exists() else ""
        return received, file.name

    return max((f for f in inbox.rglob("*") if f.is_file() and not f.name.endswith(SIDE_FILE)), key=arrival)


def _move(file: Path, source: Path, target: Path) -> None:
    """Move a file with its side file to the same place below another folder."""
    for each in (file, file.with_name(file.name + SIDE_FILE)):
        if each.exists():
            goal = target / each.relative_to(source)
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(each, goal)


def _round(work: Path, demonstration: Path, series: dict[str, Series]) -> None:
    """Measure everything once, in a home of its own."""
    inbox, aside, home = work / "inbox", work / "aside", work / "home"
    shutil.copytree(demonstration, inbox)
    _move(_newest(inbox), inbox, aside)
    run = [
        sys.executable,
        "-m",
        "orchestration.cli",
        "run",
        "--pack",
        "beiguan",
        "--home",
        str(home),
        "--inbox",
        str(inbox),
    ]

    def once(name: str, command: list[str]) -> None:
        series[name].add(measure(command))

    once("floor", [sys.executable, "-m", "benchmarks.floor", str(work / "floor")])
    once("imports", [sys.executable, "-c", IMPORTS])
    once("fresh", run)
    for side in aside.rglob("*"):
        if side.is_file():
            _move(side, aside, inbox)
    once("one_new", run)
    once("nothing_new", run)


def measure_line(rounds: int, say: Callable[[str], None]) -> dict[str, Series]:
    """Measure the line in ``rounds`` alternating rounds; keys are floor, imports, fresh, one_new, nothing_new."""
    series = {
        "floor": Series("floor of the stack: 3 assets, dbt build of 2 models, import of Great Expectations"),
        "imports": Series("imports alone: Dagster, dbt, Great Expectations"),
        "fresh": Series("jindu run, demonstration years, fresh home"),
        "one_new": Series("jindu run, one new file"),
        "nothing_new": Series("jindu run, nothing new"),
    }
    with tempfile.TemporaryDirectory(prefix="jindu-bench-") as folder:
        demonstration = Path(folder) / "demonstration"
        measure([sys.executable, "-m", "demo", "--out", str(demonstration)])
        measure([sys.executable, "-c", "from orchestration.dbt import ensure_parsed; ensure_parsed()"])
        for number in range(1, rounds + 1):
            say(f"line, round {number} of {rounds} …")
            work = Path(folder) / f"round{number}"
            work.mkdir()
            _round(work, demonstration, series)
            shutil.rmtree(work)
    return series
