"""The source specs read every clean file without a finding, and refuse what was planted to be refused."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import pytest

from demo import faults
from demo.figures import Figures
from demo.letters import Letter
from demo.months import Month
from demo.places import CITY, DISTRICT, UNITS
from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack

TODAY = date(2024, 2, 1)
Read = list[tuple[Letter, FileReading]]


@pytest.fixture(scope="module")
def read(mail: list[Letter], inbox: Path, pack: Pack) -> Read:
    """Every letter with what the reader made of it."""
    return [(letter, interpret_file(inbox / letter.path, letter.document.name, pack, TODAY)) for letter in mail]


def _month(letter: Letter) -> date:
    month = Month.parse(letter.folder)
    return date(month.year, month.month, 1)


def _values(read: Read, stem: str, month: Month) -> dict[tuple[str | None, ...], float | None]:
    """Values of the last file of a month by region, indicator, measure, basis (or rank set)."""
    reading = [r for letter, r in read if letter.stem == stem and letter.folder == str(month)][-1]
    return {
        (
            cell.region_code,
            cell.indicator_code,
            cell.measure,
            cell.rank_set_code or cell.growth_basis,
        ): cell.value_number
        for cell in reading.cells
        if cell.disposition in ("observation", "published_rank")
        and cell.reference_month == date(month.year, month.month, 1)
    }


def test_what_was_planted_to_be_refused_is_refused_and_nothing_else(read: Read) -> None:
    refused = {
        (letter.stem, letter.folder): reading.refusal.reason_code
        for letter, reading in read
        if reading.refusal is not None
    }
    stem, month = faults.TRUNCATED
    assert refused == {(stem, str(month)): "unreadable", ("", str(faults.NOTICE_MONTH)): "unknown_layout"}


def test_clean_files_give_no_finding(read: Read) -> None:
    found = [(letter.path, finding) for letter, reading in read for finding in reading.findings]
    assert found == []


def test_every_file_is_recognised_by_its_stem_and_month_and_known_as_simulated(read: Read) -> None:
    for letter, reading in read:
        if reading.refusal is None:
            assert (reading.stem, reading.reference_month) == (letter.stem, _month(letter)), letter.path
            assert reading.is_simulated, letter.path


def test_every_file_yields_figures(read: Read) -> None:
    for letter, reading in read:
        if reading.refusal is None:
            assert any(cell.disposition == "observation" for cell in reading.cells), letter.path


def test_figures_after_the_report_month_do_not_exist(read: Read) -> None:
    for letter, reading in read:
        for cell in reading.cells:
            if cell.reference_month is not None:
                last = calendar.monthrange(cell.reference_month.year, cell.reference_month.month)[1]
                assert cell.reference_month.replace(day=last) <= Month.parse(letter.folder).last_day


@pytest.mark.parametrize("month", [Month(2021, 6), Month(2022, 12), Month(2023, 9)], ids=str)
def test_both_city_layouts_are_read_as_they_were_written(read: Read, figures: Figures, month: Month) -> None:
    values = _values(read, "aytjj__county_monthly", month)
    for unit in (CITY, *UNITS):
        at = (unit, month.year, month.month)
        assert values[unit, "gdp", "level_ytd", "none"] == figures.get("gdp.level", *at)
        assert values[unit, "gdp", "growth_ytd", "constant_price"] == figures.get("gdp.growth", *at)
        assert values[unit, "retail_sales", "growth_ytd", "nominal"] == figures.get("retail.growth", *at)
    for unit in UNITS:
        rank = values[unit, "industrial_va", "growth_ytd", "city_counties"]
        assert rank == figures.rank("industry.growth", unit, UNITS, month.year, month.month)


def test_the_city_budget_is_read_in_both_layouts(read: Read, figures: Figures) -> None:
    for month in (Month(2022, 12), Month(2023, 12)):
        values = _values(read, "ayczj__county_budget", month)
        for unit in (CITY, *UNITS):
            expected = figures.get("revenue.level", unit, month.year, month.month)
            assert values[unit, "budget_revenue", "level_ytd", "none"] == expected


def test_last_years_column_stands_at_its_own_month(read: Read, figures: Figures) -> None:
    reading = next(r for letter, r in read if letter.stem == "czj__budget" and letter.folder == "2023-06")
    before = [
        cell.value_number
        for cell in reading.cells
        if cell.reference_month == date(2022, 6, 1) and cell.indicator_code == "budget_revenue"
    ]
    assert before == [figures.get("revenue.level", DISTRICT, 2022, 6)]


def test_the_district_files_are_read_as_they_were_written(read: Read, figures: Figures) -> None:
    month = Month(2023, 12)
    checks = {
        "tjj__yuebao": [("industrial_investment", "growth_ytd", "comparable_scope", "industrial_fai.growth")],
        "rsj__jobs": [("urban_jobs", "level_ytd", "none", "jobs")],
        "swj__trade": [("trade_total", "growth_ytd", "nominal", "trade.growth")],
        "kjj__innovation": [
            ("rd_platforms", "level_eop", "none", "platforms"),
            ("rd_expenditure", "growth_ytd", "nominal", "rd_growth"),
        ],
        "fgw__projects": [("key_project_investment", "completion_ytd", "none", "city_key_completion")],
        "jrj__loans": [
            ("loan_deposit_ratio", "rate_eop", "none", "loan_ratio"),
            ("new_loan_deposit_ratio", "rate_ytd", "none", "new_loan_ratio"),
            ("deposits", "change_ytd", "none", "deposits.change"),
        ],
        "zjj__progress": [("property_company_coverage", "rate_eop", "none", "property_companies")],
        "zwfwj__progress": [("onsite_services_towns", "level_eop", "none", "town_services")],
    }
    for stem, expected in checks.items():
        values = _values(read, stem, month)
        for indicator, measure, basis, series in expected:
            assert values[DISTRICT, indicator, measure, basis] == figures.get(series, DISTRICT, 2023, 12), series


def test_the_correction_of_may_2023_changes_the_rank_of_the_district(read: Read) -> None:
    stem, month = next(iter(faults.DAYS_TO_CORRECT))
    readings = [r for letter, r in read if letter.stem == stem and letter.folder == str(month)]
    ranks = [
        cell.value_number
        for reading in readings
        for cell in reading.cells
        if cell.disposition == "published_rank"
        and (cell.region_code, cell.indicator_code) == (DISTRICT, "fixed_investment")
    ]
    assert len(ranks) == 2
    assert ranks[0] != ranks[1]
