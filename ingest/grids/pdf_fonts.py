"""Fonts of a PDF that lose no letter: a code without a glyph is shown as one that cannot be read, never as nothing.

Belongs here: codes that a font's table of codes lacks (a minus U+2212 in STSong-Light), which pdfminer passes over, so
that −49.5 would read as 49.5. Does not belong here: tables and lines (``pdf.py``, which imports this only for a PDF).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from pdfminer.cmapdb import CMap, CMapBase
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFResourceManager

_NO_GLYPH = 0  # the standard's .notdef, which pdfminer spells (cid:0)


class Fonts(PDFResourceManager):
    """Hands out fonts whose codes are all seen."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of a description, as pdfminer makes it, but with a table that passes over nothing."""
        font = super().get_font(objid, spec)
        if isinstance(font, PDFCIDFont) and isinstance(font.cmap, CMap):
            font.cmap = _WholeTable(font.cmap)
        return font


class _WholeTable(CMapBase):
    """A table of codes in which what is missing has the glyph of what is missing."""

    def __init__(self, table: CMap) -> None:
        super().__init__(**table.attrs)
        self._codes = table.code2cid
        self._is_unicode = str(table.attrs.get("CMapName", "")).startswith("Uni")
        # Where no code has one byte, all have at least two: so many are passed over at a byte that begins none.
        self._shortest = 1 if any(isinstance(entry, int) for entry in self._codes.values()) else 2

    def decode(self, code: bytes) -> Iterator[int]:
        """The glyphs of a string of codes."""
        at = 0
        while at < len(code):
            entry, end = self._codes.get(code[at]), at + 1
            while isinstance(entry, dict) and end < len(code):
                entry, end = entry.get(code[end]), end + 1
            if isinstance(entry, int):
                yield entry
            else:
                end = max(end, min(at + self._shortest, len(code)))
                yield from self._missing(code[at:end])
            at = end

    def _missing(self, code: bytes) -> Iterator[int]:
        """No glyph; but a blank of any width (U+00A0) is a blank, and a mark that takes no room is nothing."""
        letter = chr(int.from_bytes(code, "big")) if self._is_unicode and len(code) == 2 else ""
        blank = self._codes.get(0)
        if letter.isspace() and isinstance(blank, dict) and isinstance(number := blank.get(0x20), int):
            yield number
        elif not letter or letter == "\u00ad" or unicodedata.category(letter) != "Cf":
            yield _NO_GLYPH
