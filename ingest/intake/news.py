"""Is there anything for a run to do? Answered in milliseconds, without opening the warehouse.

Belongs here: the memory of what the last run saw (``state.json``) and the comparison with what is there now.
Does not belong here: any decision that a run makes; the memory may be deleted at any time, then a run looks itself.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.clock import Clock
from ingest.home import Home, write_json
from ingest.intake.archive import hash_file
from ingest.intake.inbox import Found, SideFileError, candidates, read_side

if TYPE_CHECKING:
    from ingest.pack import Pack

SETTLING_SECONDS = 2
"""A file touched this shortly before it was hashed may change again without a trace in its time stamp."""


def has_news(home: Home, pack: Pack, inbox: Path | None = None, clock: Clock | None = None) -> bool:
    """Whether a run would find unseen bytes, unread submissions, another pack, or no release of what was read."""
    state = _load(home)
    if not state.get("released") or state.get("pack_digest") != pack.digest:
        return True
    if not home.warehouse.exists() or not home.current.exists():
        return True
    clock = clock or Clock()
    future_on = state.get("future_on")
    if future_on and future_on[:7] < clock.today.isoformat()[:7]:
        return True
    folder = (inbox or home.inbox).resolve()
    read = set(state["read"])
    return any(_is_news(found, state["seen"], read, clock) for found, _ in candidates(home, pack, folder))


def mark_released(home: Home) -> None:
    """Note that what the warehouse holds has been carried through to a release."""
    state = _load(home)
    if state:
        write_json(home.state, state | {"released": True})


def remember(
    home: Home,
    pack_digest: str,
    read: Iterable[str],
    seen: Mapping[str, tuple[tuple[int, ...], str | None]],
    future_on: date | None,
) -> None:
    """Write down what a run has seen; a release of the same content stays valid."""
    known = sorted(read)
    content = hashlib.sha256("\n".join([pack_digest, *known]).encode()).hexdigest()
    before = _load(home)
    limit = (time.time() - SETTLING_SECONDS) * 1e9
    state = {
        "pack_digest": pack_digest,
        "content": content,
        "released": bool(before.get("released")) and before.get("content") == content,
        "future_on": future_on.isoformat() if future_on else None,
        "read": known,
        "seen": {
            path.encode("utf-8", "backslashreplace").decode(): [list(signature), sha256]
            for path, (signature, sha256) in sorted(seen.items())
            if sha256 is None or max(signature[1:3]) < limit
        },
    }
    if state != before:
        write_json(home.state, state)


def forget(home: Home) -> None:
    """Called before something new enters the archive: from here on there is news until the run has settled."""
    home.state.unlink(missing_ok=True)


def _is_news(found: Found, seen: Mapping[str, Any], read: set[str], clock: Clock) -> bool:
    """Whether a file holds bytes that the warehouse has not read, or must be refused anew."""
    path = str(found.path).encode("utf-8", "backslashreplace").decode()
    signature, sha256 = seen.get(path, (None, None))
    if signature == list(found.signature):
        return sha256 is not None and sha256 not in read
    if found.refusal is not None:
        return True
    try:
        note = read_side(found.side)
        if note.received_at is not None and note.received_at > clock.now:
            return False
        return hash_file(found.path)[0] not in read
    except (SideFileError, OSError):
        return True


def _load(home: Home) -> dict[str, Any]:
    """The memory of the last run; none or a broken one is no memory."""
    try:
        state = json.loads(home.state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) and "read" in state and "seen" in state else {}
