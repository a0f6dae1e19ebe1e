"""Intake: from the inbox into the archive; returns everything that the warehouse has yet to read.

Belongs here: which files are taken in, in which order, and what was known before. Does not belong here: opening
files to understand them (``read.py``), how bytes are kept (``storing.py``), emptying the inbox (``settle.py``).
When a run dies between any two lines nothing is lost, and the next run ends where an undisturbed one would have.

The order that makes it safe: bytes into the archive, then their record, then the load in one transaction, then
quarantine, and only then is a file removed from the inbox. Each step looks at what is there, not at what was planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.clock import Clock
from ingest.home import Home, HomeError
from ingest.intake.archive import Archive, Origin, Received, hash_file
from ingest.intake.inbox import Found, SideFileError, SideNote, candidates, find_files, read_side
from ingest.intake.news import forget
from ingest.intake.quarantine import Reason, RefusedFile
from ingest.intake.settle import settle
from ingest.intake.storing import Taken, archive_all

__all__ = ["Intake", "Past", "Taken", "folder_to_read", "settle", "take_in", "tidy"]

if TYPE_CHECKING:
    import duckdb

    from ingest.pack import Pack
    from ingest.warehouse import EarlierSubmission


@dataclass(frozen=True)
class Intake:
    """What was found and taken in."""

    new: list[Received]
    """All that the warehouse has yet to read, in order of arrival."""
    known: int
    """Files found whose bytes the warehouse has read before."""
    waiting: list[str] = field(default_factory=list)
    """Files that are left for a later run: still being written, or received after the run's clock."""
    refused: list[tuple[Found, RefusedFile]] = field(default_factory=list)
    """Files that cannot even be archived."""
    taken: list[Taken] = field(default_factory=list)
    empties_inbox: bool = True
    past: Past = field(default_factory=lambda: Past({}, {}, 0, frozenset()))
    pack_digest: str = ""
    was_interrupted: bool = False
    """No earlier run has ended properly since something was taken in."""
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True)
class Past:
    """What the warehouse remembers of earlier runs."""

    orders: Mapping[str, int]
    """Submission order by sha256."""
    refused: Mapping[str, Reason]
    """Reasons of the refused submissions by sha256."""
    last_order: int
    retried: frozenset[str]
    """Submissions to be read again: the pack that says what their cells mean has changed, or their month has come."""


def take_in(
    home: Home, pack: Pack, inbox: Path | None, clock: Clock, con: duckdb.DuckDBPyConnection | None = None
) -> Intake:
    """Archive what is new in the inbox and in the pack's documents; returns all that the warehouse has yet to read.

    A file received after the clock's now (``--as-of`` in the past) waits. ``con`` is the open warehouse, if it is.
    """
    folder = folder_to_read(home.create(), inbox)
    home.bind(pack.info.name)
    was_interrupted = not home.state.exists()
    past = _past(home, pack, clock, con)
    archive = Archive(home.archive)
    intake = Intake(
        [],
        0,
        empties_inbox=folder.is_relative_to(home.inbox.resolve()),
        past=past,
        pack_digest=pack.digest,
        was_interrupted=was_interrupted,
        clock=clock,
    )
    archive_all(home, pack, clock, intake, _in_order_of_arrival(home, pack, folder, clock, intake))
    fresh = [archive.get(sha256) for sha256 in archive.sha256s() if sha256 not in past.orders or sha256 in past.retried]
    fresh.sort(key=lambda received: received.order_key)
    if fresh:
        forget(home)
    intake.new.extend(_numbered(fresh, past))
    unread = {received.sha256 for received in fresh}
    inbox_files = [taken for taken in intake.taken if not (taken.is_document or taken.is_member)]
    known = sum(1 for taken in inbox_files if taken.sha256 not in unread)
    return replace(intake, known=known)


def tidy(home: Home, pack: Pack, clock: Clock) -> int:
    """Clear the home inbox of files that bring no news (``has_news`` said no); returns how many there were."""
    if next(find_files(home.inbox), None) is None:
        return 0
    intake = take_in(home, pack, None, clock)
    settle(home, intake, None)
    return intake.known


