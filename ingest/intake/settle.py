"""Settling: once the load is committed, refused files go to quarantine and the home inbox is emptied.

Belongs here: everything that a run does to the inbox and the quarantine. Does not belong here: deciding what is
refused. Each step may be the last one of a killed process, so each looks at what is there and may be done again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.home import Home
from ingest.intake import quarantine
from ingest.intake.archive import Archive, Received
from ingest.intake.inbox import Found, signature_of
from ingest.intake.news import remember
from ingest.intake.quarantine import Reason, RefusedFile

if TYPE_CHECKING:
    from ingest.intake.take_in import Intake
    from ingest.read import Batch


def settle(home: Home, intake: Intake, batch: Batch | None) -> None:
    """After the load is committed: refused files to quarantine, the rest of the home inbox emptied. Idempotent."""
    just_read = {received.sha256 for received in batch.received} if batch is not None else set()
    fresh = dict(batch.refused) if batch is not None else {}
    reasons = {sha256: reason for sha256, reason in intake.past.refused.items() if sha256 not in just_read} | fresh
    read = set(intake.past.orders) | just_read
    quarantine.clear(home.quarantine, read - set(reasons))
    for found, refused in intake.refused:
        _settle_refused(home, intake, found, refused)
    _quarantine_all(home, intake, reasons, fresh)
    if intake.empties_inbox:
        for taken in intake.taken:
            if not (taken.is_document or taken.is_member):
                _remove(taken.found)
        quarantine.drop_left_side_files(home.quarantine, home.inbox)
    _remember(home, intake, reasons, read)


def _quarantine_all(home: Home, intake: Intake, reasons: dict[str, Reason], fresh: dict[str, Reason]) -> None:
    """Put every refused submission away that was found now, read now, or left over by a run that was killed."""
    archive = Archive(home.archive)
    for taken in intake.taken:
        if taken.sha256 in reasons:
            name = f"documents/{taken.found.name}" if taken.is_document else taken.found.name
            received, reason = archive.get(taken.sha256), reasons[taken.sha256]
            _quarantine(home, name, received, reason, taken.found.side, taken.sha256 in fresh)
    present = {taken.sha256 for taken in intake.taken}
    for sha256 in reasons if intake.was_interrupted else fresh:
        if sha256 not in present and archive.has(sha256):
            received = archive.get(sha256)
            _quarantine(home, received.source_path, received, reasons[sha256], None, sha256 in fresh)


def _remember(home: Home, intake: Intake, reasons: dict[str, Reason], read: set[str]) -> None:
    """Keep what was seen, so that the next run can tell at once whether there is news."""
    seen: dict[str, tuple[tuple[int, ...], str | None]] = {
        str(taken.found.path): (taken.found.signature, taken.sha256) for taken in intake.taken if not taken.is_member
    }
    seen |= {str(found.path): (found.signature, None) for found, _ in intake.refused}
    has_future = any(reason.reason_code == "period_in_future" for reason in reasons.values())
    remember(home, intake.pack_digest, read, seen, intake.clock.today if has_future else None)


def _settle_refused(home: Home, intake: Intake, found: Found, refused: RefusedFile) -> None:
    """Quarantine a file that was not archived: moved out of the home inbox, copied from anywhere else."""
    is_inbox = intake.empties_inbox and found.path.is_relative_to(home.inbox.resolve())
    with suppress(OSError):  # the file went away, or a permission is missing even for moving it: say it next time
        if refused.sha256 is None and is_inbox:
            quarantine.move_in(home.quarantine, refused, found.path)
        else:
            quarantine.put(home.quarantine, refused)
        if is_inbox:
            _remove(found, side_first=False)  # without its bad side file the file would be taken as good


def _quarantine(home: Home, name: str, received: Received, reason: Reason, side: Path | None, is_fresh: bool) -> None:
    """Quarantine a refused submission, from its archived bytes."""
    arrived = received.received_at.isoformat()
    refused = RefusedFile(name, reason, received.sha256, arrived, received.path, side)
    quarantine.put(home.quarantine, refused, keep_reason=not is_fresh)


def _remove(found: Found, side_first: bool = True) -> None:
    """Remove a file and its side file from the home inbox, unless its sender has changed them meanwhile."""
    if signature_of(found.path) != found.signature:
        return
    for path in (found.side, found.path) if side_first else (found.path, found.side):
        if path is not None:
            path.unlink(missing_ok=True)
