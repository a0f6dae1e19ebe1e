"""Which days offices work, and on which day a bureau's report is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.pack import load_pack
from ingest.pack.calendar import WorkingDays, due_dates

JUNE, NOVEMBER = date(2023, 6, 1), date(2023, 11, 1)


@pytest.mark.parametrize(
    ("day", "is_working_day"),
    [
        (date(2023, 10, 6), False),  # a Friday of 国庆
        (date(2023, 10, 7), True),  # 调休: a Saturday that is worked
        (date(2023, 10, 14), False),
        (date(2023, 10, 16), True),
        (date(2019, 5, 2), False),
        (date(2090, 1, 2), True),  # a Monday of a year that nobody has arranged yet
        (date(2090, 1, 1), False),  # its Sunday
    ],
)
def test_offices_work_as_the_state_council_arranged(write_pack: Any, day: date, is_working_day: bool) -> None:
    assert WorkingDays(load_pack(write_pack({}))).is_working_day(day) == is_working_day


def test_a_pack_of_another_country_has_weekends_and_its_own_days(write_pack: Any, pack_files: dict[str, str]) -> None:
    own = load_pack(write_pack({
        "pack.yaml": pack_files["pack.yaml"] + "\nholidays: none\n",
        "working_days.yaml": "- {day: 2023-07-04, is_working_day: false, name: Independence Day}\n",
    }))  # fmt: skip
    days = WorkingDays(own)
    assert days.is_working_day(date(2023, 10, 6))
    assert not days.is_working_day(date(2023, 10, 7))
    assert not days.is_working_day(date(2023, 7, 4))


def test_the_pack_s_own_day_wins_over_the_library(write_pack: Any) -> None:
    own = load_pack(write_pack({"working_days.yaml": "- {day: 2023-10-07, is_working_day: false, name: 台风}\n"}))
    assert not WorkingDays(own).is_working_day(date(2023, 10, 7))
    days = own.tables()["pack_special_day"].to_pylist()
    (told,) = [one for one in days if one["day"] == date(2023, 10, 7)]
    assert (told["is_working_day"], told["name"], told["source"]) == (False, "台风", "working_days.yaml")


@pytest.mark.parametrize(
    ("shift", "due"),
    [
        ("", date(2023, 7, 24)),  # 25 days after June is Tuesday the 25th; 23 days after is Sunday the 23rd
        ("shift: next_working_day, ", date(2023, 7, 24)),
        ("shift: previous_working_day, ", date(2023, 7, 21)),
        ("shift: none, ", date(2023, 7, 23)),
        ("lag_months: 1, ", date(2023, 8, 23)),
        ("exceptions: [{reference_month: 2023-06-01, due_on: 2023-07-29, why: 半年报}], ", date(2023, 7, 29)),
    ],
)
def test_a_due_day_moves_by_the_entry_s_rule(
    write_pack: Any, pack_files: dict[str, str], shift: str, due: date
) -> None:
    text = pack_files["calendar.yaml"].replace("due_days: 25, ", f"due_days: 23, {shift}")
    pack = load_pack(write_pack({"calendar.yaml": text}))
    assert due_dates(pack, "tjj", JUNE) == {"tjj__yuebao": due}


def test_the_pack_s_rule_holds_where_an_entry_has_none(write_pack: Any, pack_files: dict[str, str]) -> None:
    changed = {
        "pack.yaml": pack_files["pack.yaml"] + "\ndue_shift: none\n",
        "calendar.yaml": pack_files["calendar.yaml"].replace("due_days: 25", "due_days: 23"),
    }
    assert due_dates(load_pack(write_pack(changed)), "tjj", JUNE) == {"tjj__yuebao": date(2023, 7, 23)}


def test_a_month_that_the_calendar_does_not_list_has_no_due_day(write_pack: Any) -> None:
    pack = load_pack(write_pack({}))
    assert due_dates(pack, "tjj", date(2024, 1, 1)) == {}, "there is no January"
    assert due_dates(pack, "czj", NOVEMBER) == {}
