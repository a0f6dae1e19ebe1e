"""Which format a file really has, told from its bytes; the name's ending is never trusted.

Belongs here: signatures. Does not belong here: text encodings (``encodings.py``) and reading the content.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Literal

from ingest.grids.errors import EmptyError, EncryptedError, UnreadableError
from ingest.grids.zipped import open_zip

Media = Literal["xlsx", "xlsb", "xls", "ods", "docx", "pdf", "mhtml", "html", "xml", "spreadsheetml", "json", "csv"]

MEDIA_TYPES: dict[Media, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "mhtml": "multipart/related",
    "html": "text/html",
    "xml": "application/xml",
    "spreadsheetml": "application/vnd.ms-excel+xml",
    "json": "application/json",
    "csv": "text/csv",
}
PAGES: frozenset[Media] = frozenset({"docx", "pdf", "mhtml", "html", "xml", "json"})
"""Documents: tables with titles and text between them, no sheets."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"BM", "BMP 图片", "a BMP picture"),
    (b"II*\x00", "TIFF 图片", "a TIFF picture"),
    (b"MM\x00*", "TIFF 图片", "a TIFF picture"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive"),
)
_BIFF_BEFORE_5 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_LINES_OF_JSON = re.compile(r'[\[{]\s*(["\[{\]}]|-?\d|null|true|false)')


def sniff_bytes(content: bytes) -> Media | None:
    """The format of a binary file, None for text; raises a ``GridError`` for what holds no table."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise EmptyError
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(content)
    if content.startswith(_OLE):
        return _sniff_ole(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    for signature, kind, kind_en in _FOREIGN:
        if content.startswith(signature):
            raise UnreadableError(f"文件实际上是{kind}，不是表格。", f"The file is really {kind_en}, not a table.")
    if content.startswith(_BIFF_BEFORE_5):
        raise UnreadableError("工作簿是 Excel 4 以前的格式。", "The workbook is in a format of Excel 4 or older.")
    return None


def sniff_text(text: str) -> Media:
    """The format of a text file."""
    head = text[:8192].lstrip("\ufeff \t\r\n")
    low = head.lower()
    if low.startswith("mime-version:") or "content-type: multipart/related" in low[:1024]:
        return "mhtml"
    if low.startswith("<"):
        return _sniff_markup(low)
    if _LINES_OF_JSON.match(head):
        return "json"
    return "html" if "<table" in low else "csv"


def _sniff_markup(head: str) -> Media:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "spreadsheetml"
    return "xml" if head.startswith("<?xml") and "<html" not in head and "<!doctype html" not in head else "html"


def _sniff_zip(content: bytes) -> Media:
    with open_zip(BytesIO(content)) as archive:
        names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/workbook") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        return "docx"
    raise UnreadableError("压缩包里没有工作簿。", "There is no workbook in this archive.")


def _sniff_ole(content: bytes) -> Media:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedError
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    if "WordDocument".encode("utf-16-le") in content:
        raise UnreadableError(
            "文件是旧式 Word 文档（.doc），请另存为 .docx。",
            "The file is an old Word document (.doc): save it as .docx.",
        )
    raise UnreadableError(
        "文件是旧式 Office 文档，但里面没有工作簿。", "The file is an old Office document without a workbook."
    )
