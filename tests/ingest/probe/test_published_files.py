"""Published files that the pack does not describe: read by the proposal as by the specs written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ingest.grids import read_grids
from ingest.pack import Pack, load_pack
from ingest.probe import Probe
from tests.conftest import REPO
from tests.ingest.probe.conftest import READ, cells, compare, probed, stripped

SHAOYANG = "realdata/shaoyang/yuebao_202509.xlsx"
NBS = "realdata/nbs_provincial_realestate"
PROVINCES = 20


def numbers(path: Path, sheets: set[str]) -> set[tuple[str, str]]:
    """Every stored number of some sheets."""
    grids = [grid for grid in read_grids(path).grids if grid.name in sheets]
    return {(grid.name, cell.address) for grid in grids for cell in grid.cells() if cell.number is not None}


@pytest.fixture(scope="module")
def report(shared_file: Callable[[str], Path]) -> Path:
    return shared_file(SHAOYANG)


def test_the_county_tables_of_shaoyang_are_read_without_an_edit_and_right(report: Path) -> None:
    pack = load_pack("shaoyang")
    probe = probed(report, stripped("shaoyang"))
    assert probe.trial is not None
    reading = probe.trial.reading
    by_county = {d.area.grid.name for d in probe.drafts if d.orientation == "regions_down"}
    assert len(by_county) == 24
    every = numbers(report, by_county)
    read = cells(reading).keys() & every
    assert len(read) / len(every) >= 0.9
    found = compare(report, pack, probe)
    assert [place for place in found.extra if place[0] in by_county] == []
    assert [line for line in found.wrong if any(repr(sheet) in line for sheet in by_county)] == []
    ranks = [c for c in reading.cells if c.disposition == "published_rank"]
    assert len(ranks) == 168
    assert {c.rank_set_code for c in ranks} == {"city_counties"}


def test_another_citys_pack_knows_no_county_of_shaoyang_and_still_they_are_read(report: Path) -> None:
    probe = probed(report, stripped("beiguan"))
    own = probed(report, stripped("shaoyang"))
    assert probe.trial is not None
    assert own.trial is not None
    assert probe.trial.share >= 0.9
    theirs, ours = cells(own.trial.reading), cells(probe.trial.reading)
    assert {p: (c.value_number, c.reference_month, c.unit_code) for p, c in ours.items()} == {
        p: (c.value_number, c.reference_month, c.unit_code) for p, c in theirs.items()
    }
    beiguan = {region.region_code for region in load_pack("beiguan").regions}
    city = next(c for c in ours.values() if c.region_label == "全市")
    assert city.region_code not in beiguan, "全市 of another city is not ours"


@cache
def provincial() -> Pack:
    """A pack that knows no indicator of the files; of the provinces only its own."""
    return replace(stripped("shaoyang"), indicators=[], rank_sets=[])


@cache
def provincial_probe(path: Path) -> Probe:
    """The probe of one provincial file."""
    return probed(path, provincial())


@pytest.mark.parametrize("kind", ["csv", "xls"])
def test_every_provincial_file_is_read_whole(shared: Path, kind: str) -> None:
    files = sorted((shared / NBS / kind).glob(f"*.{kind}"))
    if not files:
        pytest.skip(f"needs the published files of {shared / NBS}")
    assert len(files) == PROVINCES
    for path in files:
        probe = provincial_probe(path)
        assert probe.trial is not None
        assert probe.trial.share >= 0.9, path.name
        grid = read_grids(path).grids[0]
        for cell in (c for c in probe.trial.reading.cells if c.disposition in READ):
            assert cell.reference_month is not None
            column = next(c for c in grid.row_cells(3) if cell.source_cell.rstrip("0123456789") in c.address)
            assert cell.period_start == cell.reference_month.replace(month=1)
            printed = f"{cell.reference_month.year}年{cell.reference_month.month}月"
            assert grid.cell(3, column.column) is not None
            assert printed in {c.text for c in grid.row_cells(3)}
            assert (cell.unit_code == "yi_yuan") == (cell.measure == "level_ytd")


def test_the_csv_and_the_xls_of_a_province_say_the_same(shared: Path) -> None:
    for path in sorted((shared / NBS / "csv").glob("*.csv")):
        readings = []
        for file in (path, shared / NBS / "xls" / f"{path.stem}.xls"):
            probe = provincial_probe(file)
            assert probe.trial is not None
            found = cells(probe.trial.reading).items()
            readings.append(
                {
                    (at, c.value_number, c.reference_month, c.measure, c.unit_code, c.region_label)
                    for (_, at), c in found
                }
            )
        assert readings[0] == readings[1], path.stem


def unnamed(name: str) -> Pack:
    """A pack of the tests without its sources and indicators: only the names of its regions are known."""
    return replace(load_pack(REPO / "tests" / "packs" / name), sources=[], indicators=[], rank_sets=[])


@pytest.mark.parametrize("month", ["2021_02_23", "2023_02_16", "2023_06_15"])
def test_the_indices_of_70_cities_are_read_as_by_hand(shared_file: Callable[[str], Path], month: str) -> None:
    path = shared_file(f"realdata/nbs_70city_house_prices/house_price_data_{month}.xml")
    probe = probed(path, unnamed("nbs_70city"))
    assert probe.trial is not None
    assert probe.trial.share >= 0.9
    found = compare(path, load_pack(REPO / "tests" / "packs" / "nbs_70city"), probe)
    assert (found.wrong, found.extra) == ([], [])
    assert found.same == probe.trial.read


@pytest.mark.parametrize("month", ["jinkou2401", "jinkou2512"])
def test_the_wards_of_kobe_are_read_each_at_its_month(shared_file: Callable[[str], Path], month: str) -> None:
    path = shared_file(f"realdata/kobe_ward_population/{month}.xls")
    probe = probed(path, unnamed("kobe"))
    assert probe.trial is not None
    assert probe.trial.share >= 0.9
    found = compare(path, load_pack(REPO / "tests" / "packs" / "kobe"), probe)
    # The file prints no unit, and parts of a ward (本区) have no code that one could guess.
    known = [line for line in found.wrong if "unit_code" not in line and "→ R0" not in line]
    assert (known, found.extra) == ([], [])
