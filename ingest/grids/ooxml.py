"""The package of an xlsx or xlsm workbook, unpacked once: what is checked here is what calamine then reads.

Belongs here: parts, and what calamine does not hand out of a sheet's XML. Does not belong here: values; number formats
(``formats.py``). Formulas are never evaluated: a result that was saved is the value, a formula saved without one is
shown as the formula it is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cached_property, partial
from html import unescape
from io import BytesIO
from pathlib import Path

from ingest.grids.extent import check_sheet
from ingest.grids.extras import Extras, Formats
from ingest.grids.formats import NOT_THERE, cell_formats, read_styles
from ingest.grids.grid import Merge, NumberFormat, column_number
from ingest.grids.zipped import open_zip

_UNREAD = re.compile(r"theme/|drawings/|charts/|embeddings/|media/|docprops/|customxml/|printersettings/|ctrlprops/")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_DATA = re.compile(rb"<(\w+:)?sheetData[\s/>]")
_ATTRIBUTE = r'\s{}\s*=\s*["\']([^"\']*)["\']'
_ERROR = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c (?P<cell>[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>(?P<text>[^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*(?P<value>0?)\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ADDRESS = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_TRUE = re.compile(rb"""["'](?:1|true)""")
_FROM_TO = re.compile(rb'\b(?:r|min|max)="([0-9]+)"')
_WIDEST = 16_384


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(_ATTRIBUTE.format(name), tag)
    return unescape(found.group(1)) if found else None


class Package:
    """The parts that hold sheets, texts and styles, in a zip in memory that need not be unpacked again."""

    def __init__(self, path: Path) -> None:
        self.stream = BytesIO()
        self._sheets: dict[str, Extras] = {}
        with open_zip(path) as source, zipfile.ZipFile(self.stream, "w") as target:
            recalculates = b'fullCalcOnLoad="1"' in _part(source, "xl/workbook.xml")
            for name in dict.fromkeys(source.namelist()):
                if name.lower().endswith((".xml", ".rels")) and not _UNREAD.search(name.lower()):
                    content = source.read(name)
                    if start := _DATA.search(content):
                        check_sheet(content)
                        prefix = start.group(1) or b""
                        self._sheets[name] = _extras(content, prefix, recalculates=recalculates)
                        content = _without_second_pass(content, start.start(), prefix)
                    target.writestr(name, content)
        self.stream.seek(0)

    def extras(self, _: int, sheet: str) -> Extras:
        """What there is to know about a sheet."""
        extras = self._sheets.get(self._parts.get(sheet, ""), Extras())
        extras.load_formats = partial(self._formats, sheet)
        return extras

    def _read(self, part: str) -> bytes:
        with zipfile.ZipFile(self.stream) as archive:
            return archive.read(part)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Where each sheet stands, by name."""
        try:
            targets = relations(self._read("xl/_rels/workbook.xml.rels"))
            sheets = _SHEET.findall(self._read("xl/workbook.xml").decode("utf-8"))
        except NOT_THERE:
            return {}
        return {_attribute(tag, "name") or "": targets.get(_attribute(tag, r"\w+:id") or "", "") for tag in sheets}

    @cached_property
    def _styles(self) -> list[NumberFormat]:
        try:
            return read_styles(self._read("xl/styles.xml"))
        except NOT_THERE:
            return []

    def _formats(self, sheet: str) -> Formats:
        try:
            return cell_formats(self._read(self._parts[sheet]), self._styles)
        except NOT_THERE:
            return {}


def relations(content: bytes) -> dict[str, str]:
    """Parts by the ids under which the workbook refers to them."""
    targets = {}
    for tag in _RELATION.findall(content.decode("utf-8")):
        target = (_attribute(tag, "Target") or "").lstrip("/")
        targets[_attribute(tag, "Id") or ""] = target if target.startswith("xl/") else f"xl/{target}"
    return targets


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""


def _without_second_pass(xml: bytes, start: int, prefix: bytes) -> bytes:
    """The sheet with an empty list of merges before its cells.

    calamine searches a whole sheet a second time for the list, which stands behind the cells; that is a third of its
    time. It stops at the first list it meets, and the merges are known already.
    """
    empty = b"<%bmergeCells></%bmergeCells>" % (prefix, prefix)
    return b"".join((xml[:start], empty, xml[start:]))


def _extras(xml: bytes, prefix: bytes, *, recalculates: bool) -> Extras:
    merges = [
        Merge(int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
        for left, top, right, bottom in _MERGE.findall(xml, max(xml.rfind(b"sheetData"), 0))
    ]
    extras = Extras(merges=merges)
    if b't="e"' in xml:
        for letters, row, text in _ERROR.findall(xml):
            extras.shown[int(row) - 1, column_number(letters)] = text.decode("utf-8", "replace")
    if b"</%bf>" % prefix in xml:
        extras.shown.update(_uncalculated(xml, recalculates=recalculates))
    for tag in _hidden(xml):
        numbers = [int(number) for number in _FROM_TO.findall(tag)]
        if numbers and b"row " in tag[:20]:
            extras.hidden_rows.add(numbers[0] - 1)
        elif numbers and b"col " in tag[:20]:
            extras.hidden_columns.update(range(min(numbers) - 1, min(max(numbers), _WIDEST)))
    return extras


def _hidden(xml: bytes) -> Iterator[bytes]:
    """Tags that say that what they stand for is hidden."""
    at = xml.find(b"hidden=")
    while at >= 0:
        if _TRUE.match(xml, at + 7):
            yield xml[xml.rfind(b"<", 0, at) : xml.find(b">", at)]
        at = xml.find(b"hidden=", at + 7)


def _uncalculated(xml: bytes, *, recalculates: bool) -> Iterator[tuple[tuple[int, int], str]]:
    """Formulas without a saved result. A program that cannot calculate leaves it out, or writes 0 and asks Excel to.

    An empty text as a result (t="str") is a result: =IF(A1="","",…) has it.
    """
    for found in _FORMULA.finditer(xml):
        address = _ADDRESS.search(found["cell"])
        is_placeholder = found["value"] == b"0"
        if address is None or b't="str"' in found["cell"] or (is_placeholder and not recalculates):
            continue
        text = unescape((found["text"] or b"").decode("utf-8", "replace"))
        yield (int(address[2]) - 1, column_number(address[1])), f"={text or '…'}"
