"""Which period a cell belongs to: block over column over title over sheet over report (RULES 2).

Belongs here: the period in a text of a file, shifting periods. Does not belong here: reading a period's words
(``ingest/periods.py``), the report's own month (``report.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.interpret.locate import Place, header_parts
from ingest.interpret.shown import header_text
from ingest.periods import Period, PeriodProblem, find_period, parse_period
from ingest.spec import PeriodRef
from ingest.text import normalise

_INDEX_BASE = re.compile(r"\([^()]*=100[^()]*\)")
_FILING = re.compile(r"(?:填报|填表|报送|上报|报出|制表|编制|打印|编印|印发|发布|出表)(?:日期|时间|日)")
_DATE = re.compile(r"(?<!截至)(?<!截止)(?<!截)(?:(?:19|20)\d\d年)?(\d{1,2})月(\d{1,2})日")
_ANY_YEAR = 2000
_MONTH_ENDS = {"31", "30", "28", "29"}
_RUN_ON = re.compile(r"月(?=\d+[^\d日号月.-])")
_RELATIVE = re.compile(r"上年|去年|上月|年初|上期|前期")
_DATED_RELATIVE = re.compile(r"(?:上年|去年)(?:同期|同月)?\((?P<dated>(?:19|20)\d\d年[^()]*)\)")


def read_period(text: str, year: int | None) -> Period | None:
    """The period that a text is or contains; None when there is none or it lacks a year.

    A text that speaks of another time in words (上年末) names no period of its own: the spec says what it is.
    """
    text = _without_dates(_INDEX_BASE.sub("", normalise(text)))
    whole = parse_period(text, year)
    if isinstance(whole, Period):
        return whole
    found = find_period(_without_relative(text), year)
    return found if isinstance(found, Period) else None


def is_impossible(text: str, year: int | None) -> bool:
    """Whether a text names a period that cannot be (2025年13月) or that no figure has here (7-12月)."""
    found = find_period(_without_relative(_without_dates(_INDEX_BASE.sub("", normalise(text)))), year or _ANY_YEAR)
    return isinstance(found, PeriodProblem)


def dated_past(text: str) -> Period | None:
    """The period that a text prints beside its word for it, as in 去年（2024年1-8月）; None for any other text."""
    found = _DATED_RELATIVE.fullmatch(normalise(text).strip())
    period = parse_period(found["dated"], None) if found else None
    return period if isinstance(period, Period) else None


def _without_dates(text: str) -> str:
    """Drop the day on which a form was filled in (填报日期：2023年7月5日); part a month from a number after it."""
    filing = _FILING.search(text)
    if filing:
        text = text[: filing.start()]
    text = _DATE.sub(lambda found: found[0] if found[2] in _MONTH_ENDS else "", text)
    return _RUN_ON.sub("月,", text)  # 2023年2月70个大中城市


def _without_relative(text: str) -> str:
    """Cut a text where it begins to speak of another time, unless its own period stands there (1-9月比上年同期)."""
    found = _RELATIVE.search(text)
    return text[: found.start()] if found else text


def shift(month: date, months: int) -> date:
    """First day of the month that lies ``months`` away."""
    index = month.year * 12 + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_end(month: date) -> date:
    """Last day of a month."""
    return shift(month, 1) - timedelta(days=1)


_SHIFTS: dict[PeriodRef, int] = {"same_period_last_year": -12, "previous_month": -1}


def apply_reference(period: Period, reference: PeriodRef | None) -> Period:
    """The period that a word such as 上年同期 means beside ``period``."""
    if reference in _SHIFTS:
        months = _SHIFTS[reference]
        month = shift(period.month, months)
        start = shift(period.start, months) if months == -12 or period.kind in ("month", "eop") else period.start
        return replace(period, start=min(start, month), month=month)
    if reference in ("previous_year", "previous_year_end"):
        year = period.month.year - 1
        return replace(period, kind="year", start=date(year, 1, 1), month=date(year, 12, 1))
    return period


def span(period: Period, measure: str) -> tuple[date, date]:
    """First and last month that a measure covers in a period: 1-9月 of a stock is September, of a flow nine months."""
    if measure.endswith(("_month", "_eop")):
        return period.month, period.month
    if measure.endswith("_quarter"):
        return shift(period.month, -2), period.month
    return (period.start if period.kind == "ytd" else date(period.month.year, 1, 1)), period.month


def header_period(place: Place, column: int, year: int | None) -> tuple[Period | None, str | None]:
    """The period that stands above a column, and the text that says so."""
    texts = [header_text(part) for part in header_parts(place, column)]
    joined = "".join(texts)
    # 2025.9 is a period only by itself, so each text is asked too.
    period = next((found for text in (joined, *texts) if (found := read_period(text, year))), None)
    if period is None:
        return None, None
    own = [text.strip() for text in texts if read_period(text, year or period.month.year)]
    return period, "".join(own) or joined


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """The report's own period and the year that its labels leave out."""

    period: Period | None
    label: str | None
    year: int | None
