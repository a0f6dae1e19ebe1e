"""The published workbook of Shaoyang through the whole line: its known answers hold, and nothing in it is dropped."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.orchestration.conftest import Released

MONTH = "2025-09-01"
COUNTIES = "region_code in (select region_code from dim_rank_set)"
RANKED = [
    "gdp", "industrial_va", "industrial_revenue", "fai", "fai_infrastructure", "fai_industry", "fai_realestate_dev",
    "fai_hightech", "retail", "income_all", "income_urban", "income_rural", "budget_revenue", "budget_expenditure",
]  # fmt: skip


def value(released: Released, region: str, indicator: str, measure: str, month: str = MONTH) -> float:
    found = released.one(
        "select value from fct_observation join dim_region using (region_code) where region_name like ? "
        "and indicator_code = ? and measure = ? and reference_month = ?",
        f"{region}%", indicator, measure, month,
    )  # fmt: skip
    return float(found)


def sum_of_counties(released: Released, indicator: str, month: str = MONTH) -> float:
    query = (
        "select sum(value), count(*) from fct_observation "
        f"where {COUNTIES} and indicator_code = ? and measure = 'level_ytd' and reference_month = ?"
    )
    total, counties = released.one(query, indicator, month)
    assert counties == 12
    return float(total)


@pytest.mark.parametrize("indicator", RANKED)
def test_k010_the_published_rank_column_equals_the_computed_rank(shaoyang: Released, indicator: str) -> None:
    rows = shaoyang.rows(
        "select rank, published_rank, agrees_with_published from mart_district_ranking "
        "where indicator_code = ? and measure = 'growth_ytd' and published_rank is not null",
        indicator,
    )
    assert len(rows) == 12
    assert all(rank == published and agrees for rank, published, agrees in rows)


def test_k010_there_are_fourteen_such_columns(shaoyang: Released) -> None:
    found = shaoyang.rows("select distinct indicator_code from fct_published_rank")
    assert sorted(code for (code,) in found) == sorted(RANKED)


def test_k001_the_counties_gdp_adds_up_to_the_city_exactly(shaoyang: Released) -> None:
    assert sum_of_counties(shaoyang, "gdp") == pytest.approx(19_746_101 / 10_000, abs=1e-9)
    assert value(shaoyang, "邵阳市", "gdp", "level_ytd") == pytest.approx(1974.6101, abs=1e-9)


def test_k002_retail_sales_add_up_within_float_noise(shaoyang: Released) -> None:
    city = value(shaoyang, "邵阳市", "retail", "level_ytd")
    assert sum_of_counties(shaoyang, "retail") == pytest.approx(city, abs=3e-8)


@pytest.mark.parametrize(
    ("indicator", "short_pct"), [("budget_revenue", 27.1), ("budget_expenditure", 18.2), ("fdi", 28.7)]
)
def test_k003_to_k005_some_indicators_do_not_add_up_and_say_so(
    shaoyang: Released, indicator: str, short_pct: float
) -> None:
    city = value(shaoyang, "邵阳市", indicator, "level_ytd")
    short = (1 - sum_of_counties(shaoyang, indicator) / city) * 100
    assert round(short, 1) == short_pct
    additive = shaoyang.one(
        "select is_additive from dim_indicator_measure where indicator_code = ? and measure = 'level_ytd'", indicator
    )
    assert additive is False


def test_k006_the_same_retail_total_is_printed_in_yi_and_in_wan(shaoyang: Released) -> None:
    printed = shaoyang.rows(
        "select unit_printed, value_printed from fct_observation join dim_region using (region_code) "
        "where region_name = '邵阳市' and indicator_code = 'retail' and measure = 'level_ytd'"
    )
    assert len(printed) == 1, "two sheets, one key, one current figure"
    assert value(shaoyang, "邵阳市", "retail", "level_ytd") == pytest.approx(1182.71504573599, abs=1e-8)


def ranks(shaoyang: Released, indicator: str, month: str = MONTH) -> dict[str, tuple[int, int]]:
    rows = shaoyang.rows(
        "select region_name, rank, tied_count from mart_district_ranking join dim_region using (region_code) "
        "where indicator_code = ? and measure = 'growth_ytd' and reference_month = ?",
        indicator, month,
    )  # fmt: skip
    return {name: (rank, tied) for name, rank, tied in rows}


def test_k007_ties_are_decided_on_the_printed_precision(shaoyang: Released) -> None:
    found = ranks(shaoyang, "industrial_va")
    assert found["双清区"] == found["大祥区"] == (3, 2)
    assert found["北塔区"][0] == 5


def test_k008_a_table_that_lags_is_ranked_in_its_own_month(shaoyang: Released) -> None:
    assert ranks(shaoyang, "industrial_revenue") == {}
    found = ranks(shaoyang, "industrial_revenue", "2025-08-01")
    assert found["邵东市"] == found["大祥区"] == (7, 2)


def test_k009_three_ties_and_competition_ranking(shaoyang: Released) -> None:
    found = sorted(rank for rank, _ in ranks(shaoyang, "income_all").values())
    assert found == [1, 2, 3, 4, 5, 5, 7, 8, 8, 10, 10, 12]
    assert len(set(found)) == 9, "dense ranking would end at 9"


def test_k012_ranks_are_of_growth_never_of_level(shaoyang: Released) -> None:
    assert {m for (m,) in shaoyang.rows("select distinct measure from fct_published_rank")} == {"growth_ytd"}
    levels = shaoyang.rows(
        "select p.published_rank, 1 + (select count(*) from fct_observation as other where other.value > o.value "
        "and other.indicator_code = 'gdp' and other.measure = 'level_ytd' "
        "and other.region_code in (select region_code from dim_rank_set)) "
        "from fct_published_rank as p join fct_observation as o using (region_code, indicator_code, reference_month) "
        "where p.indicator_code = 'gdp' and o.measure = 'level_ytd'"
    )
    assert len(levels) == 12
    assert any(published != by_level for published, by_level in levels)


def test_k013_budget_growth_is_derivable_and_gdp_growth_is_not(shaoyang: Released) -> None:
    a_year_before = {"budget_revenue": Decimal(918911), "gdp": Decimal("2017.804")}
    now = {
        "budget_revenue": Decimal(str(value(shaoyang, "邵阳市", "budget_revenue", "level_ytd"))),
        "gdp": Decimal(str(value(shaoyang, "邵阳市", "gdp", "level_ytd"))),
    }
    if now["budget_revenue"] < 1000:  # 亿元 in the warehouse, 万元 in print
        now["budget_revenue"] *= 10_000
    implied = {
        name: ((now[name] / before - 1) * 100).quantize(Decimal("0.001"), ROUND_HALF_UP)
        for name, before in a_year_before.items()
    }
    assert implied["budget_revenue"] == Decimal("-6.249")
    assert round(value(shaoyang, "邵阳市", "budget_revenue", "growth_ytd"), 3) == -6.249
    assert implied["gdp"] < 0 < value(shaoyang, "邵阳市", "gdp", "growth_ytd") == 4.958


def test_growth_is_never_recomputed_from_levels(shaoyang: Released) -> None:
    """A published edge: the level fell, the growth is printed +4.958; the warehouse keeps what is printed."""
    assert value(shaoyang, "邵阳市", "gdp", "growth_ytd") == 4.958


@pytest.mark.parametrize("indicator", ["industrial_profit", "industrial_profit_tax", "industrial_loss_share"])
def test_the_row_block_of_last_month_has_its_own_period(shaoyang: Released, indicator: str) -> None:
    months = shaoyang.rows(
        "select distinct reference_month::varchar from fct_observation where indicator_code = ?", indicator
    )
    assert months == [("2025-08-01",)]


def test_groups_of_regions_are_rows_and_never_members(shaoyang: Released) -> None:
    groups = shaoyang.rows(
        "select count(distinct region_code) from fct_observation join dim_region using (region_code) "
        "where region_level = 'group'"
    )
    assert groups == [(5,)]
    ranked = shaoyang.rows(
        "select distinct region_level from mart_district_ranking join dim_region using (region_code)"
    )
    assert {level for (level,) in ranked} == {"district", "county", "county_level_city"}


def test_deposits_are_stocks_at_the_end_of_september(shaoyang: Released) -> None:
    rows = shaoyang.rows(
        "select distinct measure, reference_month::varchar from fct_observation where indicator_code = 'deposits'"
    )
    assert ("level_eop", MONTH) in rows
    assert ("change_ytd", MONTH) in rows
    assert ("change_ytd", "2024-09-01") in rows, "上年同期比年初增减额 belongs to its own, earlier month"


STRAY = [
    ("23核算处1", "G17"), ("45贸外处4", "E18"), ("45贸外处4", "F22"), ("54综研室3", "E5"), ("54综研室3", "B22"),
    ("55综研室4", "B24"), ("43贸外处2", "C18"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "cell"), STRAY)
def test_a_stray_cell_is_reported_at_its_place(shaoyang: Released, sheet: str, cell: str) -> None:
    rows = shaoyang.rows(
        "select status from mart_quality_finding where source_sheet = ? and source_cell = ?", sheet, cell
    )
    assert rows == [("open",)]


@pytest.mark.parametrize(("indicator", "value"), [("trade", 439.5822), ("exports", 329.1281)])
def test_a_unit_that_the_header_prints_wrong_is_corrected_by_the_register(
    shaoyang: Released, indicator: str, value: float
) -> None:
    """A region cannot trade less than the one city in it: 93.4 亿元 stand in the same workbook."""
    row = shaoyang.one(
        "select value, unit_code, value_printed, unit_printed from fct_observation "
        "where region_code = 'HN_DXX' and indicator_code = ? and measure = 'level_ytd'", indicator,
    )  # fmt: skip
    assert row == (value, "yi_yuan", str(value), "万元")
    city = shaoyang.one(
        "select value from fct_observation "
        "where region_code = '430500' and measure = 'level_ytd' and indicator_code = ?",
        indicator,
    )
    assert city < value
    told = shaoyang.rows("select distinct rule from mart_quality_finding where rule like 'correction%'")
    assert told == [("correction_applied",)]


def test_the_run_says_how_the_ranks_compare(shaoyang: Released) -> None:
    assert "168" in shaoyang.output
