"""Text that a spreadsheet would run as a formula, made plain text.

Belongs here: the one rule for everything that we write and people open in Excel, WPS or LibreOffice (csv, xlsx, html).
Does not belong here: writing files. A value that a bureau sent is never run by us either: readers take what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

Value = TypeVar("Value")

_BEGINS = frozenset("=+-@|\t\r\n")
"""What starts a formula, a DDE call (|) or a second line; full-width and small forms are folded before."""
_AMOUNT = re.compile(r"[+-]?[\d][\d,]*\.?\d*(?:[%‰]|[^\x00-\x7f（）()＝＋－＠]{0,12})")
"""A signed number and at most a unit without a Latin letter or operator: ``-5.3``, ``+0.4个百分点``, ``-1,200%``."""


def harmless(value: Value) -> Value | str:
    """The value itself, or with an apostrophe before it when a spreadsheet would take it for a formula.

    Numbers stay numbers, also when they are written out: ``-5.3`` and ``-5.3%`` begin no formula.

    >>> harmless("=HYPERLINK(...)"), harmless("-5.3"), harmless(-5.3)
    ("'=HYPERLINK(...)", '-5.3', -5.3)
    """
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFKC", value)
    shown = text.lstrip("".join(sign for sign in set(text) if _is_invisible(sign)))
    if shown[:1] not in _BEGINS and text[:1] not in _BEGINS:
        return value
    if not shown or (_AMOUNT.fullmatch(shown) and text[:1] == shown[:1]):
        return value
    return f"'{value}"


def _is_invisible(sign: str) -> bool:
    """Blanks of all kinds and signs without width: what stands before the first sign that counts."""
    return sign.isspace() or unicodedata.category(sign)[0] == "C"
