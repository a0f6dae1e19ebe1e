"""Labels: what a title, header or row label says besides its words: units, periods, numbering.

Belongs here: splitting a label and comparing it with a spec's patterns. Does not belong here: what the label means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.footnotes import without_marks
from ingest.periods import Period, parse_period, without_period
from ingest.text import normalise

if TYPE_CHECKING:
    from ingest.pack import Pack

_BRACKET = re.compile(r"\(([^()]*)\)")
_UNIT_WORD = re.compile(r"(?:计量)?单位[:是为]?")
_LONE_UNIT = re.compile(r"(?:计量)?单位[:是为]([^()]+)$|^(?:计量)?单位([^()]+)$")
_TRAILING_PERCENT = re.compile(r"[±+-]*([%‰])$")
UNIT_SEPARATOR = re.compile(r"[、,;/和及]")
_SHOWN = 5
_WORDS_TOO = {"指数", "名次", "位次"}  # a label that is a unit and nothing else is one, but for these
_MULTIPLIED = re.compile(r"[十百千万亿兆]+(.*)")
_MONEY = re.compile(r".{1,2}元")
_NUMBERING = re.compile(r"^(?:#|\*|·|其中[:,]?|\(?[一二三四五六七八九十]+[)、.]|\(?\d{1,2}[)、.](?!\d))+")
# Note marks: circled and raised ones become digits when a label is normalised, so they go before.
_RAISED = re.compile(r"(?<![mM米])[\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u249b\u2776-\u2793]+")
_NOTE_MARK = re.compile(r"(?<=.)(?:[*※]+|\(?注\d*\)?|\[\d{1,2}\])$")
_PERIOD_WORDS = re.compile(
    r"(?:截[至止])?(?:(?:19|20)?\d\d年)?"
    r"(?:1[-—–~至到]\d{1,2}月|\d{1,2}月|上半年|前[二三]季度|第?[一二三四]季度|全年)(?:末|累计)?|(?:19|20)\d\d年"
)


@lru_cache(maxsize=8192)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Label:
    """One label: as printed, normalised, without unit, and every form that a pattern may equal."""

    text: str
    norm: str
    bare: str
    forms: frozenset[str]
    units: tuple[str, ...] = ()


def is_aside(label: Label) -> bool:
    """Whether a label is nothing but a unit or a period."""
    return (label.units[:1] == (label.bare,) or not label.bare) or isinstance(parse_period(label.bare, 2000), Period)


def matches(patterns: Iterable[str], label: Label) -> bool:
    """Whether any pattern equals a form of the label or, starting with ``~``, is found in it."""
    for pattern in patterns:
        if pattern.startswith("~"):
            if any(_compiled(pattern[1:]).search(form) for form in (label.norm, label.bare)):
                return True
        elif normalise(pattern) in label.forms:
            return True
    return False


def captured(patterns: Iterable[str], label: Label) -> str | None:
    """What the first group of a regular expression holds; None when none fits."""
    for pattern in patterns:
        found = _compiled(pattern.removeprefix("~")).search(label.norm)
        if found and found.groups():
            return found.group(1)
    return None


def equals(patterns: Iterable[str], label: Label) -> bool:
    """Whether a pattern equals the whole label, numbering and unit included."""
    return any(not p.startswith("~") and normalise(p) == label.norm for p in patterns)


def _readable(pattern: str) -> str:
    return pattern.removeprefix("~").strip("^$") if pattern.startswith("~") else pattern


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """Up to three known texts that look most like ``text``."""
    plain = {normalise(word): word for word in map(_readable, known)}
    return [plain[found] for found in get_close_matches(normalise(text), list(plain), n=3, cutoff=0.4)]


def expected_label(text: str, known: Iterable[str]) -> str | None:
    """What a finding says was expected in place of an unknown label: the nearest known ones, else some of them."""
    words = [word for word in dict.fromkeys(map(_readable, known)) if word]
    some = "、".join(words[:_SHOWN]) + (f" 等 {len(words)} 个" if len(words) > _SHOWN else "")
    return "、".join(nearest(text, words)) or some or None


class LabelReader:
    """Splits labels with the units that a pack knows, and remembers what it has split."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._labels: dict[str, Label] = {}
        self._units: dict[str, bool] = {}

    def __call__(self, text: str) -> Label:
        """The label of a text."""
        label = self._labels.get(text)
        if label is None:
            label = self._labels[text] = self._read(text)
        return label

    def is_unit(self, text: str) -> bool:
        """Whether the pack knows a unit of that spelling."""
        if text not in self._units:
            self._units[text] = bool(text) and self._pack.unit_by_label(text) is not None
        return self._units[text]

    def _looks_like_unit(self, text: str) -> bool:
        """A money word or a multiple of a unit, known or not: 兆元 and a lone 万 are units nobody can use."""
        multiplied = _MULTIPLIED.fullmatch(text)
        tail = multiplied.group(1) if multiplied else None
        return self.is_unit(text) or tail == "" or bool(tail and self.is_unit(tail)) or bool(_MONEY.fullmatch(text))

    def _units_in(self, text: str) -> tuple[str, ...]:
        text = _UNIT_WORD.sub("", text)
        if self.is_unit(text):
            return (text,)
        pieces = [piece for piece in UNIT_SEPARATOR.split(text) if piece]
        return tuple(pieces) if pieces and all(map(self._looks_like_unit, pieces)) else ()

    def _read(self, text: str) -> Label:
        norm = normalise(text)
        bare = _NOTE_MARK.sub("", normalise(_RAISED.sub("", text))) or norm
        unmarked = bare
        units: tuple[str, ...] = ()
        for bracket in _BRACKET.finditer(bare):
            found = self._units_in(bracket.group(1))
            if found:
                units += found
                bare = bare.replace(bracket.group(0), "", 1)
        lone = _LONE_UNIT.search(bare)
        if lone and (found := self._units_in(lone.group(1) or lone.group(2))):
            units += found
            bare = bare[: lone.start()]
        if not units and (len(bare) > 1 or bare in "%‰元") and self.is_unit(bare) and bare not in _WORDS_TOO:
            units = (bare,)
        if not units and len(bare) > 1 and (percent := _TRAILING_PERCENT.search(bare)):
            units, bare = (percent.group(1),), bare[: percent.start()]
        bare = _NOTE_MARK.sub("", bare)
        plain = _NUMBERING.sub("", bare).removesuffix(":")
        forms = {norm, bare, plain, _NUMBERING.sub("", unmarked)}
        forms |= {_PERIOD_WORDS.sub("", form).replace("()", "") for form in (bare, plain)} - {""}
        forms |= {rest.replace("()", "") for form in (bare, plain) if (rest := without_period(form))}
        unmarked = without_marks(text)
        if unmarked != text:
            forms |= self(unmarked).forms
        return Label(text, norm, bare, frozenset(forms), units)
