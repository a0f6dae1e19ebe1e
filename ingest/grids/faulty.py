"""Cells that show an error value (#REF!, #DIV/0!), which calamine hands out as empty ones.

Belongs here: finding them in the bytes of xlsx and xls, so that a broken formula is a finding and not a silent gap.
Does not belong here: what an error means for a figure (``ingest/interpret``).
A workbook that cannot be searched has no such cells: whether it can be read at all is decided elsewhere.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from ingest.grids.formats import NOT_THERE, column_number, sheet_parts
from ingest.grids.sniff import Media

ErrorCells = Mapping[tuple[int, int], str]

_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _BOUNDSHEET, _BOOLERR, _BOF, _EOF = 0x0006, 0x0085, 0x0205, 0x0809, 0x000A
_END_OF_CHAIN = 0xFFFFFFFA
_SMALL = 4096


def error_cells(path: Path, media: Media, suspects: Set[str]) -> list[ErrorCells] | dict[str, ErrorCells]:
    """Error cells by position: of each sheet by its name (xlsx), or of the sheets in their order (xls).

    ``suspects`` are the sheet parts of an xlsx that may hold one (``extent.check_extent``).
    """
    if media == "xlsx":
        return _of_xlsx(path, suspects) if suspects else {}
    return _of_xls(path.read_bytes()) if media == "xls" else {}


def _of_xlsx(path: Path, suspects: Set[str]) -> dict[str, ErrorCells]:
    found: dict[str, ErrorCells] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for sheet, part in sheet_parts(archive).items():
                if part in suspects:
                    found[sheet] = {
                        (int(row) - 1, column_number(letters)): text.decode("utf-8", "replace")
                        for letters, row, text in _CELL.findall(archive.read(part))
                    }
    except NOT_THERE:
        return {}
    return found


def _of_xls(content: bytes) -> list[ErrorCells]:
    """Walk the records of each sheet: a stored error, or a formula whose last result is one."""
    try:
        stream = _workbook_stream(content)
        starts = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _BOUNDSHEET]
        return [dict(_errors_of(stream, start)) for start in starts]
    except (struct.error, IndexError, ValueError):
        return []


def _errors_of(stream: bytes, start: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, data in _records(stream, start):
        code = None
        if kind == _BOOLERR and data[7] == 1:
            code = data[6]
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            code = data[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", data)
            yield (row, column), _CODES.get(code, "#N/A")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, those of charts inside it included."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        depth += {_BOF: 1, _EOF: -1}.get(kind, 0)
        if depth <= 0:
            return
        at += 4 + size


def _workbook_stream(content: bytes) -> bytes:
    """The stream that holds the workbook, put together from the sectors of the compound file."""
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
