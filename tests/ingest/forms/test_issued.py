"""What a form asks and how it goes out: due indicators and regions, last figures, drop-downs, protection."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ingest.forms import FormError, LastValue, plan_form, write_form
from ingest.pack import load_pack
from tests.ingest.forms.conftest import FILL, JUNE, REGIONS, Issued, issue


def keys(bureau: str, month: date, pack: str = "beiguan") -> set[tuple[str, str]]:
    return {(f.indicator, f.measure) for _, f in plan_form(load_pack(pack), bureau, month).fields()}


def test_a_january_without_figures_asks_for_none() -> None:
    assert keys("czj", date(2023, 1, 1)) == {("special_bond_funds", "level_ytd"), ("livelihood_spending", "level_ytd")}


def test_quarterly_figures_are_asked_for_at_the_end_of_a_quarter() -> None:
    hidden_debt = ("new_hidden_debt", "level_ytd")
    assert hidden_debt not in keys("czj", date(2023, 5, 1))
    assert hidden_debt in keys("czj", JUNE)


def test_annual_figures_are_asked_for_in_december() -> None:
    assert ("special_bond_projects_applied", "level_ytd") in keys("czj", date(2023, 12, 1))
    assert ("special_bond_projects_applied", "level_ytd") not in keys("czj", JUNE)


def test_prices_are_asked_for_where_the_plan_measures_them() -> None:
    form = plan_form(load_pack("beiguan"), "aydcd", JUNE)
    assert {f.region for _, f in form.fields() if f.indicator == "cpi"} == {"410500"}


def test_a_city_s_bureau_is_asked_for_each_county_in_a_table_by_region(survey: Issued) -> None:
    (block,) = [block for block in survey.form.blocks if block.sheet == REGIONS]
    names = [row.labels[1] for row in block.rows]
    assert names[0] == "单位"
    assert names[1] == "安阳市"
    assert {"北关区", "林州市"} <= set(names)
    assert len(block.fields) == 2 * 10


def test_a_bureau_is_found_by_its_name() -> None:
    assert plan_form(load_pack("beiguan"), "北关区财政局", JUNE).bureau == "czj"


@pytest.mark.parametrize(
    ("bureau", "month", "said"),
    [
        ("cjz", JUNE, "没有单位 cjz"),
        ("aytjj", JUNE, "没有作为来源单位的指标"),
        ("gxj", JUNE, "没有应报的指标"),
    ],
)
def test_a_form_that_would_ask_nothing_is_refused_in_words(bureau: str, month: date, said: str) -> None:
    with pytest.raises(FormError, match=said):
        plan_form(load_pack("beiguan"), bureau, month)


def test_the_last_accepted_figure_stands_beside_its_cell_with_its_month(finance: Issued) -> None:
    sheet = openpyxl.load_workbook(finance.path)[FILL]
    assert sheet[finance.at("budget_revenue", "level_ytd", role="last")].value == 7.31
    assert sheet[finance.at("budget_revenue", "level_ytd", role="month")].value == "2023年1-5月"
    assert sheet[finance.at("budget_expenditure", "level_ytd", role="last")].value is None


def test_a_simulated_last_figure_says_so(tmp_path: Path) -> None:
    pack = load_pack("beiguan")
    last = [LastValue("410503", "budget_revenue", "level_ytd", "none", date(2023, 5, 1), 7.31, is_simulated=True)]
    form = plan_form(pack, "czj", JUNE, last)
    assert any(field.last_month == "2023年1-5月（模拟数据）" for _, field in form.fields())


def test_only_cells_to_fill_are_unlocked_and_the_mark_is_hidden(finance: Issued) -> None:
    book = openpyxl.load_workbook(finance.path)
    sheet = book[FILL]
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}
    value = finance.at("budget_revenue", "level_ytd")
    assert value in unlocked
    assert finance.at("budget_revenue", "level_ytd", role="unit") in unlocked
    assert finance.at("budget_revenue", "growth_ytd", role="unit") not in unlocked
    assert finance.at("budget_revenue", "level_ytd", role="last") not in unlocked
    assert book["_jindu"].sheet_state == "veryHidden"


def test_cells_are_validated_by_what_they_hold(finance: Issued) -> None:
    rules = {}
    for rule in openpyxl.load_workbook(finance.path)[FILL].data_validations.dataValidation:
        for area in rule.sqref.ranges:
            rules[area.coord] = rule
    growth = rules[finance.at("budget_revenue", "growth_ytd")]
    assert (growth.type, growth.formula1, growth.errorStyle) == ("decimal", "-100", "warning")
    level = rules[finance.at("budget_revenue", "level_ytd")]
    assert (level.type, level.operator, level.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert "请填写" in level.error
    assert "亿元" in rules[finance.at("budget_revenue", "level_ytd", role="unit")].formula1
    assert "暂缺" in rules[finance.at("budget_revenue", "level_ytd", role="status")].formula1


def test_counts_must_be_whole(tmp_path: Path) -> None:
    fires = issue(tmp_path, "sthjj")
    rules = openpyxl.load_workbook(fires.path)[FILL].data_validations.dataValidation
    assert {r.type for r in rules if fires.at("straw_fires", "level_ytd") in r.sqref} == {"whole"}


def test_number_formats_show_the_printed_decimals(finance: Issued) -> None:
    sheet = openpyxl.load_workbook(finance.path)[FILL]
    assert sheet[finance.at("budget_revenue", "level_ytd")].number_format == "#,##0.00"
    assert sheet[finance.at("budget_revenue", "growth_ytd")].number_format == "#,##0.0"


def test_the_note_sheet_says_who_what_when_and_which_marks(finance: Issued) -> None:
    sheet = openpyxl.load_workbook(finance.path)["填报说明"]
    text = "\n".join(str(cell.value) for row in sheet for cell in row if cell.value)
    for words in (
        "北关区财政局",
        "2023年7月12日",
        "无此数",
        "暂缺",
        "不要改动标题",
        "本期不报",
        "Fill in yellow cells",
    ):
        assert words in text


def test_no_text_of_a_pack_becomes_a_formula(tmp_path: Path) -> None:
    pack = load_pack("beiguan")
    evil = '=HYPERLINK("http://x")'
    renamed = [
        one.model_copy(update={"indicator_name": evil}) if one.indicator_code == "budget_revenue" else one
        for one in pack.indicators
    ]
    from dataclasses import replace

    changed = replace(pack, indicators=renamed)
    write_form(plan_form(changed, "czj", JUNE), changed, tmp_path / "evil.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "evil.xlsx")[FILL] for cell in row]
    assert [cell.data_type for cell in cells if cell.value == f"'{evil}"] == ["s", "s"]
    assert evil not in [cell.value for cell in cells]


def test_a_pack_of_many_indicators_is_parted_into_tables_by_subject() -> None:
    form = plan_form(load_pack("shaoyang"), "sytjj", date(2025, 9, 1))
    lists = [block for block in form.blocks if block.sheet == FILL]
    assert len(lists) > 5
    assert max(len(block.rows) for block in lists) <= 60
    assert len({block.title for block in form.blocks}) == len(form.blocks)
