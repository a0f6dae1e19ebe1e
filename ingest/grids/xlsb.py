"""Binary workbooks (xlsb): what calamine does not hand out of them, read record by record ([MS-XLSB]).

Belongs here: errors, merges, hidden rows and columns, number formats, the extent of a sheet. Does not belong here:
values, which are calamine's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ingest import limits
from ingest.grids.errors import TooLargeError
from ingest.grids.extras import ERRORS, Extras, Formats
from ingest.grids.formats import NOT_THERE, built_in
from ingest.grids.grid import Merge, NumberFormat
from ingest.grids.ooxml import relations
from ingest.grids.zipped import open_zip

_ROW, _CELL_ERROR, _FORMULA_ERROR, _LAST_CELL, _RICH_CELL = 0, 3, 11, 11, 62
_FORMAT, _XF, _COLUMN, _SHEET, _MERGE, _BEGIN_XFS, _END_XFS = 44, 47, 60, 156, 176, 617, 618
_NUMBERS = {2, 5, 9}
_HIDDEN = 0x10


def records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record; numbers are packed seven bits to a byte, the lowest first."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, at, size
        at += size


class BinaryPackage:
    """The parts of an xlsb that hold sheets and styles."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, Extras] = {}
        with open_zip(path) as archive:
            targets = relations(archive.read("xl/_rels/workbook.bin.rels"))
            for name, relation in _sheets(archive.read("xl/workbook.bin")):
                part = targets.get(relation, "")
                if part in archive.NameToInfo and "worksheets/" in part:
                    extras = _extras(archive.read(part))
                    extras.load_formats = partial(self._formats, part)
                    self._found[name] = extras

    def extras(self, _: int, sheet: str) -> Extras:
        """What there is to know about a sheet."""
        return self._found.get(sheet, Extras())

    def _formats(self, part: str) -> Formats:
        try:
            with open_zip(self._path) as archive:
                return _cell_formats(archive.read(part), _styles(archive.read("xl/styles.bin")))
        except (*NOT_THERE, struct.error, IndexError):
            return {}


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text that starts with its length, and where it ends."""
    length = struct.unpack_from("<I", content, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le"), end


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    for kind, at, _ in records(workbook):
        if kind == _SHEET:
            relation, end = _text(workbook, at + 8)
            yield _text(workbook, end)[0], relation


def _extras(content: bytes) -> Extras:
    extras = Extras(merges=[])
    merges: list[Merge] = []
    row = right = bottom = 0
    unpack = struct.unpack_from
    for kind, at, _ in records(content):
        if kind == _ROW:
            row = unpack("<I", content, at)[0]
            if content[at + 11] & _HIDDEN:
                extras.hidden_rows.add(row)
        elif kind <= _LAST_CELL or kind == _RICH_CELL:
            column = unpack("<I", content, at)[0]
            if kind > 1:
                right, bottom = max(right, column), row
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                extras.shown[row, column] = ERRORS.get(content[at + 8], "#N/A")
        elif kind == _MERGE:
            top, last, left, end = unpack("<4I", content, at)
            merges.append(Merge(top, left, last, end))
        elif kind == _COLUMN and content[at + 16] & 1:
            first, last = unpack("<2I", content, at)
            extras.hidden_columns.update(range(first, min(last + 1, limits.COLUMNS)))
    if (right + 1) * (bottom + 1) > limits.AREA_CELLS:
        raise TooLargeError(
            f"工作表在极远的位置（第 {bottom + 1} 行）有孤立内容，请删除后重报。",
            f"A sheet has content in far cells (row {bottom + 1}): remove it.",
        )
    extras.merges = merges
    return extras


def _styles(content: bytes) -> list[NumberFormat]:
    custom: dict[int, str] = {}
    numbers: list[int] = []
    is_cell_style = False
    for kind, at, _ in records(content):
        if kind == _FORMAT:
            custom[struct.unpack_from("<H", content, at)[0]] = _text(content, at + 2)[0]
        elif kind in (_BEGIN_XFS, _END_XFS):
            is_cell_style = kind == _BEGIN_XFS
        elif kind == _XF and is_cell_style:
            numbers.append(struct.unpack_from("<H", content, at + 2)[0])
    return [built_in(number, custom) for number in numbers]


def _cell_formats(content: bytes, styles: list[NumberFormat]) -> Formats:
    formats: dict[tuple[int, int], NumberFormat] = {}
    row = 0
    for kind, at, _ in records(content):
        if kind == _ROW:
            row = struct.unpack_from("<I", content, at)[0]
        elif kind in _NUMBERS:
            column, style = struct.unpack_from("<2I", content, at)
            if (number := style & 0xFFFFFF) < len(styles):
                formats[row, column] = styles[number]
    return formats
