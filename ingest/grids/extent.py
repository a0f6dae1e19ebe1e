"""Workbooks that would take more memory than a report ever needs, refused before they are opened.

Belongs here: cheap looks at size. Does not belong here: reading. One value in the last row and column of a sheet makes
its area 17 thousand million cells; the library allocates all of them and ends the process, not with an error.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from ingest import limits
from ingest.grids.errors import TooLargeError, UnreadableError
from ingest.grids.zipped import check_document, open_zip

_WIDEST = 16_384
_LAST_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')
_TWO_LETTERS = re.compile(rb' r="[A-Z]{2}')
_VALUE_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>/]*>')


def check_extent(path: Path) -> frozenset[str]:
    """Refuse a workbook whose unpacked size or whose sheets' areas are out of all proportion.

    Returns the sheet parts in which an error value may stand: they have been unpacked here, few ever hold one, and
    whoever looks for errors need not unpack the others again.
    """
    suspects = set()
    try:
        with open_zip(path) as archive:
            check_document(archive.infolist())
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    xml = archive.read(part)
                    _check_sheet(xml)
                    if b't="e"' in xml:
                        suspects.add(part)
    except (OSError, zipfile.BadZipFile, RuntimeError, zlib.error) as error:
        raise UnreadableError(
            "工作簿已损坏，无法打开。", f"The workbook is damaged and cannot be opened ({type(error).__name__})."
        ) from error
    return frozenset(suspects)


def _check_sheet(xml: bytes) -> None:
    rows = _LAST_ROW.findall(xml, max(xml.rfind(b"row "), 5) - 5)
    widest = _WIDEST if _TWO_LETTERS.search(xml) else 26
    if rows and int(rows[-1]) * widest <= limits.AREA_CELLS:
        return
    columns: set[bytes] = set()
    top, bottom = 1 << 30, 0
    for letters, row in _VALUE_CELL.findall(xml):
        columns.add(letters)
        number = int(row)
        top, bottom = min(top, number), max(bottom, number)
    numbers = [_number(letters) for letters in columns]
    if numbers and (bottom - top + 1) * (max(numbers) - min(numbers) + 1) > limits.AREA_CELLS:
        raise TooLargeError(
            f"工作表在极远的位置（第 {bottom} 行、第 {max(numbers)} 列以内）有孤立内容，请删除后重报。",
            f"A sheet has content scattered over {bottom} rows and {max(numbers)} columns: remove the far cells.",
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
