"""Number formats: how many decimals a cell shows, and whether it shows percent; where xlsx keeps them.

Belongs here: the language of format codes, shared by all workbooks. Does not belong here: values.
A format that cannot be found is no error: the decimals then are not known.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import lru_cache
from html import unescape

from ingest.grids.extras import Formats
from ingest.grids.grid import NumberFormat, column_number

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 48: "0.0E+0",
}  # fmt: skip
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)([0-9]+)"(?:[^>]*? s="([0-9]+)")?')
_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]')
_ROUGH = re.compile(r"[0#?.],+(?![0#?,])|[0#?][eE][+-]|/")
"""Shown in thousands, in powers of ten or as a fraction: what is shown are not decimals of the number."""

NOT_THERE = (KeyError, OSError, zipfile.BadZipFile, zlib.error, UnicodeDecodeError, ValueError)


@lru_cache(maxsize=1024)
def parse_number_format(code: str) -> NumberFormat:
    """Decimals and percent sign of a number format's first section: ``0.0_ `` → 1 decimal."""
    section = _LITERAL.sub("", code.split(";")[0])
    if not re.search(r"[0#?]", section) or _ROUGH.search(section):
        return NumberFormat(None)
    decimals = re.search(r"\.([0#?]+)", section)
    return NumberFormat(len(decimals.group(1)) if decimals else 0, "%" in section)


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else None


def built_in(number: int, custom: dict[int, str]) -> NumberFormat:
    """The format of a number: the workbook's own, or one of those that all workbooks share."""
    return parse_number_format(custom.get(number, _BUILT_IN.get(number, "General")))


def read_styles(content: bytes) -> list[NumberFormat]:
    """The number format of each cell style of an xlsx, in order."""
    xml = content.decode("utf-8")
    custom = {
        int(number): code
        for tag in re.findall(r"<(?:\w+:)?numFmt\s[^>]*>", xml)
        if (number := _attribute(tag, "numFmtId")) and (code := _attribute(tag, "formatCode"))
    }
    block = re.search(r"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    tags = re.findall(r"<(?:\w+:)?xf\s[^>]*>", block.group(0)) if block else []
    numbers = [int(_attribute(tag, "numFmtId") or 0) for tag in tags]
    return [built_in(number, custom) for number in numbers]


def cell_formats(xml: bytes, styles: list[NumberFormat]) -> Formats:
    """Formats of a sheet's cells by position."""
    formats = {}
    for letters, row, style in _CELL.findall(xml):
        number = int(style) if style else 0
        if number < len(styles):
            formats[int(row) - 1, column_number(letters)] = styles[number]
    return formats
