"""The simulated figures: ranks of 2022, agreement with the plan text, and what bureaus' figures look like."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.county import LEVEL_DECIMALS, NOMINAL_SHARE, months_of
from demo.figures import Figures
from demo.places import CITY, DISTRICT, FOUR_DISTRICTS, UNITS
from demo.series import simulate
from demo.tasks import TASKS

NINE_RANKS = [
    ("gdp.growth", FOUR_DISTRICTS, 1),
    ("industry.growth", FOUR_DISTRICTS, 1),
    ("industry.growth", tuple(UNITS), 2),
    ("fai.growth", FOUR_DISTRICTS, 2),
    ("industrial_fai.growth", FOUR_DISTRICTS, 1),
    ("industrial_fai.growth", tuple(UNITS), 2),
    ("retail.level", FOUR_DISTRICTS, 2),
    ("retail.level", tuple(UNITS), 4),
    ("revenue.growth", FOUR_DISTRICTS, 2),
]


@pytest.mark.parametrize("seed", [410503, 1, 2])
@pytest.mark.parametrize(("series", "regions", "printed"), NINE_RANKS)
def test_the_nine_printed_ranks_of_2022_come_out_for_any_seed(
    series: str, regions: tuple[str, ...], printed: int, seed: int
) -> None:
    assert simulate(seed).rank(series, DISTRICT, regions, 2022, 12) == printed


# fact_id → series, and the factor from the plan's unit to the bureau's.
PRINTED_2022 = {
    "F003": ("gdp.growth", 1), "F004": ("industry.growth", 1), "F006": ("fai.growth", 1),
    "F007": ("industrial_fai.growth", 1), "F009": ("retail.level", 1), "F012": ("revenue.growth", 1),
    "F018": ("new_four_above", 1), "F023": ("batches", 1), "F024": ("signed", 1), "F025": ("started", 1),
    "F026": ("in_production", 1), "F027": ("city_key_projects", 1), "F028": ("city_key_investment", 1),
    "F029": ("city_key_completion", 1), "F030": ("special_bonds", 10000), "F064": ("projects_100m", 1),
    "F065": ("projects_1bn", 1), "F066": ("projects_500m", 1), "F068": ("high_tech_firms", 1),
    "F069": ("new_tech_smes", 1), "F070": ("technology_centres", 1), "F071": ("city_centres", 1),
    "F072": ("platforms", 1), "F074": ("rd_coverage", 1), "F075": ("tech_contracts", 1), "F076": ("flats_built", 1),
    "F077": ("talents", 1), "F079": ("old_compounds", 1), "F080": ("compound_households", 1),
    "F082": ("compound_area", 1), "F101": ("model_villages", 1), "F102": ("pilot_villages", 1),
    "F103": ("livelihood", 10000), "F104": ("livelihood.share", 1), "F105": ("jobs", 1), "F106": ("skilled", 1),
    "F107": ("highly_skilled", 1), "F110": ("schools_built", 1), "F111": ("school_places", 1),
}  # fmt: skip


def test_december_2022_repeats_the_printed_outturn(figures: Figures, shared_file: Callable[[str], Path]) -> None:
    with shared_file("plan/plan_facts.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = {row["fact_id"]: float(row["value_num"]) for row in csv.DictReader(file) if row["value_num"]}
    for fact, (series, factor) in PRINTED_2022.items():
        assert figures.get(series, DISTRICT, 2022, 12) == pytest.approx(printed[fact] * factor), fact


def test_revenue_of_2022_prints_as_the_plan_prints_it(figures: Figures) -> None:
    assert round(figures.get("revenue.level", DISTRICT, 2022, 12) / 10000, 2) == 11.43


def test_neighbours_tie_at_printed_precision_in_december_2022(figures: Figures) -> None:
    rates = [figures.get("gdp.growth", unit, 2022, 12) for unit in FOUR_DISTRICTS]
    assert len(set(rates)) < len(rates)


@pytest.mark.parametrize("series", ["fai.growth", "industry.growth", "retail.growth", "revenue.growth"])
def test_ranks_move_during_2023(figures: Figures, series: str) -> None:
    ranks = {figures.rank(series, DISTRICT, UNITS, 2023, month) for month in range(2, 13)}
    assert len(ranks) > 1


@pytest.mark.parametrize("indicator", sorted(NOMINAL_SHARE))
def test_nominal_growth_follows_from_the_printed_levels(figures: Figures, indicator: str) -> None:
    half_a_step = 0.5 * 10 ** -LEVEL_DECIMALS[indicator]
    for year in (2021, 2022, 2023):
        for month in months_of(indicator):
            for unit in UNITS:
                now, before = (figures.get(f"{indicator}.level", unit, y, month) for y in (year, year - 1))
                growth = figures.get(f"{indicator}.growth", unit, year, month)
                rounding = half_a_step * (1 / now + 1 / before) * 100 * now / before
                assert (now / before - 1) * 100 == pytest.approx(growth, abs=0.05 + rounding + 1e-9)


def test_gdp_growth_does_not_follow_from_its_levels(figures: Figures) -> None:
    now, before = (figures.get("gdp.level", DISTRICT, year, 12) for year in (2022, 2021))
    assert abs((now / before - 1) * 100 - figures.get("gdp.growth", DISTRICT, 2022, 12)) > 1


def test_cumulative_levels_never_fall(figures: Figures) -> None:
    flows = [task.code for task in TASKS if task.kind == "flow"]
    for series in [*flows, "retail.level", "revenue.level", "trade.level", "gdp.level"]:
        for year in (2021, 2022, 2023):
            for region in (DISTRICT, CITY):
                values = list(figures.year(series, region, year).values())
                assert values == sorted(values), (series, year)


def test_there_is_no_january_where_none_exists(figures: Figures) -> None:
    for series in ("industry.growth", "fai.growth", "retail.level", "revenue.level"):
        assert figures.find(series, DISTRICT, 2023, 1) is None
    assert sorted(figures.year("gdp.growth", DISTRICT, 2023)) == [3, 6, 9, 12]
    assert 1 in figures.year("trade.growth", DISTRICT, 2023)


def test_the_city_is_the_sum_of_its_units_for_retail_but_not_for_revenue(figures: Figures) -> None:
    def total(series: str) -> float:
        return sum(figures.get(series, unit, 2023, 12) for unit in UNITS)

    assert total("retail.level") == pytest.approx(figures.get("retail.level", CITY, 2023, 12))
    assert total("revenue.level") < 0.8 * figures.get("revenue.level", CITY, 2023, 12)
