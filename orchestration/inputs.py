"""The digest of everything a release depends on, so that a run can tell in milliseconds that it would change nothing.

It covers the code that reads, computes and judges, the pack, the files received, and the calendar's today where it was
fixed by hand. Does not cover the machine or the hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from orchestration.settings import REPOSITORY

CODE = ("ingest", "expectations", "orchestration", "dbt_project")
_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv"}
_SKIPPED = {"target", "logs", "__pycache__", "catalog", "dbt_packages"}


def tree_digest(folder: Path) -> str:
    """sha256 over the names and bytes of the source files below a folder, generated folders left out."""
    total = hashlib.sha256()
    for path in sorted(_sources(folder)):
        total.update(str(path.relative_to(folder)).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.suffix in _SUFFIXES and not _SKIPPED.intersection(parts) and path.is_file():
            yield path


def code_digest() -> str:
    """The digest of the product's own sources."""
    return _joined(tree_digest(REPOSITORY / name) for name in CODE)


def inputs_digest(pack_digest: str, submissions: Iterable[str], as_of: str | None) -> str:
    """The digest of one run's inputs: code, pack, the sha256 of every file received, the fixed day if any."""
    return _joined([code_digest(), pack_digest, as_of or "", *sorted(submissions)])


def _joined(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
