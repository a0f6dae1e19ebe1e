"""Whatever table is written, in any orientation, format and hand, the same observations are read back."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.grids import address
from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack
from ingest.spec import SourceSpec
from tests.ingest.interpret.written.case import MONEY, ORIENTATIONS, Case, cases
from tests.ingest.interpret.written.figures import Figure, text_value
from tests.ingest.interpret.written.files import HAS_SHEETS, KEEPS_FORMATS, STORES_NUMBERS, WRITERS
from tests.ingest.interpret.written.layouts import source_of, write
from tests.ingest.interpret.written.spoil import KINDS, Spoilt
from tests.ingest.interpret.written.table import Position, Written

SHARES = {
    "csv": 900, "json": 250, "xml": 250, "html": 250, "xlsx": 150, "xls": 100, "ods": 60, "xlsb": 50,
    "docx": 50, "pdf": 20,
}  # fmt: skip
TODAY = date(2025, 11, 1)
EACH_TIME = settings(derandomize=not os.environ.get("JINDU_EXPLORE"))
"""The same tables in every run; JINDU_EXPLORE=1 writes others."""


def test_at_least_two_thousand_tables_are_written() -> None:
    assert sum(SHARES.values()) >= 2_000
    assert set(SHARES) == set(WRITERS)


def fit(case: Case, media: str) -> Case:
    """The case as far as a format can hold it."""
    if case.period_place == "sheet" and media not in HAS_SHEETS:
        case = replace(case, period_place="title")
    if media == "pdf":  # what the font of our own pages can print: no thin spaces, no minus sign of mathematics
        style = "grouped" if case.style == "thin_spaces" else case.style
        case = replace(case, noise=0, style=style, minus_signs="\u2013－负")
    if case.style in ("stored", "raw") and case.percent == "beside" and media in STORES_NUMBERS - KEEPS_FORMATS:
        case = replace(case, percent="header")
    return case


def read(table: Written, media: str, folder: Path, vocabulary: Pack) -> FileReading:
    path = folder / f"any.{media}"
    WRITERS[media](table, path)
    pack = replace(vocabulary, sources=[SourceSpec.model_validate(source_of(table))])
    return interpret_file(path, path.name, pack, TODAY)


def check(table: Written, reading: FileReading, media: str) -> None:
    """Every figure at its cell, and nothing else."""
    assert reading.refusal is None, reading.refusal
    assert not reading.findings, [(f.rule, f.source_cell, f.observed, f.expected) for f in reading.findings]
    read_cells = {c.source_cell: c for c in reading.cells if c.disposition != "ignored"}
    assert read_cells.keys() == {place(table, at) for at in table.figures}
    for at in table.figures:
        check_figure(table, at, read_cells[place(table, at)], media)


def place(table: Written, at: Position) -> str:
    """The address of a cell in the grid that the format gives."""
    return address(at[0] - table.origin[0], at[1] - table.origin[1])


def check_figure(table: Written, at: Position, cell: CellReading, media: str) -> None:
    """One cell says what was written into it."""
    (region, indicator, measure), figure = table.figures[at]
    month = table.months.get(at, table.case.month)
    assert (cell.disposition, cell.region_code, cell.indicator_code, cell.measure) == (
        "observation", region, indicator, measure,
    )  # fmt: skip
    assert (cell.period_start, cell.reference_month) == (date(2025, 1, 1), date(2025, month, 1))
    check_value(cell, figure, media)
    assert cell.obs_status == figure.status
    if figure.value is not None:
        assert cell.unit_code == ("percent" if measure == "growth_ytd" else MONEY[table.case.unit])


def check_value(cell: CellReading, figure: Figure, media: str) -> None:
    stored = figure.put.number is not None and media in STORES_NUMBERS
    value = figure.value if stored or figure.value is None else float(text_value(figure.put.text))
    assert (cell.value_number, cell.value_qualifier) == (value, figure.qualifier)
    if figure.value is not None and (not stored or media in KEEPS_FORMATS):
        assert cell.value_decimals == figure.decimals
    if not stored:
        assert cell.value_printed == figure.put.text


@pytest.mark.parametrize("media", SHARES)
def test_what_is_written_is_read_back(tmp_path: Path, vocabulary: Pack, media: str) -> None:
    ran: Counter[str] = Counter()

    @settings(EACH_TIME, max_examples=SHARES[media], suppress_health_check=list(HealthCheck))
    @given(case=cases())
    def reads_back(case: Case) -> None:
        table = write(fit(case, media))
        ran[case.orientation] += 1
        check(table, read(table, media, tmp_path, vocabulary), media)

    reads_back()
    assert ran.total() >= SHARES[media]
    assert SHARES[media] < 200 or set(ran) == set(ORIENTATIONS)


@pytest.mark.parametrize("spoil", KINDS, ids=lambda kind: kind.__name__)
def test_one_spoilt_cell_is_named_and_every_other_is_read_as_before(
    tmp_path: Path, vocabulary: Pack, spoil: Callable[[Written, Random], Spoilt | None]
) -> None:
    ran: Counter[str] = Counter()

    @settings(EACH_TIME, max_examples=100, suppress_health_check=list(HealthCheck))
    @given(case=cases(), media=st.sampled_from(["csv", "json", "html", "csv", "xlsx"]))
    def is_named(case: Case, media: str) -> None:
        table = write(fit(case, media))
        spoilt = spoil(table, case.dice())
        if spoilt is not None:
            ran[media] += 1
            check_spoilt(table, spoilt, read(table, media, tmp_path, vocabulary), media)

    is_named()
    assert ran.total() >= 3


def check_spoilt(table: Written, spoilt: Spoilt, reading: FileReading, media: str) -> None:
    """A finding at the spoilt cell, nothing accepted that it touches, everything else as before."""
    named = {finding.source_cell for finding in reading.findings}
    assert named & {place(table, at) for at in spoilt.at}, (spoilt, reading.findings)
    assert all(finding.observed and finding.advice and finding.advice_en for finding in reading.findings)
    read_cells = {c.source_cell: c for c in reading.cells}
    for at, (_, figure) in table.figures.items():
        cell = read_cells[place(table, at)]
        if at not in spoilt.lost:
            check_figure(table, at, cell, media)
        elif figure.value is not None or at in spoilt.at:
            assert cell.disposition == "finding", (spoilt, cell)
