"""A month that a spreadsheet has made a date or a number of is read as that month, or asked about, never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack
from tests.ingest.interpret.conftest import spec_of

Head = tuple[object, str]  # what is stored, the format that shows it
ReadHeads = Callable[..., FileReading]
TABLE: dict[str, Any] = {
    "name": "months", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "gdp", "unit": "亿元",
}  # fmt: skip


@pytest.fixture
def read_heads(tmp_path: Path, vocabulary: Pack) -> ReadHeads:
    """Writes a table of 2025年1-10月 whose columns stand under the given cells, and reads it."""

    def run(*heads: Head, above: str = "", title: str = "2025年10月测试表", **table: Any) -> FileReading:
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        sheet = book.add_worksheet()
        sheet.write(0, 0, title)
        sheet.write(1, 0, "地区")
        for column, (stored, shown) in enumerate(heads, start=1):
            sheet.write(1, column, stored, book.add_format({"num_format": shown}))
            if above:
                sheet.write(2, column, above)
            sheet.write(3 if above else 2, column, 10 + column)
        sheet.write(3 if above else 2, 0, "双清")
        book.close()
        spec = spec_of({**TABLE, "measure": "level_ytd", "lag_months": 11, **table})
        return interpret_file(tmp_path / "a.xlsx", "a.xlsx", replace(vocabulary, sources=[spec]), date(2025, 11, 3))

    return run


def months(reading: FileReading) -> dict[str | None, date | None]:
    return {c.source_cell: c.reference_month for c in reading.cells if c.disposition in ("observation", "finding")}


def dispositions(reading: FileReading) -> list[str]:
    return [cell.disposition for cell in reading.cells if cell.value_printed in ("11", "12")]


@pytest.mark.parametrize("shown", ['yyyy"年"m"月"', "mmm-yy", "yyyy-mm-dd"])
def test_the_first_of_a_month_stored_in_a_header_is_that_month(read_heads: ReadHeads, shown: str) -> None:
    reading = read_heads((date(2025, 9, 1), shown), (date(2025, 10, 1), shown))
    labels = [c.period_label for c in reading.cells if c.value_printed in ("11", "12")]
    assert labels == ["2025年9月", "2025年10月"]
    assert [c.reference_month for c in reading.cells if c.value_number] == [date(2025, 9, 1), date(2025, 10, 1)]


def test_the_month_may_stand_above_the_words_of_the_column(read_heads: ReadHeads) -> None:
    columns = [{"match": "绝对额", "measure": "level_ytd"}]
    reading = read_heads((date(2025, 9, 1), "mmm-yy"), above="绝对额", measure=None, columns=columns)
    assert [c.reference_month for c in reading.cells if c.value_number] == [date(2025, 9, 1)]


UNCLEAR = [
    ("1-9 that became the ninth of January", (date(2025, 1, 9), "m-d")),
    ("December that the format cuts to 2025.1", (2025.12, "0.0")),
    ("a thirteenth month", (2025.13, "0.00")),
    ("a month in English, as a CSV keeps it", ("Sep-25", "@")),
    ("a day as text", ("2025/9/1", "@")),
    ("a thirteenth month in words", ("2025年13月", "@")),
    ("the second half of a year, which no figure covers", ("7-12月", "@")),
]


@pytest.mark.parametrize(("case", "head"), UNCLEAR, ids=[case for case, _ in UNCLEAR])
@pytest.mark.parametrize("above", ["", "绝对额"])
def test_a_header_that_names_no_month_is_a_finding_and_not_the_month_of_the_table(
    read_heads: ReadHeads, case: str, head: Head, above: str
) -> None:
    columns = [{"match": "绝对额", "measure": "level_ytd"}]
    declared: dict[str, Any] = {"measure": None, "columns": columns} if above else {}
    reading = read_heads(head, above=above, header_rows=2 if above else None, **declared)
    assert not [cell for cell in reading.cells if cell.value_number], case
    assert reading.findings


def test_the_question_names_the_header(read_heads: ReadHeads) -> None:
    reading = read_heads((date(2025, 1, 9), "m-d"), (date(2025, 10, 1), "mmm-yy"))
    assert [(f.rule, f.source_cell, f.observed) for f in reading.findings] == [
        ("header_period_unclear", "B2", "2025-01-09")
    ]
    assert dispositions(reading) == ["finding", "observation"]


def test_october_stored_as_a_number_is_not_january(read_heads: ReadHeads) -> None:
    reading = read_heads((2025.1, "0.00"), (2025.1, "General"))
    assert [c.reference_month for c in reading.cells if c.value_number] == [date(2025, 10, 1), date(2025, 1, 1)]


def test_october_stored_as_a_number_beside_a_row_is_not_january(tmp_path: Path, vocabulary: Pack) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet, shown = book.add_worksheet(), book.add_format({"num_format": "0.00"})
    for row, (label, value) in enumerate(
        [("2025年10月测试表", None), ("时间", "绝对额"), (2025.09, 1.5), (2025.1, 2.5)]
    ):
        sheet.write(row, 0, label, shown)
        sheet.write(row, 1, value)
    book.close()
    columns: list[dict[str, Any]] = [{"match": "绝对额", "measure": "level_ytd"}]
    table = {**TABLE, "find": {"corner": "时间"}, "region": "430502"}
    down = {**table, "orientation": "periods_down", "columns": columns}
    long = {**table, "orientation": "long", "columns": [{"match": "时间", "role": "period"}, *columns]}
    for orientation in (down, long):
        spec = spec_of(orientation)
        reading = interpret_file(tmp_path / "a.xlsx", "a", replace(vocabulary, sources=[spec]), date(2025, 11, 3))
        assert [c.reference_month for c in reading.cells if c.value_number] == [date(2025, 9, 1), date(2025, 10, 1)]


@pytest.mark.parametrize("head", ["去年（2024年1-8月）", "上年同期(2024年1-8月)"])
def test_last_year_with_its_own_date_is_that_date_unless_the_spec_says_what_it_is(
    read_heads: ReadHeads, head: str
) -> None:
    columns = [{"match": "去年"}, {"match": "上年同期"}]
    for said, expected in (({}, date(2024, 8, 1)), ({"period": "same_period_last_year"}, date(2024, 10, 1))):
        declared = [{**column, **said, "measure": "level_ytd"} for column in columns]
        reading = read_heads((head, "@"), measure=None, columns=declared, lag_months=24)
        assert [c.reference_month for c in reading.cells if c.value_number] == [expected]


@pytest.mark.parametrize(("before", "expected"), [("", date(2025, 9, 1)), ("填报日期", None)])
def test_a_month_that_excel_made_a_date_of_dates_a_table_unless_it_is_the_day_of_filing(
    tmp_path: Path, vocabulary: Pack, before: str, expected: date | None
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["测试表", before])
    sheet.write(0, 2, date(2025, 9, 1), book.add_format({"num_format": 'yyyy"年"m"月"'}))
    sheet.write_row(1, 0, ["地区", "绝对额"])
    sheet.write_row(2, 0, ["双清", 11])
    book.close()
    spec = spec_of({**TABLE, "columns": [{"match": "绝对额", "measure": "level_ytd"}]})
    reading = interpret_file(tmp_path / "a.xlsx", "a", replace(vocabulary, sources=[spec]), date(2025, 11, 3))
    assert [c.reference_month for c in reading.cells if c.value_number] == ([expected] if expected else [])
    assert bool(reading.refusal or reading.findings) is (expected is None)


LEVEL: dict[str, Any] = {"match": "绝对额", "measure": "level_ytd"}
GROWTH: dict[str, Any] = {"match": "增速", "measure": "growth_ytd", "unit": "%"}


class TestColumnsOfOneTableWithDifferentMonths:
    """绝对额（1-8月）beside 增速（1-9月）: one of the two is a slip unless the spec lets it lag."""

    def read(self, read_heads: ReadHeads, *heads: str, **table: Any) -> FileReading:
        given = {"measure": None, "lag_months": None, "columns": [LEVEL, GROWTH], **table}
        return read_heads(*((head, "@") for head in heads), title="2025年1-9月测试表", **given)

    def test_the_older_one_contradicts_the_table_and_is_not_used(self, read_heads: ReadHeads) -> None:
        reading = self.read(read_heads, "绝对额（1-8月）", "增速（1-9月）")
        assert [(f.rule, f.source_cell, f.severity) for f in reading.findings] == [
            ("period_contradiction", "B2", "critical")
        ]
        assert dispositions(reading) == ["finding", "observation"]

    @pytest.mark.parametrize("place", ["table", "column"])
    def test_a_lag_that_the_spec_gives_is_no_contradiction(self, read_heads: ReadHeads, place: str) -> None:
        lag: dict[str, Any] = {"lag_months": 1}
        declared = lag if place == "table" else {"columns": [{**LEVEL, **lag}, GROWTH]}
        reading = self.read(read_heads, "绝对额（1-8月）", "增速（1-9月）", **declared)
        assert not reading.findings
        assert [c.reference_month for c in reading.cells if c.value_number] == [date(2025, 8, 1), date(2025, 9, 1)]

    def test_months_of_one_figure_side_by_side_are_all_read(self, read_heads: ReadHeads) -> None:
        reading = self.read(read_heads, "绝对额（1-9月）", "绝对额（1-8月）", columns=[LEVEL])
        assert not reading.findings
        assert dispositions(reading) == ["observation", "observation"]

    def test_last_year_is_a_comparison(self, read_heads: ReadHeads) -> None:
        last_year = {"match": "比较期", "measure": "level_ytd"}
        reading = self.read(read_heads, "绝对额（1-9月）", "比较期（2024年1-8月）", columns=[LEVEL, last_year])
        assert not reading.findings
