"""Employment by US state: a long sheet of some thirty thousand rows, and a small one of the same layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from ingest.interpret import FileReading
from tests.ingest.known_answers.conftest import figures, gravest, observations, pack_of, read_with

FIRST = "realdata/bls_state_laus/ststdsadata_modified_2019-10-11_thru_2019-09.xlsx"
SEPTEMBER = date(2019, 9, 1)


@pytest.fixture(scope="module")
def first(shared_file: Callable[[str], Path]) -> FileReading:
    return read_with.__wrapped__("bls", shared_file(FIRST))


def test_every_figure_of_the_workbook_is_read(first: FileReading) -> None:
    assert first.refusal is None
    assert not first.findings
    assert first.reference_month == SEPTEMBER
    months = (2019 - 1976) * 12 + 9
    assert len(observations(first)) == 53 * months * 7
    assert len({c.region_code for c in observations(first)}) == 53


def test_k034_vermont_was_lowest_and_alaska_highest(first: FileReading) -> None:
    rates = figures(first, "unemployment_rate", "rate_month", SEPTEMBER)
    states = {m.region_code for m in pack_of("bls").rank_sets[0].members}
    of_states = {code: rate for code, rate in rates.items() if code in states and rate is not None}
    assert len(of_states) == 51
    assert min(of_states.items(), key=lambda item: item[1]) == ("US50", 2.2)
    assert max(of_states.items(), key=lambda item: item[1]) == ("US02", 6.2)


def test_a_cell_of_two_headings_that_are_centred_and_not_merged_means_both(first: FileReading) -> None:
    wyoming = [c for c in observations(first) if c.source_cell.endswith("27833")]
    assert [(c.indicator_code, c.value_number) for c in wyoming] == [
        ("civilian_population", 448037), ("labor_force", 289257), ("participation_rate", 64.6),
        ("employment", 278349), ("employment_ratio", 62.1), ("unemployment", 10908), ("unemployment_rate", 3.8),
    ]  # fmt: skip


Row = tuple[str, int, int, float]
"""State, year, month, unemployment rate."""


def write(path: Path, rows: list[Row], *, above: int = 0, sheet: str = "ststdsadata") -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for number in range(above):
        page.write(number, 0, "")
    title = "States and selected areas:  Employment status of the civilian noninstitutional population,"
    page.write(above, 0, title)
    page.write(above + 1, 0, "January 1976 to date, seasonally adjusted")
    top = above + 3
    for column, text in enumerate(("FIPS Code", "State and area")):
        page.merge_range(top, column, top + 3, column, text)
    page.merge_range(top, 2, top + 1, 3, "Period")
    page.merge_range(top + 2, 2, top + 3, 2, "Year")
    page.merge_range(top + 2, 3, top + 3, 3, "Month")
    page.merge_range(top, 4, top + 3, 4, "Civilian non-institutional population")
    page.write(top, 5, "Civilian labor force")
    for column, text in ((5, "Total"), (6, "Percent of population")):
        page.merge_range(top + 1, column, top + 3, column, text)
    for column, text in ((7, "Employment"), (9, "Unemployment")):
        page.write(top + 1, column, text)
    for column, text in ((7, "Total"), (8, "Percent of population"), (9, "Total"), (10, "Rate")):
        page.merge_range(top + 2, column, top + 3, column, text)
    for number, (state, year, month, rate) in enumerate(rows):
        values = ("00", state, str(year), f"{month:02d}", 1000, 600, 60.0, 570, 57.0, 30, rate)
        for column, value in enumerate(values):
            page.write(top + 5 + number, column, value)
    book.close()
    return path


def rates(year: int, month: int, *states: str) -> list[Row]:
    return [(state, year, month, 3.5 + number / 10) for number, state in enumerate(states)]


@pytest.mark.parametrize("month", range(1, 13))
def test_the_workbook_of_any_month_reads_by_the_same_spec(tmp_path: Path, month: int) -> None:
    rows = rates(2023, 12, "Ohio", "Texas") + rates(2024, month, "Ohio", "Texas")
    reading = read_with.__wrapped__("bls", write(tmp_path / "x", rows))
    assert reading.reference_month == date(2024, month, 1)
    assert figures(reading, "unemployment_rate", "rate_month", date(2024, month, 1)) == {"US39": 3.5, "US48": 3.6}
    assert not reading.findings


@pytest.mark.parametrize("state", [r.region_name for r in pack_of("bls").regions if r.parent_code])
def test_every_state_and_area_is_known(state: str) -> None:
    assert pack_of("bls").region_by_label(state) is not None


def test_another_sheet_name_and_rows_above_change_nothing(tmp_path: Path) -> None:
    rows = rates(2025, 5, "Ohio", "New York city", "Los Angeles County")
    reading = read_with.__wrapped__("bls", write(tmp_path / "x", rows, above=2, sheet="Sheet 1"))
    assert {c.region_code for c in observations(reading)} == {"US39", "US3651000", "US06037"}
    assert not reading.findings


def test_a_territory_that_nobody_declared_is_a_finding_and_the_rest_is_read(tmp_path: Path) -> None:
    reading = read_with.__wrapped__("bls", write(tmp_path / "x", rates(2025, 5, "Ohio", "Puerto Rico")))
    assert [(f.rule, f.observed) for f in reading.findings] == [("unknown_region", "Puerto Rico")]
    assert {c.region_code for c in observations(reading)} == {"US39"}
    assert not gravest(reading)
