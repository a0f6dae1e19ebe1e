"""Tables of every orientation, and what the reader says when one is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack
from ingest.spec import SourceSpec

Reader = Callable[..., FileReading]

COLUMNS = [
    {"match": "~^绝对额", "measure": "level_ytd", "optional": True},
    {"match": "~^增[速长]", "measure": "growth_ytd"},
    {"match": "排名", "rank_of": "growth_ytd", "rank_set": "city_counties", "optional": True},
    {"match": "备注", "role": "note", "optional": True},
]
DOWN: dict[str, Any] = {
    "name": "down", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "gdp", "columns": COLUMNS,
}  # fmt: skip


def table(
    *rows: list[object], title: str = "2025年1-9月测试表", header: list[object] | None = None
) -> list[list[object]]:
    return [[title], header or ["地　区", "绝对额（亿元）", "增速（％）", "排名", "备注"], *rows]


def cells(reading: FileReading) -> dict[str, Any]:
    return {c.source_cell: c for c in reading.cells}


def rules(reading: FileReading) -> list[tuple[str, str | None]]:
    return [(f.rule, f.source_cell) for f in reading.findings]


def test_a_table_with_regions_down(read: Reader) -> None:
    reading = read(table(["双　清", 1.5, "4.96%", 2, "初步数"], ["城步县", "—", "-0.20", 3]), DOWN, marks={"—": "L"})
    found = cells(reading)
    assert not reading.findings
    assert (found["B3"].region_code, found["B3"].unit_code, found["B3"].note) == ("430502", "yi_yuan", "初步数")
    assert (found["C3"].value_number, found["C3"].value_decimals, found["C3"].unit_printed) == (4.96, 2, "%")
    assert (found["D3"].disposition, found["D3"].measure, found["D3"].rank_set_code) == (
        "published_rank", "growth_ytd", "city_counties",
    )  # fmt: skip
    assert (found["B4"].value_number, found["B4"].obs_status) == (None, "L")
    assert {c.reference_month for c in reading.cells} == {date(2025, 9, 1)}
    assert found["C4"].growth_basis == "constant_price"


def test_a_table_with_indicators_down_tells_equal_labels_apart_by_what_stands_above(read: Reader) -> None:
    spec = {
        "name": "rows", "find": {"corner": "指标"}, "orientation": "indicators_down", "region": "430500",
        "columns": [{"match": "~", "measure": "level_ytd"}],
        "rows": [
            {"match": "商品房销售面积", "indicator": "housing_area_sold"},
            {"match": "商品房销售额", "indicator": "housing_sales"},
            {"match": "住宅", "under": "商品房销售面积", "indicator": "housing_area_sold_residential"},
            {"match": "住宅", "under": "商品房销售额", "indicator": "housing_sales_residential"},
        ],
    }  # fmt: skip
    rows = [
        ["测试表"], ["指标", "2025年1-9月"], ["商品房销售面积（万平方米）", 5], ["  其中：住宅（万平方米）", 4],
        ["商品房销售额（亿元）", 3], ["\u3000#住宅（亿元）", 2],
    ]  # fmt: skip
    reading = read(rows, spec)
    assert [(c.indicator_code, c.unit_code) for c in reading.cells] == [
        ("housing_area_sold", "wan_m2"), ("housing_area_sold_residential", "wan_m2"),
        ("housing_sales", "yi_yuan"), ("housing_sales_residential", "yi_yuan"),
    ]  # fmt: skip


def test_a_table_with_regions_across(read: Reader) -> None:
    spec = {
        "name": "across", "find": {"corner": "指标"}, "orientation": "regions_across", "indicator": "gdp",
        "rows": [
            {"match": "总量", "measure": "level_ytd"}, {"match": "增速", "measure": "growth_ytd"},
            {"match": "位次", "rank_of": "growth_ytd", "rank_set": "city_counties"},
        ],
    }  # fmt: skip
    rows = [
        ["2025年1-9月测试表"], ["指标", "全市", "双清区", "某某区"],
        ["总量（万元）", 3, 1, 2], ["增速（%）", 5, 4, 6], ["位次", "", 1, 2],
    ]  # fmt: skip
    reading = read(rows, spec)
    found = cells(reading)
    assert (found["C4"].region_code, found["C4"].measure, found["C5"].disposition) == (
        "430502", "growth_ytd", "published_rank",
    )  # fmt: skip
    assert rules(reading) == [("unknown_column", "D2")]
    assert {found[at].disposition for at in ("D3", "D4", "D5")} == {"finding"}


def test_a_long_table_takes_everything_from_its_row(read: Reader) -> None:
    spec = {
        "name": "long", "orientation": "long",
        "columns": [
            {"match": "地区", "role": "region"}, {"match": "指标", "role": "indicator"},
            {"match": "口径", "role": "measure", "values": {"累计": "level_ytd", "增速": "growth_ytd"}},
            {"match": "时期", "role": "period"}, {"match": "单位", "role": "unit", "values": {"万元元": "万元"}},
            {"match": "数值", "role": "value"}, {"match": "断点", "role": "is_break", "optional": True},
        ],
    }  # fmt: skip
    rows = [
        ["测试表"], ["时期", "地区", "指标", "口径", "数值", "单位", "断点"],
        ["2025年9月", "双清", "地区生产总值", "累计", "5 万余", "元/人", ""],
        ["2025年1-9月", "双清", "地区生产总值", "累计", ">20", "亿元", "是"],
        ["2024年1-9月", "双清", "地区生产总值", "增速", "持平", "%", ""],
        ["2025年1-9月", "双清", "地区生产总额", "累计", 1, "亿元", ""],
        ["2025年1-9月", "双清", "外商直接投资", "累计", 1, "万美元", ""],
        ["2025年1-9月", "双清", "地方一般公共预算收入", "累计", 8, "万元元", ""],
    ]  # fmt: skip
    reading = read(rows, spec)
    found = cells(reading)
    assert found["E3"].rule == "unit_mismatch"
    assert (found["E4"].value_qualifier, found["E4"].value_number, found["E4"].is_break) == (">", 20, True)
    assert (found["E5"].value_number, found["E5"].reference_month) == (0, date(2024, 9, 1))
    assert (found["C6"].rule, found["E6"].disposition) == ("unknown_label", "finding")
    assert next(f.expected for f in reading.findings if f.source_cell == "C6").startswith("地区生产总值")
    assert (found["E8"].unit_printed, found["E8"].unit_code) == ("万元元", "wan_yuan")


def test_headers_of_several_rows_merged(read: Reader) -> None:
    spec = DOWN | {"columns": [
        {"match": "~绝对额", "over": "地区生产总值", "indicator": "gdp", "measure": "level_ytd"},
        {"match": "~增速", "over": "地区生产总值", "indicator": "gdp", "measure": "growth_ytd"},
        {"match": "~增速", "over": "~固定资产投资", "indicator": "fai", "measure": "growth_ytd"},
    ]}  # fmt: skip
    spec.pop("indicator")
    rows = [
        ["测试表"], ["地区", "地区生产总值", "", "固定资产投资（1-8月）"], ["", "1-9月", "", ""],
        ["", "绝对额（亿元）", "增速（%）", "增速（%）"], ["全市", 1, 2, 3],
    ]  # fmt: skip
    reading = read(
        {"2025年1-9月": rows}, spec | {"lag_months": 1},
        merges={"2025年1-9月": ["A2:A4", "B2:C2", "B3:C3", "D2:D3"]},
    )  # fmt: skip
    assert [(c.indicator_code, c.measure, c.reference_month) for c in reading.cells] == [
        ("gdp", "level_ytd", date(2025, 9, 1)), ("gdp", "growth_ytd", date(2025, 9, 1)),
        ("fai", "growth_ytd", date(2025, 8, 1)),
    ]  # fmt: skip


def test_two_tables_side_by_side_and_one_below(read: Reader) -> None:
    rows = [
        ["2025年1-9月测试表"], ["地区", "增速（%）", "", "县市区", "增速（%）"], ["双清", 1, "", "双清", 2], [],
        ["第二部分"], ["区县", "增速（%）"], ["双清", 3],
    ]  # fmt: skip
    specs = [
        DOWN, DOWN | {"name": "right", "find": {"corner": "县市区"}, "indicator": "fai"},
        DOWN | {"name": "below", "find": {"corner": "区县", "title": "第二部分"}, "indicator": "retail"},
    ]  # fmt: skip
    reading = read(rows, *specs)
    assert [(c.source_cell, c.indicator_code) for c in reading.cells] == [
        ("B3", "gdp"),
        ("E3", "fai"),
        ("B7", "retail"),
    ]
    assert not reading.findings


def test_an_unknown_region_takes_its_row_along_and_names_the_nearest(read: Reader) -> None:
    reading = read(table(["双请区", 1, 2, 1], ["大祥", 1, 2, 1]), DOWN)
    assert rules(reading) == [("unknown_region", "A3")]
    assert "双清区" in str(reading.findings[0].expected)
    assert {c.source_cell for c in reading.cells if c.disposition == "finding"} == {"A3", "B3", "C3", "D3"}


def test_headings_without_figures_are_kept_with_what_they_say(read: Reader) -> None:
    found = cells(read(table(["双清", 1, None, 1], ["大祥", 2, " ", 2], ["城步县"]), DOWN))
    column, row = found["C2"], found["A5"]
    assert (column.disposition, column.rule, row.rule) == ("ignored", "empty_column", "empty_row")
    assert (column.region_code, column.indicator_code, column.measure) == (None, "gdp", "growth_ytd")
    assert (row.region_code, row.indicator_code, row.measure) == ("430529", None, None)
    assert {column.reference_month, row.reference_month} == {date(2025, 9, 1)}


def test_a_mark_that_says_skip_keeps_the_key_of_its_cell(read: Reader) -> None:
    found = cells(read(table(["双清", "*", 2, 1]), DOWN, marks={"*": "skip"}))
    assert (found["B3"].rule, found["B3"].region_code, found["B3"].measure) == ("missing_mark", "430502", "level_ytd")


def test_an_unknown_column_is_not_guessed(read: Reader) -> None:
    reading = read(table(["双清", 1, 2], header=["地区", "绝对额（亿元）", "增速（%）", "人均"]), DOWN)
    assert rules(reading) == [("unknown_column", "D2")]


def test_the_same_region_twice_is_held_and_a_missing_one_is_named(read: Reader) -> None:
    expected = DOWN | {"expected_regions": ["430502", "430503"]}
    reading = read(table(["双清", 1, 2], ["双清区", 1, 3]), expected)
    assert ("region_missing", "A2") in rules(reading)
    assert reading.findings[0].expected == "大祥区"
    assert [r for r, _ in rules(reading)].count("region_duplicate") == 2
    assert {c.disposition for c in reading.cells} == {"finding"}


def test_two_units_for_one_value(read: Reader) -> None:
    reading = read(table(["双清", "63亿元", 2], header=["地区", "绝对额（万元）", "增速（%）"]), DOWN)
    assert rules(reading) == [("two_units", "B3")]
    assert reading.findings[0].severity == "critical"


def test_a_unit_that_does_not_fit(read: Reader) -> None:
    reading = read(table(["双清", 63, 2], header=["地区", "绝对额（万人）", "增速（%）"]), DOWN)
    assert rules(reading) == [("unit_mismatch", "B3")]


def test_no_unit_anywhere(read: Reader) -> None:
    reading = read(table(["双清", 63, 2], header=["地区", "绝对额", "增速"]), DOWN)
    assert rules(reading) == [("unit_missing", "B3")]
    assert cells(reading)["C3"].unit_code == "percent"


@pytest.mark.parametrize("lone", ["单位：亿元", "单位:亿元、%", "（单位：亿元）", "计量单位：亿元"])
def test_a_unit_in_a_cell_of_its_own(read: Reader, lone: str) -> None:
    rows = [["2025年1-9月测试表"], ["", "", lone], ["地区", "绝对额", "增速"], ["双清", 63, 2]]
    reading = read(rows, DOWN)
    assert not reading.findings
    assert (reading.cells[0].unit_code, reading.cells[0].unit_printed) == ("yi_yuan", "亿元")
    assert cells(reading)["C4"].unit_code == "percent"


def test_text_where_a_number_belongs(read: Reader) -> None:
    reading = read(table(["双清", "待核实", "下降3.2%", "并列3"]), DOWN)
    assert rules(reading) == [("text_in_number", "B3"), ("text_in_number", "C3"), ("rank_not_integer", "D3")]


def test_words_of_direction_only_where_the_spec_says_so(read: Reader) -> None:
    columns = [COLUMNS[0], COLUMNS[1] | {"direction_words": True}]
    reading = read(table(["双清", 1, "下降3.2%"], ["大祥", 1, "增长1.0%"]), DOWN | {"columns": columns})
    assert [cells(reading)[at].value_number for at in ("C3", "C4")] == [-3.2, 1.0]


def test_a_stray_cell_is_reported_and_a_note_ignored_by_rule(read: Reader) -> None:
    rows = [*table(["双清", 1, 2]), ["注：初步核算数"], [], ["", "", "", "", "", "", 77]]
    reading = read(rows, DOWN, ignored=[{"match": "~^注:", "reason": "附注"}])
    assert rules(reading) == [("stray_cell", "G6")]
    assert [c.note for c in reading.cells if c.disposition == "ignored"] == ["附注"]


def test_a_sheet_without_a_known_table_is_one_finding(read: Reader) -> None:
    reading = read({"一": table(["双清", 1, 2]), "二": [["什么", "都不是"], [1, 2]]}, DOWN)
    assert [(f.rule, f.source_sheet) for f in reading.findings] == [("unknown_sheet", "二")]
    assert sum(c.rule == "unknown_sheet" for c in reading.cells) == 4


def test_a_second_column_under_a_merged_header_is_stray(read: Reader) -> None:
    rows = [["2025年1-9月测试表"], ["地区", "增速（%）", ""], ["双清", 1, 99]]
    reading = read(rows, DOWN, merges={"Sheet1": ["B2:C2"]})
    assert rules(reading) == [("stray_cell", "C3")]


def test_a_column_of_last_year_is_stored_at_its_own_month(read: Reader) -> None:
    columns = [
        *COLUMNS,
        {"match": "上年同期", "measure": "level_ytd", "period": "same_period_last_year", "unit": "亿元"},
    ]
    rows = table(["双清", 1, 2, 3], header=["地区", "绝对额（亿元）", "增速（%）", "上年同期（亿元）"])
    reading = read(rows, DOWN | {"columns": columns})
    found = cells(reading)["D3"]
    assert (found.period_start, found.reference_month) == (date(2024, 1, 1), date(2024, 9, 1))


def test_a_block_lags_by_a_month(read: Reader) -> None:
    spec = {
        "name": "rows", "find": {"corner": "指标"}, "orientation": "indicators_down", "region": "430500",
        "columns": [{"match": "绝对额", "measure": "level_ytd"}],
        "blocks": [{"from": "~上月数据", "until": "工业用电量", "period": "previous_month"}, {"from": "~附报"}],
        "rows": [
            {"match": "营业收入", "indicator": "industrial_revenue"},
            {"match": "利润总额", "indicator": "industrial_profit"},
            {"match": "利税总额", "indicator": "industrial_profit_tax"},
            {"match": "工业用电量", "indicator": "power_use_industry", "unit": "亿千瓦时"},
        ],
    }  # fmt: skip
    rows = [
        ["2025年1-9月测试表"], ["指标", "绝对额"],
        ["效益指标（上月数据）"], ["营业收入（亿元）", 1], ["利润总额（亿元）", 2],
        ["工业用电量", 3], ["附报（1-7月）（亿元）"], ["利税总额", 4],
    ]  # fmt: skip
    reading = read(rows, spec)
    assert not reading.findings
    assert [c.reference_month.month for c in reading.cells if c.reference_month] == [8, 8, 9, 7]


class TestPeriods:
    def read(self, read: Reader, title: str, today: date = date(2025, 11, 1), **more: Any) -> FileReading:
        return read(table(["双清", 1, 2], title=title), DOWN | more, today=today)

    @pytest.mark.parametrize(
        ("title", "month"),
        [
            ("2025年上半年测试表", 6),
            ("测试表（2025年前三季度）", 9),
            ("２０２５年１—８月测试表", 8),
            ("2025年9月测试表", 9),
            ("表1：2025年2月70个大中城市测试表", 2),
        ],
    )
    def test_are_found_in_titles(self, read: Reader, title: str, month: int) -> None:
        reading = self.read(read, title)
        assert reading.refusal is None
        assert {(c.period_start, c.reference_month) for c in reading.cells} == {
            (date(2025, 1, 1), date(2025, month, 1))
        }

    @pytest.mark.parametrize(
        ("title", "code"), [("测试表", "period_unresolved"), ("1-9月测试表", "period_unresolved"),
                            ("2025年1-12月测试表", "period_in_future"), ("2026年1-9月测试表", "period_in_future")],
    )  # fmt: skip
    def test_that_cannot_be_are_refused_in_words(self, read: Reader, title: str, code: str) -> None:
        refusal = self.read(read, title).refusal
        assert refusal is not None
        assert refusal.reason_code == code
        assert refusal.reason.endswith("。")
        assert refusal.advice
        assert refusal.advice_en

    @pytest.mark.parametrize("day", ["填报日期：2025年10月8日", "2025年10月8日", "报送时间：2025-10-08"])
    def test_are_not_taken_from_the_day_a_form_was_filled_in(self, read: Reader, day: str) -> None:
        rows = [["2025年1-9月测试表"], [day], *table(["双清", 1, 2])[1:]]
        reading = read(rows, DOWN, ignored=[{"match": ["~日期|时间", "~日$"], "reason": "填报日期"}])
        assert {c.reference_month for c in reading.cells if c.measure} == {date(2025, 9, 1)}
        assert not reading.findings

    def test_of_an_earlier_year_is_fine(self, read: Reader) -> None:
        assert self.read(read, "2021年1-9月测试表").refusal is None

    def two(self, read: Reader, other: str, **more: Any) -> FileReading:
        sheets = {
            "一": table(["双清", 1, 2]), "二": table(["双清", 1, 2], title="2025年1-9月"),
            "三": [["附表"], ["县市区", f"增速（%）{other}"], ["双清", 5]],
        }  # fmt: skip
        odd = DOWN | {"name": "odd", "find": {"corner": "县市区"}, "indicator": "fai"} | more
        return read(sheets, DOWN | {"repeated": True}, odd)

    @pytest.mark.parametrize("other", ["1-10月", "1-8月", "1-3月"])
    def test_that_contradict_the_report_quarantine_the_table_only(self, read: Reader, other: str) -> None:
        reading = self.two(read, other)
        assert reading.refusal is None
        assert rules(reading) == [("period_contradiction", "B2")], "the header that prints the month"
        assert reading.findings[0].severity == "critical"
        assert {c.disposition for c in reading.cells if c.indicator_code == "gdp"} == {"observation"}
        assert [c.rule for c in reading.cells if c.source_sheet == "三"] == ["period_contradiction"]

    def test_a_refusal_points_at_the_cell_that_prints_the_period(self, read: Reader) -> None:
        rows = [["2025年1-9月测试表"], ["模拟数据，非统计数据"], ["地区", "增速（%）1-8月"], ["双清", 5]]
        refusal = read(rows, DOWN).refusal
        assert refusal is not None
        assert (refusal.reason_code, refusal.cell) == ("period_contradiction", "B3")
        assert "1-8月" in refusal.found
        assert refusal.found.endswith("而报告期是 2025年1-9月")
        future = read([["2026年1-9月测试表"], *rows[1:]], DOWN).refusal
        assert future is not None
        assert (future.reason_code, future.cell) == ("period_in_future", "A1")

    def test_that_lag_as_declared_are_read(self, read: Reader) -> None:
        reading = self.two(read, "1-8月", lag_months=1)
        assert not reading.findings
        assert [c.reference_month for c in reading.cells][-1] == date(2025, 8, 1)

    def test_of_last_year_beside_this_year(self, read: Reader) -> None:
        columns = [{"match": "~", "measure": "growth_ytd"}]
        rows = [["测试表"], ["地区", "2025年1-9月", "2024年1-9月"], ["双清", 5, 6]]
        reading = read(rows, DOWN | {"columns": columns})
        assert reading.reference_month == date(2025, 9, 1)
        assert [c.reference_month for c in reading.cells] == [date(2025, 9, 1), date(2024, 9, 1)]

    def test_a_time_series_reads_every_column_at_its_own_month(self, read: Reader) -> None:
        spec = {
            "name": "series", "find": {"corner": "指标"}, "orientation": "indicators_down",
            "region_above": "~^地区:(.+)$",
            "columns": [{"match": "~月$"}],
            "rows": [{"match": "地区生产总值累计值", "indicator": "gdp", "measure": "level_ytd"}],
        }  # fmt: skip
        rows = [["数据库：测试表"], ["地区：邵东市"], ["指标", "2025年3月", "2025年2月", "2024年12月"],
                ["地区生产总值累计值(亿元)", 3, 2, 9]]  # fmt: skip
        reading = read(rows, spec)
        assert [(c.region_code, str(c.reference_month)) for c in reading.cells] == [
            ("430582", "2025-03-01"), ("430582", "2025-02-01"), ("430582", "2024-12-01"),
        ]  # fmt: skip


class TestSimulated:
    @pytest.mark.parametrize("where", ["title", "sheet", "note"])
    def test_the_words_anywhere_mark_every_cell(self, read: Reader, where: str) -> None:
        rows = table(["双清", 1, 2], title="2025年1-9月测试表" + ("（模拟数据）" if where == "title" else ""))
        if where == "note":
            rows.append(["模拟数据，非统计数据"])
        reading = read({"模 拟 数 据" if where == "sheet" else "一": rows}, DOWN)
        assert reading.is_simulated
        assert all(c.is_simulated for c in reading.cells)
        assert not reading.findings

    def test_a_real_file_is_not_marked(self, read: Reader) -> None:
        assert not read(table(["双清", 1, 2]), DOWN).is_simulated


class TestRecognition:
    def test_an_unknown_layout_names_the_nearest_and_what_it_lacks(self, tmp_path: Path, vocabulary: Pack) -> None:
        spec = SourceSpec.model_validate({
            "stem": "sytjj__one", "title": "甲", "title_en": "A", "bureau_code": "sytjj",
            "recognise": {"contains": ["测试表", "县区"], "absent": ["废止"]}, "tables": [DOWN],
        })  # fmt: skip
        path = tmp_path / "a.csv"
        path.write_text("测试表,1\n", encoding="utf-8")
        refusal = interpret_file(path, "a", replace(vocabulary, sources=[spec]), date(2025, 11, 1)).refusal
        assert refusal is not None
        assert refusal.expected == "最接近的版式：甲（sytjj__one）缺：县区"

    def test_what_no_layout_is_near_names_none(self, read: Reader) -> None:
        refusal = read([["会议通知"], ["时间", "地点"]], DOWN).refusal
        assert refusal is not None
        assert (refusal.reason_code, refusal.expected) == ("unknown_layout", "一种登记的版式（没有相近的）")
        assert "jindu probe" in refusal.advice

    def test_texts_without_a_table_are_not_enough(self, read: Reader) -> None:
        refusal = read([["关于报送测试表的通知"]], DOWN).refusal
        assert refusal is not None
        assert "没有一张可识别的表" in refusal.expected

    def test_two_specs_that_fit_are_one_too_many(self, tmp_path: Path, vocabulary: Pack) -> None:
        spec = SourceSpec.model_validate({
            "stem": "sytjj__one", "title": "甲", "title_en": "A", "bureau_code": "sytjj",
            "recognise": {"contains": ["测试表"]}, "tables": [DOWN],
        })  # fmt: skip
        other = spec.model_copy(update={"stem": "sytjj__two", "title": "乙"})
        path = tmp_path / "a.csv"
        path.write_text("2025年1-9月测试表,,\n地区,绝对额（亿元）,增速（%）\n双清,1,2\n", encoding="gb18030")
        refusal = interpret_file(path, "a", replace(vocabulary, sources=[spec, other]), date(2025, 11, 1)).refusal
        assert refusal is not None
        assert refusal.reason_code == "ambiguous_layout"
        assert "甲" in refusal.found
        assert "乙" in refusal.found

    def test_a_broken_file_is_refused_and_never_raises(self, tmp_path: Path, vocabulary: Pack) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(b"\x89PNG")
        refusal = interpret_file(path, "a.xlsx", vocabulary, date(2025, 11, 1)).refusal
        assert refusal is not None
        assert (refusal.reason_code, "PNG" in refusal.reason) == ("unreadable", True)
