"""Published files of five offices, each read with the pack that describes it; the tests ask for keys, not for cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack, load_pack

PACKS = Path(__file__).resolve().parents[2] / "packs"
TODAY = date(2026, 11, 24)
Key = tuple[str | None, ...]
ReadFile = Callable[[Path], FileReading]


@lru_cache(maxsize=8)
def pack_of(name: str) -> Pack:
    """One of the packs beside the tests; each is a valid pack."""
    return load_pack(PACKS / name)


@lru_cache(maxsize=64)
def read_with(pack: str, path: Path) -> FileReading:
    """A file read by a pack; its name says nothing."""
    return interpret_file(path, "随便什么名字.bin", pack_of(pack), TODAY)


def figures(reading: FileReading, indicator: str, measure: str, month: date) -> dict[str, float | None]:
    """Region → number of one indicator, measure and month; a region with two different figures fails."""
    found: dict[str, float | None] = {}
    for cell in observations(reading):
        if (cell.indicator_code, cell.measure, cell.reference_month) == (indicator, measure, month):
            region = str(cell.region_code)
            assert found.setdefault(region, cell.value_number) == cell.value_number, (region, cell.source_cell)
    return found


def observations(reading: FileReading) -> list[CellReading]:
    """Everything that was read as a figure."""
    return [cell for cell in reading.cells if cell.disposition == "observation"]


def keyed(reading: FileReading) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Each observation's key → what was read of it."""
    return {
        (c.region_code, c.indicator_code, c.measure, c.growth_basis, c.period_start, c.reference_month): (
            c.value_number, c.value_printed, c.value_decimals, c.value_qualifier, c.unit_code, c.obs_status,
        )
        for c in observations(reading)
    }  # fmt: skip


def gravest(reading: FileReading) -> set[str]:
    """Rules of the critical findings."""
    return {finding.rule for finding in reading.findings if finding.severity == "critical"}


@pytest.fixture(scope="session")
def folder(shared: Path) -> Callable[[str], list[Path]]:
    """The files below one folder of the published files, or a skip that names it."""

    def files(path: str) -> list[Path]:
        found = sorted(p for p in (shared / "realdata" / path).glob("*") if p.is_file())
        if not found:
            pytest.skip(f"needs the published files of realdata/{path}, which are not there")
        return found

    return files
