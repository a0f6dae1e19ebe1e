"""The days that ``jindu explain`` prints are the days of the people who read them."""

from datetime import UTC, datetime

from orchestration.explain import _when


def test_an_instant_after_midnight_in_china_is_of_that_day() -> None:
    assert _when(datetime(2026, 11, 24, 17, 4, tzinfo=UTC)) == "2026-11-25"


def test_no_instant_is_a_dash() -> None:
    assert _when(None) == "—"
