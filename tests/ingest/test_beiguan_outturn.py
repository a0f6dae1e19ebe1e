"""The printed outturn of 2022 ships with the pack as a document and is complete, verbatim and readable.

Does not belong here: what the warehouse makes of it (tests/orchestration).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack, load_pack

NAME = "北关区2023年计划_2022年执行情况.csv"
# One row a printed rank: 区 set, indicator, measure, place.
NINE_RANKS = {
    ("four_districts", "gdp", "growth_ytd", 1),
    ("four_districts", "industrial_va", "growth_ytd", 1),
    ("city_counties", "industrial_va", "growth_ytd", 2),
    ("four_districts", "fixed_investment", "growth_ytd", 2),
    ("four_districts", "industrial_investment", "growth_ytd", 1),
    ("city_counties", "industrial_investment", "growth_ytd", 2),
    ("four_districts", "retail_sales", "level_ytd", 2),
    ("city_counties", "retail_sales", "level_ytd", 4),
    ("four_districts", "budget_revenue", "growth_ytd", 2),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack as it ships."""
    return load_pack("beiguan")


@pytest.fixture(scope="module")
def document(pack: Pack) -> Path:
    """The document that ships with the pack."""
    return next(path for path in pack.documents if path.name == NAME)


@pytest.fixture(scope="module")
def rows(document: Path) -> list[dict[str, str]]:
    """The document's rows under its title line."""
    return list(csv.DictReader(document.read_text(encoding="utf-8").splitlines()[1:]))


@pytest.fixture(scope="module")
def facts(shared_file: Callable[[str], Path]) -> dict[str, dict[str, str]]:
    """The facts about 2022 that the pack promises to hold, by fact_id."""
    text = shared_file("plan/plan_facts.csv").read_text(encoding="utf-8-sig")
    return {
        row["fact_id"]: row
        for row in csv.DictReader(text.splitlines())
        if row["kind"] == "actual_2022" or (row["kind"] == "project_fact" and row["year"] == "2022")
    }


@pytest.fixture(scope="module")
def reading(document: Path, pack: Pack) -> FileReading:
    """The document read as any bureau file is."""
    return interpret_file(document, NAME, pack, date(2023, 2, 1))


def test_every_printed_fact_of_2022_stands_in_the_document(
    rows: list[dict[str, str]], facts: dict[str, dict[str, str]]
) -> None:
    """51 + 2 outturns and 29 project facts, the three second ranks among them."""
    assert len(facts) == 82
    assert {row["编号"] for row in rows} == set(facts)
    assert {row["原文"] for row in rows} == {fact["quote"] for fact in facts.values()}


def test_a_value_stands_once_and_each_rank_in_a_row_of_its_own(rows: list[dict[str, str]]) -> None:
    """F005, F008 and F010 are second ranks of a value that is already there."""
    values = Counter(row["编号"] for row in rows if row["数值"])
    assert len(values) == 79
    assert set(values.values()) == {1}
    assert not {"F005", "F008", "F010"} & set(values)
    assert sum(bool(row["位次"]) for row in rows) == 9
    assert all(bool(row["数值"]) != bool(row["位次"]) for row in rows)


def test_values_and_units_stand_as_printed(rows: list[dict[str, str]], facts: dict[str, dict[str, str]]) -> None:
    """Qualifiers and doubtful units are kept; the one Chinese numeral is said in the note."""
    for row in rows:
        fact = facts[row["编号"]]
        if row["数值"] and row["编号"] != "F020":
            # 超过 is added where the fact list holds it as the bound, 万 stands in the unit column for F035
            printed = row["数值"].removeprefix("超过 ") + (" 万" if row["编号"] == "F035" else "")
            assert (printed, row["单位"]) == (fact["value"], fact["unit"]), row["编号"]
    doubtful = {row["编号"]: row["单位"] for row in rows if row["状态"] == "U"}
    assert doubtful == {"F035": "万", "F078": "万元元"}


def test_the_side_file_says_when_and_from_whom(document: Path) -> None:
    """Without it the first run would date the outturn to the day somebody cloned the repository."""
    side = json.loads(document.with_name(f"{NAME}.meta.json").read_text(encoding="utf-8"))
    assert side["received_at"].startswith("2023-01-31")
    assert side["sender"] == "北关区发展和改革委员会"


def test_the_reader_takes_the_document_and_it_is_not_simulated(reading: FileReading) -> None:
    """Stem by content, nothing refused."""
    assert reading.refusal is None
    assert reading.stem == "fgw__plan_outturn"
    assert not reading.is_simulated


def test_the_reader_finds_the_nine_printed_ranks(reading: FileReading) -> None:
    """Level or growth, 四区 or 全市, as each sentence says."""
    ranks = {
        (cell.rank_set_code, cell.indicator_code, cell.measure, int(cell.value_number or 0))
        for cell in reading.cells
        if cell.disposition == "published_rank"
    }
    assert ranks == NINE_RANKS


def test_every_value_becomes_an_observation_of_2022_and_doubtful_units_are_findings(reading: FileReading) -> None:
    """79 values: 77 observations; the two impossible units are asked about and never repaired."""
    observations = [cell for cell in reading.cells if cell.disposition == "observation"]
    assert {(cell.region_code, cell.reference_month) for cell in observations} == {("410503", date(2022, 12, 1))}
    found = {(cell.indicator_code, cell.measure) for cell in observations}
    assert len(found) == len(observations)
    doubtful = {"central_funds_renewal", "central_projects_investment"}
    assert {finding.indicator_code for finding in reading.findings} <= doubtful
    usable = [cell for cell in observations if cell.indicator_code not in doubtful]
    assert len(usable) == 77
    assert {cell.obs_status for cell in usable} == {"A"}


@pytest.mark.parametrize(
    ("indicator", "measure", "value", "qualifier"),
    [
        ("gdp", "growth_ytd", 1.6, "="),
        ("retail_sales", "level_ytd", 94.86, "="),
        ("budget_revenue", "level_ytd", 11.43, "="),
        ("modern_services_contribution", "share_ytd", 70, "≥"),
        ("drainage_investment", "level_ytd", 2000, ">"),
        ("four_above_growth_floor", "growth_ytd", 20, ">"),
        ("village_income_floor", "level_ytd", 10, ">"),
        ("key_project_investment", "completion_ytd", 130, "="),
    ],
)
def test_a_value_keeps_its_qualifier(
    reading: FileReading, indicator: str, measure: str, value: float, qualifier: str
) -> None:
    """70%以上 is no 70 %, 2000 余 is no 2000, and 130 % is not capped."""
    cell = next(
        c
        for c in reading.cells
        if c.disposition == "observation" and (c.indicator_code, c.measure) == (indicator, measure)
    )
    assert (cell.value_number, cell.value_qualifier) == (value, qualifier)
