"""What a printed number says: value, qualifier, printed decimals, the unit words that stand beside it.

Pure functions. The marks for missing figures differ from office to office, so they are always an argument. Units are
looked up and converted elsewhere; here 万 stays in ``unit_text`` and the value stays as printed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.text import normalise

Qualifier = Literal["=", ">", "≥", "<", "≤", "≈"]
SKIP = "skip"

_PREFIXES: dict[str, Qualifier] = {
    "不低于": "≥", "不少于": "≥", "至少": "≥", ">=": "≥", "≥": "≥", "≧": "≥",
    "不高于": "≤", "不超过": "≤", "不多于": "≤", "不大于": "≤", "控制在": "≤", "最多": "≤",
    "<=": "≤", "≤": "≤", "≦": "≤",
    "超过": ">", "大于": ">", "高于": ">", "多于": ">", "逾": ">", ">": ">",
    "接近": "<", "将近": "<", "近": "<", "不足": "<", "不到": "<", "低于": "<", "少于": "<", "小于": "<", "<": "<",
    "大约": "≈", "约为": "≈", "约": "≈", "≈": "≈",
}  # fmt: skip
_SUFFIXES: dict[str, Qualifier] = {
    "及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "左右": "≈", "上下": "≈",
}  # fmt: skip
UNCHANGED = frozenset({"持平", "与上年持平", "与上年同期持平"})
"""Words for a change of nothing: a growth of 0, and never a level of 0."""
# U+2212, en dash and the hyphens are minus signs; an em dash is not: at most offices it marks a missing figure.
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})
# Invisible in a text, but a page may print it as a hyphen: PDF writers take it for the minus of a negative number.
SOFT_HYPHEN = "\u00ad"
_SPLIT_DIGITS = re.compile(r"[\d.,，．][\s]+[\d.,，．]")
# Spaces that do not part words are group marks between full groups; an ordinary space may part two numbers.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?P<mark>[\u00a0\u2007\u2009\u202f])\d{3}(?:(?P=mark)\d{3})*(?!\d)")
_NEGATIVE = re.compile(r"^负(?:增长)?(?=[\d.])")
_BRACKETED = re.compile(r"\([\d.,]+%?\)")
_TWO_MULTIPLIERS = re.compile(r"[百千万亿]\d")  # 1万2千
_MOST_DIGITS = 15  # what a stored number keeps exactly; a longer whole number is an account number or a slip
_PRINTED = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?|[+-]?\.(?P<bare>\d+))"
    r"(?P<multiplier>[百千万亿]{0,3})(?P<more>[余多])?"
    r"(?P<unit>(?:[%‰$¥€A-DF-Za-df-z\u4e00-\u9fff][\w%‰/·.()\u4e00-\u9fff-]{0,15})?)"
)


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """One printed number; ``obs_status`` is None for a mark that is skipped and when there is a problem."""

    value: float | None
    qualifier: Qualifier = "="
    decimals: int | None = None
    unit_text: str | None = None
    obs_status: str | None = "A"
    problem: str | None = None
    problem_en: str | None = None


def _problem(zh: str, en: str) -> ParsedNumber:
    return ParsedNumber(None, obs_status=None, problem=zh, problem_en=en)


def _of_mark(status: str) -> ParsedNumber:
    return ParsedNumber(None, obs_status=None if status == SKIP else status)


def _has_footnote_digit(text: str) -> bool:
    """Circled and raised digits (①, ²) would become digits of the number under NFKC."""
    for char in text:
        if unicodedata.category(char) in {"No", "So"}:
            folded = unicodedata.normalize("NFKC", char)
            if any(c.isdigit() for c in folded) and not any(c.isalpha() for c in folded):
                return True
    return False


def _take_qualifiers(text: str) -> tuple[str, set[Qualifier]]:
    """Take the longest qualifying word from either end."""
    before = max((word for word in _PREFIXES if text.startswith(word)), key=len, default="")
    rest = text.removeprefix(before)
    after = max((word for word in _SUFFIXES if rest.endswith(word) and rest != word), key=len, default="")
    found = ({_PREFIXES[before]} if before else set()) | ({_SUFFIXES[after]} if after else set())
    return rest.removesuffix(after), found


def parse_number(printed: str | float | int, marks: Mapping[str, str]) -> ParsedNumber:
    """Read one cell's number as printed.

    Args:
        printed: The cell's text, or its number when the cell is numeric. Decimals of a numeric cell come from its
            number format and are not known here.
        marks: Mark → SDMX observation status, or ``skip``; per source, compared normalised.

    >>> parse_number("70%以上", {})
    ParsedNumber(value=70.0, qualifier='≥', decimals=0, unit_text='%', obs_status='A', problem=None, problem_en=None)
    """
    folded_marks = {normalise(mark): status for mark, status in marks.items()}
    if isinstance(printed, bool):
        return _problem("单元格是逻辑值，不是数", "the cell holds a truth value, not a number")
    if isinstance(printed, (int, float)):
        return _of_numeric(float(printed), folded_marks)
    if SOFT_HYPHEN in printed:
        return _problem(f"“{printed}”带连字符，可能是负号", f"'{printed}' carries a hyphen that may be a minus sign")
    text = normalise(printed)
    if text in folded_marks:
        return _of_mark(folded_marks[text])
    if not text:
        return _of_mark(SKIP)
    if text in UNCHANGED:
        return ParsedNumber(0.0)
    if _has_footnote_digit(printed):
        return _problem(f"“{printed}”带注释号，无法确定数值", f"'{printed}' carries a note mark beside the digits")
    if _SPLIT_DIGITS.search(_GROUPED.sub(lambda found: found[0].replace(found["mark"], ""), printed.strip())):
        return _problem(f"“{printed}”数字中间有空格，可能是两个数", f"'{printed}' has a space inside its digits")
    return _of_text(printed, text)


def _of_numeric(value: float, marks: Mapping[str, str]) -> ParsedNumber:
    if not math.isfinite(value):
        return _problem("单元格不是有限数", "the cell is not a finite number")
    mark = marks.get(str(int(value))) if value.is_integer() else None
    return _of_mark(mark) if mark else ParsedNumber(value)


def _of_text(printed: str, text: str) -> ParsedNumber:
    rest, qualifiers = _take_qualifiers(text)
    match = _PRINTED.fullmatch(_NEGATIVE.sub("-", rest.translate(_MINUS)))
    if match is None and _BRACKETED.fullmatch(text):
        return _problem(f"“{printed}”的括号可能表示负数", f"the brackets of '{printed}' may mean a negative number")
    if match is None or _TWO_MULTIPLIERS.search(text):
        return _problem(f"“{printed}”不是一个数", f"'{printed}' is not one number")
    if len(match["number"].partition(".")[0].replace(",", "").lstrip("+-0")) > _MOST_DIGITS:
        return _problem(f"“{printed}”位数过多，不像统计数", f"'{printed}' has too many digits for a figure")
    if match["more"]:
        qualifiers.add(">")
    if len(qualifiers) > 1:
        return _problem(f"“{printed}”的限定词互相矛盾", f"the qualifiers of '{printed}' contradict each other")
    decimals = match["decimals"] or match["bare"] or ""
    return ParsedNumber(
        float(match["number"].replace(",", "")),
        next(iter(qualifiers), "="),
        len(decimals),
        (match["multiplier"] + match["unit"]) or None,
    )
