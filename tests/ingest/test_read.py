"""Reading side by side: one broken file never harms another, and the tables have the shape of raw.sql."""

from __future__ import annotations

import os
import signal
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ingest import limits, warehouse
from ingest.clock import Clock
from ingest.intake.archive import Received
from ingest.interpret.result import CellReading, FileReading, FindingReading, Refusal, TableReading
from ingest.read import raw_schemas, read_all

AUGUST = Clock(date(2023, 8, 31))
PACK: Any = SimpleNamespace(digest="pack-1")


def story_reader(path: Path, file_name: str, pack: Any, today: date) -> FileReading:
    """The file's name says what its reader meets."""
    story = file_name.removesuffix(".csv")
    if story == "raises":
        raise RecursionError("too deep")
    if story == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    if story == "hangs":
        time.sleep(600)
    if story == "prints":
        os.write(1, b"a library talks")
        print("and talks")
    if story == "refused":
        return FileReading(refusal=Refusal("empty", "空文件", "empty file", sheet="表1"), cells=[cell("A1")])
    cells = [cell("A1"), cell("A1")] if story == "double" else [cell("B4"), cell("B5")]
    if story == "surrogate":
        cells[0].value_printed = "\udcff"
    if story == "no_stem":
        return FileReading(cells=cells)
    finding = FindingReading("表1", "B9", "warning", "unknown_label", "甲", None, "请核对", "check")
    return FileReading("text/csv", "tjj__yuebao", "tjj", tables=[TableReading(1, "gdp", "表1", None, None, 2)],
                       cells=cells, findings=[finding])  # fmt: skip


def cell(address: str) -> CellReading:
    return CellReading(1, "表1", address, "observation", value_printed="1", reference_month=date(2023, 6, 1))


def received(tmp_path: Path, *stories: str) -> list[Received]:
    return [
        Received(f"{number:016x}" * 4, f"{story}.csv", story, 1, AUGUST.now, None, None, AUGUST.now, "beiguan", "inbox",
                 tmp_path / story, number)
        for number, story in enumerate(stories, start=1)
    ]  # fmt: skip


BROKEN = ["raises", "double", "surrogate", "no_stem"]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_file_that_breaks_its_reader_is_refused_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    items = received(tmp_path, "fine", *BROKEN, "refused", "also_fine", "prints")
    batch = read_all(items, PACK, AUGUST, reader=story_reader, workers=workers)
    outcomes = dict(
        zip(batch.submissions["file_name"].to_pylist(), batch.submissions["outcome"].to_pylist(), strict=True)
    )
    assert {name for name, outcome in outcomes.items() if outcome == "read"} == {
        "fine.csv",
        "also_fine.csv",
        "prints.csv",
    }
    assert sorted(reason.reason_code for reason in batch.refused.values()) == ["empty", *["unreadable"] * 4]
    assert batch.cells.num_rows == 6


def test_a_worker_that_is_killed_or_hangs_costs_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CLOCK_SECONDS", 1.0)
    items = received(tmp_path, "kills", "fine", "hangs", "also_fine")
    batch = read_all(items, PACK, AUGUST, reader=story_reader, workers=1)
    assert batch.submissions["outcome"].to_pylist() == ["quarantined", "read", "quarantined", "read"]
    assert "died" in batch.refused[items[0].sha256].found
    assert batch.refused[items[2].sha256].found == "1 秒内没有读完"


def test_side_by_side_reading_gives_the_very_same_tables(tmp_path: Path) -> None:
    items = received(tmp_path, *[f"file{number}" for number in range(7)], "refused", "raises")
    alone = read_all(items, PACK, AUGUST, reader=story_reader, workers=0)
    together = read_all(items, PACK, AUGUST, reader=story_reader, workers=2)
    for name in ("submissions", "tables", "cells", "findings"):
        assert getattr(alone, name).equals(getattr(together, name))


def test_the_batch_loads_into_the_raw_tables_as_it_is(tmp_path: Path) -> None:
    batch = read_all(received(tmp_path, "fine", "refused"), PACK, AUGUST, reader=story_reader)
    with warehouse.connect(tmp_path / "w.duckdb") as con:
        warehouse.ensure_schema(con)
        warehouse.load_batch(con, batch)
        assert con.execute("select count(*), max(stem) from raw.cell").fetchone() == (2, "tjj__yuebao")
        assert con.execute("select finding_no, rule, severity from raw.reader_finding order by all").fetchall() == [
            (0, "empty", "critical"), (1, "unknown_label", "warning")
        ]  # fmt: skip


def test_nothing_to_read_is_an_empty_batch(tmp_path: Path) -> None:
    batch = read_all([], PACK, AUGUST)
    assert batch.cells.schema == raw_schemas()["cell"]
    assert batch.submissions.num_rows == 0
