"""Into the archive: every file that has arrived, and for a zip archive every file that is in it.

Belongs here: the order in which bytes and records are written. Does not belong here: which files are taken
(``take_in.py``), where the bytes stand (``archive.py``). An archive's record is written after its members': what has a
record was taken in with all that is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.clock import Clock
from ingest.home import Home
from ingest.intake.archive import Archive, Origin, Received, StillArrivingError, hash_bytes, hash_file
from ingest.intake.containers import INSIDE, Member, is_container, members
from ingest.intake.inbox import Found, SideNote, unreadable
from ingest.intake.news import forget
from ingest.intake.quarantine import RefusedFile

if TYPE_CHECKING:
    from ingest.intake.take_in import Intake
    from ingest.pack import Pack

STORING_THREADS = 8
UNDER_WAY_BYTES = 32 << 20
"""Members that wait for the disk, held in memory."""


@dataclass(frozen=True)
class Taken:
    """A file of the inbox, or of an archive in it, whose bytes are in the archive."""

    found: Found
    sha256: str
    is_document: bool = False
    is_member: bool = False
    """It stands within an archive; ``found.path`` is that archive."""


def archive_all(
    home: Home, pack: Pack, clock: Clock, intake: Intake, arrivals: Iterable[tuple[Found, SideNote, Origin]]
) -> None:
    """Bring everything into the archive that is not there; of equal files the one that came first gives the record.

    Stored side by side, because most of the time goes into waiting for the disk to confirm.
    """
    archive = Archive(home.archive)
    with ThreadPoolExecutor(STORING_THREADS) as threads:
        shelf = Shelf(home, archive, pack, clock, threads)
        for found, note, origin in arrivals:
            try:
                sha256, size = hash_file(found.path)
            except OSError as error:
                intake.refused.append((found, _refused(found, error, clock)))
                continue
            try:
                shelf.put(found, note, origin, sha256, size)
            except StillArrivingError:
                intake.waiting.append(found.name)
        for taken, storing in shelf.taken:
            try:
                if storing is not None:
                    storing.result()
            except StillArrivingError:
                intake.waiting.append(taken.found.name)
            else:
                intake.taken.append(taken)
    archive.sync()


class Shelf:
    """Where arrivals are handed to the archive, one after the other."""

    def __init__(self, home: Home, archive: Archive, pack: Pack, clock: Clock, threads: ThreadPoolExecutor) -> None:
        """Begin with nothing taken."""
        self._home, self._archive, self._pack, self._clock, self._threads = home, archive, pack, clock, threads
        self._stored: dict[str, Future[None]] = {}
        self.taken: list[tuple[Taken, Future[None] | None]] = []

    def put(self, found: Found, note: SideNote, origin: Origin, sha256: str, size: int) -> None:
        """Take one file, and before its record is written all that is in it."""
        record = self._record(found, note, origin, sha256, size)
        if is_container(found.path):
            if not self._archive.has(sha256):
                forget(self._home)
            self._archive.keep(found.path, sha256)  # unpacked are the bytes that are kept, not those that may change
            self._put_members(found, note, record)
        self._store(found.path, record)
        self.taken.append((Taken(found, sha256, origin == "document"), self._stored.get(sha256)))

    def _put_members(self, found: Found, note: SideNote, container: Received) -> None:
        under_way: list[Future[None]] = []
        waiting_bytes = 0
        for member in members(container.path):
            if not isinstance(member, Member):
                continue  # told when the archive is read, like every other fault of its content
            inside = replace(found, name=f"{found.name}{INSIDE}{member.name}", side=None)
            told = SideNote(
                min(container.received_at, member.note.received_at or container.received_at),
                member.note.published_at or note.published_at,
                member.note.sender or note.sender,
            )
            sha256 = hash_bytes(member.content)
            record = self._record(inside, told, container.origin, sha256, len(member.content))
            if (storing := self._store(member.content, record)) is not None:
                under_way.append(storing)
                waiting_bytes += len(member.content)
            self.taken.append((Taken(inside, sha256, container.origin == "document", True), self._stored.get(sha256)))
            if waiting_bytes > UNDER_WAY_BYTES:
                _wait(under_way)
                waiting_bytes = 0
        _wait(under_way)

    def _store(self, source: Path | bytes, record: Received) -> Future[None] | None:
        """Hand one file to the archive unless it is there or on its way."""
        if record.sha256 in self._stored or self._archive.has(record.sha256):
            return None
        forget(self._home)
        self._stored[record.sha256] = self._threads.submit(self._archive.store, source, record)
        return self._stored[record.sha256]

    def _record(self, found: Found, note: SideNote, origin: Origin, sha256: str, size: int) -> Received:
        """The record of a file at first sight."""
        return Received(
            sha256=sha256,
            file_name=found.name.rsplit("/", 1)[-1],
            source_path=found.name if origin == "inbox" else f"documents/{found.name}",
            byte_size=size,
            received_at=note.received_at or self._clock.now,
            published_at=note.published_at,
            sender=note.sender,
            taken_at=self._clock.now,
            pack=self._pack.info.name,
            origin=origin,
            path=self._archive.path(sha256),
        )


def _wait(under_way: list[Future[None]]) -> None:
    while under_way:
        under_way.pop().result()


def _refused(found: Found, error: OSError, clock: Clock) -> RefusedFile:
    """A file that cannot be read."""
    return RefusedFile(found.name, unreadable(error), None, clock.now.isoformat(), None, found.side)
