"""Packs as a stranger finds them, and the comparison of a proposal with the spec that a person wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack, load_pack
from ingest.probe import Probe, probe_file

TODAY = date(2026, 11, 24)
READ = ("observation", "published_rank")
SAYS = ("region_code", "reference_month", "period_start", "value_number", "unit_code", "disposition", "measure")


@cache
def stripped(name: str) -> Pack:
    """A shipped pack that knows no source."""
    return replace(load_pack(name), sources=[])


def cells(reading: FileReading) -> dict[tuple[str, str], CellReading]:
    """The cells that were read, by sheet and address."""
    return {(c.source_sheet, c.source_cell): c for c in reading.cells if c.disposition in READ}


def probed(path: Path, pack: Pack) -> Probe:
    """The probe of a file, which must propose something."""
    found = probe_file(path, path.name, pack, TODAY)
    assert found.trial is not None
    return found


@dataclass(frozen=True)
class Comparison:
    """How a proposal reads beside a spec written by hand."""

    wrong: list[str]
    extra: list[tuple[str, str]]
    same: int


def compare(path: Path, pack: Pack, probe: Probe) -> Comparison:
    """Each cell that the proposal reads, beside what the pack's own spec reads there."""
    hand = cells(interpret_file(path, path.name, pack, TODAY))
    assert probe.trial is not None
    ours = cells(probe.trial.reading)
    wrong = [
        f"{place}: {name} {getattr(hand[place], name)} → {getattr(cell, name)}"
        for place, cell in ours.items()
        if place in hand
        for name in SAYS
        if getattr(hand[place], name) != getattr(cell, name)
    ]
    return Comparison(wrong, [place for place in ours if place not in hand], len(ours.keys() & hand.keys()))


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a CSV file and give its path."""

    def write(*rows: str, name: str = "表.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
        return path

    return write
