"""A slice of the fuzzer in every run of the tests; ``python -m tests.ingest.hostile.fuzz`` does all of it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.ingest.hostile.fuzz import Report, fuzz
from tests.ingest.hostile.mutate import mutate
from tests.ingest.hostile.oracles import cells_by_somebody_else
from tests.ingest.hostile.seeds import generated_seeds, real_seeds

CASES = 200


def assert_clean(report: Report, cases: int) -> None:
    assert report.faults == []
    assert report.counts["cases"] == cases
    assert report.counts["read"] > cases // 5, "hardly anything was read, so hardly anything was compared"
    assert report.values > cases


def test_mutants_of_generated_files_are_refused_in_words_or_read_as_they_are() -> None:
    assert_clean(fuzz(generated_seeds(), range(CASES)), CASES)


def test_mutants_of_real_workbooks_are_refused_in_words_or_read_as_they_are(shared: Path) -> None:
    seeds = real_seeds(shared / "realdata")
    if not seeds:
        pytest.skip(f"needs the published files of {shared / 'realdata'}")
    assert_clean(fuzz(seeds, range(CASES)), CASES)


def test_a_case_is_the_same_whenever_it_is_run() -> None:
    seed = generated_seeds()[0]
    assert [mutate(seed.content, Random(n)) for n in range(20)] == [mutate(seed.content, Random(n)) for n in range(20)]


def test_the_judge_sees_a_value_that_is_not_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: an oracle that says something else is contradicted for each value."""
    monkeypatch.setattr("tests.ingest.hostile.fuzz.cells_by_somebody_else", other_cells)
    monkeypatch.setattr("tests.ingest.hostile.fuzz.mutate", lambda content, chance: content)
    report = fuzz([seed for seed in generated_seeds() if seed.name.endswith(".xlsx")][:1], range(1))
    assert report.values > 0
    assert len(report.faults) == report.values


def other_cells(path: Path, media: str) -> dict[tuple[str, str], float]:
    """An oracle that finds another number in each cell."""
    cells = cells_by_somebody_else(path, media)
    assert isinstance(cells, dict)
    return dict.fromkeys(cells, -987654.25)
