"""A known error of a source, corrected by the pack and told; then the source is fixed and the entry says so loudly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.orchestration.conftest import REPO, SIMULATED_AS_OF, Released, jindu, made_once

REGISTER = """\
- {correction_code: slip, stem: aytjj__county_monthly, region_code: "410503", indicator_code: fixed_investment,
   measure: growth_ytd, reference_month: 2023-06-01, wrong_value: "99", action: replace, value: "9.9",
   reason: 小数点错位, decided_by: 张三, decided_on: 2023-07-20}
- {correction_code: idle, stem: aytjj__county_monthly, region_code: "410503", indicator_code: gdp,
   measure: growth_ytd, reference_month: 2021-06-01, wrong_value: "77", action: drop,
   reason: 从未出现, decided_by: 张三, decided_on: 2023-07-20}
"""


def write(source: Path, target: Path, value: float) -> None:
    book: Workbook = openpyxl.load_workbook(source)
    book["固定资产投资"]["D4"] = value
    book.save(target)


@pytest.fixture(scope="session")
def two_runs(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> tuple[Path, dict[str, Any]]:
    """A home of one report that slips, and what it shows after that and after the report has been fixed."""

    def make(folder: Path) -> Any:
        pack = folder / "pack"
        shutil.copytree(REPO / "ingest" / "catalog" / "beiguan", pack)
        (pack / "corrections.yaml").write_text(REGISTER, encoding="utf-8")
        source = demonstration / "2023-06" / "2023年1-6月分县（市、区）主要经济指标（市统计局）.xlsx"
        home, told = folder / "home", {}
        (home / "inbox").mkdir(parents=True)
        for name, value in (("错.xlsx", 99), ("改.xlsx", 9.9)):
            write(source, home / "inbox" / name, value)
            run = jindu("run", "--pack", pack, "--home", home, "--as-of", SIMULATED_AS_OF)
            shown = jindu("explain", "410503", "fixed_investment", "2023-06", "--home", home, "--json")
            told[name] = {
                "exit": run.returncode,
                "figure": json.loads(shown.stdout)["figures"][0],
                "explained": jindu("explain", "410503", "fixed_investment", "2023-06", "--home", home).stdout,
                "status": jindu("status", "--home", home).stdout,
                "findings": Released(home, home / "inbox", "").rows(
                    "select rule, severity, source_file, source_cell, observed, expected, question "
                    "from mart_quality_finding where rule like 'correction%' order by rule"
                ),
            }
        return told

    folder, told = made_once(tmp_path_factory, "corrections_story", make)
    return folder / "home", told  # type: ignore[return-value]


def test_a_slip_is_released_corrected_and_traced_to_the_entry(two_runs: tuple[Path, dict[str, Any]]) -> None:
    first = two_runs[1]["错.xlsx"]
    assert first["exit"] == 0
    figure = first["figure"]
    assert (figure["value"], figure["value_printed"], figure["source_cell"]) == (9.9, "99", "D4")
    assert "已更正" in first["explained"]
    for words in ("99 → 9.9", "小数点错位", "张三", "slip"):
        assert words in first["explained"]


def test_an_entry_that_no_file_has_ever_met_is_a_warning(two_runs: tuple[Path, dict[str, Any]]) -> None:
    rules = {rule: severity for rule, severity, *_ in two_runs[1]["错.xlsx"]["findings"]}
    assert rules == {"correction_applied": "info", "correction_unmatched": "warning"}


def test_once_the_source_is_fixed_the_entry_is_critical_and_the_cell_as_printed(
    two_runs: tuple[Path, dict[str, Any]],
) -> None:
    second = two_runs[1]["改.xlsx"]
    assert second["exit"] == 0, "what the entry no longer corrects is released as printed: nothing wrong passes"
    assert (second["figure"]["value"], second["figure"]["source_file"]) == (9.9, "改.xlsx")
    assert second["figure"]["correction"] is None
    (found,) = [row for row in second["findings"] if row[0] == "correction_obsolete"]
    _, severity, file, cell, observed, expected, question = found
    assert (severity, file, cell, observed[:3], expected) == ("critical", "改.xlsx", "D4", "9.9", "99")
    assert "条目 slip" in question
    assert "请删除该条目" in question
    assert "correction_obsolete" in second["status"]


def test_what_the_old_file_printed_stays_in_raw(two_runs: tuple[Path, dict[str, Any]]) -> None:
    import duckdb

    with duckdb.connect(str(two_runs[0] / "warehouse.duckdb"), read_only=True) as con:
        cells = con.execute(
            "select value_printed, value_number from raw.cell "
            "where source_sheet = '固定资产投资' and source_cell = 'D4' order by value_number desc"
        ).fetchall()
    assert cells == [("99", 99.0), ("9.9", 9.9)]
