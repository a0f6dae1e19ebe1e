"""The calendar as it is released: the forms' due days and the warehouse's are the same days."""

from __future__ import annotations

from datetime import date

from ingest.pack import load_pack
from ingest.pack.calendar import WorkingDays, due_dates
from tests.orchestration.conftest import Released


def test_a_form_and_the_warehouse_know_the_same_working_days(beiguan: Released) -> None:
    days = WorkingDays(load_pack("beiguan"))
    known = beiguan.rows(
        "select day, is_working_day, next_working_day, previous_working_day from reference.int_days_worked "
        "where day between date '2004-01-10' and date '2030-12-20'"
    )
    assert len(known) > 9000
    for day, is_working_day, following, previous in known:
        assert days.is_working_day(day) == is_working_day, day
        assert days.shifted(day, "next_working_day") == following, day
        assert days.shifted(day, "previous_working_day") == previous, day


def test_a_form_and_the_warehouse_say_the_same_due_days(beiguan: Released) -> None:
    pack = load_pack("beiguan")
    due = beiguan.rows(
        "select bureau_code, stem, reference_month, due_date from mart_reporting_status where due_date is not null"
    )
    assert {(2023, 8, 21), (2023, 7, 20)} <= {(day.year, day.month, day.day) for *_, day in due}
    for bureau, stem, month, day in due:
        assert due_dates(pack, bureau, month)[stem] == day, (stem, month)


def test_nothing_that_is_due_on_a_day_off_is_missed_on_that_day(beiguan: Released) -> None:
    off = beiguan.rows(
        "select count(*) from mart_expected_cell inner join reference.int_days_worked on due_date = day "
        "where not is_working_day"
    )
    assert off == [(0,)]


def test_the_report_that_never_came_is_missing_cell_by_cell(beiguan: Released) -> None:
    absent = beiguan.rows(
        "select distinct obs_status, due_date from mart_expected_cell "
        "where bureau_code = 'fgw' and reference_month = date '2023-10-01' and status = 'not_reported'"
    )
    assert absent == [("O", date(2023, 11, 20))], "its figures, on the indicators' own day"
