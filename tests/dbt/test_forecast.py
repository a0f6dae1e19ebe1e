"""Year-end forecasts: each case of `cases_forecast.py` against mart_forecast, and what was forecast on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dbt.cases_forecast import CASES, REVISED, ForecastCase

ROWS = [
    pytest.param(case, month, expected, id=f"{case.name}-{month[0]}-{month[1]:02d}")
    for case in CASES
    for month, expected in case.rows.items()
]


@pytest.mark.parametrize(("case", "month", "expected"), ROWS)
def test_the_year_is_forecast_as_worked_out_by_hand(
    ask: Any, case: ForecastCase, month: tuple[int, int], expected: dict[str, Any] | None
) -> None:
    rows = ask(
        "select * from marts.mart_forecast where indicator_code = ? and reference_month = ? and is_latest",
        case.name, date(*month, 1),
    )  # fmt: skip
    if expected is None:
        assert rows == []
        return
    (row,) = rows
    found = {name: row[name] for name in expected}
    assert found == {
        name: pytest.approx(value, abs=1e-6) if isinstance(value, float) else value for name, value in expected.items()
    }


def test_each_revision_is_a_further_forecast_and_a_reprint_is_none(ask: Any) -> None:
    rows = ask(
        "select made_on, forecast_value, is_latest from marts.mart_forecast where indicator_code = ? "
        "and plan_year = 2023 order by made_on",
        REVISED.name,
    )
    assert [tuple(row.values()) for row in rows] == [
        (date(2023, 7, 10), 120.0, False),
        (date(2023, 8, 10), 132.0, False),
        (date(2023, 10, 10), 144.0, True),
    ]


def test_the_current_forecast_is_the_newest_of_the_real_figures(ask: Any) -> None:
    rows = ask(
        "select reference_month, forecast_value, is_simulated from intermediate.int_forecasts_current "
        "where indicator_code in (?, 'f_simulated_years_teach_no_real_one') and plan_year = 2023 order by 1, 2",
        REVISED.name,
    )
    assert [tuple(row.values()) for row in rows] == [
        (date(2023, 6, 1), 120.0, False),
        (date(2023, 6, 1), 144.0, False),
        (date(2023, 7, 1), pytest.approx(50 * 12 / 7), True),
    ]


def test_every_forecast_says_in_both_languages_how_it_was_made(ask: Any) -> None:
    rows = ask("select method, method_reason, method_reason_en from marts.mart_forecast")
    assert {row["method"] for row in rows} >= {"latest_share", "weighted_shares", "added_months", "time_share", "holds"}
    assert all(row["method_reason"] and row["method_reason_en"] for row in rows)
    (share,) = ask(
        "select distinct method_reason, method_reason_en from marts.mart_forecast "
        "where indicator_code = 'f_the_share_of_last_year' and plan_year = 2023"
    )
    assert share["method_reason"].startswith("按2022年前6个月占全年的40.0%推算；80%区间")
    assert share["method_reason_en"].startswith("40.0% of the year was reached by month 6 in 2022; ")


def test_a_band_contains_its_forecast_and_no_negative_amount(ask: Any) -> None:
    rows = ask("select * from marts.mart_forecast where forecast_low is not null")
    assert rows
    assert all(row["forecast_low"] <= row["forecast_value"] <= row["forecast_high"] for row in rows)
    assert all(row["forecast_low"] >= 0 for row in rows if row["measure"] == "level_ytd" and row["value_to_date"] >= 0)
