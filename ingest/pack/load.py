"""From a pack's name or folder to a ``Pack``, or to all of its faults at once."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from ingest.pack import composites, corrections, integrity, meaning, sources, validity, waivers
from ingest.pack.draft import LISTS, UNITS_FILE, read_draft
from ingest.pack.pack import Pack
from ingest.pack.problems import UNREADABLE, PackError, Wording

CATALOG = UNITS_FILE.parent
SIDE_FILE_SUFFIX = ".meta.json"


def load_pack(pack: str | Path, today: date | None = None) -> Pack:
    """Read and check a pack.

    Args:
        pack: The name of a folder in ``ingest/catalog``, or any folder.
        today: Refuse also what has run out by that day; without it a run goes on, and tells it as a finding.

    Raises:
        PackError: With every fault found, each with file, line and advice.
    """
    root = pack_folder(pack)
    draft = read_draft(root)
    unreadable = [problem for problem in draft.problems if problem.message_en.startswith(UNREADABLE)]
    if unreadable:  # what stands in such a file is unknown to all others: their faults would say nothing
        raise PackError(str(pack), unreadable)
    problems = draft.problems + [
        p for part in (integrity, validity, meaning, sources, corrections, composites) for p in part.check(draft)
    ]
    if today is not None:
        problems += waivers.check(draft, today)
    if problems:
        raise PackError(str(pack), problems)
    lists = {name: [item.record for item in draft.of(name)] for name in (*LISTS, "units", "sources")}
    return Pack(root=root, digest=_digest(root), info=draft.of("pack")[0].record, documents=_documents(root), **lists)


def pack_folder(pack: str | Path) -> Path:
    """The folder that a pack's name or path means."""
    shipped = CATALOG / pack if isinstance(pack, str) and pack and Path(pack).name == pack else None
    if shipped is not None and shipped.is_dir():
        return shipped
    folder = Path(pack).expanduser()
    if str(pack) and folder.is_dir():
        return folder.resolve()
    names = ", ".join(sorted(one.parent.name for one in CATALOG.glob("*/pack.yaml")))
    wording = Wording(
        f"没有数据包“{pack}”。", f"可用的名称：{names}；也可以写一个文件夹。",
        f"There is no pack '{pack}'.", f"Names: {names}; a folder will do as well.",
    )  # fmt: skip
    raise PackError(str(pack), [wording.at(str(pack), 1, "")])


def _files(root: Path) -> list[Path]:
    return sorted(
        path for path in root.rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(root).parts)
    )  # fmt: skip


def _documents(root: Path) -> list[Path]:
    return [path for path in _files(root / "documents") if not path.name.endswith(SIDE_FILE_SUFFIX)]


def _digest(root: Path) -> str:
    """sha256 over names and bytes of all files, the shared units included; the folder's place does not matter."""
    digest = hashlib.sha256()
    named = [(path.relative_to(root).as_posix(), path) for path in _files(root)]
    for name, path in [*named, ("../units.yaml", UNITS_FILE)]:
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
