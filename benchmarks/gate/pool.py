"""Cases side by side: each worker process has its own gate helper and its own scratch home.

Belongs here: handing out cases. Does not belong here: what a case is (``score``). A case depends on its kind, number
and seed only, so the number of workers changes nothing.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gate.information import Knowledge
from benchmarks.gate.kinds import all_kinds
from benchmarks.gate.line import Runner
from benchmarks.gate.score import Case, draw, run_case
from benchmarks.gate.worlds import Delivery, load_delivery

Saved = Mapping[str, Sequence[Path]]


@dataclass(frozen=True)
class Task:
    """One case to be drawn and run."""

    kind: str
    number: int
    seed: int


class Desk:
    """Where cases are worked on: the worlds, the line, a scratch home."""

    def __init__(self, saved: Saved, work: Path) -> None:
        self.deliveries: dict[str, list[Delivery]] = {
            world: [load_delivery(path) for path in paths] for world, paths in saved.items()
        }
        self.knowledge: dict[int, Knowledge] = {}
        self.runner = Runner()
        self.scratch = work / f"scratch-{os.getpid()}"
        self.kinds = all_kinds()

    def work_on(self, task: Task) -> Case | None:
        """Draw, run and score one case; None where no world has a place for it."""
        draft = draw(self.kinds[task.kind], task.number, task.seed, self.deliveries, self.knowledge)
        return None if draft is None else run_case(self.kinds[task.kind], task.number, draft, self.runner, self.scratch)


_desk: Desk | None = None


def _open_desk(saved: Saved, work: Path) -> None:
    global _desk
    _desk = Desk(saved, work)


def _work_on(task: Task) -> Case | None:
    assert _desk is not None
    return _desk.work_on(task)


def run_tasks(tasks: Sequence[Task], saved: Saved, work: Path, jobs: int) -> Iterator[Case | None]:
    """All cases, in the order of the tasks.

    Raises:
        BrokenProcessPool: a worker was killed; the cases before it have been given.
    """
    if jobs <= 1:
        desk = Desk(saved, work)
        with desk.runner:
            yield from map(desk.work_on, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_open_desk, initargs=(saved, work)) as pool:
        yield from pool.map(_work_on, tasks)
