"""Measure one program: wall time, processor time, and the most memory that it and its children held at one moment.

Memory is the sum of resident sizes over the process tree, sampled; shared pages count once per process, so it is an
upper bound.
Belongs here: the measuring. Which programs are worth measuring stands in ``line.py`` and ``reading.py``.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_SECONDS = 0.1
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measured:
    """What one program took, and what it printed."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


@dataclass
class Series:
    """The same thing measured several times."""

    title: str
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_bytes: list[int] = field(default_factory=list)

    def add(self, measured: Measured, seconds: float | None = None) -> None:
        """Take in one more round; ``seconds`` where the program timed a part of itself."""
        self.seconds.append(measured.seconds if seconds is None else seconds)
        self.cpu_seconds.append(measured.cpu_seconds)
        self.peak_bytes.append(measured.peak_bytes)

    @property
    def median(self) -> float:
        """Median time in seconds."""
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        """Median processor time in seconds, children included: what is left to compare on a busy machine."""
        return statistics.median(self.cpu_seconds)

    @property
    def peak(self) -> int:
        """Most memory over all rounds, in bytes."""
        return max(self.peak_bytes)


def _tree_bytes(root: int) -> int:
    """Sum the resident bytes of a process and all its descendants; those that end meanwhile count nothing."""
    total, waiting = 0, [root]
    while waiting:
        process = Path("/proc") / str(waiting.pop())
        try:
            total += int((process / "statm").read_text().split()[1]) * PAGE_BYTES
            for task in (process / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, ValueError, IndexError):
            continue
    return total


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(command: Sequence[str], *, environment: Mapping[str, str] | None = None, accept: int = 0) -> Measured:
    """Run a program to its end and measure it.

    Args:
        command: the program and its arguments.
        environment: added to the environment of this process.
        accept: the exit code that means success.

    Raises:
        RuntimeError: the program ended with another code; the message ends with what it printed last.
    """
    peak = 0
    cpu = _cpu_of_children()
    start = time.perf_counter()
    program = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    over = threading.Event()

    def sample() -> None:
        nonlocal peak
        while not over.wait(SAMPLE_SECONDS):
            peak = max(peak, _tree_bytes(program.pid))

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    output, _ = program.communicate()
    seconds = time.perf_counter() - start
    over.set()
    sampler.join()
    if program.returncode != accept:
        raise RuntimeError(f"{' '.join(command)} ended with {program.returncode}:\n{output[-3000:]}")
    return Measured(seconds, _cpu_of_children() - cpu, peak, output)
