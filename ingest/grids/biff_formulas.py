"""Formulas of old workbooks (xls): was one saved without a result, or is its result an empty text?

Belongs here: whether a formula can only give a number ([MS-XLS] 2.5.198, its tokens in reverse Polish order). Does not
belong here: calculating anything. The record of an empty text and of no result is one and the same; a sum or a product
is never a text, so an empty one was not calculated. Of any other formula it is not known, and it stays empty.
"""

from __future__ import annotations

import struct

_HEAD = 22  # of the record: place, style, result, flags, unused, length of the tokens
_ATTRIBUTE, _TEXT, _FUNCTION, _VARIADIC = 0x19, 0x17, 0x21, 0x22
_IS_CHOICE, _IS_SUM = 0x04, 0x10
_ARITHMETIC = {0x03, 0x04, 0x05, 0x06, 0x07, 0x12, 0x13, 0x14}  # + - * / ^, and signs and % of one operand
_NUMERIC = {4, 5, 6, 7, 24, 26, 27, 212, 213}  # SUM, AVERAGE, MIN, MAX, ABS, SIGN, ROUND, ROUNDUP, ROUNDDOWN
_PARENTHESES = 0x15
_SIZES = {
    **dict.fromkeys(range(0x03, 0x17), 1), _ATTRIBUTE: 4, 0x1C: 2, 0x1D: 2, 0x1E: 3, 0x1F: 9, _FUNCTION: 3,
    _VARIADIC: 4, 0x23: 5, 0x24: 5, 0x25: 9, 0x2A: 5, 0x2B: 9, 0x2C: 5, 0x2D: 9, 0x39: 7, 0x3A: 7, 0x3B: 11,
}  # fmt: skip


def lacks_result(record: bytes) -> bool:
    """Whether a formula whose saved result is empty can only give a number."""
    if record[12:14] != b"\xff\xff" or record[6] != 3:
        return False
    tokens = record[_HEAD : _HEAD + struct.unpack_from("<H", record, 20)[0]]
    at, gives_number = 0, False
    while at < len(tokens):
        kind = tokens[at] if tokens[at] < 0x20 else tokens[at] & 0x1F | 0x20
        size = _size(kind, tokens[at:])
        if not size or at + size > len(tokens):
            return False
        if kind != _PARENTHESES:
            gives_number = _gives_number(kind, tokens[at : at + size])
        at += size
    return gives_number


def _size(kind: int, rest: bytes) -> int:
    """The length of a token; 0 of one whose length is not known."""
    if kind == _TEXT and len(rest) > 2:
        return 3 + rest[1] * (2 if rest[2] & 1 else 1)
    if kind == _ATTRIBUTE and len(rest) > 1 and rest[1] & _IS_CHOICE:
        return 0
    return _SIZES.get(kind, 0)


def _gives_number(kind: int, token: bytes) -> bool:
    if kind in (_FUNCTION, _VARIADIC):
        return struct.unpack_from("<H", token, kind - _FUNCTION + 1)[0] in _NUMERIC
    return kind in _ARITHMETIC or (kind == _ATTRIBUTE and bool(token[1] & _IS_SUM))
