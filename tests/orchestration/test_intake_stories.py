"""What offices really send, in one run: what is released, what is asked, what is refused, and that nothing is lost."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.orchestration.conftest import SIMULATED_AS_OF, Released, jindu, made_once

ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
CITY = "主要经济指标（市统计局）"


def sent(mail: Path, month: str, part: str) -> Path:
    """The demonstration file of a month whose name holds a part."""
    (path,) = [p for p in (mail / month).iterdir() if part in p.name and "更正" not in p.name and p.suffix != ".json"]
    return path


def changed(source: Path, target: Path, change: Callable[[Workbook], object]) -> None:
    """A copy of a workbook with a change."""
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(target)


def write_the_mail(mail: Path, inbox: Path) -> None:
    """One file for each story."""

    def correct(book: Workbook) -> None:
        book["固定资产投资"]["D4"] = 10.4

    def break_a_formula(book: Workbook) -> None:
        cell = book["固定资产投资"]["D4"]
        cell.value, cell.data_type = "#REF!", "e"

    def slip(book: Workbook) -> None:
        book["收入"]["D4"] = book["收入"]["D4"].value * 10_000

    def exaggerate(book: Workbook) -> None:
        book["固定资产投资"]["D4"] = 13.5  # it was 11.2, and the printed rank is that of 11.2

    def contradict(book: Workbook) -> None:
        book.active["C3"] = "1-9月"

    changed(sent(mail, "2023-06", CITY), inbox / "更正.xlsx", correct)
    changed(sent(mail, "2023-08", CITY), inbox / "公式.xlsx", break_a_formula)
    changed(sent(mail, "2023-09", "各县（市、区）财政收支"), inbox / "万倍.xlsx", slip)
    changed(sent(mail, "2023-10", "北关区统计局"), inbox / "矛盾.xlsx", contradict)
    changed(sent(mail, "2023-11", CITY), inbox / "异常.xlsx", exaggerate)
    (inbox / "又发" / "一次").mkdir(parents=True)
    shutil.copy(sent(mail, "2023-07", CITY), inbox / "又发" / "一次" / "同样的表.xlsx")
    jobs = sent(mail, "2023-07", "就业技能").read_bytes().decode("gb18030")
    (inbox / "新行\n😀 .csv").write_text(jobs.replace("农村劳动力转移就业,", "没有登记的就业,"), encoding="utf-8-sig")
    trade = sent(mail, "2023-06", "外贸").read_text(encoding="utf-8")
    trade = re.sub(r"(进出口总值</td><td>万元</td><td>)\d+", r"\g<1>46793", trade)
    (inbox / "网页.xls").write_bytes(trade.replace("utf-8", "gb2312").encode("gb18030"))
    (inbox / "密码.xlsx").write_bytes(ENCRYPTED)
    (inbox / "链接.csv").symlink_to("/etc/hostname")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, beiguan: Released) -> Released:
    """A copy of the released home after the stories have come into its own inbox."""

    def make(folder: Path) -> str:
        shutil.copytree(beiguan.home, folder, symlinks=True)
        write_the_mail(beiguan.inbox, folder / "inbox")
        run = jindu("run", "--home", folder, "--as-of", SIMULATED_AS_OF)
        assert run.returncode == 0, run.stdout + run.stderr
        assert "Traceback" not in run.stderr
        return run.stdout

    home, output = made_once(tmp_path_factory, "intake_stories", make)
    return Released(home, home / "inbox", output)


def current(told: Released, indicator: str, measure: str, month: str) -> tuple[object, ...]:
    (row,) = told.rows(
        "select value_printed, source_file, source_cell, is_held from fct_observation where region_code = '410503' "
        "and indicator_code = ? and measure = ? and reference_month = ? order by source_rank limit 1",
        indicator, measure, month,
    )  # fmt: skip
    return row


def test_nothing_is_left_in_the_inbox_and_everything_has_a_place(told: Released) -> None:
    assert [path for path in told.inbox.rglob("*") if not path.is_dir()] == []
    refused = {path.name.removesuffix(".reason.json") for path in (told.home / "quarantine").glob("*.reason.json")}
    assert refused == {"矛盾.xlsx", "密码.xlsx", "链接.csv"}
    for name in refused:
        assert name in told.output, "said on the screen too"
    assert "新文件 8 个，已知 1 个" in told.output, "the same bytes under another name are no news; a link is no file"


def test_a_corrected_figure_is_a_new_vintage(told: Released) -> None:
    assert current(told, "fixed_investment", "growth_ytd", "2023-06-01") == ("10.4", "更正.xlsx", "D4", False)
    revised = told.rows(
        "select old_value, new_value from mart_revision where region_code = '410503' "
        "and reference_month = '2023-06-01' and indicator_code = 'fixed_investment' "
        "and measure = 'growth_ytd' and new_value = 10.4"
    )
    assert revised == [(9.9, 10.4)]


def test_a_broken_formula_is_asked_about_and_changes_no_figure(told: Released) -> None:
    finding = told.rows(
        "select rule, source_sheet, source_cell, observed from mart_quality_finding where source_file = '公式.xlsx'"
    )
    assert finding == [("error_value", "固定资产投资", "D4", "#REF!")]
    assert current(told, "fixed_investment", "growth_ytd", "2023-08-01")[1] != "公式.xlsx"


def test_a_slip_of_ten_thousand_is_held_and_the_last_good_figure_stays(told: Released) -> None:
    held = told.rows("select source_cell, value_printed from fct_observation_vintage where not is_accepted")
    assert [address for address, _ in held] == ["D4"]
    _, source, _, is_held = current(told, "budget_revenue", "level_ytd", "2023-09-01")
    assert (source != "万倍.xlsx", is_held) == (True, True)
    shown = jindu("status", "--home", told.home).stdout
    assert "北关区 一般公共预算收入 累计 2023-09" in shown
    assert "《万倍.xlsx》收入 D4" in shown


def test_what_is_only_unusual_is_released_and_asked_about(told: Released) -> None:
    assert current(told, "fixed_investment", "growth_ytd", "2023-11-01") == ("13.5", "异常.xlsx", "D4", False)
    asked = told.rows(
        "select rule, severity, source_cell, question from mart_quality_finding "
        "where source_file = '异常.xlsx' and status = 'open' and region_code = '410503'"
    )
    assert {(rule, severity, cell) for rule, severity, cell, _ in asked} == {
        ("printed_rank_follows_value", "warning", "D5"),
        ("files_tell_one_value", "warning", "D4"),  # the bureau's own report tells it otherwise
    }
    assert all("《异常.xlsx》" in question for *_, question in asked)
    assert any("13.5" in question for *_, question in asked)


def test_an_unknown_row_is_named_and_the_known_rows_are_read(told: Released) -> None:
    name = "新行\n😀 .csv"
    findings = told.rows("select rule, source_cell, observed from mart_quality_finding where source_file = ?", name)
    assert findings == [("unknown_label", "A7", "没有登记的就业")]
    assert current(told, "urban_jobs", "level_ytd", "2023-07-01")[1] == name


def test_a_web_page_that_calls_itself_xls_is_read(told: Released) -> None:
    assert told.one(
        "select value_printed from fct_observation_vintage where source_file = '网页.xls' "
        "and indicator_code = 'trade_total' and measure = 'level_ytd'"
    ) == "46793"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "words", "cell"),
    [
        ("矛盾.xlsx", "period_contradiction", "1-9月，而报告期是 2023年1-10月", "C3"),
        ("密码.xlsx", "encrypted", "密码", None),
        ("链接.csv", "outside_link", "/etc/hostname", None),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(
    told: Released, name: str, code: str, words: str, cell: str | None
) -> None:
    reason = json.loads((told.home / "quarantine" / f"{name}.reason.json").read_text(encoding="utf-8"))
    assert (reason["reason_code"], reason["cell"]) == (code, cell)
    assert words in reason["found"]
    assert reason["advice"].endswith("。")
