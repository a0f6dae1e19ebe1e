"""The inbox as it is found: which files are there, what their side files say, which cannot be taken.

Belongs here: walking a folder of files as people leave them. Does not belong here: keeping bytes (``archive.py``),
or anything that looks into a file.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.clock import parse_moment
from ingest.home import Home
from ingest.intake.archive import Origin
from ingest.intake.quarantine import SIDE_SUFFIX, Reason

if TYPE_CHECKING:
    from ingest.pack import Pack

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")
"""Endings of files that a program is still writing."""
NOT_FILES = {"thumbs.db", "desktop.ini"}
SIDE_KEYS = ("received_at", "published_at", "sender")


@dataclass(frozen=True)
class Found:
    """A file as it stands in a folder, before anything is known about its content."""

    path: Path
    name: str
    """Path relative to the folder, with ``/``, readable as text whatever bytes the file system holds."""
    signature: tuple[int, ...]
    """Changes when the file or its side file changes."""
    side: Path | None
    refusal: Reason | None = None
    """Why it cannot even be opened."""


@dataclass(frozen=True)
class SideNote:
    """What ``<file>.meta.json`` says."""

    received_at: datetime | None = None
    published_at: datetime | None = None
    sender: str | None = None


class SideFileError(Exception):
    """A side file that cannot be used, with the reason for the clerk."""

    def __init__(self, reason: Reason) -> None:
        """Carry the reason."""
        super().__init__(reason.reason_en)
        self.reason = reason


def find_files(root: Path, leave_out: Path | None = None) -> Iterator[Found]:
    """Every file to be taken at any depth of a folder, in order of name; ``leave_out`` is a folder not to enter."""
    top = root.resolve()
    for folder, subfolders, names in os.walk(top):
        here = Path(folder)
        links = [name for name in subfolders if (here / name).is_symlink()]
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and name not in links and here / name != leave_out
        )
        for name in sorted([*names, *links]):
            if not is_passed_over(name) and (found := _look_at(here / name, top)):
                yield found


def candidates(home: Home, pack: Pack, folder: Path) -> Iterator[tuple[Found, Origin]]:
    """Every file of the inbox and of the pack's documents."""
    for found in find_files(folder, leave_out=home.path.resolve()):
        yield found, "inbox"
    wanted = {path.resolve() for path in pack.documents}
    for parent in sorted({_documents_root(path) for path in wanted}):
        for found in find_files(parent):
            if found.path in wanted:
                yield found, "document"


def _documents_root(path: Path) -> Path:
    """The pack's ``documents`` folder above a document, so that its name is relative to it."""
    return next((parent for parent in path.parents if parent.name == "documents"), path.parent)


def read_side(path: Path | None) -> SideNote:
    """Read a side file; raises ``SideFileError`` when it is not what it should be."""
    if path is None:
        return SideNote()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SideFileError(_bad_side(path.name, error)) from error
    return parse_side(content, path.name)


def parse_side(raw: bytes, name: str) -> SideNote:
    """What a side file says; raises ``SideFileError`` when it is not what it should be."""
    try:
        content = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(content, dict):
            raise ValueError("not a JSON object")
        moments = {key: parse_moment(content[key]) for key in SIDE_KEYS[:2] if content.get(key) is not None}
        sender = content.get("sender")
        return SideNote(**moments, sender=str(sender) if sender is not None else None)
    except (ValueError, RecursionError) as error:
        raise SideFileError(_bad_side(name, error)) from error


def is_passed_over(name: str) -> bool:
    """Side files, hidden files, Office lock files and unfinished uploads are not submissions."""
    lower = name.lower()
    return lower.endswith((SIDE_SUFFIX, *UNFINISHED)) or name.startswith((".", "~$")) or lower in NOT_FILES


def _look_at(path: Path, top: Path) -> Found | None:
    """A directory entry as a ``Found``; a link to a folder within the inbox is passed over, its files come anyway."""
    name = _readable(path.relative_to(top))
    try:
        info = path.stat()
    except OSError as error:
        if path.is_symlink():
            return Found(path, name, (), None, _bad_link(path))
        return Found(path, name, (), None, unreadable(error)) if os.path.lexists(path) else None
    if path.is_symlink() and not path.resolve().is_relative_to(top):
        return Found(path, name, (), None, _bad_link(path))
    if stat.S_ISDIR(info.st_mode):
        return None
    side = path.with_name(path.name + SIDE_SUFFIX)
    refusal = None if stat.S_ISREG(info.st_mode) else _not_a_file()
    return Found(path, name, signature_of(path), side if _stamp(side) else None, refusal)


def signature_of(path: Path) -> tuple[int, ...]:
    """What the system says about a file and its side file; equal signatures mean equal content."""
    return _stamp(path) + _stamp(path.with_name(path.name + SIDE_SUFFIX))


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        info = path.stat()
    except OSError:  # not there, or the name is too long to be there
        return ()
    return (info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def _readable(relative: Path) -> str:
    """A name as text: UTF-8, else GB18030 (archives packed on Windows), else with its odd bytes written out."""
    raw = os.fsencode(relative.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def unreadable(error: OSError) -> Reason:
    """The reason for a file that the system does not let us open."""
    return Reason(
        "unreadable", "文件无法打开。", "The file cannot be opened.",
        found=f"系统错误：{error.strerror or error}", found_en=f"system error: {error.strerror or error}",
        expected="本程序有权限读取的文件", expected_en="a file that this program may read",
        advice="请检查文件权限后重新放入收件箱。",
        advice_en="Check the permissions of the file and put it into the inbox again.",
    )  # fmt: skip


def _bad_link(path: Path) -> Reason:
    try:
        target = str(path.readlink())
    except OSError:
        target = "?"
    return Reason(
        "outside_link", "收件箱里是一个指向别处的链接，不是文件本身。",
        "The inbox holds a link that leads elsewhere, not the file itself.",
        found=f"链接 → {target}", found_en=f"link → {target}",
        expected="文件本身", expected_en="the file itself",
        advice="请把文件本身复制到收件箱。", advice_en="Copy the file itself into the inbox.",
    )  # fmt: skip


def _not_a_file() -> Reason:
    return Reason(
        "unreadable", "收件箱里的这一项不是普通文件。", "This entry of the inbox is not a regular file.",
        found="管道、套接字或设备", found_en="a pipe, socket or device",
        expected="普通文件", expected_en="a regular file",
        advice="请把文件本身放入收件箱。", advice_en="Put the file itself into the inbox.",
    )  # fmt: skip


def _bad_side(name: str, error: Exception) -> Reason:
    name = _readable(Path(name))
    return Reason(
        "invalid_side_file", f"附带说明文件 {name} 有误。", f"The side file {name} is not valid.",
        found=str(error), found_en=str(error),
        expected='形如 {"received_at": "2023-07-18T09:30", "published_at": "2023-07-17", "sender": "统计局"}，均可省',
        expected_en='like {"received_at": "2023-07-18T09:30", "published_at": "2023-07-17", "sender": "…"}',
        advice="请改正或删除说明文件，并与原文件一起重新放入收件箱。",
        advice_en="Correct or delete the side file and put both files into the inbox again.",
    )  # fmt: skip
