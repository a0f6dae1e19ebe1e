"""The walls around a process that opens bureau files: memory, processor time, no memory dumps.

Belongs here: what the operating system enforces, so that it also holds while a C or Rust library runs. Does not
belong here: limits that a reader counts itself (``limits.py`` names them all). A process that was not confined keeps
its freedom, and ``grant_time`` does nothing there; so does a system without such bounds (Windows), where only the
parent's clock is left.
"""

from __future__ import annotations

import time
from contextlib import suppress

from ingest.limits import CELLS_A_SECOND, MEMORY_BYTES, OPEN_SECONDS


def confine() -> None:
    """Bound this process's memory for good; an allocation beyond it fails instead of starving the machine."""
    with suppress(ImportError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start_clock() -> None:
    """A new file: its processor time counts from here. When it is used up the system ends the process (SIGXCPU)."""
    with suppress(ImportError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + OPEN_SECONDS, hard))


def grant_time(cells: int) -> None:
    """More time for the file that is being read, to interpret so many filled cells."""
    with suppress(ImportError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_CPU, (soft + cells // CELLS_A_SECOND, hard))
