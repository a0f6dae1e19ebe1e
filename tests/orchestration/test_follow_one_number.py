"""The README's promise, walked from the brief to the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.grids import read_grids
from tests.orchestration.conftest import Released


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_follow_one_number(beiguan: Released, repo: Path, readme: str) -> None:
    """One figure from the monthly brief to the cell of the bureau's workbook, as both READMEs tell it."""
    text = (repo / readme).read_text(encoding="utf-8")
    target, actual, rank, simulated = beiguan.one(
        "select target_text, actual_text, rank_text, is_simulated from mart_monthly_brief "
        "where reference_month = '2023-06-01' and indicator_name = '固定资产投资'"
    )
    assert simulated
    assert all(said in text for said in (target, actual, rank))
    value, printed, file, sheet, cell, submission = beiguan.one(
        "select value, value_printed, source_file, source_sheet, source_cell, submission_id from fct_observation "
        "where region_code = '410503' and indicator_code = 'fixed_investment' and measure = 'growth_ytd' "
        "and reference_month = '2023-06-01'"
    )
    assert actual == f"1-6月 {value}%"
    sha256 = beiguan.one("select sha256 from dim_submission where submission_id = ?", submission)
    assert all(said in text for said in (f"`{file}`", f"`{sheet}`", f"`{cell}`", f"`{sha256[:8]}…`"))
    archived = beiguan.home / "archive" / sha256[:2] / sha256
    (workbook,) = [grid for grid in read_grids(archived).grids if grid.name == sheet]
    (found,) = [found for found in workbook.cells() if found.address == cell]
    assert found.text == printed
