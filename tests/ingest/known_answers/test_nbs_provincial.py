"""Real-estate investment by province: one spec for all provinces, spans of months, CSV and xls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from ingest.interpret import FileReading
from ingest.interpret.periods import shift
from tests.ingest.known_answers.conftest import figures, keyed, observations, pack_of, read_with

FOLDER = "nbs_provincial_realestate"
SharedFile = Callable[[str], Path]


def read(path: Path) -> FileReading:
    return read_with("nbs_provincial", path)


PROVINCES = [
    "上海", "云南", "内蒙古", "北京", "吉林", "四川", "天津", "宁夏回族自治区", "安徽", "山东",
    "山西", "广东", "广西壮族自治区", "新疆维吾尔族自治区", "江苏", "江西", "河北", "河南", "浙江", "西藏自治区",
]  # fmt: skip
"""The twenty provinces that were handed over, by the names of their files."""


@pytest.mark.parametrize("province", PROVINCES)
def test_csv_and_xls_of_one_province_give_identical_observations(shared_file: SharedFile, province: str) -> None:
    csv = read(shared_file(f"realdata/{FOLDER}/csv/{province}.csv"))
    xls = read(shared_file(f"realdata/{FOLDER}/xls/{province}.xls"))
    assert (csv.media_type, xls.media_type) == ("text/csv", "application/vnd.ms-excel")
    assert csv.refusal is None
    assert not csv.findings
    assert not xls.findings
    assert keyed(csv) == keyed(xls)
    assert [c.source_cell for c in csv.cells] == [c.source_cell for c in xls.cells]
    # 36 months less three Januaries; where a province leaves one out the cell is blank, not zero
    assert 33 * 4 - 3 <= len(observations(csv)) <= 33 * 4
    assert len({c.region_code for c in observations(csv)}) == 1


@pytest.mark.parametrize("province", PROVINCES)
def test_k025_january_is_always_empty_by_rule(shared_file: SharedFile, province: str) -> None:
    reading = read(shared_file(f"realdata/{FOLDER}/csv/{province}.csv"))
    months = {c.reference_month for c in observations(reading) if c.reference_month}
    assert {month.month for month in months} == set(range(2, 13))
    declared = pack_of("nbs_provincial").indicators
    assert {measure.first_month for one in declared for measure in one.measures} == {2}


def test_k026_a_cumulative_value_may_fall_and_both_are_read(shared_file: SharedFile) -> None:
    reading = read(shared_file(f"realdata/{FOLDER}/csv/内蒙古.csv"))
    november = figures(reading, "re_investment", "level_ytd", date(2017, 11, 1))
    december = figures(reading, "re_investment", "level_ytd", date(2017, 12, 1))
    assert (november["150000"], december["150000"]) == (905.98, 889.72)
    assert not reading.findings, "a fall is for the gate to warn of, no fault of reading"


def test_k027_growth_is_published_and_not_the_quotient_of_levels(shared_file: SharedFile) -> None:
    reading = read(shared_file(f"realdata/{FOLDER}/csv/内蒙古.csv"))
    month = date(2017, 12, 1)
    growth = figures(reading, "re_investment", "growth_ytd", month)["150000"]
    earlier = [c for c in observations(reading) if c.measure == "growth_ytd" and c.reference_month == month]
    assert growth is not None
    assert {c.growth_basis for c in earlier} == {"nominal"}


def test_k028_henan_grew_by_6_4_in_2019(shared_file: SharedFile) -> None:
    reading = read(shared_file(f"realdata/{FOLDER}/csv/河南.csv"))
    assert figures(reading, "re_investment", "growth_ytd", date(2019, 12, 1)) == {"410000": 6.4}
    (cell,) = (c for c in observations(reading) if c.source_cell == "B6")
    assert (cell.period_start, cell.reference_month) == (date(2019, 1, 1), date(2019, 12, 1))
    assert (cell.unit_code, cell.unit_printed, cell.region_label) == ("percent", "%", "河南省")


Rows = list[list[object]]
ROWS = ["房地产投资累计值(亿元)", "房地产投资累计增长(%)"]


def export(region: str, latest: date, months: int, labels: list[str] = ROWS) -> Rows:
    """An export as the site writes it: newest month first, January blank."""
    span = [shift(latest, -n) for n in range(months)]
    rows: Rows = [
        ["数据库：分省月度数据"], [f"地区：{region}"], [f"时间：最近{months}个月"],
        ["指标", *(f"{month.year}年{month.month}月" for month in span)],
    ]  # fmt: skip
    for number, label in enumerate(labels):
        rows.append([label, *("" if m.month == 1 else f"{number + 1}{m.month:02d}.5" for m in span)])
    return [*rows, ["数据来源：国家统计局"]]


def as_csv(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> Path:
    width = max(map(len, rows))
    lines = [",".join(map(str, row)) + "," * (width - len(row)) for row in rows]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("region", [r.region_name for r in pack_of("nbs_provincial").regions if r.parent_code])
def test_any_of_the_thirty_one_provinces_reads(tmp_path: Path, region: str) -> None:
    reading = read(as_csv(tmp_path / "a", export(region, date(2024, 10, 1), 13)))
    codes = {r.region_name: r.region_code for r in pack_of("nbs_provincial").regions}
    assert {c.region_code for c in observations(reading)} == {codes[region]}
    assert not reading.findings


@pytest.mark.parametrize("alias", ["湖南", "内蒙古", "广西", "宁夏", "新疆", "西藏", "黑龙江", "重庆", "海 南 省"])
def test_a_province_is_known_by_its_short_name_too(tmp_path: Path, alias: str) -> None:
    reading = read(as_csv(tmp_path / "a", export(alias, date(2024, 10, 1), 6)))
    assert len(observations(reading)) == 12
    assert not reading.findings


@pytest.mark.parametrize(("latest", "months"), [((2020, 2), 13), ((2025, 9), 24), ((2022, 1), 18), ((2021, 12), 1)])
def test_any_span_of_months_reads(tmp_path: Path, latest: tuple[int, int], months: int) -> None:
    reading = read(as_csv(tmp_path / "a", export("湖北省", date(*latest, 1), months)))
    januaries = sum(1 for n in range(months) if shift(date(*latest, 1), -n).month == 1)
    assert len(observations(reading)) == 2 * (months - januaries)
    assert reading.reference_month == date(*latest, 1)
    assert not reading.findings


def test_an_export_in_gb18030_reads_alike(tmp_path: Path) -> None:
    rows = export("贵州省", date(2024, 10, 1), 13)
    plain, old = as_csv(tmp_path / "a", rows), as_csv(tmp_path / "b", rows, "gb18030")
    assert keyed(read(plain)) == keyed(read(old))


def test_a_renamed_sheet_and_more_title_rows_change_nothing(tmp_path: Path) -> None:
    rows = export("青海省", date(2024, 10, 1), 13)
    book = xlsxwriter.Workbook(str(tmp_path / "x"))
    sheet = book.add_worksheet("下载 (3)")
    for number, row in enumerate([["国家数据"], [], *rows]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    moved = keyed(read(tmp_path / "x"))
    assert moved.keys() == keyed(read(as_csv(tmp_path / "a", rows))).keys()


def test_further_kinds_of_building_and_the_newer_wording_read(tmp_path: Path) -> None:
    labels = [
        "房地产开发投资_累计值(亿元)", "房地产开发投资_累计增长(%)", "房地产办公楼投资累计值(亿元)",
        "房地产商业营业用房投资累计增长(%)",
    ]  # fmt: skip
    reading = read(as_csv(tmp_path / "a", export("甘肃省", date(2024, 10, 1), 3, labels)))
    assert {(c.indicator_code, c.measure) for c in observations(reading)} == {
        ("re_investment", "level_ytd"), ("re_investment", "growth_ytd"),
        ("re_investment_office", "level_ytd"), ("re_investment_commercial", "growth_ytd"),
    }  # fmt: skip


def test_an_indicator_and_a_province_that_nobody_declared_are_findings(tmp_path: Path) -> None:
    strange = read(as_csv(tmp_path / "a", export("甘肃省", date(2024, 10, 1), 3, [*ROWS, "房地产投资累计笔数(亿元)"])))
    assert {(f.rule, f.source_cell) for f in strange.findings} == {("unknown_label", "A7")}
    nowhere = read(as_csv(tmp_path / "b", export("幽州", date(2024, 10, 1), 3)))
    assert not observations(nowhere)
    assert {f.rule for f in nowhere.findings} == {"incomplete_meaning"}
