"""A letter: one file as it lies in the inbox, with the side file that says when it came and from whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from demo.schedule import Arrival


@dataclass(frozen=True)
class Document:
    """A file's name and bytes."""

    name: str
    payload: bytes


@dataclass(frozen=True)
class Letter:
    """A document in its folder, with its arrival."""

    folder: str
    document: Document
    arrival: Arrival
    sender: str
    stem: str = ""

    @property
    def path(self) -> str:
        """Where it lies below the inbox."""
        return f"{self.folder}/{self.document.name}"

    def write(self, inbox: Path) -> None:
        """Write the file and its side file."""
        target = inbox / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.document.payload)
        side: dict[str, str] = {"received_at": self.arrival.received_at.isoformat(), "sender": self.sender}
        if self.arrival.published_at is not None:
            side["published_at"] = self.arrival.published_at.isoformat()
        text = json.dumps(side, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        target.with_name(target.name + ".meta.json").write_bytes(text.encode())
