"""Workbooks of Excel 5 and 95 (BIFF5) to grids, by xlrd: calamine does not know their code pages.

Belongs here: what xlrd hands out. Does not belong here: xls of Excel 97 and later (``biff.py``).
"""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

from ingest.grids.errors import EncryptedError, UnreadableError
from ingest.grids.extras import ERRORS, Formats
from ingest.grids.formats import parse_number_format
from ingest.grids.grid import Grid, Merge, RawValue

if TYPE_CHECKING:
    from xlrd.book import Book  # type: ignore[import-untyped]
    from xlrd.sheet import Cell, Sheet  # type: ignore[import-untyped]

_UNNAMED_CODE_PAGE = "gb18030"


def read_excel_95(content: bytes) -> list[Grid]:
    """All sheets, hidden ones included and marked."""
    import xlrd  # type: ignore[import-untyped]

    try:
        book = _opened(content)
        return [_grid(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise EncryptedError from error
        raise UnreadableError("工作簿已损坏，无法打开。", f"The workbook is damaged ({error}).") from error
    except (AssertionError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(
            "工作簿已损坏，无法打开。", f"The workbook is damaged and cannot be opened ({type(error).__name__})."
        ) from error


def _opened(content: bytes, **more: Any) -> Book:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO(), **more)
    return book if book.codepage or more else _opened(content, encoding_override=_UNNAMED_CODE_PAGE)


def _grid(book: Book, sheet: Sheet) -> Grid:
    rows = range(sheet.nrows)
    return Grid(
        sheet.name,
        [[_value(book, cell) for cell in sheet.row(row)] for row in rows],
        is_visible=not sheet.visibility,
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
        load_formats=lambda: _formats(book, sheet),
        hidden_rows=frozenset(row for row, look in sheet.rowinfo_map.items() if look.hidden),
        hidden_columns=frozenset(column for column, look in sheet.colinfo_map.items() if look.hidden),
    )


def _value(book: Book, cell: Cell) -> RawValue:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ERRORS.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        day: datetime = xlrd.xldate_as_datetime(cell.value, book.datemode)
        return day
    value: RawValue = bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
    return value


def _formats(book: Book, sheet: Sheet) -> Formats:
    codes = [book.format_map[style.format_key].format_str for style in book.xf_list]
    return {
        (row, column): parse_number_format(codes[cell.xf_index])
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if isinstance(cell.value, float)
    }
