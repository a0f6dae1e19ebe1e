"""The plan text's ranks and outturn of 2022 come out of the warehouse. The neighbours are simulated: see RULES.md 6."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.orchestration.conftest import Released

PRINTED_RANKS = [
    ("gdp", "growth_ytd", "four_districts", 1),
    ("industrial_va", "growth_ytd", "four_districts", 1),
    ("industrial_va", "growth_ytd", "city_counties", 2),
    ("fixed_investment", "growth_ytd", "four_districts", 2),
    ("industrial_investment", "growth_ytd", "four_districts", 1),
    ("industrial_investment", "growth_ytd", "city_counties", 2),
    ("retail_sales", "level_ytd", "four_districts", 2),
    ("retail_sales", "level_ytd", "city_counties", 4),
    ("budget_revenue", "growth_ytd", "four_districts", 2),
]


@pytest.mark.parametrize(("indicator", "measure", "rank_set", "rank"), PRINTED_RANKS)
def test_the_warehouse_computes_the_rank_that_the_plan_prints(
    beiguan: Released, indicator: str, measure: str, rank_set: str, rank: int
) -> None:
    computed, published, agrees, simulated = beiguan.one(
        "select rank, published_rank, agrees_with_published, is_simulated from mart_district_ranking "
        "where region_code = '410503' and reference_month = '2022-12-01' "
        "and indicator_code = ? and measure = ? and rank_set_code = ?",
        indicator, measure, rank_set,
    )  # fmt: skip
    assert (computed, published) == (rank, rank)
    assert simulated, "agreement with simulated neighbours proves the rules, not the ranks"
    assert agrees is None


def test_the_plan_prints_these_nine_ranks_and_no_other(beiguan: Released) -> None:
    found = beiguan.rows(
        "select indicator_code, measure, rank_set_code, published_rank from fct_published_rank "
        "join dim_submission using (submission_id) where file_name like '%执行情况%'"
    )
    assert sorted(found) == sorted(PRINTED_RANKS)


def outturn(shared_file: Callable[[str], Path]) -> list[dict[str, str]]:
    with shared_file("plan/plan_facts.csv").open(encoding="utf-8-sig") as file:
        facts = list(csv.DictReader(file))
    return [
        fact for fact in facts
        if fact["kind"] == "actual_2022" or (fact["kind"] == "project_fact" and fact["year"] == "2022")
    ]  # fmt: skip


def test_every_printed_outturn_of_2022_is_a_real_observation_or_a_question(
    beiguan: Released, shared_file: Callable[[str], Path]
) -> None:
    """The value as printed, never simulated; a print whose unit cannot be right stays a finding and is not repaired."""
    observed = {
        float(value)
        for (value,) in beiguan.rows(
            "select regexp_extract(value_printed, '[0-9.]+') from fct_observation_vintage "
            "join dim_submission using (submission_id) where file_name like '%执行情况%'"
        )
    }
    asked = " ".join(
        text or ""
        for row in beiguan.rows("select observed, question from mart_quality_finding where status = 'open'")
        for text in row
    )
    facts = outturn(shared_file)
    assert len(facts) > 70
    for fact in facts:
        value = float(fact["value_num"])
        is_asked = fact["value_num"] in asked or fact["unit"] in {"万", "万元元"}
        assert value in observed or is_asked, fact["fact_id"]


@pytest.mark.parametrize(
    ("indicator", "measure", "value"),
    [
        ("gdp", "growth_ytd", 1.6),
        ("industrial_va", "growth_ytd", 10.0),
        ("fixed_investment", "growth_ytd", 15.6),
        ("industrial_investment", "growth_ytd", 43.2),
        ("retail_sales", "level_ytd", 94.86),
        ("budget_revenue", "level_ytd", 11.43),
        ("budget_revenue", "growth_ytd", 13.1),
    ],
)
def test_a_printed_figure_wins_over_a_simulated_one(
    beiguan: Released, indicator: str, measure: str, value: float
) -> None:
    rows = beiguan.rows(
        "select value, is_simulated, source_file from fct_observation where region_code = '410503' "
        "and reference_month = '2022-12-01' and indicator_code = ? and measure = ? and period_start = '2022-01-01'",
        indicator, measure,
    )  # fmt: skip
    assert rows == [(value, False, "北关区2023年计划_2022年执行情况.csv")]
