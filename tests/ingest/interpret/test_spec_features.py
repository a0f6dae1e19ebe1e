"""What a spec can say about a layout: periods down, eras, footnotes, the report's own date, headings and labels."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.interpret import CellReading, FileReading
from ingest.interpret.row_periods import RowPeriods
from tests.ingest.interpret.conftest import Reader, Rows

MONTHS = {"2025-08": date(2025, 8, 1), "2025-09": date(2025, 9, 1)}


def read_figures(reading: FileReading) -> dict[tuple[str | None, str | None, str, str], float | None]:
    return {
        (c.region_code, c.indicator_code, str(c.measure), str(c.reference_month)[:7]): c.value_number
        for c in reading.cells
        if c.disposition == "observation"
    }


def one(reading: FileReading, cell: str) -> CellReading:
    return next(c for c in reading.cells if c.source_cell == cell)


# --- periods down ---------------------------------------------------------------------------------------------------

DOWN: dict[str, Any] = {"name": "t", "find": {"corner": "时间"}, "orientation": "periods_down"}
FOUND = {
    ("430500", "gdp", "growth_ytd", "2025-09"): 4.9, ("430502", "gdp", "growth_ytd", "2025-09"): 6.2,
    ("430500", "gdp", "growth_ytd", "2025-06"): 5.1, ("430502", "gdp", "growth_ytd", "2025-06"): 6.0,
}  # fmt: skip


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("labels", [("2025年1-9月", "2025年1-6月"), ("2025年前三季度", "2025年上半年")])
def test_periods_run_down_and_regions_across(read: Reader, newest_first: bool, labels: tuple[str, str]) -> None:
    body = [[labels[0], 4.9, 6.2], [labels[1], 5.1, 6.0]]
    rows = [["测试表"], ["时间", "全市", "双　清"], *(body if newest_first else body[::-1])]
    reading = read(rows, {**DOWN, "indicator": "gdp", "measure": "growth_ytd"})
    assert not reading.findings
    assert reading.reference_month == date(2025, 9, 1)
    assert read_figures(reading) == FOUND


def test_periods_run_down_and_indicators_across(read: Reader) -> None:
    columns = [
        {"match": "地区生产总值", "indicator": "gdp", "measure": "level_ytd"},
        {"match": "零售额", "indicator": "retail", "measure": "level_ytd"},
    ]
    rows: Rows = [
        ["测试表"],
        ["", "单位：亿元"],
        ["时间", "地区生产总值", "零售额"],
        ["2024年1-12月", 7, 3],
        ["2025年1-9月", 5, 2],
    ]
    reading = read(rows, {**DOWN, "region": "430500", "columns": columns})
    assert not reading.findings
    assert read_figures(reading) == {
        ("430500", "gdp", "level_ytd", "2024-12"): 7, ("430500", "retail", "level_ytd", "2024-12"): 3,
        ("430500", "gdp", "level_ytd", "2025-09"): 5, ("430500", "retail", "level_ytd", "2025-09"): 2,
    }  # fmt: skip
    assert {c.unit_code for c in reading.cells if c.value_number} == {"yi_yuan"}


def test_a_period_twice_is_critical_and_a_label_that_is_none_is_a_finding(read: Reader) -> None:
    rows = [["测试表"], ["时间", "全市"], ["2025年1-9月", 4.9], ["2025年1-9月", 5.0], ["合计", 5.2]]
    reading = read(rows, {**DOWN, "indicator": "gdp", "measure": "growth_ytd"})
    assert {(f.rule, f.source_cell) for f in reading.findings} == {
        ("unknown_label", "A5"), ("period_duplicate", "A3"), ("period_duplicate", "A4"),
    }  # fmt: skip
    assert not read_figures(reading)


def test_a_table_of_periods_from_the_future_is_refused(read: Reader) -> None:
    rows = [["测试表"], ["时间", "全市"], ["2025年1-12月", 4.9]]
    reading = read(rows, {**DOWN, "indicator": "gdp", "measure": "growth_ytd"})
    assert reading.refusal is not None
    assert reading.refusal.reason_code == "period_in_future"


@pytest.mark.parametrize(
    ("labels", "months"),
    [
        (
            ["平成20年", "　　21年", "平成23年11月", "12月", "平成24年１月"],
            ["2008-12", "2009-12", "2011-11", "2011-12", "2012-01"],
        ),
        (["平成30年", "令和元年", "２年"], ["2018-12", "2019-12", "2020-12"]),
        (["2024年11月", "12月", "1月", "2月"], ["2024-11", "2024-12", "2025-01", "2025-02"]),
        (["2025年2月", "1月", "12月", "11月"], ["2025-02", "2025-01", "2024-12", "2024-11"]),
        (["平成22年 a)", "23年 a)b)"], ["2010-12", "2011-12"]),
    ],
)
def test_a_label_takes_what_it_leaves_out_from_the_one_above(labels: list[str], months: list[str]) -> None:
    periods = RowPeriods(2025)
    assert [str(found.month)[:7] if (found := periods.read(text)) else None for text in labels] == months


# --- eras -----------------------------------------------------------------------------------------------------------

ERAS: dict[str, Any] = {
    "name": "t", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "retail",
    "columns": [
        {"match": "总量", "measure": "level_ytd", "unit": "万元", "era": {"until": "2018-12"}},
        {"match": "总量", "measure": "level_ytd", "unit": "亿元", "era": {"from": "2019-01"}},
        {"match": "增速", "measure": "growth_ytd", "era": {"from": "2021-01"}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(("year", "unit", "faults"), [(2018, "wan_yuan", ["unknown_column"]), (2024, "yi_yuan", [])])
def test_a_column_means_what_it_means_in_the_era_of_the_report(
    read: Reader, year: int, unit: str, faults: list[str]
) -> None:
    reading = read([["测试表"], [f"{year}年1-9月"], ["地区", "总量", "增速"], ["双清区", 7, 5.1]], ERAS)
    assert [f.rule for f in reading.findings] == faults
    assert one(reading, "B4").unit_code == unit


def test_a_column_of_this_era_must_be_there_and_one_of_another_need_not(read: Reader) -> None:
    early = read([["测试表"], ["2018年1-9月"], ["地区", "总量"], ["双清区", 7]], ERAS)
    assert not early.findings
    late = read([["测试表"], ["2024年1-9月"], ["地区", "总量"], ["双清区", 7]], ERAS)
    assert [(f.rule, f.expected) for f in late.findings] == [("column_missing", "增速")]


def test_a_table_may_be_found_otherwise_in_each_era(read: Reader) -> None:
    rest = {"orientation": "regions_down", "indicator": "retail", "name": "t", "unit": "亿元",
            "columns": [{"match": "总量", "measure": "level_ytd"}]}  # fmt: skip
    old = {**rest, "find": {"title": "旧表名", "corner": "地区"}, "era": {"until": "2019-12"}}
    new = {**rest, "find": {"title": "新表名", "corner": "单位名称"}, "era": {"from": "2020-01"}}
    for year, title, corner in ((2018, "旧表名", "地区"), (2023, "新表名", "单位名称")):
        reading = read([["测试表"], [f"{year}年1-9月{title}"], [corner, "总量"], ["双清区", 7]], old, new)
        assert not reading.findings
        assert read_figures(reading) == {("430502", "retail", "level_ytd", f"{year}-09"): 7}


def test_a_report_of_a_month_for_which_no_table_holds_is_refused(read: Reader) -> None:
    table = {**ERAS, "era": {"from": "2019-01"}}
    reading = read([["测试表"], ["2015年1-9月"], ["地区", "总量"], ["双清区", 7]], table)
    assert reading.refusal is not None
    assert (reading.refusal.reason_code, reading.refusal.found) == ("unknown_layout", "2015年1-9月")


def test_a_report_without_a_month_has_no_era_and_is_refused(read: Reader) -> None:
    reading = read([["测试表"], ["地区", "总量"], ["双清区", 7]], ERAS)
    assert reading.refusal is not None
    assert reading.refusal.reason_code == "period_unresolved"


# --- footnotes ------------------------------------------------------------------------------------------------------

NOTED: dict[str, Any] = {
    "name": "t", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "retail", "unit": "亿元",
    "columns": [{"match": "总量", "measure": "level_ytd"}, {"match": "增速", "measure": "growth_ytd"}],
}  # fmt: skip


def test_a_footnote_becomes_the_note_of_its_cell_row_or_column(read: Reader) -> None:
    rows = [
        ["测试表"], ["2025年1-9月"], ["地区", "总量②", "增速"],
        ["双清区", "7.25①", 5.1], ["大祥区*", 6, "4.9"], ["北塔区", 5, 4.8],
        ["注：①快报数；②含本级"], ["* 口径调整"],
    ]  # fmt: skip
    reading = read(rows, NOTED)
    assert not reading.findings
    assert (one(reading, "B4").value_number, one(reading, "B4").value_printed) == (7.25, "7.25①")
    assert {c.source_cell: c.note for c in reading.cells if c.disposition == "observation"} == {
        "B4": "含本级；快报数", "C4": None, "B5": "口径调整；含本级", "C5": "口径调整", "B6": "含本级", "C6": None,
    }  # fmt: skip


@pytest.mark.parametrize("printed", ["7①", "7(1)", "7²", "7*"])
def test_a_mark_that_nothing_explains_leaves_the_number_in_doubt(read: Reader, printed: str) -> None:
    reading = read([["测试表"], ["2025年1-9月"], ["地区", "总量", "增速"], ["双清区", printed, 5.1]], NOTED)
    assert [(f.rule, f.source_cell) for f in reading.findings] == [("text_in_number", "B4")]


def test_a_mark_of_a_missing_figure_is_no_footnote(read: Reader) -> None:
    rows = [["测试表"], ["2025年1-9月"], ["地区", "总量", "增速"], ["双清区", "*", 5.1], ["* 不公布"]]
    reading = read(rows, NOTED, marks={"*": "Q"})
    assert (one(reading, "B4").value_number, one(reading, "B4").obs_status) == (None, "Q")


# --- the report's own date, headings, labels -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "month"),
    [("发布日期：2025年10月15日", (2025, 9)), ("发布日期：2025-10-15", (2025, 9)), ("发布日期：2025/1/17", (2024, 12))],
)
def test_the_month_follows_from_the_reports_own_date(read: Reader, printed: str, month: tuple[int, int]) -> None:
    period = {"places": ["title", "date"], "date": {"match": "~^发布日期[:](.+)$", "months_before": 1}}
    rows = [["测试表"], ["地区", "总量", "增速"], ["双清区", 7, 5.1], [], [printed]]
    reading = read(rows, NOTED, report_period=period)
    assert reading.reference_month == date(*month, 1)


def test_a_heading_centred_over_columns_holds_for_them(read: Reader) -> None:
    table = {
        "name": "t", "find": {"corner": "地区"}, "orientation": "regions_down", "header_rows": 2,
        "spread_headers": True, "unit": "亿元", "columns": [
            {"match": "总量", "over": "零售额", "indicator": "retail", "measure": "level_ytd"},
            {"match": "增速", "over": "零售额", "indicator": "retail", "measure": "growth_ytd"},
            {"match": "总量", "over": "地区生产总值", "indicator": "gdp", "measure": "level_ytd"},
            {"match": "增速", "over": "地区生产总值", "indicator": "gdp", "measure": "growth_ytd"},
        ],
    }  # fmt: skip
    head = [["测试表"], ["2025年1-9月"], ["地区", "零售额", "", "地区生产总值"], ["", "总量", "增速", "总量", "增速"]]
    reading = read([*head, ["双清区", 1, 2, 3, 4]], table)
    assert not reading.findings
    assert {key[1:3]: value for key, value in read_figures(reading).items()} == {
        ("retail", "level_ytd"): 1, ("retail", "growth_ytd"): 2, ("gdp", "level_ytd"): 3, ("gdp", "growth_ytd"): 4,
    }  # fmt: skip


def test_a_label_may_take_several_columns(read: Reader) -> None:
    rows = [["测试表"], ["2025年1-9月"], ["地区", "District", "总量", "增速"], ["双清区", "Shuangqing", 7, 5.1]]
    assert {f.rule for f in read(rows, NOTED).findings} == {"unknown_column"}
    reading = read(rows, {**NOTED, "label_columns": 2})
    assert not reading.findings
    assert len(read_figures(reading)) == 2


def test_rows_of_periods_stand_above_rows_of_regions(read: Reader) -> None:
    table = {**NOTED, "rows": [{"match": "~年", "region": "430500", "period": "label"}]}
    rows = [
        ["测试表"], ["2025年1-9月"], ["地区", "总量", "增速"], ["2023年", 90, 5], ["2024年", 95, 5.5],
        ["2025年1-9月", 70, 5.2], ["双清区", 7, 5.1],
    ]  # fmt: skip
    reading = read(rows, table)
    assert not reading.findings
    levels = {key[0] or "": key[3] for key in read_figures(reading) if key[2] == "level_ytd" and key[0] == "430502"}
    assert levels == {"430502": "2025-09"}
    city = {
        key[3]: value for key, value in read_figures(reading).items() if key[0] == "430500" and key[2] == "level_ytd"
    }
    assert city == {"2023-12": 90, "2024-12": 95, "2025-09": 70}


def test_a_table_may_be_for_the_month_before_the_reports(read: Reader) -> None:
    table = {**NOTED, "period": "previous_month", "lag_months": 1}
    reading = read([["测试表"], ["2025年9月"], ["地区", "总量", "增速"], ["双清区", 7, 5.1]], table)
    assert {c.reference_month for c in reading.cells if c.value_number} == {date(2025, 8, 1)}


def test_year_and_month_stand_in_two_columns_of_a_long_table(read: Reader) -> None:
    columns = [
        {"match": "地区", "role": "region"}, {"match": "年", "role": "year"}, {"match": "月", "role": "month"},
        {"match": "数值", "indicator": "retail", "measure": "level_ytd", "unit": "亿元"},
    ]  # fmt: skip
    table = {"name": "t", "find": {"corner": "地区"}, "orientation": "long", "columns": columns}
    rows = [
        ["测试表"],
        ["地区", "年", "月", "数值"],
        ["双清区", 2025, 8, 6],
        ["双清区", "2025年", "9月", 7],
        ["大祥区", "2024", "09", 5],
    ]
    reading = read(rows, table, report_period={"places": ["rows"]})
    assert not reading.findings
    assert reading.reference_month == date(2025, 9, 1)
    assert {key[3]: value for key, value in read_figures(reading).items()} == {"2025-08": 6, "2025-09": 7, "2024-09": 5}


# --- what a table must hold ------------------------------------------------------------------------------------------

SET = {"expected_regions": ["430502", "430503"]}


def test_a_table_that_must_be_complete_is_held_when_it_is_not(read: Reader) -> None:
    rows = [["测试表"], ["2025年1-9月"], ["地区", "总量", "增速"], ["双清区", 7, 5.1]]
    assert len(read_figures(read(rows, {**NOTED, **SET}))) == 2
    held = read(rows, {**NOTED, **SET, "complete": True})
    assert not read_figures(held)
    assert [(f.rule, f.severity, f.expected) for f in held.findings] == [("table_incomplete", "critical", "大祥区")]


def test_rows_that_repeat_are_read_once_only_where_the_spec_allows_it(read: Reader) -> None:
    body = [["双清区", 7, 5.1], ["大祥区", 6, 4.9]]
    rows = [["测试表"], ["2025年1-9月"], ["地区", "总量", "增速"], *body, *body]
    assert {f.rule for f in read(rows, NOTED).findings} >= {"region_duplicate"}
    reading = read(rows, {**NOTED, "repeated_rows": True})
    assert [(f.rule, f.severity) for f in reading.findings] == [("repeated_row", "info")]
    assert len(read_figures(reading)) == 4
    assert [c.source_cell for c in reading.cells if c.rule == "repeated_row"] == ["B6", "C6", "B7", "C7"]
    differing = read([*rows[:-1], ["大祥区", 6, 4.8]], {**NOTED, "repeated_rows": True})
    assert {f.rule for f in differing.findings if f.severity == "critical"} == {"region_duplicate"}
    assert {key[0] for key in read_figures(differing)} == {"430502"}


@pytest.mark.parametrize(("year", "name"), [(2018, "邵东县"), (2024, "邵东市")])
def test_who_must_report_is_who_belonged_to_the_set_in_the_months_of_the_table(
    read: Reader, year: int, name: str
) -> None:
    rows = [["测试表"], [f"{year}年1-9月"], ["地区", "总量", "增速"], ["双清区", 7, 5.1]]
    missing = {f.expected for f in read(rows, {**NOTED, "expected_regions": "city_counties"}).findings}
    assert len(missing) == 11
    assert missing & {"邵东县", "邵东市"} == {name}
