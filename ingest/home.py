"""The home: the one folder that running Jindu changes.

Belongs here: where things stand in a home, whose home it is, and who runs in it now.
Does not belong here: what is put into those places (archive, quarantine, warehouse, release have their own modules).
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.clock import SHANGHAI

FORMAT = 1
"""Layout version written to ``home.json``; raise it when a folder changes its meaning."""


class HomeError(Exception):
    """A home that cannot be used as it stands: what is wrong, and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        """Keep both sentences apart so that a caller can print them as it likes."""
        super().__init__(f"{message}\n{advice}")
        self.message = message
        self.advice = advice


class HomeBusyError(HomeError):
    """Another run holds the home."""


@dataclass(frozen=True)
class Home:
    """Typed paths of a home folder (CONTRACT, *The home*).

    >>> Home("data").inbox.name
    'inbox'
    """

    path: Path

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Make the path absolute: a run must not depend on where it is started from."""
        object.__setattr__(self, "path", Path(path).expanduser().absolute())

    @property
    def inbox(self) -> Path:
        """Where files are dropped."""
        return self.path / "inbox"

    @property
    def archive(self) -> Path:
        """Every byte ever received, by its sha256."""
        return self.path / "archive"

    @property
    def quarantine(self) -> Path:
        """Refused files with their reasons."""
        return self.path / "quarantine"

    @property
    def warehouse(self) -> Path:
        """The one DuckDB file that the pipeline writes."""
        return self.path / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        """One folder per release."""
        return self.path / "releases"

    @property
    def current(self) -> Path:
        """The link that readers follow."""
        return self.releases / "current"

    @property
    def dagster(self) -> Path:
        """Dagster's instance folder."""
        return self.path / "dagster"

    @property
    def state(self) -> Path:
        """What the last run saw, kept so that nothing new is found out in milliseconds; may be deleted at any time."""
        return self.path / "state.json"

    def create(self) -> Home:
        """Make the folders that are not there yet."""
        try:
            for folder in (self.inbox, self.archive, self.quarantine, self.releases, self.dagster):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_writable(error) from error
        return self

    def _not_writable(self, error: OSError) -> HomeError:
        return HomeError(
            f"无法写入数据目录 {self.path}：{error.strerror} / cannot write to the home folder {self.path}: {error}",
            "请用 --home 指定可写的目录。/ Name a writable folder with --home.",
        )

    def bind(self, pack_name: str) -> None:
        """Tie this home to one pack, or refuse another one: two cities in one warehouse would mix their codes."""
        note = self.path / "home.json"
        bound = _read_note(note).get("pack")
        if bound is None:
            write_json(note, {"pack": pack_name, "format": FORMAT})
        elif bound != pack_name:
            raise HomeError(
                f"{self.path} 已用于数据包 {bound}，不能再用于 {pack_name}。"
                f"/ {self.path} belongs to pack {bound}, not {pack_name}.",
                f"请用 --home 为 {pack_name} 指定另一个目录，或用 --pack {bound}。"
                f"/ Give {pack_name} a folder of its own with --home, or run with --pack {bound}.",
            )

    @contextmanager
    def run_lock(self, wait_seconds: float = 600, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
        """Hold the home for one run; a second run says who runs, waits, and gives up after ``wait_seconds``.

        The operating system frees the lock of a process that dies, so a killed run never blocks the next one.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / "run.lock")
        holder = self.path / "running.json"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait is not None:
                on_wait(_who(holder))
            try:
                lock.acquire(timeout=wait_seconds)
            except Timeout as error:
                raise HomeBusyError(
                    _who(holder), "请等它结束后再运行。/ Run again when it has ended, or stop that process."
                ) from error
        except OSError as error:
            raise self._not_writable(error) from error
        try:
            write_json(holder, {"pid": os.getpid(), "since": datetime.now(SHANGHAI).isoformat(timespec="seconds")})
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()


def write_json(path: Path, content: object) -> None:
    """Write a small JSON file whole or not at all."""
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}-{threading.get_ident()}.tmp")
    with temporary.open("w", encoding="utf-8", errors="backslashreplace") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def _read_note(path: Path) -> dict[str, object]:
    """Read a note of the home; none or a broken one reads as empty."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _who(holder: Path) -> str:
    """Say in a sentence who holds the lock."""
    note = _read_note(holder)
    pid, since = note.get("pid", "?"), note.get("since", "?")
    return (
        f"另一个运行正在使用此目录（进程 {pid}，自 {since}）。"
        f"/ Another run uses this home (process {pid}, since {since})."
    )
