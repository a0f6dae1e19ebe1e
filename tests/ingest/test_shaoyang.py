"""The published monthly report of Shaoyang, read whole: nothing dropped, every known answer found.

K numbers are the known answers listed beside the published file.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from ingest.grids import read_grids
from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack, load_pack

REPORT = "realdata/shaoyang/yuebao_202509.xlsx"
TODAY = date(2025, 11, 1)
SEPTEMBER, AUGUST = date(2025, 9, 1), date(2025, 8, 1)
CITY = "430500"
FACTORS = {"wan_yuan": 1, "yi_yuan": 10_000}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("shaoyang")


@pytest.fixture(scope="module")
def report(shared_file: Callable[[str], Path]) -> Path:
    return shared_file(REPORT)


@pytest.fixture(scope="module")
def reading(report: Path, pack: Pack) -> FileReading:
    return interpret_file(report, report.name, pack, TODAY)


@pytest.fixture(scope="module")
def members(pack: Pack) -> set[str]:
    return {m.region_code for m in pack.rank_sets[0].members if m.valid_to is None}


def values(reading: FileReading, sheet: str, measure: str) -> dict[str, float]:
    return {
        str(c.region_code): float(c.value_number or 0)
        for c in reading.cells
        if c.source_sheet.strip() == sheet and c.measure == measure and c.disposition == "observation"
    }


def one(reading: FileReading, sheet: str, cell: str) -> CellReading:
    return next(c for c in reading.cells if c.source_sheet.strip() == sheet and c.source_cell == cell)


def half_up(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_every_table_is_found_and_the_report_is_for_september(reading: FileReading, pack: Pack) -> None:
    assert reading.refusal is None
    assert (reading.stem, reading.bureau_code, reading.is_simulated) == ("sytjj__yuebao", "sytjj", False)
    assert reading.reference_month == SEPTEMBER
    assert {t.table_name for t in reading.tables} == {t.name for t in pack.sources[0].tables}


def test_every_cell_has_one_fate(reading: FileReading) -> None:
    assert Counter((c.disposition, c.rule) for c in reading.cells) == {
        ("observation", None): 813,
        ("published_rank", None): 168,
        ("ignored", "ignored_sheet"): 99,
        ("ignored", "blank"): 4,
        ("ignored", "empty_row"): 27,  # 本年新增固定资产, and the own regions of two tables that hold other groups
        ("finding", "stray_cell"): 35,
        ("finding", "stray_blank"): 2,
    }


def test_nothing_is_silently_dropped(reading: FileReading, report: Path) -> None:
    """What has no row is a text above or beside the values: no number of a visible sheet is among it."""
    read = {(c.source_sheet, c.source_cell) for c in reading.cells}
    assert len(read) == len(reading.cells)
    grids = [grid for grid in read_grids(report).grids if grid.is_visible]
    labels = [(grid.name, c) for grid in grids for c in grid.cells() if (grid.name, c.address) not in read]
    assert not [(sheet, c.address) for sheet, c in labels if c.number is not None]
    assert len(read) + len(labels) == sum(1 for grid in grids for _ in grid.cells())
    columns = Counter(c.column for _, c in labels)
    assert sum(n for column, n in columns.items() if column > 3) == 0, "labels stand left of column E"


def test_hidden_sheets_are_not_read(reading: FileReading) -> None:
    assert not {c.source_sheet for c in reading.cells} & {"30工业处2", "81图5公共财政收入"}


def test_stray_cells_are_reported_with_their_address(reading: FileReading) -> None:
    strays = defaultdict(list)
    for finding in reading.findings:
        strays[str(finding.source_sheet).strip()].append(finding.source_cell)
    assert strays == {
        "23核算处1": ["G17"],
        "25核算处3": ["E6"],
        "外贸和房地产15": ["F19"],
        "43贸外处2": [f"C{n}" for n in range(18, 23)],
        "45贸外处4": [f"{letter}{n}" for n in range(18, 23) for letter in "EF"],
        "54综研室3": [*(f"E{n}" for n in range(5, 18)), "B22", "B23", "B24"],
        "55综研室4": ["B22", "B23", "B24"],
    }
    assert all(finding.advice and finding.advice_en for finding in reading.findings)


@pytest.mark.parametrize(
    ("sheet", "cell", "indicator", "measure", "start", "month"),
    [
        ("核算5", "B5", "gdp", "level_ytd", date(2025, 1, 1), SEPTEMBER),
        ("工业7", "C8", "industrial_va", "growth_ytd", date(2025, 1, 1), SEPTEMBER),
        ("工业7", "B13", "industrial_revenue", "level_ytd", date(2025, 1, 1), AUGUST),
        ("工业7", "B12", "industrial_loss_share", "share_ytd", date(2025, 1, 1), AUGUST),
        ("工业7", "B15", "industrial_two_funds", "level_eop", AUGUST, AUGUST),
        ("工业7", "C19", "industrial_employees", "growth_ytd", date(2025, 1, 1), AUGUST),
        ("工业处2", "C6", "industrial_revenue", "growth_ytd", date(2025, 1, 1), AUGUST),
        ("外贸和房地产15", "B4", "cpi", "index_month", SEPTEMBER, SEPTEMBER),
        ("外贸和房地产15", "C14", "housing_area_sold_residential", "level_ytd", date(2025, 1, 1), SEPTEMBER),
        ("外贸和房地产15", "C16", "housing_sales_residential", "level_ytd", date(2025, 1, 1), SEPTEMBER),
        ("金融21", "B11", "deposits_enterprise_demand", "level_eop", SEPTEMBER, SEPTEMBER),
        ("金融21", "D22", "loans_household_long_consumer", "change_ytd", date(2024, 1, 1), date(2024, 9, 1)),
        ("52综研室1", "B6", "deposits", "level_eop", SEPTEMBER, SEPTEMBER),
        ("城乡收支22", "B17", "income_rural_property", "level_ytd", date(2025, 1, 1), SEPTEMBER),
    ],
)
def test_the_period_and_meaning_belong_to_the_cell(
    reading: FileReading, sheet: str, cell: str, indicator: str, measure: str, start: date, month: date
) -> None:
    found = one(reading, sheet, cell)
    assert (found.indicator_code, found.measure) == (indicator, measure)
    assert (found.period_start, found.reference_month) == (start, month)


@pytest.mark.parametrize(
    ("sheet", "cell", "printed", "unit", "decimals"),
    [
        ("核算5", "B5", "1974.6101", "yi_yuan", 2),
        ("核算5", "C5", "4.958", "percent", 1),
        ("23核算处1", "B5", "19746101", "wan_yuan", 0),
        ("交邮10", "B9", "7300.54270370408", "wan_ton", None),
        ("外贸和房地产15", "C4", "99.3", "index", 1),
        ("外贸和房地产15", "C13", "235.1", "wan_m2", 1),
        ("外贸和房地产15", "C15", "97.5", "yi_yuan", 1),
        ("工业7", "B19", "186206", "person", None),
        ("全体收入49", "B6", "31796", "yuan_per_person", 0),
    ],
)
def test_print_and_unit_are_the_cells_own(
    reading: FileReading, sheet: str, cell: str, printed: str, unit: str, decimals: int | None
) -> None:
    found = one(reading, sheet, cell)
    assert (found.value_printed, found.unit_code) == (printed, unit)
    if decimals is not None:
        assert found.value_decimals == decimals


def test_k001_gdp_of_the_counties_adds_up(reading: FileReading, members: set[str]) -> None:
    gdp = values(reading, "23核算处1", "level_ytd")
    assert round(sum(gdp[m] for m in members), 2) == gdp[CITY] == 19_746_101


def test_k002_retail_of_the_counties_adds_up_within_noise(reading: FileReading, members: set[str]) -> None:
    retail = values(reading, "42贸外处1", "level_ytd")
    assert sum(retail[m] for m in members) == pytest.approx(retail[CITY], abs=3e-4)


@pytest.mark.parametrize(
    ("sheet", "short"), [("54综研室3", 27.1), ("55综研室4", 18.2), ("43贸外处2", 28.7)]
)  # K003, K004, K005
def test_k003_to_k005_budget_and_fdi_do_not_add_up(
    reading: FileReading, members: set[str], sheet: str, short: float
) -> None:
    levels = values(reading, sheet, "level_ytd")
    assert (1 - sum(levels[m] for m in members) / levels[CITY]) * 100 == pytest.approx(short, abs=0.05)


def test_additivity_belongs_to_the_indicator(pack: Pack) -> None:
    additive = {i.indicator_code for i in pack.indicators for m in i.measures if m.is_additive}
    assert additive == {"gdp", "retail", "industrial_revenue", "industrial_profit", "deposits", "loans"}


def test_k006_one_total_in_two_units(reading: FileReading) -> None:
    city, county = one(reading, "贸易13", "B5"), one(reading, "42贸外处1", "B5")
    assert (city.unit_code, county.unit_code) == ("yi_yuan", "wan_yuan")
    assert city.value_number == pytest.approx((county.value_number or 0) / 10_000, abs=1e-9)


def published(reading: FileReading) -> dict[str, dict[str, int]]:
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for c in reading.cells:
        if c.disposition == "published_rank":
            assert (c.rank_set_code, c.measure) == ("city_counties", "growth_ytd")
            ranks[c.source_sheet.strip()][str(c.region_code)] = int(c.value_number or 0)
    return ranks


def test_k007_k008_ties_are_decided_on_the_printed_precision(reading: FileReading) -> None:
    ranks = published(reading)
    industry = ranks["30工业处1"]
    assert (industry["430502"], industry["430503"], industry["430511"]) == (3, 3, 5)
    revenue = ranks["工业处2"]
    assert revenue["430582"] == revenue["430503"] == 7
    assert one(reading, "工业处2", "D7").reference_month == AUGUST


def test_k009_competition_ranking(reading: FileReading) -> None:
    income = Counter(published(reading)["全体收入49"].values())
    assert sorted(income) == [1, 2, 3, 4, 5, 7, 8, 10, 12]
    assert sorted(rank for rank, n in income.items() if n == 2) == [5, 8, 10]


def test_k010_all_fourteen_published_rank_columns_follow_the_rule(reading: FileReading, members: set[str]) -> None:
    ranks = published(reading)
    assert len(ranks) == 14
    for sheet, printed in ranks.items():
        growth = values(reading, sheet, "growth_ytd")
        rounded = {m: half_up(growth[m]) for m in members}
        assert printed == {m: 1 + sum(rounded[o] > rounded[m] for o in members) for m in members}, sheet


def test_k012_ranks_are_never_of_the_level(reading: FileReading, members: set[str]) -> None:
    for sheet, printed in published(reading).items():
        level = values(reading, sheet, "level_ytd")
        if level:
            assert printed != {m: 1 + sum(level[o] > level[m] for o in members) for m in members}, sheet


def test_k013_budget_growth_is_nominal_and_gdp_growth_is_not(reading: FileReading) -> None:
    budget, gdp = one(reading, "54综研室3", "C5"), one(reading, "23核算处1", "C5")
    assert (budget.growth_basis, gdp.growth_basis) == ("nominal", "constant_price")
    level = values(reading, "54综研室3", "level_ytd")[CITY]
    assert (level / 918_911 - 1) * 100 == pytest.approx(budget.value_number, abs=1e-6)
    assert (1974.6101 / 2017.804 - 1) * 100 < 0 < (gdp.value_number or 0)


def test_groups_of_regions_are_rows_and_never_members(reading: FileReading, members: set[str], pack: Pack) -> None:
    levels = {r.region_code: r.region_level for r in pack.regions}
    groups = {str(c.region_code) for c in reading.cells if c.region_code and levels[c.region_code] == "group"}
    assert len(groups) == 5
    assert len(members) == 12
    assert not members & (groups | {"430501"})


def in_wan_yuan(cell: CellReading) -> float:
    return (cell.value_number or 0) * FACTORS.get(str(cell.unit_code), 1)


def twice(reading: FileReading) -> dict[tuple[object, ...], list[CellReading]]:
    keys = defaultdict(list)
    for c in reading.cells:
        if c.disposition == "observation":
            key = (c.region_code, c.indicator_code, c.measure, c.growth_basis, c.period_start, c.reference_month)
            keys[key].append(c)
    return {key: cells for key, cells in keys.items() if len(cells) > 1}


def test_keys_that_stand_on_two_sheets_are_both_kept_with_their_precedence(reading: FileReading) -> None:
    both = twice(reading)
    assert {key[0] for key in both} == {CITY}
    assert all(sorted(c.table_precedence or 0 for c in cells) in ([10, 20], [5, 10]) for cells in both.values())
    differ = {key[1:3] for key, (a, b) in both.items() if in_wan_yuan(a) != in_wan_yuan(b)}
    assert {("industrial_va", "growth_ytd"), ("industrial_profit", "level_ytd")} <= differ
    assert len(both) == 33


def later(item: re.Match[str]) -> str:
    """A shared string without its fonts, one month on; a label with a year is a quarterly one and stays."""
    text = "".join(re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", item[0]))
    text = re.sub(r"(?<!年)1-9月", "1-10月", text).replace("1-8月", "1-9月").replace("9月末", "10月末")
    return f'<si><t xml:space="preserve">{text}</t></si>'


def shifted(report: Path, target: Path) -> Path:
    """The same report as the next month's would print it: quarterly tables reprint September."""
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/sharedStrings.xml":
                data = re.sub(r"<si>.*?</si>", later, data.decode("utf-8"), flags=re.DOTALL).encode("utf-8")
            new.writestr(name, data)
    return target


def test_the_next_month_is_read_without_a_change(
    report: Path, pack: Pack, tmp_path: Path, reading: FileReading
) -> None:
    path = shifted(report, tmp_path / "x.bin")
    october = interpret_file(path, "随便什么名字", pack, date(2025, 12, 1))
    assert october.refusal is None
    assert october.reference_month == date(2025, 10, 1)
    assert [c.disposition for c in october.cells] == [c.disposition for c in reading.cells]
    assert one(october, "工业7", "B13").reference_month == SEPTEMBER
    assert one(october, "23核算处1", "B5").reference_month == SEPTEMBER
    assert one(october, "52综研室1", "B5").reference_month == date(2025, 10, 1)


def test_a_report_from_the_future_is_refused(report: Path, pack: Pack) -> None:
    early = interpret_file(report, report.name, pack, date(2025, 9, 29))
    assert early.refusal is not None
    assert early.refusal.reason_code == "period_in_future"
    assert early.refusal.reason.endswith("。")
