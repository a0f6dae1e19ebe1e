"""What the steps of one run share: the home and its lock, the pack, the clock, the gate's helper process.

Belongs here: opening and closing these. Does not belong here: any step of the line (``assets/``), Dagster.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.clock import SHANGHAI, Clock
from ingest.home import Home
from ingest.intake.take_in import folder_to_read
from ingest.pack import Pack, load_pack
from orchestration.settings import REPOSITORY, Settings

if TYPE_CHECKING:
    import duckdb

    from ingest.intake.take_in import Intake
    from orchestration.dbt import Build
    from orchestration.gate import Gate, Verdict
    from orchestration.releases.manifest import Manifest


class Line:
    """One run of the line; use :meth:`opened` so that the lock and the helper process end with it."""

    def __init__(self, settings: Settings, on_wait: Callable[[str], None] | None = None) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self.clock = Clock(settings.as_of)
        self.started_at = datetime.now(SHANGHAI)
        self.intake: Intake | None = None
        self.build: Build | None = None
        self.verdicts: list[Verdict] = []
        self.released: Manifest | None = None
        self.on_step: Callable[[str], None] = lambda _step: None
        self._on_wait = on_wait
        self._gate: Gate | None = None
        self._stack = ExitStack()

    @cached_property
    def pack(self) -> Pack:
        """The pack, loaded once."""
        return load_pack(self.settings.pack)

    @property
    def gate(self) -> Gate:
        """The gate's helper process, started at the first call and early where a caller wants its import to overlap."""
        if self._gate is None:
            from orchestration.gate import Gate

            self._gate = self._stack.enter_context(Gate())
        return self._gate

    @contextmanager
    def opened(self) -> Iterator[Line]:
        """Hold the home for this run.

        Raises:
            PackError: the pack is wrong.
            HomeError: the home belongs to another pack, cannot be written, cannot have this inbox, or another run
                does not end.
        """
        with self._stack:
            self.home.create()
            folder_to_read(self.home, self.settings.inbox)
            self.home.bind(self.pack.info.name)
            self._stack.enter_context(self.home.run_lock(on_wait=self._on_wait))
            yield self

    @contextmanager
    def warehouse(self, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, for one step; closed at its end because dbt and the gate open it from elsewhere."""
        from ingest.warehouse import connect

        connection = connect(self.home.warehouse, read_only=read_only)
        try:
            yield connection
        finally:
            connection.close()


def git_revision() -> str | None:
    """The commit the product runs from, None outside a checkout."""
    answer = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None if answer.returncode == 0 else None
