"""Old workbooks (xls, BIFF8): what calamine does not hand out of them, read record by record ([MS-XLS]).

Belongs here: errors, hidden rows and columns, number formats. Does not belong here: values, which are calamine's.
A workbook that cannot be searched has none of these: whether it can be read at all is decided elsewhere.
A formula without a saved result is told from one whose result is an empty text where it can (``biff_formulas.py``).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property, partial

from ingest.grids.biff_formulas import lacks_result
from ingest.grids.compound import workbook_stream
from ingest.grids.errors import EncryptedError
from ingest.grids.extras import ERRORS, Extras, Formats
from ingest.grids.formats import built_in
from ingest.grids.grid import NumberFormat

_FORMULA, _EOF, _COLUMNS, _BOUNDSHEET, _MULTIPLE, _XF = 0x0006, 0x000A, 0x007D, 0x0085, 0x00BD, 0x00E0
_NUMBER, _BOOLERR, _ROW, _RK, _FORMAT, _BOF = 0x0203, 0x0205, 0x0208, 0x027E, 0x041E, 0x0809
_FILEPASS, _BIFF5 = 0x002F, 0x0500
_DAMAGED = (struct.error, IndexError, ValueError)


class OldWorkbook:
    """The records of a workbook, walked once for what must be known and again for formats when asked."""

    def __init__(self, content: bytes) -> None:
        self.is_excel_95 = False
        self._found: list[Extras] = []
        with suppress(*_DAMAGED):
            self._stream = workbook_stream(content)
            self.is_excel_95 = struct.unpack_from("<H", self._stream, 4)[0] == _BIFF5
            starts = []
            for kind, data in _records(self._stream, 0):
                if kind == _FILEPASS:
                    raise EncryptedError
                if kind == _BOUNDSHEET:
                    starts.append(struct.unpack_from("<I", data)[0])
            self._found = [self._extras(start) for start in starts]

    def extras(self, index: int, _: str) -> Extras:
        """What there is to know about a sheet, by its place."""
        return self._found[index] if index < len(self._found) else Extras()

    def _extras(self, start: int) -> Extras:
        extras = Extras(load_formats=partial(self._formats, start))
        for kind, data in _records(self._stream, start):
            if kind == _BOOLERR and data[7] == 1:
                extras.shown[struct.unpack_from("<HH", data)] = ERRORS.get(data[6], "#N/A")
            elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
                extras.shown[struct.unpack_from("<HH", data)] = ERRORS.get(data[8], "#N/A")
            elif kind == _FORMULA and lacks_result(data):
                extras.shown[struct.unpack_from("<HH", data)] = "=…"
            elif kind == _ROW and data[12] & 0x20:
                extras.hidden_rows.add(struct.unpack_from("<H", data)[0])
            elif kind == _COLUMNS and data[8] & 1:
                first, last = struct.unpack_from("<HH", data)
                extras.hidden_columns.update(range(first, min(last, 255) + 1))
        return extras

    @cached_property
    def _styles(self) -> list[NumberFormat]:
        custom: dict[int, str] = {}
        numbers: list[int] = []
        for kind, data in _records(self._stream, 0):
            if kind == _FORMAT:
                custom[struct.unpack_from("<H", data)[0]] = _format_code(data)
            elif kind == _XF:
                numbers.append(struct.unpack_from("<H", data, 2)[0])
        return [built_in(number, custom) for number in numbers]

    def _formats(self, start: int) -> Formats:
        try:
            return dict(_cell_formats(self._stream, start, self._styles))
        except _DAMAGED:
            return {}


def _format_code(data: bytes) -> str:
    length, is_wide = struct.unpack_from("<HB", data, 2)
    return data[5 : 5 + 2 * length].decode("utf-16-le") if is_wide & 1 else data[5 : 5 + length].decode("latin-1")


def _cell_formats(
    stream: bytes, start: int, styles: list[NumberFormat]
) -> Iterator[tuple[tuple[int, int], NumberFormat]]:
    for kind, data in _records(stream, start):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<3H", data)
            if style < len(styles):
                yield (row, column), styles[style]
        elif kind == _MULTIPLE:
            row, column = struct.unpack_from("<HH", data)
            for number, (style,) in enumerate(struct.iter_unpack("<H4x", data[4 : 4 + (len(data) - 6) // 6 * 6])):
                if style < len(styles):
                    yield (row, column + number), styles[style]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, those of charts inside it included."""
    depth, end = 0, len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind in (_BOF, _EOF):
            depth += 1 if kind == _BOF else -1
        if depth <= 0:
            return
        at += 4 + size
