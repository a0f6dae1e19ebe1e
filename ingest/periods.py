"""Which months a printed period covers.

Pure functions on text. Where a period stands in a file and which of several wins is the business of the source specs;
whether it lies in the future is the business of the reader.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ingest.text import normalise

Kind = Literal["ytd", "month", "quarter", "eop", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A resolved period: ``start`` and ``month`` are the first days of the first and the last month it covers."""

    kind: Kind
    start: date
    month: date
    label: str


@dataclass(frozen=True, slots=True)
class PeriodProblem:
    """A text that names no single period, with the reason for the clerk."""

    text: str
    reason: str
    reason_en: str


_Match = re.Match[str]
# A builder gives kind, first month and last month; a first month of 0 means "not a period" (7-12月, 6月15日).
_Built = tuple[Kind, int, int]

_DASHES = re.compile(r"[-‐‑‒–—―−─~〜∼～至到]+")
_NUMERALS = re.compile(r"[〇零一二两三四五六七八九十]+")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ERAS = {"平成": 1988, "H": 1988, "昭和": 1925, "S": 1925, "令和": 2018, "R": 2018}
_ERA = re.compile(r"(平成|昭和|令和)(\d{1,2}|元)年|(H|S|R)(\d{1,2}|元)[年.](?=\d|$)")

_Y = r"(?:(?P<year>(?:19|20)\d\d(?!\d{1,2}月)|\d\d(?=年))年?[-./]?|今年|本年)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_M = r"(?P<m>\d{1,2})"
_TOTAL = r"(?:止?累计数?)?"


def _numeral(match: _Match) -> str:
    word = match[0]
    if "十" in word:
        tens, _, ones = word.partition("十")
        if len(tens) <= 1 and len(ones) <= 1:
            return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
        return word
    # Two numerals side by side (一二月) are left alone: they may mean 1-2月 as well as 12月.
    return "".join(str(_DIGITS[char]) for char in word) if len(word) in {1, 4} else word


def _era(match: _Match) -> str:
    year = match[2] or match[4]
    return f"{_ERAS[match[1] or match[3]] + (1 if year == '元' else int(year))}年"


def _canonical(text: str) -> str:
    """Fold dashes, numerals, eras and near-synonyms so that few patterns are enough."""
    folded = normalise(text).replace("○", "〇")
    folded = re.sub(r"(?<=\d)一(?=\d{1,2}月)", "-", folded)  # 1一9月: the numeral one typed as a dash
    folded = re.sub(r"截[至止]到?", "截", folded)
    folded = _NUMERALS.sub(_numeral, folded)
    folded = _DASHES.sub("-", _ERA.sub(_era, folded))
    return folded.replace("月份", "月").replace("年度", "年").replace("元月", "1月").replace("自年初", "年初")


def _until(month: int, kind: Kind = "ytd") -> Callable[[_Match], _Built]:
    return lambda _: (kind, 1, month)


def _year_end(_: _Match) -> _Built:
    return "eop", 12, 12


def _first_months(match: _Match) -> _Built:
    return "ytd", 1, int(match["m"])


def _first_quarters(match: _Match) -> _Built:
    return "ytd", 1, int(match["q"]) * 3


def _range(match: _Match) -> _Built:
    groups = match.groupdict()
    same_year = groups.get("other") in {None, groups["year"]}
    return "ytd", int(match["a"]) if same_year else 0, int(match["m"])


def _quarter(match: _Match) -> _Built:
    quarter = int(match["q"]) if match["q"].isdigit() else " ABCD".index(match["q"])
    # 一季度 without 第 is the cumulative figure of January to March, as 上半年 and 前三季度 are.
    kind: Kind = "ytd" if match[0].endswith("1季度") and "第" not in match[0] else "quarter"
    return kind, quarter * 3 - 2, quarter * 3


def _day(match: _Match) -> _Built:
    year, month, day = int(match["year"] or 0), int(match["m"]), int(match["d"])
    last = {calendar.monthrange(year or y, month)[1] for y in (2023, 2024)} if 1 <= month <= 12 else set()
    return "eop", month if day in last else 0, month


def _single(kind: Kind) -> Callable[[_Match], _Built]:
    return lambda match: (kind, int(match["m"]), int(match["m"]))


def _rules(*rules: tuple[str, Callable[[_Match], _Built]]) -> list[tuple[re.Pattern[str], Callable[[_Match], _Built]]]:
    return [(re.compile(rf"(?<![\d.]){pattern}(?![\d.])"), build) for pattern, build in rules]


