"""Number formats of an xlsx workbook: how many decimals a cell shows, and whether it shows percent.

Belongs here: the few attributes of the workbook's XML that calamine does not hand out. Does not belong here: values.
A format that cannot be found is no error: the decimals then are not known.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path

from ingest.grids.grid import NumberFormat

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 48: "0.0E+0",
}  # fmt: skip
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)([0-9]+)"(?:[^>]*? s="([0-9]+)")?')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

NOT_THERE = (KeyError, OSError, zipfile.BadZipFile, UnicodeDecodeError)

Formats = Mapping[tuple[int, int], NumberFormat]


@lru_cache(maxsize=1024)
def parse_number_format(code: str) -> NumberFormat:
    """Decimals and percent sign of a number format's first section: ``0.0_ `` → 1 decimal."""
    section = _LITERAL.sub("", code.split(";")[0])
    if not re.search(r"[0#?]", section):
        return NumberFormat(None)
    decimals = re.search(r"\.([0#?]+)", section)
    return NumberFormat(len(decimals.group(1)) if decimals else 0, "%" in section)


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else None


def _styles(archive: zipfile.ZipFile) -> list[NumberFormat]:
    xml = archive.read("xl/styles.xml").decode("utf-8")
    custom = {
        int(number): code
        for tag in re.findall(r"<(?:\w+:)?numFmt\s[^>]*>", xml)
        if (number := _attribute(tag, "numFmtId")) and (code := _attribute(tag, "formatCode"))
    }
    block = re.search(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    tags = re.findall(r"<(?:\w+:)?xf\s[^>]*>", block.group(0)) if block else []
    numbers = [int(_attribute(tag, "numFmtId") or 0) for tag in tags]
    return [parse_number_format(custom.get(n, _BUILT_IN.get(n, "General"))) for n in numbers]


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the archive each sheet stands, by name."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")):
        target = (_attribute(tag, "Target") or "").lstrip("/")
        relations[_attribute(tag, "Id")] = target if target.startswith("xl/") else f"xl/{target}"
    sheets = _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8"))
    return {_attribute(tag, "name") or "": relations.get(_attribute(tag, r"\w+:id"), "") for tag in sheets}


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """Letters of a column counted from zero: A → 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class WorkbookFormats:
    """The number formats of one workbook, read when somebody first asks for them."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _shared(self) -> tuple[list[NumberFormat], dict[str, str]]:
        try:
            with zipfile.ZipFile(self._path) as archive:
                return _styles(archive), sheet_parts(archive)
        except NOT_THERE:
            return [], {}

    def of_sheet(self, sheet: str) -> Formats:
        """Formats of a sheet's cells by position."""
        styles, parts = self._shared
        try:
            with zipfile.ZipFile(self._path) as archive:
                xml = archive.read(parts[sheet])
        except NOT_THERE:
            return {}
        formats = {}
        for letters, row, style in _CELL.findall(xml):
            number = int(style) if style else 0
            if number < len(styles):
                formats[(int(row) - 1, column_number(letters))] = styles[number]
        return formats