def folder_to_read(home: Home, inbox: Path | None) -> Path:
    """The folder to take from; one that is not there is an error, not an empty inbox.

    Raises:
        HomeError: It is not there, or it is one of the home's own folders.
    """
    if inbox is None:
        return home.inbox.resolve()
    if not inbox.is_dir():
        raise HomeError(
            f"收件箱 {inbox} 不存在或不是目录。/ The inbox {inbox} is not a folder.",
            "请用 --inbox 给出存放文件的目录。/ Name the folder that holds the files with --inbox.",
        )
    folder = inbox.resolve()
    if folder.is_relative_to(home.path.resolve()) and not folder.is_relative_to(home.inbox.resolve()):
        raise HomeError(
            f"{inbox} 是数据目录自己的文件夹，不能作收件箱。/ {inbox} is one of the home's own folders, not an inbox.",
            "请把文件放入 inbox/ 或另一个目录。/ Put the files into inbox/ or into a folder elsewhere.",
        )
    return folder


def _in_order_of_arrival(
    home: Home, pack: Pack, folder: Path, clock: Clock, intake: Intake
) -> Iterator[tuple[Found, SideNote, Origin]]:
    """Files that can be taken now, first come first; the others are noted as refused or waiting."""
    ready: list[tuple[Found, SideNote, Origin]] = []
    for found, origin in candidates(home, pack, folder):
        try:
            note = read_side(found.side)
        except SideFileError as error:
            with_sha = None if found.refusal else _hash_or_none(found.path)
            intake.refused.append((found, _refused(found, found.refusal or error.reason, with_sha, clock)))
            continue
        if found.refusal is not None:
            intake.refused.append((found, _refused(found, found.refusal, None, clock)))
        elif note.received_at is not None and note.received_at > clock.now:
            intake.waiting.append(found.name)
        else:
            ready.append((found, note, origin))
    ready.sort(key=lambda item: (item[1].received_at or clock.now, item[0].name))
    yield from ready


def _past(home: Home, pack: Pack, clock: Clock, con: duckdb.DuckDBPyConnection | None) -> Past:
    """Ask the warehouse what it has read; one that is not there yet has read nothing."""
    if con is None and not home.warehouse.exists():
        return Past({}, {}, 0, frozenset())
    from ingest.warehouse import connect, earlier_submissions, ensure_schema

    if con is not None:
        rows = earlier_submissions(con)
    else:
        with connect(home.warehouse) as own:
            ensure_schema(own)
            rows = earlier_submissions(own)
    retried = {row.sha256 for row in rows if row.pack_digest != pack.digest or _month_has_come(row, clock)}
    return Past(
        orders={row.sha256: row.submission_order for row in rows},
        refused={row.sha256: Reason(**row.refusal) for row in rows if row.refusal is not None},
        last_order=max((row.submission_order for row in rows), default=0),
        retried=frozenset(retried),
    )


def _month_has_come(row: EarlierSubmission, clock: Clock) -> bool:
    """Whether a file refused for a period in the future may be of the past by now."""
    is_future = row.refusal is not None and row.refusal["reason_code"] == "period_in_future"
    return is_future and _month(row.read_on) < _month(clock.today)


def _month(day: date) -> tuple[int, int]:
    return (day.year, day.month)


def _numbered(fresh: list[Received], past: Past) -> Iterator[Received]:
    """Give each submission its place; one that is read again keeps the place it had."""
    order = past.last_order
    for received in fresh:
        if received.sha256 in past.orders:
            yield received.ordered(past.orders[received.sha256])
        else:
            order += 1
            yield received.ordered(order)


def _hash_or_none(path: Path) -> str | None:
    try:
        return hash_file(path)[0]
    except OSError:
        return None


def _refused(found: Found, reason: Reason, sha256: str | None, clock: Clock) -> RefusedFile:
    """A file that never reaches the archive, on its way to quarantine."""
    return RefusedFile(
        name=found.name,
        reason=reason,
        sha256=sha256,
        received_at=clock.now.isoformat(),
        source=found.path if sha256 else None,
        side=found.side,
    )
