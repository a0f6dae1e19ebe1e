"""Files to grids: ``read_grids`` opens whatever was sent, or says in words why it cannot.

Belongs here: the choice of the format's reader. Does not belong here: any meaning of what stands in a cell.
"""

from __future__ import annotations

from pathlib import Path

from ingest.grids.errors import EmptyError, EncryptedError, GridError, TooLargeError, UnreadableError
from ingest.grids.grid import Cell, Grid, GridFile, Merge, NumberFormat, address
from ingest.grids.sniff import MEDIA_TYPES, decode, sniff

__all__ = [
    "Cell", "EmptyError", "EncryptedError", "Grid", "GridError", "GridFile", "Merge", "NumberFormat",
    "TooLargeError", "UnreadableError", "address", "read_grids",
]  # fmt: skip

MAX_CELLS = 500_000
"""Half a minute of reading; the largest monthly workbook known has twenty thousand."""


def read_grids(path: Path) -> GridFile:
    """Open a file by its content; raises ``GridError`` with a reason code and sentences."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError("文件无法打开。", f"The file cannot be opened ({type(error).__name__}).") from error
    media = sniff(content)
    lines: list[str] = []
    if media == "html":
        from ingest.grids.html import read_html

        grids, lines = read_html(decode(content))
    elif media == "csv":
        from ingest.grids.delimited import read_delimited

        grids = read_delimited(decode(content))
    else:
        from ingest.grids.excel import read_workbook

        grids = read_workbook(path, media)
    if not lines and not any(_has_content(grid) for grid in grids):
        raise EmptyError
    if sum(len(row) for grid in grids for row in grid.values) > MAX_CELLS:
        filled = sum(1 for grid in grids for row in grid.values for value in row if value is not None and value != "")
        if filled > MAX_CELLS:
            raise TooLargeError(filled, MAX_CELLS)
    return GridFile(MEDIA_TYPES[media], grids, lines)


def _has_content(grid: Grid) -> bool:
    return any(value is not None and str(value).strip() for row in grid.values for value in row)
