"""Opening a zip that a stranger sent: its directory and its parts are measured before anything is unpacked.

Belongs here: limits of zip-based documents (xlsx, xlsb, ods, docx) and of archives. Does not belong here: what the
parts mean. The sizes that a directory declares bound the unpacking too: the library reads no more than them.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from ingest import limits
from ingest.grids.errors import TooLargeError, UnreadableError

_END = b"PK\x05\x06"
_UNPACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What the formats use. The others (bzip2, LZMA) unpack without a bound on memory."""


def open_zip(source: Path | IO[bytes]) -> zipfile.ZipFile:
    """Open a zip whose table of contents is of a sane size."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            _check_directory(file)
    else:
        _check_directory(source)
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise UnreadableError(
            "文件不完整或已损坏（可能在传输中被截断）。",
            f"The file is incomplete or damaged (cut off on its way, perhaps: {type(error).__name__}).",
        ) from error


def _check_directory(file: IO[bytes]) -> None:
    """A directory of a hundred megabytes costs a gigabyte to parse; its size stands at the end of the file."""
    file.seek(0, 2)
    file.seek(max(file.tell() - (1 << 16) - 22, 0))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if 0 <= at <= len(tail) - 22:
        size = struct.unpack_from("<I", tail, at + 12)[0]
        if size > limits.DIRECTORY_BYTES:
            raise TooLargeError("压缩文件的目录过大。", f"The zip's table of contents has {size} bytes.")


def check_zip(path: Path) -> None:
    """Refuse a document that is zipped and out of all proportion; one that is not zipped is no matter here."""
    with path.open("rb") as file:
        is_zipped = file.read(2) == b"PK"
    if is_zipped:
        with open_zip(path) as archive:
            check_document(archive.infolist())


def check_document(parts: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse a zip-based document that is out of all proportion when unpacked, or cannot be unpacked."""
    total = 0
    for number, part in enumerate(parts, start=1):
        total += part.file_size
        if number > limits.MEMBERS:
            raise TooLargeError(f"文件由超过 {limits.MEMBERS} 个部分组成。", f"More than {limits.MEMBERS} parts.")
        if total > limits.UNPACKED_BYTES or is_bomb(part):
            raise TooLargeError("文件解压后过大，不像统计报表。", "Unpacked, the file is far larger than any report.")
        if part.compress_type not in _UNPACKED or part.flag_bits & 1:
            raise UnreadableError(
                "文件使用了无法解开的压缩方式。", f"The file is packed by method {part.compress_type}, or encrypted."
            )


def is_bomb(part: zipfile.ZipInfo) -> bool:
    """Whether a part is packed more tightly than statistics can be."""
    return part.file_size > max(limits.RATIO_FREE_BYTES, part.compress_size * limits.RATIO)


def is_packed_oddly(part: zipfile.ZipInfo) -> bool:
    """Whether a part is packed by a method that no common program uses."""
    return part.compress_type not in _UNPACKED
