"""Dagster's SQLite event log with its connections kept open.

Dagster opens a new engine and waits for the disk three times for each of the several hundred events of a run, which
took longer than building the marts. The files and tables are Dagster's own, so its UI reads them as ever. An event
that a power cut loses is only a log line: what must survive stands in the warehouse and the releases.
Drop this module when Dagster keeps its connections by itself (``_connect`` of its ``SqliteEventLogStorage``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

_BUSY_SECONDS = 20
"""How long to wait for another process, for instance the UI, to let go of a file."""


class SteadyEventLog(SqliteEventLogStorage):
    """The event log in the same files, one engine a file for the life of the process."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> SteadyEventLog:
        """The log that ``dagster.yaml`` names."""
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = self._open(shard)
            with self._engines[shard].begin() as connection:
                yield connection

    def _open(self, shard: str) -> Engine:
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=QueuePool,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", lambda raw, _record: raw.execute("pragma synchronous = off"))
        self._initdb(engine)
        return engine

    def dispose(self) -> None:
        """Close the files."""
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
