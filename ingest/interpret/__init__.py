"""From a file's grids to observations: ``interpret_file`` is the one door.

Belongs here: the reader's public names. Does not belong here: archive, warehouse, or any computed figure.
"""

from __future__ import annotations

from ingest.interpret.file import interpret_file
from ingest.interpret.result import CellReading, FileReading, FindingReading, Refusal, TableReading

__all__ = ["CellReading", "FileReading", "FindingReading", "Refusal", "TableReading", "interpret_file"]