_IN_TEXT = _rules(
    (rf"{_Y}(?P<a>\d{{1,2}})月?-(?:(?P<other>\d{{4}})年)?{_M}月{_TOTAL}", _range),
    (rf"{_Y}(?:前|年初-){_M}个?月{_TOTAL}", _first_months),
    (rf"{_Y}(?:前|1-)(?P<q>[2-4])个?季度{_TOTAL}", _first_quarters),
    (rf"{_Y}上半年{_TOTAL}", _until(6)),
    (rf"{_Y}1季度{_TOTAL}", _until(3)),
    (rf"{_Y}第?(?P<q>[1-4])季度", _quarter),
    (rf"截?{_Y}第?(?P<q>[1-4])季度[末底]", lambda m: ("eop", int(m["q"]) * 3, int(m["q"]) * 3)),
    (rf"截?{_Y}{_M}月止?累计数?", _first_months),
    (rf"截?{_Y}{_M}月(?:期?末|月?底)", _single("eop")),
    (rf"截{_Y}{_M}月(?!\d)", _single("eop")),
    (rf"截?{_Y}{_M}月(?P<d>\d{{1,2}})日止?", _day),
    (rf"{_Y}{_M}月(?:当月)?", _single("month")),
    (rf"截?{_Y}年?(?<![期月季旬周])[末底]", _year_end),
    (rf"{_Y}全年", _until(12, "year")),
    (r"(?P<year>(?:19|20)\d\d|\d\d)年", _until(12, "year")),
)
_ALONE = _rules(
    (rf"{_YEAR}", _until(12, "year")),
    (rf"{_YEAR}[-./]?{_M}", _single("month")),
    (rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)", _day),
    (rf"截?{_YEAR}(?P<sep>[-./]){_M}(?P=sep)(?P<d>\d{{1,2}})", _day),
    (rf"{_YEAR}[./](?P<a>\d{{1,2}})-{_M}", _range),
    (rf"{_YEAR}[-年]?Q(?P<q>[1-4])", _quarter),
    (rf"Q(?P<q>[1-4])[-/]?{_YEAR}", _quarter),
    (rf"{_YEAR}年?(?P<q>[A-D])", _quarter),
)


def _label(kind: Kind, month: date) -> str:
    if kind == "ytd":
        return f"{month.year}年1-{month.month}月"
    if kind == "quarter":
        return f"{month.year}年第{'一二三四'[month.month // 3 - 1]}季度"
    return f"{month.year}年" + {"eop": f"{month.month}月末", "month": f"{month.month}月", "year": ""}[kind]


def _resolve(text: str, match: _Match, built: _Built, default_year: int | None) -> Period | PeriodProblem:
    kind, first, last = built
    printed = match.groupdict().get("year")
    year = (int(printed) + (2000 if len(printed) == 2 else 0)) if printed else default_year
    if year is None:
        return PeriodProblem(text, f"“{text}”没有写年份", f"'{text}' names no year")
    if not 1 <= first <= last <= 12 or (kind == "ytd" and first != 1):
        return PeriodProblem(text, f"“{text}”不是从1月起的累计期，也不是整月", f"'{text}' is no period from January on")
    start, month = date(year, first, 1), date(year, last, 1)
    return Period(kind, start, month, _label(kind, month))


def _bare(text: str) -> str:
    stripped = text.strip("()[]【】:,;。.")
    return stripped.removeprefix("累计") if stripped.startswith("累计") and len(stripped) > 2 else stripped


def parse_period(text: str, default_year: int | None) -> Period | PeriodProblem:
    """Read a text that is a period and nothing else.

    >>> parse_period("1-9月累计", 2025)
    Period(kind='ytd', start=datetime.date(2025, 1, 1), month=datetime.date(2025, 9, 1), label='2025年1-9月')
    """
    canonical = _bare(_canonical(text))
    for pattern, build in _IN_TEXT + _ALONE:
        match = pattern.fullmatch(canonical)
        if match is not None:
            return _resolve(text, match, build(match), default_year)
    return PeriodProblem(text, f"“{text}”不是可识别的时期", f"'{text}' is not a period that is known")


def without_period(text: str) -> str | None:
    """What a normalised text says besides its period; None when there is no period in it.

    >>> without_period("2025年一至九月社会消费品零售总额")
    '社会消费品零售总额'
    """
    canonical = _canonical(text)
    span = _first_span(canonical)
    if span is None:
        return None
    # Folding changes lengths (零售 → 0售), so the cuts are looked for in the text itself.
    cuts = range(len(text) + 1)
    first = next((at for at in reversed(cuts) if _canonical(text[:at]) == canonical[: span[1]]), None)
    last = next((at for at in cuts if _canonical(text[at:]) == canonical[span[2] :]), None)
    return None if first is None or last is None or last < first else text[:first] + text[last:]


def _first_span(canonical: str) -> tuple[int, int, int] | None:
    """The rule, start and end of the first, longest period in a text."""
    found = [(m.start(), -len(m[0]), i) for i, (p, _) in enumerate(_IN_TEXT) if (m := p.search(canonical))]
    if not found:
        return None
    start, length, rule = min(found)
    return rule, start, start - length


def find_period(text: str, default_year: int | None) -> Period | PeriodProblem | None:
    """Find the first period inside a longer text such as a title; None when there is none.

    >>> find_period("2025年1-9月地区生产总值", None).label
    '2025年1-9月'
    """
    canonical = _canonical(text)
    span = _first_span(canonical)
    if span is None:
        return None
    pattern, build = _IN_TEXT[span[0]]
    match = pattern.search(canonical, span[1])
    assert match is not None
    return _resolve(text, match, build(match), default_year)


_MONTHS_EN = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)",
        rf"(?P<name>{'|'.join(_MONTHS_EN)})[a-z]*\.?(?P<d>\d{{1,2}}),?(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)


def find_date(text: str) -> date | None:
    """The one day that a text prints; None when there is none, or no such day.

    >>> find_date("平成24年１月1日現在"), find_date("date: 2023/4/15"), find_date("As of Feb. 1,2012")
    (datetime.date(2012, 1, 1), datetime.date(2023, 4, 15), datetime.date(2012, 2, 1))
    """
    folded = _ERA.sub(_era, normalise(text))
    for pattern in _DATES:
        found = pattern.search(folded)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS_EN[parts["name"]] if parts.get("name") else int(parts["m"])
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None
