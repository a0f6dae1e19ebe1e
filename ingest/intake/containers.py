"""Zip archives of bureau files: which files stand in one, under which names, and which cannot be had.

Belongs here: walking an archive and the archives in it, within ``limits.py``. Does not belong here: keeping the bytes
(``storing.py``), or what stands in them. What comes out depends on the archive's bytes alone, so that taking in and
reading agree, today and after a change of the pack. Nothing is ever unpacked to a path that the archive names.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from ingest import limits
from ingest.grids.errors import GridError
from ingest.grids.zipped import is_bomb, is_packed_oddly, open_zip
from ingest.intake.inbox import SideFileError, SideNote, is_passed_over, parse_side
from ingest.intake.member_names import member_name
from ingest.intake.member_reasons import (
    damaged,
    encrypted,
    link,
    nothing_inside,
    packed_oddly,
    too_deep,
    too_large,
    too_many,
)
from ingest.intake.quarantine import SIDE_SUFFIX, Reason

if TYPE_CHECKING:
    from ingest.interpret.result import FileReading, FindingReading, Refusal

INSIDE = "!/"
"""Stands between an archive and what is in it: ``六月.zip!/统计局/月报.xlsx``."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT_PARTS = {"[Content_Types].xml", "content.xml", "xl/workbook.xml", "xl/workbook.bin", "word/document.xml"}
MEDIA_TYPE = "application/zip"
TOLD = 20
"""Files that the reason of an archive names; each of them is a finding too."""
_SIDE_BYTES = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Member:
    """A file in an archive."""

    name: str
    content: bytes
    note: SideNote


@dataclass(frozen=True)
class RefusedMember:
    """A file in an archive that cannot be had, or must not."""

    name: str
    reason: Reason


def is_container(source: Path | IO[bytes]) -> bool:
    """Whether a file is a zip archive of files, not a document that happens to be zipped."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                start = file.read(4)
        else:
            start = source.read(4)
            source.seek(0)
        if start not in _ZIP:
            return False
        with open_zip(source) as archive:
            return not _DOCUMENT_PARTS & set(archive.namelist())
    except (GridError, OSError):
        return False


def members(path: Path) -> Iterator[Member | RefusedMember]:
    """Every file in an archive and in the archives within it, in the order of their directory."""
    yield from _Walk().files(path, "", 1)


def read_container(path: Path) -> FileReading:
    """What is to be said of an archive as a whole: nothing, when all that is in it could be taken out."""
    from ingest.interpret.result import FileReading

    found = list(_names(path))
    refused = [member for member in found if isinstance(member, RefusedMember)]
    if not found:
        return FileReading(MEDIA_TYPE, refusal=_as_refusal(nothing_inside()))
    if not refused:
        return FileReading(MEDIA_TYPE)
    first = refused[0]
    told = "；".join(f"{one.name}（{one.reason.reason}{one.reason.found}）" for one in refused[:TOLD])
    told_en = "; ".join(f"{one.name} ({one.reason.reason_en} {one.reason.found_en})" for one in refused[:TOLD])
    reason = replace(
        first.reason,
        reason=f"压缩包中有 {len(refused)} 个文件没有收下，其余 {len(found) - len(refused)} 个已照常处理。",
        reason_en=f"{len(refused)} files of the archive were not taken; the other {len(found) - len(refused)} were.",
        found=told, found_en=told_en, member=first.name,
    )  # fmt: skip
    findings = [_finding(one) for one in refused] if len(refused) > 1 else []
    return FileReading(MEDIA_TYPE, refusal=_as_refusal(reason), findings=findings)


def _names(path: Path) -> Iterator[str | RefusedMember]:
    """The members without their bytes, so that these are not all in memory together."""
    for member in members(path):
        yield member.name if isinstance(member, Member) else member


def _as_refusal(reason: Reason) -> Refusal:
    from ingest.interpret.result import Refusal, RefusalCode

    return Refusal(**{**asdict(reason), "reason_code": cast("RefusalCode", reason.reason_code)})


def _finding(member: RefusedMember) -> FindingReading:
    """One refused file, its name where otherwise that of a sheet stands."""
    from ingest.interpret.result import FindingReading

    reason = member.reason
    return FindingReading(
        member.name, None, "critical", reason.reason_code,
        observed=reason.found or None, expected=reason.expected or None,
        advice=f"{reason.reason}{reason.advice}", advice_en=f"{reason.reason_en} {reason.advice_en}",
    )  # fmt: skip


class _Walk:
    """One archive with all that is in it; what it may unpack is counted over all levels."""

    def __init__(self) -> None:
        self._entries = 0
        self._bytes = 0

    def files(self, source: Path | IO[bytes], prefix: str, depth: int) -> Iterator[Member | RefusedMember]:
        with open_zip(source) as archive:
            named = [(member_name(info), info) for info in archive.infolist() if not info.is_dir()]
            sides = {name: info for name, info in named if name.endswith(SIDE_SUFFIX)}
            for name, info in named:
                if any(map(_is_no_file, name.split("/"))):
                    continue
                self._entries += 1
                if self._entries > limits.MEMBERS:
                    yield RefusedMember(prefix + name, too_many())
                    return
                yield from self._one(archive, info, prefix + name, sides.get(name + SIDE_SUFFIX), depth)

    def _one(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, side: zipfile.ZipInfo | None, depth: int
    ) -> Iterator[Member | RefusedMember]:
        reason = _refusal(info) or self._no_room(info)
        if reason is None:
            try:
                content = archive.read(info)
                note = parse_side(archive.open(side).read(_SIDE_BYTES), side.filename) if side else SideNote()
            except SideFileError as error:
                reason = error.reason
            except _BROKEN as error:
                reason = damaged(error)
        if reason is not None:
            yield RefusedMember(name, reason)
        elif not is_container(BytesIO(content)):
            yield Member(name, content, note)
        elif depth >= limits.NESTING:
            yield RefusedMember(name, too_deep())
        else:
            yield from self.files(BytesIO(content), name + INSIDE, depth + 1)

    def _no_room(self, info: zipfile.ZipInfo) -> Reason | None:
        self._bytes += info.file_size
        return too_large(self._bytes, limits.ARCHIVE_BYTES) if self._bytes > limits.ARCHIVE_BYTES else None


def _is_no_file(part: str) -> bool:
    return part == "__MACOSX" or is_passed_over(part)


def _refusal(info: zipfile.ZipInfo) -> Reason | None:
    """Why a member is not even unpacked."""
    if info.flag_bits & 0x1:
        return encrypted()
    if is_packed_oddly(info):
        return packed_oddly(info.compress_type)
    if stat.S_ISLNK(info.external_attr >> 16):
        return link()
    if info.file_size > limits.FILE_BYTES:
        return too_large(info.file_size, limits.FILE_BYTES)
    return too_large(info.file_size, info.compress_size * limits.RATIO) if is_bomb(info) else None
