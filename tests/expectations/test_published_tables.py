"""The gate over tables as offices published them: the broken 70-city release is held and named, the good ones pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from expectations import CheckResult
from ingest.clock import SHANGHAI, Clock
from ingest.intake.archive import Received
from ingest.pack import load_pack
from ingest.read import read_all
from ingest.warehouse import ensure_schema, load_batch, load_pack_tables

gate = pytest.importorskip("expectations.validate")

FOLDER = "realdata/nbs_70city_house_prices/house_price_data_"
SharedFile = Callable[[str], Path]


def received(path: Path, order: int, pack: str) -> Received:
    """A file that came on the day of its place in the order."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    moment = datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(days=order)
    size = path.stat().st_size
    return Received(sha256, path.name, path.name, size, moment, None, None, moment, pack, "inbox", path, order)


def warehouse(folder: Path, pack_folder: Path, files: Sequence[Path]) -> Path:
    """Files read with a pack into a new warehouse in which nothing is decided yet."""
    pack = load_pack(pack_folder)
    clock = Clock(date(2026, 11, 24))
    batch = read_all([received(f, n, pack.info.name) for n, f in enumerate(files, 1)], pack, clock, workers=0)
    path = folder / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        ensure_schema(connection)
        load_pack_tables(connection, pack)
        load_batch(connection, batch)
    return path


def critical(path: Path) -> dict[str, CheckResult]:
    """Critical checks that failed."""
    return {r.check: r for r in gate.validate(path, "raw") if not r.passed and r.severity == "critical"}


def test_of_the_70_city_releases_only_the_broken_one_is_held_and_its_cities_are_named(
    shared_file: SharedFile, repo: Path, tmp_path: Path
) -> None:
    days = ("2023_01_16", "2023_02_16", "2023_03_16", "2023_04_15", "2023_05_17")
    files = [shared_file(f"{FOLDER}{day}.xml") for day in days]
    path = warehouse(tmp_path, repo / "tests" / "packs" / "nbs_70city", files)
    found = critical(path)
    assert set(found) == {"file_holds_figures"}
    assert [row["observed"] for row in found["file_holds_figures"].rows] == ["house_price_data_2023_03_16.xml"]
    with duckdb.connect(str(path), read_only=True) as connection:
        named = connection.execute(
            "select distinct f.expected from raw.reader_finding as f"
            " inner join raw.submission as s using (submission_id)"
            " where f.rule = 'table_incomplete' and s.file_name like '%2023_03_16%'"
        ).fetchall()
    assert {city for (text,) in named for city in text.split("、")} >= {"石家庄市", "包头市", "哈尔滨市", "徐州市"}


def test_a_70_city_release_sent_again_as_the_next_month_is_held_whole(
    shared_file: SharedFile, repo: Path, tmp_path: Path
) -> None:
    files = [shared_file(f"{FOLDER}{day}.xml") for day in ("2023_01_16", "2023_02_16")]
    path = warehouse(tmp_path, repo / "tests" / "packs" / "nbs_70city", files)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update raw.cell as c set value_number = h.value_number, value_printed = h.value_printed from raw.cell as h"
            " where c.reference_month = date '2023-01-01' and h.reference_month = date '2022-12-01'"
            " and c.disposition = 'observation' and h.disposition = 'observation' and c.region_code = h.region_code"
            " and c.indicator_code = h.indicator_code and c.measure = h.measure"
        )
    rows = critical(path)["other_month_is_not_sent_again"].rows
    assert {row["reference_month"] for row in rows} == {"2023-01-01"}
    assert len(rows) >= 900


def test_the_report_of_shaoyang_passes_with_all_its_ranks_and_sums(
    shared_file: SharedFile, repo: Path, tmp_path: Path
) -> None:
    pack = repo / "ingest" / "catalog" / "shaoyang"
    path = warehouse(tmp_path, pack, [shared_file("realdata/shaoyang/yuebao_202509.xlsx")])
    assert critical(path) == {}
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update raw.cell set value_number = value_number * 1.01"
            " where indicator_code = 'gdp' and measure = 'level_ytd' and region_code = '430502'"
        )
    assert critical(path) == {}, "nothing tells which of the counties is wrong"
    asked = [r for r in gate.validate(path, "raw") if r.check == "member_of_an_open_sum"]
    regions = {row["region_code"] for result in asked for row in result.rows if row["indicator_code"] == "gdp"}
    assert "430502" in regions
    assert "430500" not in regions, "the total is what its three branches add up to"


@pytest.mark.parametrize(
    ("cell", "figure", "asked"),
    [
        # a digit typed twice, far behind the two decimals that are shown
        (("金融21", "D11"), -15.76066522058, {("金融21", "D11"), ("金融21", "D12")}),
        # a zero for a decrease: its sum comes out below, so the sum is right
        (("金融21", "C19"), 0, {("金融21", "C19"), ("金融21", "C20")}),
        (("外贸和房地产15", "C7"), 4.8054, {("外贸和房地产15", f"C{row}") for row in (5, 6, 7)}),
        (("52综研室1", "C8"), 35.630773522, {("52综研室1", f"C{row}") for row in range(5, 16)}),
        # as exact as it is printed
        (("金融21", "D11"), -15.76, set()),
    ],
)
def test_a_sum_is_as_exact_as_the_other_sums_of_the_report(
    cell: tuple[str, str],
    figure: float,
    asked: set[tuple[str, str]],
    shared_file: SharedFile,
    repo: Path,
    tmp_path: Path,
) -> None:
    pack = repo / "ingest" / "catalog" / "shaoyang"
    path = warehouse(tmp_path, pack, [shared_file("realdata/shaoyang/yuebao_202509.xlsx")])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update raw.cell set value_number = ? where source_sheet = ? and source_cell = ?", [figure, *cell]
        )
    found = {
        (str(row["source_sheet"]), str(row["source_cell"]))
        for result in gate.validate(path, "raw", ["cell"])
        for row in result.rows
        if result.check.endswith(("_to_total", "_of_an_open_sum"))
    }
    assert found == asked
