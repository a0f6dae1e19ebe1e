"""Footnote marks beside a number or label, and the notes at the foot of a table that they point to.

Belongs here: the spelling of marks, taking them off a text, reading the lines that explain them. Does not belong
here: which cells are asked for their marks (``ingest/interpret``), missing marks (``numbers.py``).

Whatever ends a label like a mark is left out of account when labels are compared. Beside a number only a mark that a
line explains is taken off: an unexplained one may be a digit, a power or a slip, and the number stays in doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_CIRCLED = "①-⑳㉑-㉟㊱-㊿❶-❿➀-➓"
_RAISED = "¹²³⁰⁴-⁹"
_DIGITS = r"(?:\d{1,2}|[０-９]{1,2})"
_LETTER = "[A-Za-zａ-ｚＡ-Ｚ]"
# A raised figure after a Latin letter belongs to a unit (m², km²).
_SURE = rf"[注註]?[{_CIRCLED}]|(?<![A-Za-z])[{_RAISED}]{{1,2}}|[*＊]{{1,4}}|※\d{{0,2}}|[†‡]"
_BRACKETED = (
    rf"[(（\[〔［](?:[注註]?{_DIGITS}|{_LETTER})[)）\]〕］]|[注註]{_DIGITS}"
    rf"|(?<![A-Za-z(（]){_LETTER}[)）]|(?<![\d０-９.(（]){_DIGITS}[)）]"
)
_TRAILING = re.compile(rf"\s*({_SURE}|{_BRACKETED})\s*$")
_LEADING = re.compile(rf"^\s*({_SURE})\s*(?=[-+.\d])")
_DEFINED = re.compile(rf"(?:^|(?<=[;；。\s]))\s*({_SURE}|{_BRACKETED})\s*[:：、.．\s]?\s*")
_OPENS = re.compile(r"^\s*(?:[注註](?:释|記|记)?|备注|備考|说明|Notes?)\s*[:：]\s*", re.IGNORECASE)
_WORDS = re.compile(r"\w{2}", re.UNICODE)
_BRACKETS = "()[]〔〕（）［］"


@lru_cache(maxsize=4096)
def key_of(mark: str) -> str:
    """The mark as it is compared: ａ）, (a) and a) are one; ① stays apart from 1."""
    bare = mark.strip().strip(_BRACKETS).lstrip("注註")
    if unicodedata.category(bare[:1] or " ") == "No" and bare[:1] not in "¹²³" and not "⁰" <= bare[:1] <= "⁹":
        return bare
    return unicodedata.normalize("NFKC", bare).casefold()


def without_marks(text: str) -> str:
    """A label without the marks that end it; the label itself when nothing would be left."""
    while (found := _TRAILING.search(text)) and text[: found.start()].strip():
        text = text[: found.start()]
    return text


def _is_explanation(text: str) -> bool:
    return bool(_WORDS.search(text)) and not text.strip().replace(".", "").isdigit()


def read_notes(text: str) -> dict[str, str]:
    """The marks that a line explains, with their words; empty for a line that explains none.

    >>> read_notes("注：①不含农户；②快报数")
    {'①': '不含农户', '②': '快报数'}
    >>> read_notes("a)  As of Oct.1")
    {'a': 'As of Oct.1'}
    """
    opened = _OPENS.match(text)
    body = text[opened.end() :] if opened else text
    starts = [found for found in _DEFINED.finditer(body) if found.end() > found.start()]
    if not starts or starts[0].start() > 0:
        return {}
    if not opened and len(starts) > 1:  # marks inside the words of one note are not further notes, circled ones are
        starts = [starts[0], *(s for s in starts[1:] if re.match(rf"[{_CIRCLED}]", s[1]))]
    ends = [*(start.start() for start in starts[1:]), len(body)]
    notes = {key_of(s[1]): body[s.end() : end].strip(" \u3000;；") for s, end in zip(starts, ends, strict=True)}
    return {key: words for key, words in notes.items() if _is_explanation(words)}


class Footnotes:
    """The notes that one sheet or page explains."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        """Read the lines that may explain marks; one explained twice (in two languages) has both wordings."""
        self._notes: dict[str, str] = {}
        for line in lines:
            for key, words in read_notes(line).items():
                known = self._notes.get(key)
                if known is None or words not in known:
                    self._notes[key] = words if known is None else f"{known} / {words}"

    def __bool__(self) -> bool:
        """Whether any mark is explained."""
        return bool(self._notes)

    def off(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A printed value without the footnote marks that are explained, and these marks from left to right.

        >>> Footnotes(["① 快报数"]).off("12.3①"), Footnotes().off("12.3①")
        (('12.3', ('①',)), ('12.3①', ()))
        """
        marks: list[str] = []
        while (found := _TRAILING.search(text)) is not None and self._parts(text[: found.start()], found[1]):
            marks.insert(0, found[1].strip())
            text = text[: found.start()]
        first = _LEADING.match(text)
        if first is not None and self._parts(text[first.end() :], first[1]):
            marks.insert(0, first[1])
            text = text[first.end() :]
        return text, tuple(marks)

    def _parts(self, rest: str, mark: str) -> bool:
        return bool(rest.strip()) and key_of(mark) in self._notes

    def marks_of(self, label: str) -> tuple[str, ...]:
        """The explained marks that end a label, from left to right."""
        return self.off(label)[1]

    def words(self, marks: Iterable[str]) -> str | None:
        """What the marks say."""
        return "；".join(self._notes[key_of(mark)] for mark in dict.fromkeys(marks)) or None


NO_FOOTNOTES = Footnotes()
