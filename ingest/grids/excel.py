"""Workbooks (xlsx, xlsm, xlsb, xls) to grids, by python-calamine.

Belongs here: sheets and their visibility; putting together values and what else a sheet says. Does not belong here:
the formats' own structures (``ooxml.py``, ``xlsb.py``, ``biff.py``).
The size that a sheet declares is not trusted: calamine finds the used area from the cells themselves.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.grids.biff import OldWorkbook
from ingest.grids.errors import EncryptedError, UnreadableError
from ingest.grids.excel95 import read_excel_95
from ingest.grids.extras import Extras
from ingest.grids.grid import Grid, Merge
from ingest.grids.ooxml import Package
from ingest.grids.sniff import Media
from ingest.grids.xlsb import BinaryPackage

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

FindExtras = Callable[[int, str], Extras]


def read_workbook(path: Path, media: Media) -> list[Grid]:
    """All sheets of a workbook, hidden ones included and marked."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum

    try:
        if media == "xls" and (old := OldWorkbook(path.read_bytes())).is_excel_95:
            return read_excel_95(path.read_bytes())
        workbook, extras = (_opened(path), old.extras) if media == "xls" else _open_package(path, media)
        return [
            _grid(workbook, index, extras(index, sheet.name))
            for index, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise EncryptedError from error
    except (CalamineError, OSError, ValueError, KeyError, IndexError, RuntimeError, struct.error, zlib.error, EOFError,
            zipfile.BadZipFile) as error:  # fmt: skip
        if "password" in str(error).lower():
            raise EncryptedError from error
        raise _damaged(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's own, and no Exception
            raise
        raise _damaged(error) from error


def _damaged(error: BaseException) -> UnreadableError:
    return UnreadableError(
        "工作簿已损坏，无法打开。", f"The workbook is damaged and cannot be opened ({type(error).__name__})."
    )


def _opened(source: Path | BytesIO) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    # never from a path: it would believe the name's ending
    return CalamineWorkbook.from_filelike(BytesIO(source.read_bytes()) if isinstance(source, Path) else source)


def _open_package(path: Path, media: Media) -> tuple[CalamineWorkbook, FindExtras]:
    """The workbook, opened only after its extent has been looked at."""
    if media == "xlsx":
        package = Package(path)
        return _opened(package.stream), package.extras
    binary = BinaryPackage(path)
    return _opened(path), binary.extras


def _with_shown(values: list[list[Any]], extras: Extras) -> list[list[Any]]:
    """The values with what calamine left out; the area grows where that stands at its edge."""
    for (row, column), text in extras.shown.items():
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row].extend([""] * (column + 1 - len(values[row])))
        values[row][column] = text
    return values


def _grid(workbook: CalamineWorkbook, index: int, extras: Extras) -> Grid:
    from python_calamine import SheetVisibleEnum

    metadata = workbook.sheets_metadata[index]
    sheet = workbook.get_sheet_by_index(index)
    merges = extras.merges
    if merges is None:
        found = sheet.merged_cell_ranges or []
        merges = [Merge(top, left, bottom, right) for (top, left), (bottom, right) in found]
    return Grid(
        name=metadata.name,
        values=_with_shown(sheet.to_python(skip_empty_area=False), extras),
        is_visible=metadata.visible == SheetVisibleEnum.Visible,
        merges=merges,
        load_formats=extras.load_formats,
        hidden_rows=frozenset(extras.hidden_rows),
        hidden_columns=frozenset(extras.hidden_columns),
    )
