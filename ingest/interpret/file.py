"""Reading one file from its bytes to a ``FileReading``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.interpret.result import FileReading

if TYPE_CHECKING:
    from ingest.pack import Pack


def interpret_file(path: Path, file_name: str, pack: Pack, today: date) -> FileReading:
    """Read the file at ``path``, called ``file_name`` by its sender, with the source specs of ``pack``."""
    raise NotImplementedError(f"{path} {file_name} {pack} {today}")
