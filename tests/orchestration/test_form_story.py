"""A bureau's form, all the way: issued from a release, filled in, sent, read, judged, released, explained."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.orchestration.conftest import SIMULATED_AS_OF, Released, jindu, made_once

NAME = "财政局填报.xlsx"


def fill(path: Path) -> None:
    """Enter figures a little above the last accepted ones; leave one out, say of one that it comes later, slip once."""
    book = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    for row in sheet.iter_rows(min_row=6):
        number, name, _, _, _, unit, last, _, value, status, _ = row[:11]
        if not isinstance(last.value, int | float) or not str(number.value).isdigit():
            continue
        value.value = round(last.value * 1.002, 2)
        if name.value == "财政民生支出":
            value.value, status.value = None, "暂缺"
        if name.value == "争取专项债券资金":
            value.value = None
        if name.value == "一般公共预算支出" and unit.value == "亿元":
            unit.value = "万元"
    book.save(path)


@pytest.fixture(scope="session")
def sent_back(tmp_path_factory: pytest.TempPathFactory, beiguan: Released) -> Released:
    """A copy of the released home after the form came into its inbox."""

    def make(folder: Path) -> str:
        shutil.copytree(beiguan.home, folder, symlinks=True)
        form = folder / "inbox" / NAME
        form.parent.mkdir(exist_ok=True)
        issued = jindu("template", "czj", "2023年1-12月", "-o", form, "--home", folder)
        assert issued.returncode == 0, issued.stderr
        assert "9 个数待填" in issued.stdout
        fill(form)
        run = jindu("run", "--home", folder, "--as-of", SIMULATED_AS_OF)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    home, output = made_once(tmp_path_factory, "form_story", make)
    return Released(home, home / "inbox", output)


def explained(home: Released, indicator: str, measure: str) -> dict[str, Any]:
    shown = jindu("explain", "410503", indicator, "2023-12", "--measure", measure, "--home", home.home, "--json")
    (figure,) = json.loads(shown.stdout)["figures"]
    return dict(figure)


def test_a_figure_of_a_form_leads_back_to_its_cell(sent_back: Released) -> None:
    figure = explained(sent_back, "budget_revenue", "level_ytd")
    assert (figure["source_file"], figure["source_sheet"]) == (NAME, "填报表")
    archived = sent_back.home / "archive" / figure["sha256"][:2] / figure["sha256"]
    with archived.open("rb") as content:
        cell = openpyxl.load_workbook(content)["填报表"][figure["source_cell"]]
    assert cell.value == figure["value"]
    assert not figure["is_simulated"], "what a clerk entered is real, although the last figures shown were simulated"


def test_a_unit_picked_wrong_holds_its_cell_and_the_last_good_figure_stays(sent_back: Released) -> None:
    figure = explained(sent_back, "budget_expenditure", "level_ytd")
    assert (figure["source_file"] != NAME, figure["is_held"]) == (True, True)
    held = sent_back.rows("select source_file, unit_printed from fct_observation_vintage where not is_accepted")
    assert (NAME, "万元") in held


def test_a_cell_left_empty_is_asked_of_the_bureau_and_a_reason_is_not(sent_back: Released) -> None:
    asked = sent_back.rows(
        "select indicator_code, owner_bureau_code, question from mart_quality_finding "
        "where source_file = ? and rule = 'form_cell_empty' and status = 'open'", NAME,
    )  # fmt: skip
    assert [(indicator, owner) for indicator, owner, _ in asked] == [("special_bond_funds", "czj")]
    assert NAME in asked[0][2]
    later = "select obs_status, value from fct_observation_vintage where source_file = ? and value is null"
    assert sent_back.rows(later, NAME) == [("O", None)]


def test_a_form_needs_no_calendar_entry(sent_back: Released) -> None:
    assert sent_back.rows("select bureau_code, status from mart_reporting_status where stem = 'czj__form'") == [
        ("czj", "not_expected")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("czj", "二三年", "-o", "a.xlsx"), "不是可识别的时期"),
        (("cjz", "2023-06", "-o", "a.xlsx"), "没有单位 cjz"),
        (("czj", "2023-06", "-o", "a.csv"), "不是 .xlsx"),
        (("czj", "2023-06", "-o", "nowhere/a.xlsx"), "没有文件夹"),
        (("gxj", "2023-06", "-o", "a.xlsx"), "没有应报的指标"),
        (("sytjj", "2025-09", "-o", "a.xlsx", "--pack", "shaoyang"), "属于数据包"),
    ],
)
def test_a_form_that_cannot_be_made_is_refused_in_a_sentence(
    beiguan: Released, words: tuple[str, ...], said: str
) -> None:
    refused = jindu("template", *words, "--home", beiguan.home)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
