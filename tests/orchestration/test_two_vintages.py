"""Two true vintages of one workbook through the whole line: what was known in 2019, and what five years made of it.

The workbooks have 195 000 and 215 000 figures; the run takes the summer of 2019 out of both, in the same layout. That
all of the first is read is tested where it is read (``tests/ingest/known_answers/test_bls.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from ingest.grids import Grid, read_grids
from tests.orchestration.conftest import REPO, Released, jindu, made_once

PUBLISHED = {
    "ststdsadata_modified_2019-10-11_thru_2019-09.xlsx": "2019-10-18",
    "ststdsadata_modified_2024-05-10_thru_2024-04.xlsx": "2024-05-17",
}
FIRST_ROW_OF_DATA = 8
RATE = "indicator_code = 'unemployment_rate' and measure = 'rate_month' and reference_month = '2019-09-01'"
RANKED = f"rank_set_code = 'states' and {RATE}"
THEN, NOW = "2019-12-31", "2024-12-31"


def summer_of_2019(grid: Grid) -> list[int]:
    """The heading's rows and those of July to September 2019."""
    kept = list(range(FIRST_ROW_OF_DATA))
    for row in range(FIRST_ROW_OF_DATA, grid.row_count):
        year, month = grid.cell(row, 2), grid.cell(row, 3)
        if year is not None and month is not None and year.text == "2019" and month.text in ("07", "08", "09"):
            kept.append(row)
    return kept


def cut(source: Path, target: Path) -> None:
    """A workbook of the same layout with fewer rows: the same texts, numbers, merged cells and number formats."""
    (grid,) = read_grids(source).grids
    book = xlsxwriter.Workbook(str(target))
    sheet = book.add_worksheet(grid.name)
    formats = {decimals: book.add_format({"num_format": code}) for decimals, code in ((0, "#,##0"), (1, "0.0"))}
    for merge in grid.merges:
        sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "")
    for number, row in enumerate(summer_of_2019(grid)):
        for cell in grid.row_cells(row):
            if cell.number is None:
                sheet.write_string(number, cell.column, cell.text)
            else:
                sheet.write_number(number, cell.column, cell.number, formats.get(cell.decimals or 0))
    book.close()


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory, shared_file: Callable[[str], Path]) -> Released:
    """Both vintages released, the later one published four and a half years after the first. Tests read it only."""
    sources = {name: shared_file(f"realdata/bls_state_laus/{name}") for name in PUBLISHED}

    def make(folder: Path) -> str:
        inbox = folder.parent / "states_inbox"
        inbox.mkdir()
        for name, published in PUBLISHED.items():
            cut(sources[name], inbox / name)
            side = json.dumps({"published_at": published, "sender": "BLS"})
            (inbox / f"{name}.meta.json").write_text(side, encoding="utf-8")
        run = jindu("run", "--pack", REPO / "tests" / "packs" / "bls", "--home", folder, "--inbox", inbox)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    home, output = made_once(tmp_path_factory, "states", make)
    return Released(home, home.parent / "states_inbox", output)


def rates(states: Released, day: str) -> dict[str, float]:
    """Area → rate of September 2019 as known on a day."""
    rows = states.rows(
        f"select region_name, value from observation_as_of('{day}') join dim_region using (region_code) where {RATE} "
        "and region_code in (select region_code from dim_rank_set)"
    )
    return dict(rows)


def ranks(states: Released, day: str) -> dict[str, int]:
    rows = states.rows(
        f"select region_name, rank from ranking_as_of('{day}') join dim_region using (region_code) where {RANKED}"
    )
    return dict(rows)


def test_both_workbooks_were_read_and_none_refused(states: Released) -> None:
    assert states.rows("select count(distinct submission_id) from fct_observation_vintage") == [(2,)]
    assert states.rows("select distinct severity from mart_quality_finding where status = 'open'") in ([], [("info",)])


def test_k034_as_first_released_vermont_was_lowest_and_alaska_highest(states: Released) -> None:
    known = rates(states, THEN)
    assert len(known) == 51
    assert [state for state, rate in known.items() if rate == min(known.values())] == ["Vermont"]
    assert [state for state, rate in known.items() if rate == max(known.values())] == ["Alaska"]
    assert (known["Vermont"], known["Alaska"]) == (2.2, 6.2)
    placed = ranks(states, THEN)
    assert (placed["Vermont"], placed["Alaska"]) == (1, 51)


def test_k035_by_2024_37_of_51_values_were_revised(states: Released) -> None:
    then, now = rates(states, THEN), rates(states, NOW)
    assert set(then) == set(now)
    assert sum(1 for state in then if then[state] != now[state]) == 37
    members = "region_code in (select region_code from dim_rank_set)"
    assert states.one(f"select count(*) from mart_revision where {RATE} and {members}") == 37


def test_k036_45_of_51_ranks_changed_and_new_jersey_fell_from_15th_to_31st(states: Released) -> None:
    then, now = ranks(states, THEN), ranks(states, NOW)
    assert sum(1 for state in then if then[state] != now[state]) == 45
    assert (then["New Jersey"], now["New Jersey"]) == (15, 31)


def test_before_it_was_published_nothing_was_known_and_today_is_the_later_vintage(states: Released) -> None:
    assert rates(states, "2019-10-17") == {}
    assert len(rates(states, "2019-10-18")) == 51
    current = states.rows(
        f"select region_name, value from fct_observation join dim_region using (region_code) where {RATE} "
        "and region_code in (select region_code from dim_rank_set)"
    )
    assert dict(current) == rates(states, NOW)


def test_areas_within_a_state_are_observed_and_never_ranked(states: Released) -> None:
    rows = states.rows(f"select region_name from fct_observation join dim_region using (region_code) where {RATE}")
    observed = {name for (name,) in rows}
    assert {"Los Angeles County", "New York city"} <= observed
    assert not {"Los Angeles County", "New York city"} & set(ranks(states, NOW))
