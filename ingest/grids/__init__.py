"""Files to grids: ``read_grids`` opens whatever was sent, or says in words why it cannot.

Belongs here: the choice of the format's reader. Does not belong here: any meaning of what stands in a cell.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.grids.encodings import decode
from ingest.grids.errors import EmptyError, EncryptedError, GridError, TooLargeError, UnreadableError
from ingest.grids.extent import check_grids
from ingest.grids.grid import Cell, Grid, GridFile, Merge, NumberFormat, address
from ingest.grids.page import Page
from ingest.grids.sniff import MEDIA_TYPES, PAGES, Media, sniff_bytes, sniff_text
from ingest.grids.zipped import check_zip
from ingest.guard import grant_time
from ingest.limits import FILE_BYTES

__all__ = [
    "Cell", "EmptyError", "EncryptedError", "Grid", "GridError", "GridFile", "Merge", "NumberFormat",
    "TooLargeError", "UnreadableError", "address", "read_grids",
]  # fmt: skip


def read_grids(path: Path) -> GridFile:
    """Open a file by its content; raises ``GridError`` with a reason code and sentences."""
    try:
        if (size := path.stat().st_size) > FILE_BYTES:
            raise TooLargeError(
                f"文件有 {size >> 20} MiB，超过 {FILE_BYTES >> 20} MiB，不像统计报表，没有打开。",
                f"The file has {size >> 20} MiB, more than {FILE_BYTES >> 20}: it is no report, and it was not opened.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError("文件无法打开。", f"The file cannot be opened ({type(error).__name__}).") from error
    media = sniff_bytes(content)
    with _no_search_for_cycles(media):
        if media is None:
            text = decode(content)
            media = sniff_text(text)
            page = _read_text(media, text, content)
        else:
            page = _read_binary(media, path)
    grids, lines = page.grids, page.lines
    if not lines and not any(_has_content(grid) for grid in grids):
        raise EmptyError
    grant_time(check_grids(grids))
    return GridFile(MEDIA_TYPES[media], grids, lines, is_page=media in PAGES)


@contextmanager
def _no_search_for_cycles(media: Media | None) -> Iterator[None]:
    """Reading makes a million objects and hardly a cycle; the search for them would take a fifth of the time."""
    is_on = gc.isenabled() and media not in ("pdf", "docx")
    if is_on:
        gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def _read_text(media: Media, text: str, content: bytes) -> Page:
    if media == "csv":
        from ingest.grids.delimited import read_delimited

        return Page(read_delimited(text, content if b"\x00" not in content else None))
    if media == "json":
        from ingest.grids.json import read_json

        return read_json(text)
    if media == "xml":
        from ingest.grids.xml import read_xml

        return read_xml(text)
    if media == "spreadsheetml":
        from ingest.grids.spreadsheetml import read_spreadsheetml

        return Page(read_spreadsheetml(text))
    from ingest.grids.html import read_html, read_mhtml

    return read_mhtml(content) if media == "mhtml" else read_html(text)


def _read_binary(media: Media, path: Path) -> Page:
    check_zip(path)
    if media == "docx":
        from ingest.grids.word import read_word

        return read_word(path)
    if media == "pdf":
        from ingest.grids.pdf import read_pdf

        return read_pdf(path)
    if media == "ods":
        from ingest.grids.opendocument import read_opendocument

        return Page(read_opendocument(path))
    from ingest.grids.excel import read_workbook

    return Page(read_workbook(path, media))


def _has_content(grid: Grid) -> bool:
    return any(value is not None and str(value).strip() for row in grid.values for value in row)
