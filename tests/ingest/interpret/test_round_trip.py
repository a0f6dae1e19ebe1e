"""Whatever table is written, in any orientation and with untidy labels, the same figures are read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack
from ingest.spec import SourceSpec

REGIONS = {"430502": "双清区", "430503": "大祥区", "430511": "北塔区", "430529": "城步苗族自治县", "430581": "武冈市"}
INDICATORS = {"gdp": "地区生产总值", "retail": "社会消费品零售总额", "industrial_revenue": "规模工业营业收入"}
UNITS = {"亿元": "yi_yuan", "万元": "wan_yuan"}
Figures = dict[tuple[str, str], tuple[str, str]]

figure = st.decimals(-99999, 99999, places=2, allow_nan=False).map(str)
figures = st.fixed_dictionaries({
    (region, indicator): st.tuples(figure, figure) for region in REGIONS for indicator in INDICATORS
})  # fmt: skip
settings.register_profile("round_trip", suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


@st.composite
def noise(draw: st.DrawFn) -> Callable[[str], str]:
    """Spaces of every width inside labels, full-width brackets and percent signs, line breaks."""
    spaces = draw(st.lists(st.sampled_from(["", "", " ", "\u3000", "\u00a0", "\n"]), min_size=8, max_size=8))
    wide = draw(st.booleans())

    def spoil(label: str) -> str:
        spaced = "".join(char + spaces[i % 8] for i, char in enumerate(label))
        table = str.maketrans({"(": "（", ")": "）", "%": "％"}) if wide else {}
        return spaces[3] + spaced.translate(table)

    return spoil


def source(tables: list[dict[str, Any]]) -> SourceSpec:
    return SourceSpec.model_validate({
        "stem": "sytjj__test", "title": "测试", "title_en": "Test", "bureau_code": "sytjj",
        "recognise": {"contains": ["测试表"]}, "tables": tables,
    })  # fmt: skip


MEASURES = [{"match": "总量", "measure": "level_ytd"}, {"match": "增速", "measure": "growth_ytd"}]


def regions_down(data: Figures, unit: str, spoil: Callable[[str], str]) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows, tables = [["2025年1-9月测试表"]], []
    for indicator, name in INDICATORS.items():
        rows += [[spoil(name)], [spoil("地区"), spoil(f"总量({unit})"), spoil("增速(%)")]]
        rows += [[spoil(label), *data[region, indicator]] for region, label in REGIONS.items()]
        tables.append({
            "name": indicator, "find": {"corner": "地区", "title": name}, "orientation": "regions_down",
            "indicator": indicator, "columns": MEASURES,
        })  # fmt: skip
    return rows, tables


def indicators_down(
    data: Figures, unit: str, spoil: Callable[[str], str]
) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows, tables = [["2025年1-9月测试表"]], []
    for region, label in REGIONS.items():
        rows += [[spoil(label)], [spoil("指标"), spoil("总量"), spoil("增速(%)")]]
        rows += [[spoil(f"其中:{name}({unit})"), *data[region, code]] for code, name in INDICATORS.items()]
        tables.append({
            "name": f"r{region}", "find": {"corner": "指标", "title": label}, "orientation": "indicators_down",
            "region": region, "columns": MEASURES,
            "rows": [{"match": name, "indicator": code} for code, name in INDICATORS.items()],
        })  # fmt: skip
    return rows, tables


def regions_across(
    data: Figures, unit: str, spoil: Callable[[str], str]
) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows, tables = [["2025年1-9月测试表"]], []
    for indicator, name in INDICATORS.items():
        rows += [[spoil(f"{name}(单位:{unit})")], [spoil("项目"), *map(spoil, REGIONS.values())]]
        rows += [
            [spoil(word), *(data[region, indicator][which] for region in REGIONS)]
            for which, word in enumerate(("总量", "增速"))
        ]
        tables.append({
            "name": indicator, "find": {"corner": "项目", "title": name}, "orientation": "regions_across",
            "indicator": indicator, "rows": MEASURES,
        })  # fmt: skip
    return rows, tables


def long(data: Figures, unit: str, spoil: Callable[[str], str]) -> tuple[list[list[str]], list[dict[str, Any]]]:
    rows = [["测试表"], [spoil(word) for word in ("区域", "指标", "报告期", "总量", "增速(%)", "单位")]]
    for (region, indicator), (level, growth) in data.items():
        rows.append([spoil(REGIONS[region]), spoil(INDICATORS[indicator]), "2025年1-9月", level, growth, unit])
    columns = [
        {"match": "区域", "role": "region"}, {"match": "指标", "role": "indicator"},
        {"match": "报告期", "role": "period"}, {"match": "单位", "role": "unit"}, *MEASURES,
    ]  # fmt: skip
    return rows, [{"name": "all", "orientation": "long", "columns": columns}]


def read_back(
    tmp_path: Path, pack: Pack, rows: list[list[str]], tables: list[dict[str, Any]], encoding: str
) -> FileReading:
    text = StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "t.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return interpret_file(path, "t.csv", replace(pack, sources=[source(tables)]), date(2025, 11, 1))


@pytest.mark.parametrize("write", [regions_down, indicators_down, regions_across, long])
@settings(settings.get_profile("round_trip"))
@given(
    data=figures, unit=st.sampled_from(list(UNITS)), spoil=noise(), encoding=st.sampled_from(["utf-8-sig", "gb18030"])
)
def test_what_is_written_is_read_back(
    tmp_path: Path, vocabulary: Pack, write: Callable[..., Any], data: Figures, unit: str,
    spoil: Callable[[str], str], encoding: str,
) -> None:  # fmt: skip
    reading = read_back(tmp_path, vocabulary, *write(data, unit, spoil), encoding)
    assert reading.refusal is None
    assert not reading.findings
    read = {(c.region_code, c.indicator_code, c.measure): (c.value_number, c.unit_code) for c in reading.cells}
    assert len(read) == len(reading.cells) == 2 * len(data)
    for (region, indicator), (level, growth) in data.items():
        assert read[region, indicator, "level_ytd"] == (float(level), UNITS[unit])
        assert read[region, indicator, "growth_ytd"] == (float(growth), "percent")
    assert {(c.period_start, c.reference_month) for c in reading.cells} == {(date(2025, 1, 1), date(2025, 9, 1))}
    assert all(c.value_decimals == 2 for c in reading.cells)
