"""The compound file in which Office kept its documents before 2007: one stream out of many, put together.

Belongs here: sectors and their chains ([MS-CFB]). Does not belong here: what the stream holds (``biff.py``).
"""

from __future__ import annotations

import struct

_END_OF_CHAIN = 0xFFFFFFFA
_SMALL = 4096


def workbook_stream(content: bytes) -> bytes:
    """The stream that holds the workbook; raises ``struct.error``, ``IndexError`` or ``ValueError`` on damage."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    sectors = [content[start : start + size] for start in range(512 if size == 512 else size, len(content), size)]
    directory_start, table_start, table_count = (struct.unpack_from("<I", content, at)[0] for at in (48, 68, 72))
    table_sectors = list(struct.unpack_from("<109I", content, 76))
    for _ in range(min(table_count, len(sectors))):
        *more, table_start = struct.unpack_from(f"<{size // 4}I", sectors[table_start])
        table_sectors += more
    table = [
        number
        for sector in table_sectors
        if sector < _END_OF_CHAIN
        for number in struct.unpack_from(f"<{size // 4}I", sectors[sector])
    ]
    directory = _chain(sectors, table, directory_start)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    named = {
        entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le"): entry for entry in entries
    }
    entry = named.get("Workbook") or named["Book"] if named.keys() & {"Workbook", "Book"} else entries[-1]
    first, length = struct.unpack_from("<II", entry, 116)
    if length >= _SMALL:
        return _chain(sectors, table, first)[:length]
    root = _chain(sectors, table, struct.unpack_from("<I", entries[0], 116)[0])
    small = [root[at : at + 64] for at in range(0, len(root), 64)]
    small_table = _chain(sectors, table, struct.unpack_from("<I", content, 60)[0])
    return _chain(small, list(struct.unpack_from(f"<{len(small_table) // 4}I", small_table)), first)[:length]


def _chain(sectors: list[bytes], table: list[int], sector: int) -> bytes:
    """The sectors that follow one another in a table, at most each of them once."""
    parts: list[bytes] = []
    while sector < _END_OF_CHAIN and len(parts) < len(sectors):
        parts.append(sectors[sector])
        sector = table[sector]
    return b"".join(parts)
