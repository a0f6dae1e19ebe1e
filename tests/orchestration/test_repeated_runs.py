"""One home, run after run: nothing new, a correction, and a build that contradicts itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.orchestration.conftest import REPO, SIMULATED_AS_OF, Released, jindu

pytestmark = pytest.mark.slow

KEY = """region_code = '410503' and indicator_code = 'fixed_investment' and measure = 'growth_ytd'
    and reference_month = date '2023-06-01'"""

VINTAGES = f"select count(*) from fct_observation_vintage where {KEY}"


def releases(home: Path) -> list[str]:
    return [one["release_id"] for one in json.loads(jindu("releases", "--home", home, "--json").stdout)]


def correct(demonstration: Path, inbox: Path, value: float) -> None:
    """The city's report of June with another growth of investment for 北关区, sent again."""
    (report,) = [
        path for path in (demonstration / "2023-06").iterdir()
        if "主要经济指标（市统计局）" in path.name and "更正" not in path.name and path.suffix != ".json"
    ]  # fmt: skip
    book = openpyxl.load_workbook(report)
    book["固定资产投资"]["D4"] = value
    inbox.mkdir(exist_ok=True)
    book.save(inbox / "更正.xlsx")


def test_a_second_run_releases_nothing_and_a_correction_releases_the_new_vintage(
    beiguan: Released, demonstration: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(beiguan.home, home, symlinks=True)
    (first,) = releases(home)
    told = Released(home, home / "inbox", "")
    incidents = "select incident_id, opened_at from mart_incident where status = 'open' order by 1"
    before, ((vintages,),) = told.rows(incidents), told.rows(VINTAGES)

    again = jindu("run", "--home", home, "--inbox", beiguan.inbox, "--as-of", SIMULATED_AS_OF)
    assert (again.returncode, releases(home)) == (0, [first]), again.stdout + again.stderr
    assert f"nothing new since release {first}" in again.stdout

    correct(demonstration, home / "inbox", 10.4)
    third = jindu("run", "--home", home, "--as-of", SIMULATED_AS_OF)
    assert third.returncode == 0, third.stdout + third.stderr
    assert len(releases(home)) == 2
    assert first in releases(home)
    assert told.rows(f"select value, source_file from fct_observation where {KEY}") == [(10.4, "更正.xlsx")]
    assert told.rows(VINTAGES) == [(vintages + 1,)], "the earlier ones stay"
    after = dict(told.rows(incidents))
    assert {incident: after.get(incident) for incident, _ in before} == dict(before), "no open incident opened again"


def test_a_dbt_test_that_fails_is_named_and_readers_stay_on_the_last_good_release(
    beiguan: Released, demonstration: Path, tmp_path: Path
) -> None:
    """In a copy of the program a test of severity error is planted; figures have come, and are not released."""
    program, home = tmp_path / "program", tmp_path / "home"
    for part in ("ingest", "expectations", "orchestration", "dbt_project"):
        shutil.copytree(REPO / part, program / part, ignore=shutil.ignore_patterns("__pycache__", "logs"))
    planted = program / "dbt_project" / "tests" / "no_target_has_a_light.sql"
    planted.write_text("select * from {{ ref('mart_target_attainment') }} where light is not null", encoding="utf-8")
    shutil.copytree(beiguan.home, home, symlinks=True)
    correct(demonstration, home / "inbox", 10.4)
    (first,) = releases(home)

    held = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "run", "--home", str(home), "--as-of", SIMULATED_AS_OF],
        cwd=program, env={**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1"}, capture_output=True, text=True,
        encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    assert held.returncode == 3, held.stdout + held.stderr
    assert "dbt · no_target_has_a_light" in held.stderr
    assert f"readers stay on: {first}" in held.stderr
    assert releases(home) == [first]
    assert (home / "releases" / "current").resolve().name == first
