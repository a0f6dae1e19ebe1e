"""The reporting calendar of a pack: what is due from whom and when, and which days offices work.

Belongs here: the records of ``calendar.yaml`` and ``working_days.yaml``, the days that differ from the rule "Monday to
Friday", and the day on which something is due, for the forms. Does not belong here: what is late (dbt, which moves due
dates by the same rule over the same days).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field

from ingest.pack.models import Code, DueShift, Frequency, Record, Stem

if TYPE_CHECKING:
    from ingest.pack.pack import Pack

_ONE_DAY = timedelta(days=1)
_MONTHS: dict[str, tuple[int, ...]] = {
    "monthly": tuple(range(1, 13)), "quarterly": (3, 6, 9, 12), "half_yearly": (6, 12), "annual": (12,),
}  # fmt: skip


class DueException(Record):
    """One report of a stem that is due on another day than the rule says."""

    reference_month: date = Field(description="as its first day")
    due_on: date = Field(description="the day on which that report is due; it is not moved again")
    why: str


class CalendarEntry(Record):
    """``calendar.yaml``: what is due from whom and when."""

    stem: Stem
    bureau_code: Code
    frequency: Frequency
    first_month: int = Field(1, ge=1, le=12)
    due_days: int = Field(ge=0, description="days after the end of the reference month")
    lag_months: int = Field(0, ge=0, description="months after the reference month in whose report it comes")
    shift: DueShift | None = Field(
        None, description="where a due day goes on which nobody works; none given = the pack's due_shift"
    )
    valid_from: date = Field(description="first reference month, as its first day")
    valid_to: date | None = Field(None, description="last reference month, as its first day")
    is_simulated: bool = False
    exceptions: list[DueException] = Field([], description="reports that are due on an agreed day")

    def expects(self, month: date) -> bool:
        """Whether a report with that reference month is due at all."""
        is_valid = self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)
        return is_valid and is_published(self.frequency, self.first_month, month)


class SpecialDay(Record):
    """``working_days.yaml``: a day off or a make-up working day that the holiday data lack or have wrong."""

    day: date
    is_working_day: bool
    name: str


def is_published(frequency: Frequency, first_month: int, month: date) -> bool:
    """Whether a figure of that frequency exists for a month (the dbt macro ``is_published_month`` says the same)."""
    return month.month >= first_month and month.month in _MONTHS.get(frequency, ())


def later(month: date, months: int) -> date:
    """First day of the month that lies so many months away."""
    index = month.year * 12 + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def special_days(pack: Pack) -> Iterator[tuple[SpecialDay, str]]:
    """The days that are no common weekday or weekend, each with where that is known from; the pack's own word wins."""
    own = {one.day: one for one in pack.working_days}
    yield from ((one, "working_days.yaml") for one in own.values())
    if pack.info.holidays == "china":
        yield from ((one, "chinesecalendar") for one in _of_state_council() if one.day not in own)


@lru_cache(maxsize=1)
def _of_state_council() -> tuple[SpecialDay, ...]:
    """Public holidays and make-up working days (调休) as the State Council arranged them, all years that are known."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {one.value: one.chinese for one in Holiday}
    return tuple(
        SpecialDay(day=day, is_working_day=is_working, name=names.get(name, name))
        for days, is_working in ((holidays, False), (workdays, True))
        for day, name in sorted(days.items())
    )


class WorkingDays:
    """Which days offices work."""

    def __init__(self, pack: Pack) -> None:
        self._special = {one.day: one.is_working_day for one, _ in special_days(pack)}

    def is_working_day(self, day: date) -> bool:
        """As arranged, else Monday to Friday."""
        return self._special.get(day, day.weekday() < 5)

    def shifted(self, day: date, shift: DueShift) -> date:
        """The day itself where people work, else the next or the previous one on which they do."""
        step = {"next_working_day": _ONE_DAY, "previous_working_day": -_ONE_DAY}.get(shift)
        while step is not None and not self.is_working_day(day):
            day += step
        return day


def due_dates(pack: Pack, bureau_code: str, month: date) -> dict[str, date]:
    """Stem → the day on which that bureau's report of the month is due (as ``int_reports_expected`` says)."""
    days = WorkingDays(pack)
    found: dict[str, date] = {}
    for entry in pack.calendar:
        if entry.bureau_code != bureau_code or not entry.expects(month):
            continue
        agreed = {one.reference_month: one.due_on for one in entry.exceptions}
        by_rule = later(month, entry.lag_months + 1) - _ONE_DAY + timedelta(days=entry.due_days)
        found[entry.stem] = agreed.get(month) or days.shifted(by_rule, entry.shift or pack.info.due_shift)
    return found
