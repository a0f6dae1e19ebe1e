"""The skill of the year-end forecast on published series, through the product's own line and SQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import forecast
from benchmarks.forecast import Skill


@pytest.fixture(scope="module")
def skills(shared_file: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> list[Skill]:
    """The scores of 2019, forecast from 2017 and 2018."""
    files = shared_file("realdata/nbs_provincial_realestate/csv")
    return forecast.skills(forecast.released(files, tmp_path_factory.mktemp("provinces") / "home"))


def test_in_june_the_error_is_sixty_percent_below_the_linear_time_share(skills: list[Skill]) -> None:
    june = forecast.of(skills, "level_ytd", 6)
    assert june.forecasts == 40
    assert june.error_pct is not None
    assert june.time_share_pct is not None
    assert june.error_pct <= 0.4 * june.time_share_pct


def test_in_june_the_error_is_no_worse_than_that_of_last_years_share(skills: list[Skill]) -> None:
    june = forecast.of(skills, "level_ytd", 6)
    assert june.error_pct is not None
    assert june.latest_share_pct is not None
    assert june.error_pct <= june.latest_share_pct + 1e-9


@pytest.mark.parametrize(
    ("measure", "month"), [(None, None), ("level_ytd", None), ("growth_ytd", None), ("level_ytd", 6)]
)
def test_the_band_of_eighty_percent_covers_seventy_to_ninety(
    skills: list[Skill], measure: str | None, month: int | None
) -> None:
    covered = forecast.of(skills, measure, month).covered_pct
    assert covered is not None
    assert 70 <= covered <= 90


def test_the_table_has_a_line_for_each_indicator_and_month(skills: list[Skill]) -> None:
    by_month = {(row.indicator, row.measure, row.month) for row in skills if row.indicator and row.month}
    assert len(by_month) == 2 * 2 * 10  # two indicators, level and growth, February to November
    assert forecast.show(skills).row_count == len(skills) - 1
    assert all(is_met for _, is_met in forecast.goals(skills))
