"""The table of cases: what is read by a rule, and what becomes a finding at its cell and never a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack
from tests.ingest.interpret.conftest import spec_of

Reader = Callable[..., FileReading]

GROWTH = {"match": "~^增[速长]", "measure": "growth_ytd"}
LEVEL = {"match": "~^绝对额", "measure": "level_ytd", "optional": True}
RANK = {"match": "排名", "rank_of": "growth_ytd", "rank_set": "city_counties", "optional": True}
DOWN: dict[str, Any] = {
    "name": "down", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "gdp",
    "columns": [LEVEL, GROWTH, RANK],
}  # fmt: skip
HEADER = ["地区", "绝对额（亿元）", "增速（%）", "排名"]


def table(*rows: list[object], header: list[str] | None = None, unit: str = "") -> list[list[object]]:
    return [["2025年1-9月测试表"], *([[unit]] if unit else []), header or HEADER, *rows]  # type: ignore[list-item]


def at(reading: FileReading, address: str) -> CellReading:
    return next(cell for cell in reading.cells if cell.source_cell == address)


def findings(reading: FileReading) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.source_cell) for finding in reading.findings]


LEVELS_READ = [
    ("full-width digits and group marks", "１２,３４５.６", 12345.6, "yi_yuan"),
    ("a full-width comma between full groups", "1，234", 1234, "yi_yuan"),
    ("a no-break space between full groups", "1\u00a0234.5", 1234.5, "yi_yuan"),
    ("thin spaces between full groups", "1\u2009234\u2009567", 1234567, "yi_yuan"),
    ("narrow no-break spaces between full groups", "-1\u202f234.50", -1234.5, "yi_yuan"),
    ("a number stored as text", "63.20", 63.2, "yi_yuan"),
    ("the unit of the column once more beside the value", "63亿元", 63, "yi_yuan"),
    ("a minus sign of mathematics", "\u22123.2", -3.2, "yi_yuan"),
    ("an en dash for a minus", "\u20133.2", -3.2, "yi_yuan"),
    ("a full-width minus", "－3.2", -3.2, "yi_yuan"),
    ("the word for minus", "负3.2", -3.2, "yi_yuan"),
    ("a qualifier after the number", "70以上", 70, "yi_yuan"),
    ("a qualifier before the number", "近100", 100, "yi_yuan"),
    ("a little more than", "20余", 20, "yi_yuan"),
]


@pytest.mark.parametrize(("case", "printed", "value", "unit"), LEVELS_READ, ids=[c[0] for c in LEVELS_READ])
def test_a_level_is_read_by_rule(read: Reader, case: str, printed: object, value: float, unit: str) -> None:
    reading = read(table(["双清", printed, 5.1]), DOWN)
    assert not reading.findings, case
    assert (at(reading, "B3").value_number, at(reading, "B3").unit_code) == (value, unit)
    assert at(reading, "B3").value_printed == printed


LEVELS_DOUBTED = [
    ("a plain space between digits may part two numbers", "1 234.5", "text_in_number"),
    ("two numbers with a no-break space", "8500\u00a08550", "text_in_number"),
    ("groups that are not full", "1,23", "text_in_number"),
    ("two multipliers", "1万2千", "text_in_number"),
    ("a range", "1-2", "text_in_number"),
    ("brackets that may mean a negative number", "(1.2)", "text_in_number"),
    ("full-width brackets that may mean a negative number", "（1.2）", "text_in_number"),
    ("a soft hyphen, which a page prints as a minus", "\u00ad3.2", "text_in_number"),
    ("a soft hyphen alone is no blank", "\u00ad", "text_in_number"),
    ("a sign that has no letter in the font of a PDF", "(cid:0)49.5", "text_in_number"),
    ("a letter that cannot be read", "\ufffd49.5", "text_in_number"),
    ("an em dash before a number", "\u20143.2", "text_in_number"),
    ("a dash that the source has not declared", "—", "text_in_number"),
    ("words of rise in a level", "增加5亿元", "text_in_number"),
    ("no change says nothing of a level", "持平", "text_in_number"),
    ("a note mark that would become a digit", "3.2①", "text_in_number"),
    ("a letter for a digit", "3O.5", "unit_mismatch"),
    ("an exponent typed as text", "1e5", "text_in_number"),
    ("more digits than any figure has", "43052219800101123456", "text_in_number"),
    ("a truth value", True, "text_in_number"),
    ("a broken reference", "#REF!", "error_value"),
    ("a value not available", "#N/A", "error_value"),
    ("a division by zero", "#DIV/0!", "error_value"),
    ("a date that was typed as 1-9", date(2025, 1, 9), "date_in_number"),
    ("a date as text", "2025-01-09", "date_in_number"),
    ("another unit beside the value than in the column", "63万元", "two_units"),
    ("万 on top of a unit that is 亿元", "63万", "unit_mismatch"),
    ("a word that is no unit beside the value", "63预计", "unit_mismatch"),
    ("a percentage in a level", "63%", "unit_mismatch"),
    ("people in a level of money", "63人", "unit_mismatch"),
]


@pytest.mark.parametrize(("case", "printed", "rule"), LEVELS_DOUBTED, ids=[c[0] for c in LEVELS_DOUBTED])
def test_a_level_that_is_not_certain_is_a_finding(read: Reader, case: str, printed: object, rule: str) -> None:
    reading = read(table(["双清", printed, 5.1], ["大祥", 7, 5.1]), DOWN)
    assert findings(reading) == [(rule, "B3")], case
    finding = reading.findings[0]
    assert finding.observed
    assert finding.expected
    assert (finding.region_code, finding.indicator_code, finding.source_sheet) == ("430502", "gdp", "Sheet1")
    assert at(reading, "B3").disposition == "finding"
    assert [at(reading, a).disposition for a in ("C3", "B4", "C4")] == ["observation"] * 3


GROWTHS = [
    ("a percentage as text", "7.5%", 7.5, "percent", None),
    ("a full-width percentage", "７.５％", 7.5, "percent", None),
    ("no change", "持平", 0, "percent", None),
    ("a negative growth in words", "负增长3.2%", -3.2, "percent", None),
    ("a fall in words that the spec does not allow", "下降3.2%", None, None, "text_in_number"),
    ("a change of sign", "由负转正", None, None, "text_in_number"),
    ("points are not percent", "0.3个百分点", None, None, "unit_mismatch"),
    ("money is not a growth", "5亿元", None, None, "unit_mismatch"),
    ("per mille beside the value under a % header", "7.5‰", None, None, "two_units"),
    ("a fraction in a column of percentages", "0.075", None, None, "percent_or_fraction"),
]


@pytest.mark.parametrize(("case", "printed", "value", "unit", "rule"), GROWTHS, ids=[c[0] for c in GROWTHS])
def test_a_growth_is_read_by_rule_or_a_finding(
    read: Reader, case: str, printed: str, value: float | None, unit: str | None, rule: str | None
) -> None:
    reading = read(table(["双清", 1, printed], ["大祥", 1, 5.1]), DOWN)
    assert findings(reading) == ([(rule, "C3")] if rule else []), case
    cell = at(reading, "C3")
    assert cell.disposition == ("finding" if rule else "observation")
    if rule is None:
        assert (cell.value_number, cell.unit_code) == (value, unit)


WORDS = [
    ("下降3.2%", -3.2), ("增长3.2%", 3.2), ("同比下降0.5", -0.5), ("持平", 0.0),
    ("下降3%以上", None), ("下降-3.2%", None), ("增长0.3个百分点", None),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), WORDS)
def test_words_of_direction_where_the_spec_allows_them(read: Reader, printed: str, value: float | None) -> None:
    reading = read(table(["双清", "增长3", printed]), DOWN | {"direction_words": True})
    assert at(reading, "B3").rule == "text_in_number", "a level does not rise by a word"
    cell = at(reading, "C3")
    assert cell.disposition == ("observation" if value is not None else "finding")
    assert value is None or cell.value_number == value


def test_per_mille_in_the_header_is_a_unit_of_its_own(read: Reader) -> None:
    reading = read(table(["双清", 1, 7.5], header=["地区", "绝对额（亿元）", "增速（‰）"]), DOWN)
    assert (at(reading, "C3").value_number, at(reading, "C3").unit_code) == (7.5, "permille")
    assert not reading.findings


UNITS = [
    ("column and title differ", {"header": ["地区", "绝对额（万元）", "增速"], "unit": "单位：亿元"}, "two_units"),
    ("a unit that nobody has", {"header": ["地区", "绝对额（兆元）", "增速"]}, "unit_mismatch"),
    ("万 alone is no unit", {"header": ["地区", "绝对额（万）", "增速"]}, "unit_mismatch"),
    ("万 alone above the table", {"header": ["地区", "绝对额", "增速"], "unit": "单位：万"}, "unit_mismatch"),
    ("people", {"header": ["地区", "绝对额（万人）", "增速"]}, "unit_mismatch"),
    ("none", {"header": ["地区", "绝对额", "增速"]}, "unit_missing"),
]


@pytest.mark.parametrize(("case", "layout", "rule"), UNITS, ids=[c[0] for c in UNITS])
def test_a_unit_that_is_not_certain(read: Reader, case: str, layout: dict[str, Any], rule: str) -> None:
    level = LEVEL if rule == "unit_missing" else LEVEL | {"unit": "亿元"}
    reading = read(table(["双清", 1, 2], **layout), DOWN | {"columns": [level, GROWTH]})
    row = 4 if "unit" in layout else 3
    assert findings(reading) == [(rule, f"B{row}")], case
    assert reading.findings[0].expected in ("亿元", "万元"), case
    assert at(reading, f"C{row}").unit_code == "percent"


@pytest.mark.parametrize("lone", ["单位 亿元", "（亿元）", "单位：亿元，%", "计量单位：亿　元"])
def test_a_unit_above_the_table(read: Reader, lone: str) -> None:
    reading = read(table(["双清", 1, 2], header=["地区", "绝对额", "增速"], unit=lone), DOWN)
    assert not reading.findings
    assert at(reading, "B4").unit_code == "yi_yuan"


@pytest.fixture
def formatted(tmp_path: Path, vocabulary: Pack) -> Callable[..., FileReading]:
    """Growths as (stored number, number format) in column C from row 3 on."""
    regions = ["双清", "大祥", "北塔", "邵东", "新邵"]

    def run(*growths: tuple[object, str]) -> FileReading:
        book = xlsxwriter.Workbook(str(tmp_path / "f.xlsx"))
        sheet = book.add_worksheet()
        for row, cells in enumerate(table()):
            sheet.write_row(row, 0, cells)
        for row, (value, code) in enumerate(growths, start=2):
            sheet.write_row(row, 0, [regions[row - 2], 1])
            sheet.write(row, 2, value, book.add_format({"num_format": code}))
        book.close()
        pack = replace(vocabulary, sources=[spec_of(DOWN)])
        return interpret_file(tmp_path / "f.xlsx", "f.xlsx", pack, date(2025, 11, 1))

    return run


class TestPercentAgainstFraction:
    def test_a_number_shown_as_percent_is_what_it_shows(self, formatted: Callable[..., FileReading]) -> None:
        reading = formatted((0.075, "0.0%"), (0.004, "0.0%"))
        assert [(at(reading, a).value_number, at(reading, a).value_decimals) for a in ("C3", "C4")] == [
            (7.5, 1), (0.4, 1),
        ]  # fmt: skip
        assert at(reading, "C3").value_printed == "7.5%"

    def test_one_that_lost_the_format_of_its_neighbours_is_a_finding(
        self, formatted: Callable[..., FileReading]
    ) -> None:
        reading = formatted((0.075, "0.0%"), (0.5, "General"), (6.1, "0.0"))
        assert findings(reading) == [("percent_or_fraction", "C4")]
        assert reading.findings[0].expected == "0.5% 或 50%"
        assert at(reading, "C5").value_number == 6.1

    def test_a_column_of_fractions_is_a_finding_at_each_cell(self, formatted: Callable[..., FileReading]) -> None:
        reading = formatted((0.0751, "General"), (0.0496, "General"), (-0.0213, "General"), (0, "General"))
        assert findings(reading) == [("percent_or_fraction", f"C{row}") for row in (3, 4, 5)]
        assert at(reading, "C6").value_number == 0

    def test_an_office_that_prints_fractions_is_told_so_by_its_spec(self, read: Reader) -> None:
        growth = GROWTH | {"unit_override": "fraction"}
        reading = read(table(["双清", 1, 0.0751]), DOWN | {"columns": [LEVEL, growth, RANK]})
        assert not reading.findings
        assert (at(reading, "C3").value_number, at(reading, "C3").unit_code) == (0.0751, "fraction")

    def test_small_growths_as_finely_stored_as_large_ones_are_read(self, formatted: Callable[..., FileReading]) -> None:
        assert not formatted((0.075, "General"), (5.123, "General")).findings

    def test_small_growths_as_coarse_as_the_indicator_are_read(self, formatted: Callable[..., FileReading]) -> None:
        assert not formatted((0.2, "0.0"), (0.1, "0.0"), (-0.3, "0.0")).findings
        assert not formatted((0.24713, "0.0"), (0.1, "0.0")).findings, "shown with one decimal"


class TestTotals:
    def test_a_member_that_is_the_sum_of_the_others_is_their_total(self, read: Reader) -> None:
        rows = [["双清", 654.9, 5], ["大祥", 123.4, 5], ["北塔", 234.5, 5], ["邵东", 297.0, 5]]
        reading = read(table(*rows), DOWN)
        assert findings(reading) == [("total_as_member", "B3")]
        assert "654.9" in str(reading.findings[0].expected)

    def test_a_whole_printed_beside_them_clears_it(self, read: Reader) -> None:
        rows = [["全市", 1309.8, 5], ["双清", 654.9, 5], ["大祥", 123.4, 5], ["北塔", 234.5, 5], ["邵东", 297.0, 5]]
        assert not read(table(*rows), DOWN).findings

    def test_a_total_has_no_rank(self, read: Reader) -> None:
        reading = read(table(["全市", 9, 5, 1], ["双清", 1, 5, 1]), DOWN)
        assert findings(reading) == [("rank_of_outsider", "D3")]
        assert at(reading, "B3").region_code == "430500"

    @pytest.mark.parametrize("label", ["合计", "小计", "其中", "各区平均"])
    def test_a_total_that_no_region_is_called_is_not_a_member(self, read: Reader, label: str) -> None:
        reading = read(table([label, 9, 5, 1], ["双清", 1, 5, 1]), DOWN)
        assert findings(reading) == [("unknown_region", "A3")]
        assert at(reading, "B3").disposition == "finding"


class TestOneKeyTwice:
    def two(self, read: Reader, first: object, second: object, **other: Any) -> FileReading:
        rows = {"一": table(["双清", first, 5.1]), "二": [["附表"], ["县市区", "绝对额（亿元）"], ["双清", second]]}
        again = {**DOWN, "name": "again", "find": {"corner": "县市区"}, "columns": [LEVEL], **other}
        return read(rows, DOWN, again)

    def test_equal_at_the_coarser_print_is_no_contradiction(self, read: Reader) -> None:
        assert not self.two(read, "63.2", "63.18").findings

    def test_two_values_without_a_declared_winner_are_both_held(self, read: Reader) -> None:
        reading = self.two(read, "63.2", "63.3")
        assert findings(reading) == [("key_contradiction", "B3"), ("key_contradiction", "B3")]
        assert [f.expected for f in reading.findings] == ["63.3（二!B3）", "63.2（一!B3）"]

    def test_the_pack_names_the_winner(self, read: Reader) -> None:
        assert not self.two(read, "63.2", "63.3", precedence=10).findings

    def test_a_blank_beside_a_value_is_ignored(self, read: Reader) -> None:
        reading = self.two(read, "63.2", " ")
        assert not reading.findings

    def test_two_columns_of_one_meaning(self, read: Reader) -> None:
        reading = read(table(["双清", 1, 2, 3], header=["地区", "绝对额（亿元）", "增速（%）", "增长（%）"]), DOWN)
        assert findings(reading) == [("key_contradiction", "C3"), ("key_contradiction", "D3")]

    def test_one_region_in_two_columns(self, read: Reader) -> None:
        across = {
            "name": "across", "find": {"corner": "指标"}, "orientation": "regions_across", "indicator": "gdp",
            "rows": [{"match": "增速", "measure": "growth_ytd"}],
        }  # fmt: skip
        reading = read([["2025年1-9月测试表"], ["指标", "双清区", "双清"], ["增速（%）", 5.1, 4.9]], across)
        assert findings(reading) == [("key_contradiction", "B3"), ("key_contradiction", "C3")]
