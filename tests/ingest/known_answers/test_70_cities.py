"""House prices of 70 cities: eight monthly releases as XML, four tables each; one spec for every month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest.interpret import FileReading
from tests.ingest.known_answers.conftest import figures, gravest, observations, pack_of, read_with

FOLDER = "nbs_70city_house_prices"
BROKEN = "2023_03_16"
SharedFile = Callable[[str], Path]
Folder = Callable[[str], list[Path]]


def read(path: Path) -> FileReading:
    return read_with("nbs_70city", path)


def release(shared_file: SharedFile, day: str) -> FileReading:
    return read(shared_file(f"realdata/{FOLDER}/house_price_data_{day}.xml"))


def rising(reading: FileReading, indicator: str, month: date) -> int:
    found = figures(reading, indicator, "index_month", month)
    assert len(found) == 70
    return sum(1 for value in found.values() if value is not None and value > 100)


@pytest.mark.parametrize(
    ("number", "day", "month", "new_mom", "used_mom", "new_yoy", "used_yoy"),
    [
        ("K019, K020", "2023_04_15", date(2023, 3, 1), 64, 57, 18, 8),
        ("K021, K022", "2023_05_17", date(2023, 4, 1), 62, 36, 22, 9),
    ],
)
def test_k019_to_k022_as_many_cities_rise_as_published(
    shared_file: SharedFile, number: str, day: str, month: date, new_mom: int, used_mom: int, new_yoy: int,
    used_yoy: int,
) -> None:  # fmt: skip
    reading = release(shared_file, day)
    assert (rising(reading, "price_new_mom", month), rising(reading, "price_used_mom", month)) == (new_mom, used_mom)
    assert (rising(reading, "price_new", month), rising(reading, "price_used", month)) == (new_yoy, used_yoy), number


def test_k023_the_broken_release_is_held_as_a_whole(shared_file: SharedFile) -> None:
    reading = release(shared_file, BROKEN)
    assert reading.reference_month == date(2023, 2, 1)
    assert gravest(reading) == {"table_incomplete", "region_duplicate"}
    assert not observations(reading), "nothing of it is taken for a good figure"
    held = [f for f in reading.findings if f.rule == "table_incomplete"]
    assert len(held) == 4
    for finding in held[:2]:
        assert set(str(finding.expected).split("、")) == {"石家庄市", "包头市", "哈尔滨市", "徐州市"}
    repeated = [f for f in reading.findings if f.rule == "region_duplicate"]
    assert [str(f.observed).split(" ")[0] for f in repeated] == ["66", "66", "57", "57"]
    assert {(c.disposition, c.rule) for c in reading.cells} == {
        ("finding", "table_incomplete"), ("finding", "region_duplicate"),
    }  # fmt: skip


def test_every_other_release_is_read_whole(folder: Folder) -> None:
    for path in folder(FOLDER):
        if BROKEN in path.name:
            continue
        reading = read(path)
        assert reading.refusal is None
        assert {(f.rule, f.severity) for f in reading.findings} == {("repeated_row", "info")}
        year, month = int(path.stem[-10:-6]), int(path.stem[-5:-3])
        assert reading.reference_month == (date(year, month - 1, 1) if month > 1 else date(year - 1, 12, 1))
        assert len(observations(reading)) == 2 * 70 * 3 + 2 * 61 * 9


def test_every_city_of_the_files_is_a_city_of_the_pack_and_the_other_way_round(folder: Folder) -> None:
    (first, *_) = folder(FOLDER)
    codes = {c.region_code for c in observations(read(first))}
    assert codes == {r.region_code for r in pack_of("nbs_70city").regions if r.parent_code}


CITIES = [r.region_name.removesuffix("市") for r in pack_of("nbs_70city").regions if r.parent_code]
SMALL = [
    name for name in CITIES if name not in ["扬州", "烟台", "济宁", "洛阳", "平顶山", "宜昌", "襄阳", "泸州", "南充"]
]
BASES = ("环比(上月=100)", "同比(上年同月=100)")
SIZES = ("90m2及以下", "90-144m2", "144m2以上")


def document(
    month: str, third: str, *, cities: Sequence[str] = CITIES, copies: int = 2, captions: bool = True,
    fix: Callable[[str, int], str] = lambda city, copy: "",
) -> str:  # fmt: skip
    """A release as the collector writes it: every table ``copies`` times over, the date of publication on the root."""
    year, number = (int(part) for part in month.split("-"))
    said = f"{year}年{number}月" if captions else ""
    kinds = (
        "新建商品住宅销售价格指数",
        "二手住宅销售价格指数",
        "新建商品住宅销售价格分类指数",
        "二手住宅销售价格分类指数",
    )
    tables = []
    for index, kind in enumerate(kinds):
        plain = [*BASES, third]
        heads = plain if index < 2 else [f"{size}({base})" for size in SIZES for base in plain]
        rows = [["城市", *heads]]
        rows += [
            [city, *(fix(city, copy) or f"{100 + column / 10:.1f}" for column in range(len(heads)))]
            for copy in range(copies)
            for city in cities
            if index < 2 or city in SMALL
        ]
        body = "".join(
            f'<row index="{n}">' + "".join(f'<cell column="{c}">{v}</cell>' for c, v in enumerate(row)) + "</row>"
            for n, row in enumerate(rows)
        )
        tables.append(f'<table title="表{index + 1}：{said}70个大中城市{kind}"><data>{body}</data></table>')
    after = f"{year + number // 12}/{number % 12 + 1}/16"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><house_price_data date="{after}">{"".join(tables)}</house_price_data>'
    )


def read_text(tmp_path: Path, text: str) -> FileReading:
    path = tmp_path / "release"
    path.write_text(text, encoding="utf-8")
    return read_with.__wrapped__("nbs_70city", path)


WORDINGS = [
    ("2021-06", "定基(2020年=100)", "price_new_2020", "index_month"),
    ("2020-12", "定基(2015年=100)", "price_new_2015", "index_month"),
    ("2015-06", "定基(2010年=100)", "price_new_2010", "index_month"),
    ("2024-01", "累计(上年同期=100)", "price_new", "index_ytd"),
    ("2023-02", "1-2月平均(上年同期=100)", "price_new", "index_ytd"),
    ("2025-11", "1—11月平均(上年同期=100)", "price_new", "index_ytd"),
    ("2024-12", "1-12月平均（上年同期＝100）", "price_new", "index_ytd"),
]


@pytest.mark.parametrize(("month", "third", "indicator", "measure"), WORDINGS)
def test_each_months_wording_of_the_third_column_reads(
    tmp_path: Path, month: str, third: str, indicator: str, measure: str
) -> None:
    reading = read_text(tmp_path, document(month, third, copies=1))
    first = date.fromisoformat(f"{month}-01")
    assert not gravest(reading)
    assert reading.reference_month == first
    found = figures(reading, indicator, measure, first)
    assert len(found) == 70
    assert set(found.values()) == {100.2}
    starts = {c.period_start for c in observations(reading) if c.measure == "index_ytd"}
    assert starts <= {date(first.year, 1, 1)}
    sizes = {c.indicator_code for c in observations(reading) if "_small" in str(c.indicator_code)}
    assert len(sizes) >= 4


def test_a_base_year_that_nobody_declared_is_a_finding(tmp_path: Path) -> None:
    reading = read_text(tmp_path, document("2026-01", "定基(2025年=100)"))
    assert {f.rule for f in reading.findings if f.severity == "warning"} == {"unknown_column"}
    assert "index_ytd" not in {c.measure for c in observations(reading)}


def test_a_title_without_a_month_takes_the_month_before_the_date_of_publication(tmp_path: Path) -> None:
    reading = read_text(tmp_path, document("2023-03", "1-3月平均(上年同期=100)", captions=False))
    assert reading.reference_month == date(2023, 3, 1)
    december = read_text(tmp_path, document("2022-12", "定基(2020年=100)", captions=False))
    assert december.reference_month == date(2022, 12, 1)


def test_a_repeated_row_that_differs_is_critical_and_neither_is_taken(tmp_path: Path) -> None:
    text = document("2023-07", "1-7月平均(上年同期=100)", fix=lambda c, n: "99.9" if (c, n) == ("郑州", 1) else "")
    reading = read_text(tmp_path, text)
    assert gravest(reading) == {"region_duplicate"}
    codes = {c.region_code for c in observations(reading)}
    assert "410100" not in codes
    assert len(codes) == 69


def test_one_missing_city_holds_the_table(tmp_path: Path) -> None:
    short = [city for city in CITIES if city != "大连"]
    reading = read_text(tmp_path, document("2023-07", "1-7月平均(上年同期=100)", cities=short))
    assert not observations(reading)
    assert {f.expected for f in reading.findings if f.rule == "table_incomplete"} == {"大连市"}


def test_a_city_that_nobody_knows_is_a_finding_and_the_rest_is_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, document("2023-07", "1-7月平均(上年同期=100)", cities=[*CITIES, "雄安新区"]))
    assert {f.rule for f in reading.findings if f.severity == "warning"} == {"unknown_region"}
    assert len({c.region_code for c in observations(reading)}) == 70


def test_the_page_as_published_with_two_header_rows_reads_alike(tmp_path: Path) -> None:
    heads = "".join(f'<td colspan="3">{size}</td>' for size in SIZES)
    bases = "".join(
        "<td>环比<br>(上月=100)</td><td>同比<br>(上年同月=100)</td><td>1-9月平均<br>(上年同期=100)</td>" for _ in SIZES
    )
    rows = "".join(f"<tr><td>{c[0]}　{c[1:]}</td>" + "<td>100.1</td>" * 9 + "</tr>" for c in CITIES)
    simple = "".join(f"<tr><td>{c}</td><td>100.3</td><td>99.9</td><td>98.7</td></tr>" for c in CITIES)
    head = (
        "<tr><td>城市</td><td>环比</td><td>同比</td><td>1-9月平均</td></tr>"
        "<tr><td></td><td>上月=100</td><td>上年同月=100</td><td>上年同期=100</td></tr>"
    )
    page = "<html><body>" + "".join(
        f"<p>{title}</p><table>{table}</table>"
        for title, table in (
            ("表1：2024年9月70个大中城市新建商品住宅销售价格指数", head + simple),
            ("表2：2024年9月70个大中城市二手住宅销售价格指数", head + simple),
            ("表3：2024年9月70个大中城市新建商品住宅销售价格分类指数",
             f'<tr><td rowspan="2">城市</td>{heads}</tr><tr>{bases}</tr>{rows}'),
        )
    ) + "</body></html>"  # fmt: skip
    reading = read_text(tmp_path, page)
    month = date(2024, 9, 1)
    assert reading.reference_month == month
    assert set(figures(reading, "price_new", "index_ytd", month).values()) == {98.7}
    assert set(figures(reading, "price_new_medium_mom", "index_month", month).values()) == {100.1}
    assert len(figures(reading, "price_new_large", "index_ytd", month)) == 70
    assert {f.rule for f in reading.findings} == {"table_missing"}
