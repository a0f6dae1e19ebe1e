"""The clock of a run: one fixed moment that everything in the run shares.

Belongs here: what *now* and *today* mean. Does not belong here: when something is due (the pack's calendar, dbt).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had one time zone without summer time since 1992, so no zone database is needed to be right."""


def end_of_day(day: date) -> datetime:
    """The last second of a day in Shanghai: what ``as of D`` includes (rule 11)."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


@dataclass(frozen=True)
class Clock:
    """The moment a run believes it is.

    >>> Clock(date(2023, 7, 31)).now.isoformat()
    '2023-07-31T23:59:59+08:00'
    """

    as_of: date | None = None
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Read the wall clock once, so that every row of a run carries the same time."""
        moment = end_of_day(self.as_of) if self.as_of else datetime.now(SHANGHAI).replace(microsecond=0)
        object.__setattr__(self, "now", moment)

    @property
    def today(self) -> date:
        """The calendar's today in Shanghai."""
        return self.now.date()


def parse_moment(text: str) -> datetime:
    """Read an ISO date or datetime of a side file; what names no zone is Shanghai time, a bare date is its 00:00.

    The start of the day is chosen so that a file stamped with a day counts on that day, whatever the as-of axis.
    """
    if not isinstance(text, str):
        raise ValueError(f"not an ISO date: {text!r}")
    moment = datetime.fromisoformat(text.strip())
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)
