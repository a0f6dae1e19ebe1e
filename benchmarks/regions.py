"""A made-up province of any number of counties: its pack, and a monthly report of all of them.

Belongs here: writing. Does not belong here: measuring (``audit.py``). The figures are made up and say nothing: levels
that grow smoothly with a season and some noise, so that a rule that learns from history has something to learn.
"""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import yaml

INDICATORS = {
    "gdp": "地区生产总值", "industry": "工业总产值", "investment": "投资完成额", "retail": "零售总额",
    "revenue": "财政收入", "spending": "财政支出", "trade": "进出口总额", "power": "用电金额",
}  # fmt: skip
STEM = "sample__county_monthly"
FIRST_YEAR = 2022
PROVINCE = "990000"


def month_of(number: int) -> tuple[int, int]:
    """Year and month of the report of that number, counted from 0."""
    return FIRST_YEAR + number // 12, number % 12 + 1


def write_pack(folder: Path, counties: int) -> Path:
    """Write the pack of a province with so many counties; returns its folder."""
    codes = _codes(counties)
    documents: dict[str, Any] = {
        "pack": {
            "name": folder.name, "title": "示例省", "title_en": "Sample province", "region_code": codes[0],
            "parent_region_code": PROVINCE, "timezone": "Asia/Shanghai", "rule_version": "1",
            "first_month": f"{FIRST_YEAR}-01-01",
        },
        "bureaus": [{"bureau_code": "sample", "bureau_name": "示例省统计局", "bureau_name_en": "Statistics of Sample"}],
        "regions": [
            _region(PROVINCE, "示例省", "province"),
            *(_region(code, _county(number), "county") for number, code in enumerate(codes)),
        ],
        "rank_sets": [{
            "rank_set_code": "counties", "rank_set_name": "全省", "rank_set_name_en": "counties", "sort_order": 1,
            "members": [{"region_code": code, "valid_from": "2000-01-01"} for code in codes],
        }],
        "indicators": [_indicator(number, code, name) for number, (code, name) in enumerate(INDICATORS.items())],
        f"sources/{STEM}": _source(),
    }  # fmt: skip
    (folder / "sources").mkdir(parents=True)
    for name, document in documents.items():
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def write_reports(folder: Path, counties: int, months: range) -> list[Path]:
    """Write the reports of these months, each as it comes ten days after its end."""
    folder.mkdir(parents=True, exist_ok=True)
    series = [_series(county, months.stop) for county in range(counties)]
    return [_write_report(folder, series, number) for number in months]


def _write_report(folder: Path, series: list[list[list[str]]], number: int) -> Path:
    year, month = month_of(number)
    path = folder / f"分县月报{year}{month:02}.csv"
    titles = [f"{name}{what}" for name in INDICATORS.values() for what in ("（亿元）", "增速（%）")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([[f"示例省分县主要指标（{year}年1-{month}月）"], ["地区", *titles]])
        writer.writerows([_county(county), *figures[number]] for county, figures in enumerate(series))
    after, in_month = month_of(number + 1)
    received = {"received_at": f"{after}-{in_month:02}-10T09:00:00+08:00", "sender": "sample"}
    path.with_name(path.name + ".meta.json").write_text(json.dumps(received), encoding="utf-8")
    return path


def _codes(counties: int) -> list[str]:
    return [f"99{number:04}" for number in range(1, counties + 1)]


def _county(number: int) -> str:
    return f"第{number + 1}县"


def _region(code: str, name: str, level: str) -> dict[str, str]:
    region = {"region_code": code, "region_name": name, "region_name_en": f"Sample {code}", "region_level": level}
    parent = {} if code == PROVINCE else {"parent_code": PROVINCE}
    return region | parent | {"valid_from": "2000-01-01"}


def _indicator(number: int, code: str, name: str) -> dict[str, Any]:
    both = {"direction": "higher", "frequency": "monthly", "due_days": 20, "source_bureau_code": "sample"}
    level = {"measure": "level_ytd", "unit_code": "yi_yuan", "display_decimals": 2, "is_additive": True}
    growth = {"measure": "growth_ytd", "unit_code": "percent", "display_decimals": 1, "growth_basis": "nominal"}
    return {
        "indicator_code": code, "indicator_name": name, "indicator_name_en": code, "lead_bureau_code": "sample",
        "sort_order": 10 * (number + 1),
        "measures": [level | both, growth | both | {"is_primary": True, "is_ranked": True}],
    }  # fmt: skip


def _source() -> dict[str, Any]:
    columns = [
        column
        for code, name in INDICATORS.items()
        for column in (
            {"match": name, "indicator": code, "measure": "level_ytd"},
            {"match": f"{name}增速", "indicator": code, "measure": "growth_ytd"},
        )
    ]
    return {
        "stem": STEM, "title": "分县月报", "title_en": "Counties by month", "bureau_code": "sample", "source_rank": 1,
        "recognise": {"contains": ["分县主要指标"]},
        "report_period": {"places": ["title"]},
        "marks": {"": "skip"},
        "tables": [{
            "name": "counties", "find": {"title": "~分县主要指标", "corner": "地区"}, "orientation": "regions_down",
            "expected_regions": "counties", "columns": columns,
        }],
    }  # fmt: skip


def _series(county: int, months: int) -> list[list[str]]:
    """The figures of a county, month by month: level and growth of each indicator to that month of the year."""
    chance = random.Random(county)
    figures: list[list[str]] = [[] for _ in range(months)]
    for _ in INDICATORS:
        base = chance.uniform(5, 50)
        monthly = [base * 1.005**number * chance.uniform(0.95, 1.05) for number in range(-12, months)]
        for number in range(months):
            first = number - number % 12
            level, before = sum(monthly[first + 12 : number + 13]), sum(monthly[first : number + 1])
            figures[number] += [f"{level:.2f}", f"{100 * (level / before - 1):.1f}"]
    return figures
