"""The calendar: due days move from holidays by rule, figures lag, what is not due is never missing, forms count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


def report(ask: Any, stem: str, month: int) -> dict[str, Any]:
    (row,) = ask(
        "select * from marts.mart_reporting_status where stem = ? and reference_month = ?", stem, date(2023, month, 1)
    )
    return dict(row)


@pytest.mark.parametrize(
    ("case", "stem", "month", "due"),
    [
        ("a weekday stays", "gxj__next", 7, date(2023, 8, 7)),  # 6 August is a Sunday
        ("a holiday goes on to a make-up Saturday, which is worked", "gxj__next", 9, date(2023, 10, 7)),
        ("a holiday goes back over the whole week", "gxj__previous", 9, date(2023, 9, 28)),
        ("a day that the rule leaves alone", "gxj__none", 9, date(2023, 10, 6)),
        ("the pack's rule where the entry has none", "gxj__as_the_pack", 9, date(2023, 10, 6)),
        ("an agreed day is not moved, although a Saturday", "gxj__next", 11, date(2023, 12, 23)),
        ("a year without known holidays still has weekends", "gxj__next", 12, date(2024, 1, 8)),
        ("a report that comes a month later", "gxj__lagging", 8, date(2023, 10, 7)),
    ],
)
def test_a_due_day_moves_by_rule(ask: Any, case: str, stem: str, month: int, due: date) -> None:
    assert report(ask, stem, month)["due_date"] == due, case


def test_a_year_whose_holidays_are_not_known_is_told_and_no_more(ask: Any) -> None:
    rows = ask(
        "select severity, observed from marts.mart_quality_finding where rule = 'holidays_unknown' order by observed"
    )
    assert {"severity": "info", "observed": "2024年"} in rows
    assert "2023年" not in {row["observed"] for row in rows}


def cell(ask: Any, indicator: str, month: date) -> dict[str, Any] | None:
    rows = ask(
        "select * from marts.mart_expected_cell where indicator_code = ? and reference_month = ?", indicator, month
    )
    assert len(rows) <= 1
    return dict(rows[0]) if rows else None


@pytest.mark.parametrize(
    ("indicator", "month", "status", "obs_status"),
    [
        ("cell_states", date(2023, 9, 1), "reported", "A"),
        ("cell_states", date(2023, 10, 1), "not_collected", "L"),
        ("cell_states", date(2023, 11, 1), "held", "V"),
        ("cell_states", date(2023, 12, 1), "not_reported", "O"),
        ("cell_states", date(2024, 2, 1), "not_due", None),
        ("cell_quarters", date(2023, 9, 1), "reported", "A"),
        ("cell_quarters", date(2023, 12, 1), "not_reported", "O"),
        ("on_its_day", date(2024, 1, 1), "not_reported", "O"),
        ("a_month_later", date(2023, 12, 1), "not_reported", "O"),
        ("a_month_later", date(2024, 1, 1), "not_due", None),
    ],
)
def test_every_expected_cell_has_a_state(
    ask: Any, indicator: str, month: date, status: str, obs_status: str | None
) -> None:
    row = cell(ask, indicator, month)
    assert row is not None
    assert (row["status"], row["obs_status"]) == (status, obs_status)


@pytest.mark.parametrize(
    ("indicator", "month"),
    [
        ("cell_states", date(2024, 1, 1)),  # there is no January
        ("cell_states", date(2023, 8, 1)),  # nobody had ever told it
        ("cell_quarters", date(2023, 10, 1)),  # between two quarters
        ("in_the_report", date(2024, 1, 1)),  # the calendar of its bureau has ended
    ],
)
def test_what_nobody_expects_has_no_row(ask: Any, indicator: str, month: date) -> None:
    assert cell(ask, indicator, month) is None


def test_no_figure_is_due_before_the_report_that_carries_it(ask: Any) -> None:
    days = {
        row["reference_month"].month: row["due_date"]
        for row in ask("select * from marts.mart_expected_cell where indicator_code = 'in_the_report'")
    }
    assert days == {11: date(2023, 12, 23), 12: date(2024, 1, 8)}


@pytest.mark.parametrize(
    ("case", "month", "status", "day"),
    [
        ("a form that says all that the report would", 6, "on_time", date(2023, 7, 8)),
        ("a form that says part of it", 7, "partial", date(2023, 8, 8)),
        ("the form came in time, the file after it", 8, "on_time", date(2023, 9, 8)),
        ("a second form completed it, too late", 9, "late", date(2023, 10, 12)),
        ("nothing came", 10, "missing", None),
    ],
)
def test_a_form_counts_as_the_report_whose_figures_it_carries(
    ask: Any, case: str, month: int, status: str, day: date | None
) -> None:
    row = report(ask, "rsj__monthly", month)
    assert row["status"] == status, case
    assert (row["received_at"].date() if row["received_at"] else None) == day
