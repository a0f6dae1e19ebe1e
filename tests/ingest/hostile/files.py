"""Writers of hostile files: small, valid enough to get past the door, and meant badly.

Belongs here: making them. Does not belong here: what must become of them (``test_hostile_files.py``).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import xlsxwriter

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    + "]>"
)
STRANGER = '<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x">]>'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ODS = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE = f'xmlns:office="{ODS}office:1.0" xmlns:table="{ODS}table:1.0" xmlns:text="{ODS}text:1.0"'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def workbook(path: Path, cells: Mapping[str, object] | None = None, merge: str | None = None) -> Path:
    """An xlsx with one sheet 表."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表")
        for address, value in (cells or {"A1": "地区", "B1": "值", "A2": "北关区", "B2": 12.5}).items():
            sheet.write(address, value)
        if merge:
            sheet.merge_range(merge, "合并")
    return path


def with_part(path: Path, name: str, content: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The zip with one part replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    parts[name] = content.encode() if isinstance(content, str) else content
    with zipfile.ZipFile(path, "w", method) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def part_of(path: Path, name: str) -> str:
    """The text of one part of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def sheet_xml(path: Path, rows: str, before: str = "", dimension: str = "A1:B2", after: str = "") -> Path:
    """A workbook whose one sheet has rows of our own writing."""
    workbook(path)
    xml = f'{DECLARATION}{before}<worksheet {MAIN}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{after}'
    return with_part(path, "xl/worksheets/sheet1.xml", f"{xml}</worksheet>")


def ods(path: Path, rows: str, before: str = "") -> Path:
    """A text-document spreadsheet with one table 表."""
    content = (
        f"{DECLARATION}{before}<office:document-content {TABLE}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'{DECLARATION}<m:manifest xmlns:m="{ODS}manifest:1.0"/>')
        archive.writestr("content.xml", content)
    return path


def ods_cell(text: str, repeated: int = 1) -> str:
    """One cell of text."""
    kind = f'office:value-type="string" table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def document(path: Path, table: str = "", before: str = "") -> Path:
    """A docx with one table, or with a table of our own writing."""
    import docx

    made = docx.Document()
    made.add_paragraph("标题")
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "北关区", "12.5"
    made.save(str(path))
    if table or before:
        body = f"<w:p><w:r><w:t>标题</w:t></w:r></w:p>{table}"
        xml = f"{DECLARATION}{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"
        with_part(path, "word/document.xml", xml)
    return path


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of anything."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def pdf(stream: bytes, filter_name: str = "", pages: int = 1, kids: str = "") -> bytes:
    """A PDF written by hand: pages that share one content stream."""
    numbers = [4 + number for number in range(pages)]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids or ' '.join(f'{n} 0 R' for n in numbers)}] /Count {pages} >>".encode(),
        f"<< /Length {len(stream)} {filter_name} >>\nstream\n".encode() + stream + b"\nendstream",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << >> >>"] * pages,
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
