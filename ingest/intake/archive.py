"""The archive: every byte ever received, kept forever under its own sha256.

Belongs here: storing a file whole, durably and once, with the record of who sent it when. Does not belong here:
which files are taken (``inbox.py``, ``take_in.py``) or what stands in them (the readers).

``archive/<aa>/<sha256>`` holds the bytes, ``<sha256>.json`` beside it the record. The bytes are written first: a
record without bytes cannot exist, and bytes without a record are only a file whose taking-in was interrupted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from ingest.clock import SHANGHAI
from ingest.home import write_json

Origin = Literal["inbox", "document"]
CHUNK = 1 << 20


class StillArrivingError(Exception):
    """The file changed while it was read: the sender has not finished writing it."""


@dataclass(frozen=True)
class Received:
    """One submission: a file that is its bytes, with what is known about its arrival."""

    sha256: str
    file_name: str
    source_path: str
    byte_size: int
    received_at: datetime
    published_at: datetime | None
    sender: str | None
    taken_at: datetime
    pack: str
    origin: Origin
    path: Path
    submission_order: int = 0

    @property
    def submission_id(self) -> str:
        """The first 16 hex digits of the sha256."""
        return self.sha256[:16]

    @property
    def order_key(self) -> tuple[datetime, str, str]:
        """Submissions are ordered by arrival, then path, then bytes."""
        return (self.received_at, self.source_path, self.sha256)

    def ordered(self, submission_order: int) -> Received:
        """The same submission at its place in the order of arrival."""
        return replace(self, submission_order=submission_order)


def hash_file(path: Path) -> tuple[str, int]:
    """Sha256 and size of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def hash_bytes(content: bytes) -> str:
    """Sha256 of bytes in memory."""
    return hashlib.sha256(content).hexdigest()


def copy_durably(source: Path | bytes, target: Path, mode: int = 0o644) -> str:
    """Copy so that the target is whole or absent, also after a power cut; returns the sha256 of the copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{os.getpid()}-{target.name[:40]}.tmp")
    digest = hashlib.sha256()
    try:
        with (
            BytesIO(source) if isinstance(source, bytes) else source.open("rb") as reader,
            temporary.open("wb") as writer,
        ):
            while piece := reader.read(CHUNK):
                digest.update(piece)
                writer.write(piece)
            writer.flush()
            os.fchmod(writer.fileno(), mode)
            os.fsync(writer.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return digest.hexdigest()


class Archive:
    """The archive folder of a home."""

    def __init__(self, root: Path) -> None:
        """Open the archive at ``root``."""
        self.root = root
        self._touched: set[Path] = set()

    def path(self, sha256: str) -> Path:
        """Where the bytes of a file stand."""
        return self.root / sha256[:2] / sha256

    def record_path(self, sha256: str) -> Path:
        """Where the record of a file stands."""
        return self.root / sha256[:2] / f"{sha256}.json"

    def has(self, sha256: str) -> bool:
        """Whether the file was taken in completely."""
        return self.record_path(sha256).exists()

    def keep(self, source: Path | bytes, sha256: str) -> None:
        """Keep the bytes alone; a record has to follow, or they count as not taken in."""
        bytes_path = self.path(sha256)
        if not bytes_path.exists() and copy_durably(source, bytes_path, mode=0o444) != sha256:
            bytes_path.unlink()  # nobody knows these bytes by this name: the source changed between hash and copy
            raise StillArrivingError(str(source)[:200])
        self._touched.add(bytes_path.parent)

    def store(self, source: Path | bytes, received: Received) -> None:
        """Keep a file and its record; a file that is already kept is left as it is."""
        if self.has(received.sha256):
            return
        self.keep(source, received.sha256)
        write_json(self.record_path(received.sha256), _as_record(received))
        self.record_path(received.sha256).chmod(0o444)

    def sync(self) -> None:
        """Make the new names durable before anything is removed elsewhere."""
        for folder in sorted(self._touched) + ([self.root] if self._touched else []):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self._touched.clear()

    def sha256s(self) -> Iterator[str]:
        """The files that were taken in completely, in order of their sha256."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for record in sorted(folder.glob("*.json")):
                if len(record.stem) == hashlib.sha256().digest_size * 2:
                    yield record.stem

    def get(self, sha256: str) -> Received:
        """The record of a file."""
        record: dict[str, Any] = json.loads(self.record_path(sha256).read_text(encoding="utf-8"))
        published_at = record["published_at"]
        return Received(
            sha256=sha256,
            file_name=record["file_name"],
            source_path=record["source_path"],
            byte_size=record["byte_size"],
            received_at=datetime.fromisoformat(record["received_at"]),
            published_at=datetime.fromisoformat(published_at) if published_at else None,
            sender=record["sender"],
            taken_at=datetime.fromisoformat(record["taken_at"]),
            pack=record["pack"],
            origin=record["from"],
            path=self.path(sha256),
        )


def _as_record(received: Received) -> dict[str, object]:
    """The record as it stands in the archive."""
    published_at = received.published_at
    return {
        "sha256": received.sha256,
        "file_name": received.file_name,
        "source_path": received.source_path,
        "byte_size": received.byte_size,
        "received_at": received.received_at.astimezone(SHANGHAI).isoformat(),
        "published_at": published_at.astimezone(SHANGHAI).isoformat() if published_at else None,
        "sender": received.sender,
        "taken_at": received.taken_at.astimezone(SHANGHAI).isoformat(),
        "pack": received.pack,
        "from": received.origin,
    }
