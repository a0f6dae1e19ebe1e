"""Workbooks (xlsx, xls, ods) to grids, by python-calamine.

Belongs here: sheets, visibility, merged ranges. Does not belong here: number formats (``formats.py``).
The size that a sheet declares is not trusted: calamine finds the used area from the cells themselves.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.grids.errors import EncryptedError, UnreadableError
from ingest.grids.extent import check_extent
from ingest.grids.faulty import ErrorCells, error_cells
from ingest.grids.formats import WorkbookFormats
from ingest.grids.grid import Grid, Merge
from ingest.grids.sniff import Media

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def read_workbook(path: Path, media: Media) -> list[Grid]:
    """All sheets of a workbook, hidden ones included and marked."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    suspects = check_extent(path) if media == "xlsx" else frozenset()
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        formats = WorkbookFormats(path) if media == "xlsx" else None
        errors = error_cells(path, media, suspects)
        return [
            _grid(workbook, formats, index, _of_sheet(errors, index, sheet.name))
            for index, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise EncryptedError from error
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise EncryptedError from error
        raise UnreadableError(
            "工作簿已损坏，无法打开。", f"The workbook is damaged and cannot be opened ({type(error).__name__})."
        ) from error


def _of_sheet(errors: list[ErrorCells] | dict[str, ErrorCells], index: int, name: str) -> ErrorCells:
    if isinstance(errors, dict):
        return errors.get(name, {})
    return errors[index] if index < len(errors) else {}


def _with_errors(values: list[list[Any]], errors: ErrorCells) -> list[list[Any]]:
    """The values with the errors that calamine left out; the area grows where one stands at its edge."""
    for (row, column), text in errors.items():
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row].extend([""] * (column + 1 - len(values[row])))
        values[row][column] = text
    return values


def _grid(workbook: CalamineWorkbook, formats: WorkbookFormats | None, index: int, errors: ErrorCells) -> Grid:
    from python_calamine import SheetVisibleEnum

    metadata = workbook.sheets_metadata[index]
    sheet = workbook.get_sheet_by_index(index)
    return Grid(
        name=metadata.name,
        values=_with_errors(sheet.to_python(skip_empty_area=False), errors),
        is_visible=metadata.visible == SheetVisibleEnum.Visible,
        merges=[Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []],
        load_formats=partial(formats.of_sheet, metadata.name) if formats else None,
    )
