"""Population of Kobe by ward: Japanese eras, bilingual headers of three rows, periods and wards down one column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.interpret import FileReading
from ingest.interpret.periods import shift
from tests.ingest.known_answers.conftest import figures, gravest, observations, pack_of, read_with

FOLDER = "kobe_ward_population"
CITY = "28100"
Folder = Callable[[str], list[Path]]


def wards() -> list[str]:
    (wards,) = pack_of("kobe").rank_sets
    return [member.region_code for member in wards.members]


def read(path: Path) -> FileReading:
    return read_with("kobe", path)


@pytest.fixture(scope="module")
def reports(folder: Folder) -> dict[date, FileReading]:
    """The five reports by their month."""
    read_all = [read(path) for path in folder(FOLDER)]
    return {month: reading for reading in read_all if (month := reading.reference_month)}


def number(found: dict[str, float | None], region: str) -> float:
    value = found[region]
    assert value is not None
    return value


def test_every_report_is_read_without_a_doubt(reports: dict[date, FileReading]) -> None:
    assert sorted(reports) == [
        date(2012, 1, 1),
        date(2012, 2, 1),
        date(2013, 10, 1),
        date(2013, 11, 1),
        date(2013, 12, 1),
    ]
    for reading in reports.values():
        assert reading.refusal is None
        assert not reading.findings
        # 22 rows of stocks and 17 or 18 of movements, nine columns each
        assert len(observations(reading)) in (351, 360)


@pytest.mark.parametrize("indicator", ["population", "population_male", "population_female", "households"])
def test_k039_the_nine_wards_add_up_to_the_city(reports: dict[date, FileReading], indicator: str) -> None:
    for month, reading in reports.items():
        found = figures(reading, indicator, "level_eop", month)
        assert sum(number(found, ward) for ward in wards()) == number(found, CITY)


@pytest.mark.parametrize(("ward", "parts"), [
    ("28109", ["28109_main", "28109_hokushin"]),
    ("28107", ["28107_main", "28107_kitasuma"]),
    ("28111", ["28111_main", "28111_seishin"]),
])  # fmt: skip
def test_k039_areas_within_a_ward_add_up_to_it_and_are_no_wards(
    reports: dict[date, FileReading], ward: str, parts: list[str]
) -> None:
    for month, reading in reports.items():
        found = figures(reading, "population", "level_eop", month)
        assert sum(number(found, part) for part in parts) == number(found, ward)
    assert not set(parts) & set(wards())


def test_k040_printed_changes_equal_differences(reports: dict[date, FileReading]) -> None:
    compared = 0
    for month, reading in reports.items():
        change = figures(reading, "population_change_month", "level_month", month)
        now, before = figures(reading, "population", "level_eop", month), shift(month, -1)
        earlier = dict(figures(reading, "population", "level_eop", before))
        if before in reports:
            earlier |= figures(reports[before], "population", "level_eop", before)
        for region in earlier:
            assert number(now, region) - number(earlier, region) == number(change, region), (month, region)
            compared += 1
    assert compared == 5 + 3 * 15, "the city in each report, wards and areas where the month before is there"


def test_k040_the_change_of_stocks_is_the_net_movement_of_the_month_before(reports: dict[date, FileReading]) -> None:
    for month, reading in reports.items():
        change = figures(reading, "population_change_month", "level_month", month)
        movement = figures(reading, "net_change", "level_month", shift(month, -1))
        births = figures(reading, "births", "level_month", shift(month, -1))
        assert {region: change[region] for region in movement} == movement
        assert set(births) == {CITY, *wards()}


def test_cumulated_movements_are_of_the_calendar_year_and_of_the_year_before(reports: dict[date, FileReading]) -> None:
    january, december = reports[date(2012, 1, 1)], date(2011, 12, 1)
    assert figures(january, "births", "level_ytd", december) == {CITY: 12954}
    assert figures(january, "births", "level_ytd", date(2010, 12, 1)) == {CITY: 12979}
    assert figures(january, "births", "level_ytd", date(2009, 12, 1)) == {CITY: 12981}
    assert figures(reports[date(2012, 2, 1)], "births", "level_ytd", date(2012, 1, 1)) == {CITY: 1056}
    starts = {
        c.period_start for c in observations(january) if c.measure == "level_ytd" and c.reference_month == december
    }
    assert starts == {date(2011, 1, 1)}


def test_yearly_rows_are_of_october_and_carry_their_footnotes(reports: dict[date, FileReading]) -> None:
    (reading,) = [r for m, r in reports.items() if m == date(2012, 1, 1)]
    census = [c for c in observations(reading) if c.reference_month == date(2010, 10, 1)]
    assert {c.note for c in census} == {"10月１日現在 / As of Oct.1；国勢調査結果（確定数） / The Census Population"}
    assert figures(reading, "population", "level_eop", date(2008, 10, 1)) == {CITY: 1_536_433}


# --- the same layout, written by us: other months, eras, years -----------------------------------------------------

WARDS = ["東灘区", "灘区", "中央区", "兵庫区", "北区", "長田区", "須磨区", "垂水区", "西区"]
STOCKS = [
    ("面  積", "Area(k㎡)"), ("世帯数", "Households"),
    ("人口Population", "総 数 Total"), ("", "男 Males"), ("", "女 Females"),
    ("人 口 動 態        Population Change", "対 前 月       Change from Previous Month"),
    ("", "対前年同月        Change from Previous Year"), ("人口密度      1k㎡当たり", "Population Density per     k㎡"),
    ("女 100に   対する男", "Males per 100females"),
]  # fmt: skip
FLOWS = [
    "増 加 数\nNet Change", "自然増加数\nNatural Change", "出　生\nBirths", "死　亡\nDeaths",
    "社会増加数\nNet　Migration ", "転  入\nIn-migrants", "うち市外から\nFrom areas outside the city",
    "転  出\nOut-migrants", "うち市外へ\nTo areas outside the city",
]  # fmt: skip


def stock_rows(months: list[str], years: list[str], year_on_year: object, wards: list[str]) -> list[list[object]]:
    values: list[object] = [100, 700, 1500, 700, 800, 10, year_on_year, 15, 87.5]
    rows: list[list[object]] = [[f"{year} a)", "", 2000, *values[:5], "…", "…", *values[7:]] for year in years]
    rows += [[month, "Nov.", 2000, *values] for month in months]
    rows += [[f" {ward[0]}　{ward[1:]}  ", "Name-ku", "", *values] for ward in wards]
    return [*rows, ["   本　区", "Main area※", "", *values]] if wards[-1] == "西区" else rows


def flow_rows(months: list[str], years: list[str], wards: list[str]) -> list[list[object]]:
    values: list[object] = [10, -2, 11, 13, 12, 60, 40, 48, 30]
    rows: list[list[object]] = [[label, "", 2000, *values] for label in [*years, *months]]
    rows += [[f"　{ward}", "Name-ku", "", *values] for ward in wards]
    return [*rows, ["本年累計", "Yearly Total", "", *values], ["前年同期累計", "Yearly Total", "", *values]]


def write(
    path: Path, as_of: str, months: list[str], flow_months: list[str], *, years: list[str], sheet: str = "HP",
    year_on_year: object = 5, wards: list[str] = WARDS, above: int = 3,
) -> Path:  # fmt: skip
    head = [
        ["神　戸　市　の　推　計　人　口 "],
        ["Estimated Population of Kobe"],
        [as_of, "", "", "", "", "神戸市企画調整局総合計画課"],
    ]
    stocks = [
        ["   年  月 Year and Month", "", "", *(upper for upper, _ in STOCKS)],
        ['   区  別 Ward ("ku")', "", "", *(lower for _, lower in STOCKS)],
    ]
    flows = [
        ["《  人   口   動   態   Population Change  》"],
        [
            "   年  月 Year and Month",
            "",
            "",
            "人　口",
            "自 然 動 態 Natural Change",
            "",
            "",
            "社会動態Migration Change",
        ],
        ["", "", "", *(text.split("\n")[0] for text in FLOWS)],
        ['   区  別 Ward ("ku")', "", "", *(text.split("\n")[1] for text in FLOWS)],
    ]
    rows: list[list[Any]] = [*([[]] * above), *head, *stocks, *stock_rows(months, years, year_on_year, wards)]
    first_stock = above + len(head)
    rows += [[], *flows, *flow_rows(flow_months, [year.replace("年", " 年") for year in years], wards)]
    rows += [
        ["*   世帯数・人口については，国勢調査結果を基礎に算出している。"],
        ["a) 10月１日現在"],
        ["※ 区役所の所管区域"],
    ]
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    page.merge_range(first_stock, 5, first_stock, 7, "")
    page.merge_range(first_stock, 8, first_stock, 9, "")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                page.write(number, column, value)
    book.close()
    return path


def test_a_report_of_the_reiwa_era_reads_by_the_same_spec(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x", "令和２年１月1日現在", ["令和元年11月", "        12月", "令和２年１月"],
        ["令和元年10月", "11月", "令和元年12月"], years=["平成29年", "　　30年", "令和元年"], sheet="訂正後",
    )  # fmt: skip
    reading = read(path)
    assert not reading.findings
    assert reading.reference_month == date(2020, 1, 1)
    stocks = {c.reference_month for c in observations(reading) if (c.indicator_code, c.region_code) == ("area", CITY)}
    assert stocks == {date(2017, 10, 1), date(2018, 10, 1), date(2019, 10, 1), date(2019, 11, 1), date(2019, 12, 1),
                      date(2020, 1, 1)}  # fmt: skip
    flows = {
        c.reference_month for c in observations(reading) if c.indicator_code == "births" and c.measure == "level_month"
    }
    assert flows == {date(2019, 10, 1), date(2019, 11, 1), date(2019, 12, 1)}
    assert {
        c.reference_month for c in observations(reading) if c.indicator_code == "births" and c.region_code == "28101"
    } == {date(2019, 12, 1)}


def test_k041_after_a_census_the_year_on_year_column_prints_a_mark_and_never_a_number(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x", "平成27年11月1日現在", ["平成27年９月", "平成27年10月", "平成27年11月"],
        ["平成27年８月", "９月", "平成27年10月"], years=["平成25年", "26年"], year_on_year="…",
    )  # fmt: skip
    reading = read(path)
    month = date(2015, 11, 1)
    compared = [c for c in observations(reading) if c.indicator_code == "population_change_year"]
    assert len(compared) >= 10
    assert {(c.value_printed, c.value_number, c.obs_status) for c in compared} == {("…", None, "L")}
    assert set(figures(reading, "population_change_month", "level_month", month).values()) == {10}
    assert not reading.findings


def test_an_inserted_row_and_another_sheet_name_change_nothing(tmp_path: Path) -> None:
    months, flows = ["平成30年１月", "２月", "３月"], ["平成29年12月", "平成30年１月", "２月"]
    plain = read(write(tmp_path / "a", "平成30年３月1日現在", months, flows, years=["平成29年"], above=0))
    moved = read(
        write(tmp_path / "b", "平成30年３月1日現在", months, flows, years=["平成29年"], above=5, sheet="Sheet7")
    )
    assert plain.reference_month == moved.reference_month == date(2018, 3, 1)
    keys = [
        sorted(
            (str(c.region_code), str(c.indicator_code), str(c.measure), str(c.reference_month)) for c in observations(r)
        )
        for r in (plain, moved)
    ]
    assert keys[0] == keys[1]
    assert not gravest(plain)


def test_a_ward_that_nobody_knows_and_one_that_is_missing_are_findings(tmp_path: Path) -> None:
    months, flows = ["平成30年１月", "２月", "３月"], ["平成29年12月", "平成30年１月", "２月"]
    names = [*WARDS[:3], "海区", *WARDS[4:]]
    reading = read(write(tmp_path / "a", "平成30年３月1日現在", months, flows, years=["平成29年"], wards=names))
    found = {(f.rule, f.expected if f.rule == "region_missing" else None) for f in reading.findings}
    assert found == {("unknown_region", None), ("region_missing", "兵庫区")}
    assert "28105" not in {c.region_code for c in observations(reading)}
