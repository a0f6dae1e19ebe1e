"""Names in zip archives: which text their bytes mean, and a form of it that is safe to show and to file under.

Belongs here: names only. Does not belong here: unpacking (``containers.py``); no name is ever used to write a member,
but a refused one stands in quarantine under its name.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile

from ingest.limits import NAME_BYTES, PATH_BYTES

_UTF8_FLAG = 0x800
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST_ENDING = 16


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member with ``/`` between its parts: relative, below the archive, without odd characters."""
    parts = [_safe(part) for part in re.split(r"[/\\]", _decoded(info)) if part not in ("", ".")]
    name = "/".join(parts) or "_"
    return name if len(name.encode()) <= PATH_BYTES else parts[-1]


def _decoded(info: zipfile.ZipInfo) -> str:
    """The text that the packer meant: UTF-8 where it says so, else UTF-8 (macOS), else GB18030 (Chinese Windows)."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")  # how the library reads a name without the flag
    except UnicodeEncodeError:
        return info.orig_filename  # from a field of its own, already decoded
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace").replace("\\", "_")


def _safe(part: str) -> str:
    """One part of a name: no way up, no drive, no control or direction signs, no device, not too long."""
    part = "".join("_" if sign == ":" or unicodedata.category(sign)[0] == "C" else sign for sign in part)
    part = part.rstrip(" .") or "_" * len(part)
    return _cut(f"_{part}" if _RESERVED.fullmatch(part) else part)


def _cut(part: str) -> str:
    if len(part.encode()) <= NAME_BYTES:
        return part
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = part, "", ""
    room = NAME_BYTES - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending
