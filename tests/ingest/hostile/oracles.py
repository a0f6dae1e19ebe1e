"""Independent readers: what stands in the cells of a file by somebody else's reading of it.

Belongs here: openpyxl, xlrd, pyxlsb and the zip module. Does not belong here: anything of ``ingest``, except the
name of the format. Runs in a confined process, because these readers are not meant for hostile files.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path

Value = str | float | bool | None
Cells = dict[tuple[str, str], Value]


def letters(column: int) -> str:
    """Letters of a column counted from zero."""
    first, rest = divmod(column, 26)
    return (letters(first - 1) if first else "") + chr(65 + rest)


def cells_by_somebody_else(path: Path, media: str) -> Cells | str:
    """The cells by sheet and address; of formats that nobody else reads by address, all the text there is."""
    content = path.read_bytes()
    if media in _READERS:
        return {(sheet, f"{letters(column)}{row + 1}"): value for sheet, row, column, value in _READERS[media](content)}
    return _all_text(content)


Found = Iterator[tuple[str, int, int, Value]]


def _xlsx(content: bytes) -> Found:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.value is not None:
                value = cell.value
                if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
                    value = f"{value!r} as percent"
                yield (
                    sheet.title,
                    cell.row - 1,
                    cell.column - 1,
                    value if isinstance(value, int | float) else str(value),
                )


def _xls(content: bytes) -> Found:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = sheet.cell(row, column)
                if cell.ctype == xlrd.XL_CELL_NUMBER:
                    shown = book.format_map.get(book.xf_list[cell.xf_index].format_key)
                    is_percent = shown is not None and "%" in shown.format_str
                    yield sheet.name, row, column, f"{cell.value!r} as percent" if is_percent else cell.value
                elif cell.ctype == xlrd.XL_CELL_TEXT:
                    yield sheet.name, row, column, cell.value


def _xlsb(content: bytes) -> Found:
    from pyxlsb import open_workbook

    with open_workbook(BytesIO(content)) as book:
        for name in book.sheets:
            with book.get_sheet(name) as sheet:
                for row in sheet.rows(sparse=True):
                    for cell in row:
                        if cell.v is not None:
                            yield name, cell.r, cell.c, cell.v


_READERS: dict[str, Callable[[bytes], Found]] = {"xlsx": _xlsx, "xls": _xls, "xlsb": _xlsb}


_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "latin-1")


def _all_text(content: bytes) -> str:
    """Every text in a file, markup taken away: where a printed value must occur if it was in the file at all."""
    if not content.startswith(b"PK"):
        return _texts(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(_texts(archive.read(name)) for name in archive.namelist() if name.endswith(".xml"))


def _texts(content: bytes) -> str:
    pieces = []
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            if encoding != "latin-1":
                continue
            text = content.decode("utf-8", "replace")
        without = [re.sub(tag, "", re.sub(r"<!--.*?-->", "", text)) for tag in (r"<[^<>]*>", r"<[^>]*>")]
        pieces += [text, *without, *map(html.unescape, without), text.replace('""', '"')]
    return "\n".join(pieces)
