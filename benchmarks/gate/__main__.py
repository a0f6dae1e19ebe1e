"""``python -m benchmarks.gate``: the proof of the gate, as tables.

Belongs here: options and the order of things. Exit code 0 unless something breaks; whether goals are met is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from benchmarks.gate import alarms, report
from benchmarks.gate.draft import Kind
from benchmarks.gate.kinds import all_kinds
from benchmarks.gate.line import Runner
from benchmarks.gate.pool import Task, run_tasks
from benchmarks.gate.score import Case
from benchmarks.gate.worlds import WORLDS, build_world
from orchestration.settings import REPOSITORY

NAMES = Path(__file__).with_name("names.yaml")
MISSED = REPOSITORY / "build" / "bench-gate" / "missed.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the worlds, run the cases, count false alarms, print."""
    from rich.console import Console

    options = _options(arguments)
    published = Path(os.environ.get("JINDU_SHARED") or REPOSITORY.parent / "shared") / "realdata"
    worlds = [world for world in options.worlds if world == "demonstration" or published.is_dir()]
    console, whisper = Console(record=True, width=150), Console(stderr=True)

    def say(text: str) -> None:
        whisper.print(text, style="dim", highlight=False)

    with tempfile.TemporaryDirectory(prefix="jindu-gate-", dir=options.work) as folder:
        work = Path(folder)
        kinds = [kind for name, kind in all_kinds().items() if not options.kinds or name in options.kinds]
        with Runner() as runner:
            saved = {}
            for world in worlds if options.cases_per_kind else []:
                say(f"delivering the clean months of {world} …")
                saved[world] = build_world(world, work, published, runner)
            if options.cases_per_kind:
                # number by number, so that a run that is cut short has met every kind
                tasks = [Task(kind.name, number, options.seed)
                         for number in range(options.cases_per_kind) for kind in kinds]  # fmt: skip
                cases = list(_told(run_tasks(tasks, saved, work, options.jobs), len(tasks), say))
                _show_cases(cases, kinds, options, console.print)
            if options.alarms:
                _show_alarms(runner, published, work, options, console.print, say)
    if options.save:
        options.save.write_text("```\n" + console.export_text() + "```\n", encoding="utf-8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description=__doc__)
    parser.add_argument("--cases-per-kind", type=int, default=12, help="0 = false alarms only")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--kinds", nargs="+", choices=list(all_kinds()), metavar="KIND", help="only these kinds")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--by", nargs="+", choices=("size", "world"), default=[], help="further tables")
    parser.add_argument("--no-alarms", dest="alarms", action="store_false", help="leave out the clean published files")
    parser.add_argument("--no-bls", dest="bls", action="store_false", help="leave out the large BLS workbooks")
    parser.add_argument("--save", type=Path, help="also write the tables to this file")
    parser.add_argument("--missed", type=Path, default=MISSED, help="where the missed cases are written")
    parser.add_argument("--work", type=Path, help="where the homes of the run are made (a temporary folder)")
    return parser.parse_args(arguments)


def _told(cases: Iterator[Case | None], count: int, say: Callable[[str], None]) -> Iterator[Case]:
    """The cases, with a word on the way; draws that no world could serve are left out."""
    number = 0
    try:
        for number, case in enumerate(cases, start=1):
            if number % 50 == 0 or number == count:
                say(f"{number} of {count} cases …")
            if case is not None:
                yield case
    except BrokenProcessPool:
        say(f"a worker process was killed: what follows counts {number} of {count} cases")


def _show_cases(
    cases: list[Case], kinds: list[Kind], options: argparse.Namespace, show: Callable[[object], None]
) -> None:
    names = report.load_names(NAMES)
    rows = report.tallies(cases, kinds, names)
    show(report.kind_table(rows, f"Faults in clean files (seed {options.seed}, {len(cases)} cases)"))
    for way in options.by:
        show(report.kind_table(report.split_by(cases, way, names), f"By {way}"))
    show(report.kind_table(report.split_by(cases, "world only", {}), "By world"))
    show(report.rules_table(rows))
    for line in report.goals(rows):
        show(line)
    missed = report.write_missed(cases, options.missed)
    show(f"{missed} detectable cases not found, or not held at the right cells: {options.missed.name}")


def _show_alarms(
    runner: Runner, published: Path, work: Path, options: argparse.Namespace, show: Callable[[object], None],
    say: Callable[[str], None],
) -> None:  # fmt: skip
    found: dict[str, alarms.Alarms] = {}
    for material in alarms.clean_material(published):
        letters = material.letters()
        if letters and (options.bls or not material.is_large):
            say(f"clean: {material.name} …")
            found[material.name] = alarms.count_alarms(material, runner, work / f"clean-{len(found)}")
    show(report.alarms_table(list(found.values())))
    for line in report.alarm_goals(list(found.values())):
        show(line)
    if published.is_dir():
        for said, holds in alarms.published_lines(runner, published, work, found):
            show(f"{'MET' if holds else 'NOT MET'}: {said}")
        if options.bls:
            said, holds = alarms.bls_dash(runner, published, work)
            show(f"{'MET' if holds else 'NOT MET'}: {said}")


if __name__ == "__main__":
    sys.exit(main())
