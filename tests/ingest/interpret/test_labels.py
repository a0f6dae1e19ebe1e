"""Labels as they are typed: what is certainly the same label is matched, what is only like it is a finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingest.interpret import FileReading
from ingest.interpret.labels import LabelReader, matches
from ingest.pack import Pack

Reader = Callable[..., FileReading]

DOWN: dict[str, Any] = {
    "name": "down", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "gdp",
    "columns": [
        {"match": "增速", "measure": "growth_ytd"},
        {"match": "~^排[名位]", "rank_of": "growth_ytd", "optional": True},
    ],
}  # fmt: skip
ROWS: dict[str, Any] = {
    "name": "rows", "find": {"corner": "指标"}, "orientation": "indicators_down", "region": "430500",
    "columns": [{"match": "余额", "measure": "level_ytd"}],
    "unit": "亿元",
    "rows": [{"match": "地区生产总值", "indicator": "gdp"}, {"match": "出口", "indicator": "exports"}],
}  # fmt: skip

SURE = [
    "地 区 生 产 总 值", "地区　生产总值", "地区\u00a0生产总值", "地区\u200b生产总值", "地区生产\n总值",
    "\ufeff地区生产总值",
    "　　地区生产总值", "一、地区生产总值", "（一）地区生产总值", "(1)地区生产总值", "1．地区生产总值",
    "２、地区生产总值",
    "其中：地区生产总值", "其中:#地区生产总值", "#地区生产总值", "①地区生产总值", "地区生产总值①", "地区生产总值*",
    "地区生产总值（亿元）", "地区生产总值(亿元)", "地区生产总值①（亿元）", "地区生产总值（亿元）※", "地区生产总值：",
    "2025年1-9月地区生产总值", "地区生产总值（二〇二五年一至九月）",
]  # fmt: skip
NOT_SURE = [
    "地区生产总额",
    "地区生产",
    "地区生产总值增速",
    "地区总值",
    "生产总值地区",
    "地区生产总值合计",
    "地区生产总值1",
]


@pytest.mark.parametrize("label", SURE)
def test_a_label_is_known_in_every_hand(vocabulary: Pack, label: str) -> None:
    assert matches(("地区生产总值",), LabelReader(vocabulary)(label))


@pytest.mark.parametrize("label", NOT_SURE)
def test_a_label_that_is_only_like_it_is_a_finding_that_names_it(read: Reader, label: str) -> None:
    reading = read([["2025年1-9月测试表"], ["指标", "余额"], [label, 1], ["出口", 2]], ROWS)
    assert [(f.rule, f.source_cell, f.observed) for f in reading.findings] == [("unknown_label", "A3", label)]
    assert "地区生产总值" in str(reading.findings[0].expected)
    assert [c.disposition for c in reading.cells] == ["finding", "finding", "observation"]


def test_variants_of_a_character_are_one(vocabulary: Pack) -> None:
    assert matches(("存款帐户余额",), LabelReader(vocabulary)("存款账户余额"))


REGIONS = [
    ("双 清 区", "430502"), ("双　清", "430502"), ("邵阳市双清区", "430502"), ("湖南省邵阳市双清区", "430502"),
    ("双清（区）", "430502"), ("1．双清区", "430502"), ("其中：双清区", "430502"), ("双清区*", "430502"),
    ("城步县", "430529"), ("城步", "430529"), ("邵阳市城步苗族自治县", "430529"), ("邵东", "430582"),
    ("全　市", "430500"), ("市辖区", "430501"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "code"), REGIONS)
def test_a_region_is_known_by_its_names(read: Reader, label: str, code: str) -> None:
    reading = read([["2025年1-9月测试表"], ["地区", "增速"], [label, 1]], DOWN)
    assert not reading.findings
    assert reading.cells[0].region_code == code


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("双青区", "双清区"), ("双清县", "双清"), ("邵阳", "邵阳县"), ("邵东县区", "邵东"), ("大祥、北塔", "大祥"),
        ("合计", "等"), ("X", "等"),
    ],
)  # fmt: skip
def test_a_region_that_is_not_certain_is_a_finding(read: Reader, label: str, near: str) -> None:
    reading = read([["2025年1-9月测试表"], ["地区", "增速"], [label, 1], ["双清", 2]], DOWN)
    assert [(f.rule, f.source_cell) for f in reading.findings] == [("unknown_region", "A3")]
    expected = reading.findings[0].expected
    assert expected
    assert near in expected


def test_an_unknown_column_names_those_that_are_declared(read: Reader) -> None:
    reading = read([["2025年1-9月测试表"], ["地区", "增速", "人口"], ["双清", 2, 3]], DOWN)
    assert [(f.rule, f.source_cell, f.expected) for f in reading.findings] == [
        ("unknown_column", "C2", "增速、排[名位]")
    ]


def test_a_sheet_without_a_table_names_its_first_cell_and_what_was_looked_for(read: Reader) -> None:
    rows = [["2025年1-9月测试表"], ["地区", "增速"], ["双清", 2]]
    finding = read({"一": rows, "二": [[], ["", "草稿"]]}, DOWN).findings[0]
    assert (finding.rule, finding.source_sheet, finding.source_cell, finding.expected) == (
        "unknown_sheet",
        "二",
        "B2",
        "地区",
    )
