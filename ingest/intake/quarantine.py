"""The quarantine: refused files, each with a reason that the sender's clerk understands.

Belongs here: how a refused file and its ``.reason.json`` are put away, found again and cleared.
Does not belong here: deciding that a file is refused (the inbox for what it can see, the readers for the content).
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.home import write_json
from ingest.intake.archive import copy_durably, hash_file

REASON_SUFFIX = ".reason.json"
SIDE_SUFFIX = ".meta.json"
NAME_BYTES = 255
"""Longest file name that common file systems take."""


@dataclass(frozen=True)
class Reason:
    """Why a file was refused: what was found where, what was expected, what to do; Chinese, with English beside."""

    reason_code: str
    reason: str
    reason_en: str
    found: str = ""
    found_en: str = ""
    expected: str = ""
    expected_en: str = ""
    advice: str = ""
    advice_en: str = ""
    sheet: str | None = None
    cell: str | None = None
    member: str | None = None
    """Its name within the archive that was sent, when only a part of it is refused."""


@dataclass(frozen=True)
class RefusedFile:
    """A refused file on its way to quarantine."""

    name: str
    """Path relative to the inbox, as it will stand in quarantine."""
    reason: Reason
    sha256: str | None
    received_at: str | None
    source: Path | None
    """Where to copy it from; none when its bytes cannot be had (then only the reason is written)."""
    side: Path | None = None


def put(root: Path, refused: RefusedFile, keep_reason: bool = False) -> Path:
    """Put a refused file and its reason away; doing it again changes nothing. Returns where the file stands."""
    target = _place(root, refused)
    target.parent.mkdir(parents=True, exist_ok=True)
    if refused.source is not None and not target.exists():
        copy_durably(refused.source, target)
    if refused.side is not None:
        with suppress(OSError):  # the side file is a courtesy to whoever sends the file again
            shutil.copyfile(refused.side, _beside(target, SIDE_SUFFIX))
    content = {"file": refused.name, **asdict(refused.reason), "sha256": refused.sha256}
    content["received_at"] = refused.received_at
    before = _reason_of(target)
    if before is None or (before != content and not keep_reason):
        write_json(_beside(target, REASON_SUFFIX), content)
    return target


def move_in(root: Path, refused: RefusedFile, path: Path) -> None:
    """Move a thing into quarantine that cannot be copied (no permission, a link, a pipe): a rename always works."""
    target = put(root, refused)
    path.replace(target)


def drop_left_side_files(root: Path, inbox: Path) -> None:
    """Remove side files that a killed run left in the inbox after it had put their file and a copy of them away."""
    for side in inbox.rglob(f"*{SIDE_SUFFIX}"):
        is_alone = not side.with_name(side.name.removesuffix(SIDE_SUFFIX)).exists()
        kept = root / side.relative_to(inbox)
        if is_alone and kept.is_file() and kept.read_bytes() == side.read_bytes():
            side.unlink()


def clear(root: Path, sha256s: set[str]) -> None:
    """Take files out of quarantine that have been read after all; their bytes are in the archive."""
    if not sha256s:
        return
    for note in list(root.rglob(f"*{REASON_SUFFIX}")):
        target = note.with_name(note.name.removesuffix(REASON_SUFFIX))
        reason = _reason_of(target)
        if reason and reason.get("sha256") in sha256s:
            for path in (target, _beside(target, SIDE_SUFFIX), note):
                path.unlink(missing_ok=True)


def _place(root: Path, refused: RefusedFile) -> Path:
    """The first of the possible names that is free or already holds this very file."""
    wanted = root / refused.name
    mark = (refused.sha256 or refused.reason.reason_code)[:8]
    names = [wanted, wanted.with_name(f"{mark}_{wanted.name}"), root / f"{mark}_{wanted.name}"]
    names += [root / f"{mark}_{number}_{wanted.name}" for number in range(2, 1000)]
    for name in names:
        target = name.with_name(_shortened(name.name))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue  # a refused file stands where a folder is needed
        if _is_ours(target, refused):
            return target
    return target


def _is_ours(target: Path, refused: RefusedFile) -> bool:
    """Whether the name is free, or taken by the same bytes."""
    reason = _reason_of(target)
    if reason is None and not target.exists() and not target.is_symlink():
        return True
    if refused.sha256 is None:
        return reason is not None and reason.get("sha256") is None and not target.exists()
    if reason is not None:
        return reason.get("sha256") == refused.sha256
    return target.is_file() and hash_file(target)[0] == refused.sha256


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(target.name + suffix)


def _reason_of(target: Path) -> dict[str, object] | None:
    """The reason that stands beside a file, if one does."""
    try:
        content = json.loads(_beside(target, REASON_SUFFIX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _shortened(name: str) -> str:
    """The name cut in the middle so that the reason's name beside it is still a legal one."""
    room = NAME_BYTES - len(REASON_SUFFIX)
    if len(name.encode(errors="surrogateescape")) <= room:
        return name
    dot = name.rfind(".")
    ending = name[dot:] if 0 < len(name) - dot <= 10 else ""
    while len((name + ending).encode(errors="surrogateescape")) > room:
        name = name[:-1]
    return name + ending
