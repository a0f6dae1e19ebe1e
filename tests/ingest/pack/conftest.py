"""A small valid pack of two districts, written out as the files a person would write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "pack.yaml": """\
name: small
title: 小城
title_en: A small city
region_code: "990102"
parent_region_code: "990100"
first_month: 2021-01-01
rule_version: "1"
""",
    "parameters.yaml": """\
- {parameter_code: light_yellow, value: 10, unit_code: pp, description: 黄灯, description_en: yellow, source: default}
""",
    "regions.yaml": """\
- region_code: "990100"
  region_name: 小城市
  region_name_en: Small City
  region_level: city
  aliases: [全市]
  valid_from: 1983-01-01
- region_code: "990102"
  region_name: 东山区
  region_name_en: Dongshan District
  parent_code: "990100"
  region_level: district
  valid_from: 1983-01-01
  valid_to: 2002-12-31
- region_code: "990102"
  region_name: 东山区
  region_name_en: Dongshan District
  parent_code: "990100"
  region_level: district
  valid_from: 2003-01-01
  predecessor_codes: ["990102", "990104"]
- region_code: "990103"
  region_name: 山前苗族自治县
  region_name_en: Shanqian County
  parent_code: "990100"
  region_level: county
  valid_from: 1983-01-01
- region_code: "990104"
  region_name: 铁西区
  region_name_en: Tiexi District
  parent_code: "990100"
  region_level: district
  valid_from: 1983-01-01
  valid_to: 2002-12-31
- region_code: "990101"
  region_name: 市辖区
  region_name_en: districts of Small City together
  parent_code: "990100"
  region_level: collective
  valid_from: 1983-01-01
""",
    "rank_sets.yaml": """\
- rank_set_code: all_units
  rank_set_name: 全市
  rank_set_name_en: all units
  sort_order: 1
  members:
  - {region_code: "990102", valid_from: 2003-01-01}
  - {region_code: "990103", valid_from: 2003-01-01}
  exceptions:
  - {region_code: "990103", indicator_code: cpi, valid_from: 2020-01-01, reason: 无此数据}
""",
    "bureaus.yaml": """\
- {bureau_code: tjj, bureau_name: 统计局, bureau_name_en: Statistics Bureau, aliases: [区统计局]}
- {bureau_code: czj, bureau_name: 财政局, bureau_name_en: Finance Bureau}
""",
    "indicators.yaml": """\
- indicator_code: gdp
  indicator_name: 地区生产总值
  indicator_name_en: gross domestic product
  aliases: [生产总值（GDP）]
  lead_bureau_code: tjj
  measures:
  - measure: growth_ytd
    unit_code: percent
    direction: higher
    frequency: quarterly
    display_decimals: 1
    is_primary: true
    is_ranked: true
    growth_basis: constant_price
    source_bureau_code: tjj
  - measure: level_ytd
    unit_code: yi_yuan
    direction: higher
    frequency: quarterly
    display_decimals: 2
    source_bureau_code: tjj
- indicator_code: cpi
  indicator_name: 居民消费价格指数
  indicator_name_en: consumer price index
  lead_bureau_code: tjj
  parent_indicator_code: gdp
  components: [gdp]
  breakdowns: [[gdp]]
  measures:
  - {measure: index_ytd, unit_code: index, direction: lower, frequency: monthly, display_decimals: 1,
     source_bureau_code: tjj}
""",
    "targets.yaml": """\
- target_id: T1
  target_version: 1
  plan_year: 2023
  region_code: "990102"
  measured_region_code: "990102"
  indicator_code: gdp
  measure: growth_ytd
  bound: eq
  effective_bound: ge
  target_value: 7.5
  unit_code: percent
  target_class: expected
  lead_bureau_code: tjj
  sort_order: 1
  wording: 增长 7.5%
  plan_section: 二(三)
  approved_on: 2023-01-10
  valid_from: 2023-01-10
  valid_to: 2023-06-30
  close_on: 2024-03-31
  is_judged: true
  judged_reason: 按下限评价
  judged_reason_en: judged as a floor
- target_id: T1
  target_version: 2
  plan_year: 2023
  region_code: "990102"
  measured_region_code: "990102"
  indicator_code: gdp
  measure: growth_ytd
  bound: rank_le
  effective_bound: rank_le
  rank_set_code: all_units
  rank_limit: 1
  target_class: expected
  relation: amends
  related_target_id: T1
  lead_bureau_code: tjj
  sort_order: 1
  wording: 第一
  plan_section: 二(三)
  approved_on: 2023-06-30
  valid_from: 2023-07-01
  close_on: 2024-03-31
  is_judged: true
  judged_reason: 按位次
  judged_reason_en: by rank
""",
    "calendar.yaml": """\
- {stem: tjj__yuebao, bureau_code: tjj, frequency: monthly, first_month: 2, due_days: 25, valid_from: 2023-01-01}
""",
    "plan_findings.yaml": """\
- finding_code: twice
  severity: warning
  rule: plan_conflict
  description: 前后不一
  description_en: two numbers
  observed: "1"
  expected: "2"
  target_ids: [T1]
  owner_bureau_code: tjj
  question: 以哪个为准？
""",
    "corrections.yaml": """\
- {correction_code: c1, stem: tjj__yuebao, indicator_code: gdp, measure: growth_ytd, reference_month: 2023-03-01,
   wrong_value: "1", action: drop, reason: 错, decided_by: 张三, decided_on: 2023-05-01}
""",
    "waivers.yaml": """\
- {rule: jump, indicator_code: gdp, measure: growth_ytd, reference_month: 2023-03-01, waived_by: 张三,
   waived_until: 2023-12-31, reason: 已核实}
""",
    "sources/tjj__yuebao.yaml": """\
stem: tjj__yuebao
title: 月报
title_en: monthly report
bureau_code: tjj
recognise: {contains: [小城市]}
tables:
- name: gdp
  find: {corner: 地区}
  orientation: regions_down
  indicator: gdp
  expected_regions: all_units
  columns:
  - {match: 绝对额, measure: level_ytd, unit: 亿元}
  - {match: 位次, rank_of: growth_ytd, rank_set: all_units}
""",
    "documents/bulletin.html": "<p>北关</p>",
    "documents/bulletin.html.meta.json": "{}",
}


@pytest.fixture
def pack_files() -> dict[str, str]:
    """The files of the small pack: name → text."""
    return dict(FILES)


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes the small pack, with some files replaced (None = left out), and gives its folder."""

    def write(changes: dict[str, str | None] | None = None, folder: str = "pack") -> Path:
        root = tmp_path / folder
        for name, text in (FILES | (changes or {})).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return root

    return write
