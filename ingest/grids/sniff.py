"""Which format a file really has, told from its bytes; the name's ending is never trusted.

Belongs here: signatures and text encodings. Does not belong here: reading the content.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Literal

from ingest.grids.errors import EmptyError, EncryptedError, UnreadableError

Media = Literal["xlsx", "xls", "ods", "html", "csv"]

MEDIA_TYPES: dict[Media, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "html": "text/html",
    "csv": "text/csv",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"BM", "BMP 图片", "a BMP picture"),
    (b"%PDF", "PDF 文档", "a PDF document"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
)


def sniff(content: bytes) -> Media:
    """The format of ``content``; raises a ``GridError`` for what holds no table."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise EmptyError
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(content)
    if content.startswith(_OLE):
        return _sniff_ole(content)
    for signature, kind, kind_en in _FOREIGN:
        if content.startswith(signature):
            raise UnreadableError(f"文件实际上是{kind}，不是表格。", f"The file is really {kind_en}, not a table.")
    head = decode(content)[:8192].lstrip("\ufeff \t\r\n").lower()
    return "html" if head.startswith("<") or "<table" in head else "csv"


def _sniff_zip(content: bytes) -> Media:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise UnreadableError(
            "工作簿不完整（可能在传输中被截断）。", "The workbook is incomplete (cut off on its way, perhaps)."
        ) from error
    if any(name.startswith("xl/workbook") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise UnreadableError("文件实际上是 Word 文档，不是表格。", "The file is really a Word document, not a table.")
    raise UnreadableError("压缩包里没有工作簿。", "There is no workbook in this archive.")


def _sniff_ole(content: bytes) -> Media:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedError
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise UnreadableError(
        "文件是旧式 Office 文档，但里面没有工作簿。", "The file is an old Office document without a workbook."
    )


def decode(content: bytes) -> str:
    """Text of ``content``: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError(
        "文件既不是表格也不是文本，无法识别。", "The file is neither a table nor text in a known encoding."
    )
