"""Small tables of our own making: what a probe understands of each shape, and what it rightly leaves out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ingest.interpret import CellReading
from ingest.probe import Probe
from tests.ingest.probe.conftest import cells, probed, stripped

Sheet = Callable[..., Path]
SEPTEMBER = date(2025, 9, 1)


def read(probe: Probe) -> dict[str, CellReading]:
    """What was read, by address."""
    assert probe.trial is not None
    return {at: cell for (_, at), cell in cells(probe.trial.reading).items()}


def beiguan(path: Path) -> Probe:
    return probed(path, stripped("beiguan"))


def column(probe: Probe, letter: str) -> list[Any]:
    found = read(probe)
    return [found[at].value_number for at in sorted(found, key=lambda at: int(at[1:])) if at.startswith(letter)]


def test_last_years_column_is_last_year_and_not_this_year(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "北关区财政收支",
            "2025年1-9月,,,单位：万元",
            "项目,本年累计,上年同期,增长（%）",
            "税收收入,100,90,11.1",
            "非税收入,50,40,25",
        )
    )
    found = read(probe)
    assert (found["B4"].reference_month, found["C4"].reference_month) == (SEPTEMBER, date(2024, 9, 1))
    assert found["C4"].measure == "level_ytd"
    assert (found["D4"].measure, found["D4"].unit_code) == ("growth_ytd", "percent")
    assert found["B4"].unit_code == "wan_yuan"


def test_periods_newest_first_belong_each_to_its_own_month(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "北关区工业用电量",
            "单位：万千瓦时",
            "指标,2025年1-9月,2025年1-8月,2025年1-7月",
            "大工业用电,300,260,220",
            "轻工业用电,90,80,70",
        )
    )
    months = [read(probe)[at].reference_month for at in ("B4", "C4", "D4")]
    assert months == [SEPTEMBER, date(2025, 8, 1), date(2025, 7, 1)]


def test_a_total_among_regions_is_no_region(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "各县（市、区）地区生产总值",
            "2025年1-9月",
            "地区,总量（亿元）",
            "文峰区,10",
            "北关区,20",
            "殷都区,30",
            "龙安区,40",
            "合计,100",
        )
    )
    assert column(probe, "B") == [10, 20, 30, 40]
    assert "“合计”" in " ".join(doubt.said for doubt in probe.doubts)


def test_a_slip_of_a_region_name_is_asked_and_not_read(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "各县（市、区）地区生产总值",
            "2025年1-9月",
            "地区,总量（亿元）",
            "文峰区,10",
            "北官区,20",
            "殷都区,30",
            "龙安区,40",
        )
    )
    assert column(probe, "B") == [10, 30, 40]
    assert any("北关" in doubt.said for doubt in probe.doubts)


def test_ranks_count_only_where_figures_reproduce_them(sheet: Sheet) -> None:
    rows = ["文峰区,10,5.0,{}", "北关区,40,3.0,{}", "殷都区,30,4.0,{}", "龙安区,20,1.0,{}"]
    head = ("各县（市、区）工业用电量", "2025年1-9月", "地区,总量（万千瓦时）,增速（%）,排名")

    def probe_with(*ranks: int) -> Probe:
        return beiguan(sheet(*head, *(row.format(rank) for row, rank in zip(rows, ranks, strict=True))))

    by_growth, by_level, by_neither = probe_with(1, 3, 2, 4), probe_with(4, 1, 2, 3), probe_with(2, 1, 4, 3)
    assert {read(by_growth)[at].measure for at in ("D4", "D7")} == {"growth_ytd"}
    assert {read(by_level)[at].measure for at in ("D4", "D7")} == {"level_ytd"}
    assert not [at for at in read(by_neither) if at.startswith("D")]


def test_two_columns_under_one_header_are_both_left_out(sheet: Sheet) -> None:
    probe = beiguan(
        sheet("北关区工业", "2025年1-9月", "指标,产值（万元）,增速（%）,增速（%）", "食品业,100,5,6", "纺织业,200,7,8")
    )
    assert {at[0] for at in read(probe)} == {"B"}


def test_tables_below_one_another_and_side_by_side_are_told_apart(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "各县（市、区）粮食产量", "2025年1-9月", "地区,总量（万吨）,,地区,总量（万吨）",
            "文峰区,1,,殷都区,3", "北关区,2,,龙安区,4",
            "", "各县（市、区）肉类产量", "2025年1-9月", "地区,总量（万吨）", "文峰区,5", "北关区,6",
        )
    )  # fmt: skip
    found = read(probe)
    assert (column(probe, "B"), column(probe, "E")) == ([1, 2, 5, 6], [3, 4])
    regions = {at: found[at].region_label for at in ("B4", "E4", "B10")}
    assert regions == {"B4": "文峰区", "E4": "殷都区", "B10": "文峰区"}
    assert found["B4"].indicator_code == found["E4"].indicator_code != found["B10"].indicator_code


def test_targets_points_and_month_on_month_are_left_out_with_the_reason(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "北关区重点指标", "2025年1-9月", "指标,单位,年度目标,本年累计,环比（%）,比上年提高（个百分点）",
            "用电量,万千瓦时,500,400,1.2,0.3",
            "用水量,万立方米,50,40,-1.2,0.1",
        )
    )  # fmt: skip
    assert {at[0] for at in read(probe)} == {"D"}
    said = " ".join(doubt.said for doubt in probe.doubts)
    assert "目标值" in said
    assert "环比" in said
    assert "百分点" in said


def test_periods_down_become_a_series(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "北关区工业用电量",
            "单位：万千瓦时",
            "时间,大工业,轻工业",
            "2025年1-9月,300,90",
            "2025年1-8月,260,80",
            "2025年1-7月,220,70",
        )
    )
    assert [read(probe)[f"B{row}"].reference_month for row in (4, 5, 6)] == [
        SEPTEMBER, date(2025, 8, 1), date(2025, 7, 1),
    ]  # fmt: skip
    assert column(probe, "C") == [90, 80, 70]


def test_a_list_by_state_year_and_month_is_read_with_no_word_of_chinese(sheet: Sheet) -> None:
    months = [(year, month) for year in (2018, 2019) for month in range(1, 7)]
    lines = [f"{state},{year},{month},{year % 7 + 0.5}" for state in ("Vermont", "Maine") for year, month in months]
    probe = beiguan(sheet("Employment by state", "State,Year,Month,Unemployment rate (%)", *lines))
    found = read(probe)
    assert len(found) == len(lines)
    assert (found["D3"].region_label, found["D3"].reference_month) == ("Vermont", date(2018, 1, 1))
    assert {cell.measure for cell in found.values()} == {"rate_month"}


def test_a_unit_that_is_printed_nowhere_stays_unstated(sheet: Sheet) -> None:
    probe = beiguan(sheet("北关区养老机构", "2025年9月末", "指标,期末数", "床位,300", "护理人员,90"))
    found = read(probe)
    assert {(cell.measure, cell.unit_code) for cell in found.values()} == {("level_eop", "unstated")}


def test_equal_labels_are_told_apart_by_the_heading_above(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "北关区贷款",
            "2025年9月末,单位：亿元",
            "项目,余额",
            "住户,30",
            "  短期,10",
            "  长期,20",
            "企业,70",
            "  短期,40",
            "  长期,30",
        )
    )
    found = read(probe)
    assert len({found[f"B{row}"].indicator_code for row in range(4, 10)}) == 6


def test_the_same_file_gives_the_same_proposal(sheet: Sheet) -> None:
    path = sheet("东江市用电", "2025年1-9月", "地区,总量（万千瓦时）", "东城区,1", "西城区,2", "南山县,3")
    assert beiguan(path).spec == beiguan(path).spec


def test_no_proposal_names_a_month_or_year(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "2025年1-9月各县（市、区）粮食产量",
            "地区,2025年1-9月（万吨）",
            "文峰区,1",
            "北关区,2",
            "殷都区,3",
            "龙安区,4",
        )
    )
    assert column(probe, "B") == [1, 2, 3, 4]
    assert "2025" not in str(probe.spec)


def test_a_figure_of_a_month_that_may_be_cumulative_is_left_out(sheet: Sheet) -> None:
    probe = beiguan(sheet("北关区税收", "2025年9月", "项目,金额（万元）,累计（万元）", "增值税,10,90", "所得税,20,180"))
    assert {at[0] for at in read(probe)} == {"C"}
    assert "没有写明是当月、累计还是期末" in " ".join(doubt.said for doubt in probe.doubts)


def test_a_block_of_last_months_figures_keeps_its_month(sheet: Sheet) -> None:
    probe = beiguan(
        sheet("北关区工业", "2025年1-9月", "指标,绝对额（亿元）", "工业产值,10", "效益指标（上月数据）,", "利润总额,5")
    )
    assert [read(probe)[at].reference_month for at in ("B4", "B6")] == [SEPTEMBER, date(2025, 8, 1)]


def test_indicators_named_by_the_columns_of_a_table_by_region(sheet: Sheet) -> None:
    probe = beiguan(
        sheet(
            "2025年1-9月各县（市、区）主要指标",
            "地区,固定资产投资增速（%）,社会消费品零售总额（亿元）",
            "文峰区,2,3",
            "北关区,5,6",
            "殷都区,7,8",
        )
    )
    found = read(probe)
    assert (found["B3"].indicator_code, found["B3"].measure) == ("fixed_investment", "growth_ytd")
    assert (found["C3"].indicator_code, found["C3"].unit_code) == ("retail_sales", "yi_yuan")
