"""Bytes to text: the encodings in which Chinese offices save.

Belongs here: telling them apart by the bytes. Does not belong here: what the text holds.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ingest.grids.errors import UnreadableError

_SAMPLE = 65_536
_DECLARED_BIG5 = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?big5", re.IGNORECASE)
_FEWEST_IDEOGRAPHS = 6


def decode(content: bytes) -> str:
    """Text of ``content``: UTF-8 or UTF-16, with or without BOM, GB18030, or Big5 where only Big5 makes sense."""
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if b"\x00" not in content or "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise UnreadableError(
        "文件既不是表格也不是文本，无法识别。", "The file is neither a table nor text in a known encoding."
    )


def _candidates(content: bytes) -> Iterator[str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    if b"\x00" in content[:_SAMPLE]:
        yield from _utf16(content[:_SAMPLE])
        return
    yield "utf-8"
    if _DECLARED_BIG5.search(content[:1024]) or _is_big5(content[:_SAMPLE]):
        yield "big5hkscs"
    yield "gb18030"


def _utf16(sample: bytes) -> Iterator[str]:
    """The byte order in which commas, digits and line ends have their zero byte; there are none without them."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        yield "utf-16-le"
    elif even > 4 * odd:
        yield "utf-16-be"


def _is_big5(sample: bytes) -> bool:
    """Whether the ideographs are common ones in Big5 and mostly rare ones in GB18030: short texts do not tell."""
    as_big5 = _common(sample, "big5", "big5", 0xA4, 0xC6)
    as_gb = _common(sample, "gb18030", "gb2312", 0xB0, 0xD7)
    return as_big5 is not None and as_big5 > 0.9 and (as_gb is None or as_gb < 0.7)


def _common(sample: bytes, encoding: str, standard: str, first: int, last: int) -> float | None:
    """Share of the ideographs that stand among the common ones of a standard, by their lead byte."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None
    ideographs = [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]
    if len(ideographs) < _FEWEST_IDEOGRAPHS:
        return None
    leads = (letter.encode(standard, "ignore")[:1] for letter in ideographs)
    return sum(1 for lead in leads if lead and first <= lead[0] <= last) / len(ideographs)
