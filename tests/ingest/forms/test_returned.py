"""Forms that come back: as asked, half filled, edited, sorted, copied, saved as something else.

Each story goes through ``interpret_file``; whatever is not certain becomes a question with its cell.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.workbook import Workbook

from ingest.forms import plan_form
from ingest.forms.model import VERSION
from ingest.forms.questions import CRITICAL, INFO, QUESTIONS
from ingest.interpret import FileReading, interpret_file
from ingest.pack import load_pack
from tests.ingest.forms.conftest import FILL, REGIONS, TODAY, Issued, asked, figures, issue

REVENUE = ("410503", "budget_revenue", "level_ytd")


def test_a_filled_form_is_read_without_a_spec(finance: Issued) -> None:
    reading = finance.read()
    found = figures(reading)
    assert len(found) == 8
    assert (reading.stem, reading.bureau_code) == ("czj__form", "czj")
    revenue = found[REVENUE]
    assert revenue.source_cell == finance.at("budget_revenue", "level_ytd")
    assert (revenue.value_number, revenue.unit_code, revenue.value_decimals) == (2, "yi_yuan", 2)
    assert (revenue.period_start, revenue.reference_month) == (date(2023, 1, 1), date(2023, 6, 1))
    assert (revenue.period_label, revenue.obs_status, revenue.source_rank) == ("2023年1-6月", "A", 2)
    assert asked(reading) == []


def test_figures_of_the_month_before_are_asked_for_and_read_as_such(tmp_path: Path) -> None:
    pack = load_pack("beiguan")
    late = [
        one.model_copy(update={"measures": [m.model_copy(update={"lag_months": 1}) for m in one.measures]})
        if one.indicator_code == "budget_revenue" else one
        for one in pack.indicators
    ]  # fmt: skip
    form = issue(tmp_path, "czj", date(2023, 6, 1), replace(pack, indicators=late))
    labels = {f.indicator: f.period_label for _, f in form.form.fields() if f.measure == "level_ytd"}
    assert (labels["budget_revenue"], labels["budget_expenditure"]) == ("2023年1-5月", "2023年1-6月")
    cell = figures(form.read())["410503", "budget_revenue", "level_ytd"]
    assert (cell.period_start, cell.reference_month) == (date(2023, 1, 1), date(2023, 5, 1))
    first = plan_form(form.pack, "czj", date(2023, 2, 1))
    assert "budget_revenue" not in {f.indicator for _, f in first.fields()}, (
        "there is no January to ask for in February"
    )


def test_the_form_of_a_higher_office_is_trusted_as_its_reports_are(survey: Issued) -> None:
    found = figures(survey.read())
    assert {cell.source_rank for cell in found.values()} == {1}
    assert found["410502", "resident_income", "level_ytd"].source_sheet == REGIONS


def test_every_cell_of_a_returned_form_has_a_fate(survey: Issued) -> None:
    reading = survey.read(lambda book: book[FILL].__setitem__("M3", "草稿"))
    assert ("stray_cell", FILL, "M3") in asked(reading)
    fates = [(cell.source_sheet, cell.source_cell) for cell in reading.cells]
    assert len(fates) == len(set(fates))


def test_a_chosen_unit_goes_with_the_figure(finance: Issued) -> None:
    unit = finance.at("budget_revenue", "level_ytd", role="unit")
    reading = finance.read(lambda book: book[FILL].__setitem__(unit, "万元"))
    assert figures(reading)[REVENUE].unit_code == "wan_yuan"


def test_a_unit_that_cannot_be_is_asked_about(finance: Issued) -> None:
    unit = finance.at("budget_revenue", "level_ytd", role="unit")
    reading = finance.read(lambda book: book[FILL].__setitem__(unit, "人"))
    assert REVENUE not in figures(reading)
    assert asked(reading) == [("unit_mismatch", FILL, finance.at("budget_revenue", "level_ytd"))]


def test_a_unit_that_was_cleared_is_asked_for(finance: Issued) -> None:
    unit = finance.at("budget_revenue", "level_ytd", role="unit")
    assert asked(finance.read(lambda book: book[FILL].__setitem__(unit, None))) == [
        ("unit_missing", FILL, finance.at("budget_revenue", "level_ytd"))
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("约七亿", "text_in_number"),
        ("12.5亿元/13", "unit_mismatch"),
        ("#REF!", "error_value"),
        (True, "text_in_number"),
        ("2023年6月", "unit_mismatch"),
    ],
)
def test_text_in_a_number_cell_is_asked_about(finance: Issued, typed: object, said: str) -> None:
    at = finance.at("budget_revenue", "level_ytd")
    reading = finance.read(lambda book: book[FILL].__setitem__(at, typed))
    assert REVENUE not in figures(reading)
    ((rule, sheet, cell),) = asked(reading)
    assert (rule, sheet, cell) == (said, FILL, at)


def test_half_a_fire_is_asked_about(tmp_path: Path) -> None:
    fires = issue(tmp_path, "sthjj")
    at = fires.at("straw_fires", "level_ytd")
    reading = fires.read(lambda book: book[FILL].__setitem__(at, 2.5))
    assert asked(reading) == [("form_not_whole", FILL, at)]
    assert ("410503", "straw_fires", "level_ytd") not in figures(reading)


def test_a_number_typed_as_text_is_a_number(finance: Issued) -> None:
    at = finance.at("budget_revenue", "level_ytd")
    reading = finance.read(lambda book: book[FILL].__setitem__(at, "１,234.50"))
    assert figures(reading)[REVENUE].value_number == 1234.5


def test_another_unit_typed_beside_the_figure_is_asked_about(finance: Issued) -> None:
    at = finance.at("budget_revenue", "level_ytd")
    reading = finance.read(lambda book: book[FILL].__setitem__(at, "73100万元"))
    assert asked(reading) == [("two_units", FILL, at)]


def test_a_half_filled_form_gives_what_it_has_and_asks_for_each_cell_that_is_due(finance: Issued) -> None:
    value = finance.at("budget_revenue", "level_ytd")
    reading = finance.read(lambda book: book[FILL].__setitem__(value, 7.9), fill=False)
    assert set(figures(reading)) == {REVENUE}
    rules = asked(reading)
    assert len(rules) == 7
    assert ("form_cell_empty", FILL, finance.at("new_hidden_debt", "level_ytd")) in rules
    (debt,) = [f for f in reading.findings if f.indicator_code == "new_hidden_debt"]
    assert (debt.measure, debt.reference_month, debt.severity) == ("level_ytd", date(2023, 6, 1), "warning")
    assert debt.expected == "新增地方政府隐性债务 2023年1-6月 的数，或“情况”栏中的原因"


def test_a_form_sent_back_empty_is_refused(finance: Issued) -> None:
    refusal = finance.read(fill=False).refusal
    assert refusal is not None
    assert refusal.reason_code == "empty"


def test_a_reason_instead_of_a_figure_is_a_status(finance: Issued) -> None:
    def later(book: Workbook) -> None:
        book[FILL][finance.at("budget_revenue", "level_ytd")] = None
        book[FILL][finance.at("budget_revenue", "level_ytd", role="status")] = "暂缺"

    reading = finance.read(later)
    revenue = figures(reading)[REVENUE]
    assert (revenue.value_number, revenue.obs_status) == (None, "O")
    assert revenue.source_cell == finance.at("budget_revenue", "level_ytd", role="status")
    assert asked(reading) == []


def test_a_preliminary_figure_is_marked(finance: Issued) -> None:
    status = finance.at("budget_revenue", "level_ytd", role="status")
    reading = finance.read(lambda book: book[FILL].__setitem__(status, "初步数"))
    assert (figures(reading)[REVENUE].value_number, figures(reading)[REVENUE].obs_status) == (2, "P")


def test_a_figure_with_a_reason_why_there_is_none_is_asked_about(finance: Issued) -> None:
    status = finance.at("budget_revenue", "level_ytd", role="status")
    reading = finance.read(lambda book: book[FILL].__setitem__(status, "无此数"))
    assert REVENUE not in figures(reading)
    assert asked(reading) == [("form_value_and_status", FILL, finance.at("budget_revenue", "level_ytd"))]


def test_a_status_of_the_clerk_s_own_is_asked_about(finance: Issued) -> None:
    status = finance.at("budget_revenue", "level_ytd", role="status")
    reading = finance.read(lambda book: book[FILL].__setitem__(status, "大概"))
    assert REVENUE not in figures(reading)
    assert asked(reading) == [("form_status_unknown", FILL, status)]


def test_a_remark_is_kept_with_the_figure(finance: Issued) -> None:
    note = finance.at("budget_revenue", "level_ytd", role="note")
    reading = finance.read(lambda book: book[FILL].__setitem__(note, "含一次性收入"))
    assert figures(reading)[REVENUE].note == "含一次性收入"


def test_who_filled_it_in_is_no_figure_and_no_question(finance: Issued) -> None:
    reading = finance.read(lambda book: book[FILL].__setitem__("C4", "张三"))
    assert asked(reading) == []


def row_of(form: Issued, indicator: str, measure: str) -> int:
    return int("".join(c for c in form.at(indicator, measure) if c.isdigit()))


def test_a_changed_label_is_asked_about_and_its_figure_not_taken(finance: Issued) -> None:
    row = row_of(finance, "livelihood_spending", "level_ytd")
    reading = finance.read(lambda book: book[FILL].__setitem__(f"B{row}", "财政教育支出"))
    assert ("410503", "livelihood_spending", "level_ytd") not in figures(reading)
    assert asked(reading) == [("form_label_changed", FILL, f"B{row}")]
    assert reading.findings[0].expected == "财政民生支出"
    held = [cell for cell in reading.cells if cell.source_cell == finance.at("livelihood_spending", "level_ytd")]
    assert [cell.disposition for cell in held] == ["finding"]


def test_an_inserted_row_shifts_no_figure(finance: Issued) -> None:
    row = row_of(finance, "livelihood_spending", "level_ytd")
    before = figures(finance.read())
    after = finance.read(lambda book: book[FILL].insert_rows(row))
    assert {key: cell.value_number for key, cell in figures(after).items()} == {
        key: cell.value_number for key, cell in before.items()
    }
    assert figures(after)["410503", "livelihood_spending", "level_ytd"].source_cell == f"I{row + 1}"


def test_a_deleted_row_is_asked_for(finance: Issued) -> None:
    row = row_of(finance, "livelihood_spending", "level_ytd")
    reading = finance.read(lambda book: book[FILL].delete_rows(row))
    assert len(figures(reading)) == 7
    ((rule, sheet, _),) = asked(reading)
    assert (rule, sheet) == ("form_row_missing", FILL)
    assert "财政民生支出" in (reading.findings[0].expected or "")


def swap(book: Workbook, sheet: str, one: int, other: int, first: int, last: int) -> None:
    for column in range(first, last + 1):
        a, b = book[sheet].cell(one, column), book[sheet].cell(other, column)
        a.value, b.value = b.value, a.value


def test_rows_sorted_whole_are_read_by_their_labels_and_told(finance: Issued) -> None:
    one, other = row_of(finance, "budget_revenue", "level_ytd"), row_of(finance, "livelihood_spending", "level_ytd")
    before = {key: cell.value_number for key, cell in figures(finance.read()).items()}
    reading = finance.read(lambda book: swap(book, FILL, one, other, 1, 11))
    assert {key: cell.value_number for key, cell in figures(reading).items()} == before
    assert [rule for rule, *_ in asked(reading)] == ["form_rows_moved"]


def test_names_sorted_away_from_their_numbers_are_asked_about(finance: Issued) -> None:
    one, other = row_of(finance, "budget_revenue", "level_ytd"), row_of(finance, "livelihood_spending", "level_ytd")
    reading = finance.read(lambda book: swap(book, FILL, one, other, 2, 5))
    assert not {REVENUE, ("410503", "livelihood_spending", "level_ytd")} & set(figures(reading))
    assert {rule for rule, *_ in asked(reading)} == {"form_label_changed"}


def test_figures_sorted_with_the_locked_ones_are_asked_about(finance: Issued) -> None:
    """Labels stand, last accepted figures and new ones moved: the locked figure shows it."""
    one, other = row_of(finance, "budget_revenue", "level_ytd"), row_of(finance, "livelihood_spending", "level_ytd")
    reading = finance.read(lambda book: swap(book, FILL, one, other, 7, 9))
    assert REVENUE not in figures(reading)
    assert ("form_locked_changed", FILL, f"G{one}") in asked(reading)


def test_a_figure_in_a_locked_place_is_asked_about(finance: Issued) -> None:
    last = finance.at("budget_revenue", "level_ytd", role="last")
    reading = finance.read(lambda book: book[FILL].__setitem__(last, 7.77))
    assert asked(reading) == [("form_locked_changed", FILL, last)]
    assert reading.findings[0].expected == "7.31"
    assert REVENUE not in figures(reading)


def test_a_row_copied_below_another_is_asked_about(finance: Issued) -> None:
    row = row_of(finance, "budget_revenue", "level_ytd")

    def double(book: Workbook) -> None:
        book[FILL].insert_rows(row + 1)
        for column in range(1, 12):
            book[FILL].cell(row + 1, column).value = book[FILL].cell(row, column).value

    reading = finance.read(double)
    assert REVENUE not in figures(reading)
    assert ("form_row_twice", FILL, f"A{row + 1}") in asked(reading)
    assert {f.severity for f in reading.findings if f.rule == "form_row_twice"} == {"critical"}


def test_an_inserted_column_shifts_no_figure(finance: Issued) -> None:
    reading = finance.read(lambda book: book[FILL].insert_cols(7))
    assert figures(reading)[REVENUE].value_number == 2
    assert figures(reading)[REVENUE].source_cell == "J7".replace(
        "7", str(row_of(finance, "budget_revenue", "level_ytd"))
    )


def test_a_deleted_column_of_figures_is_asked_for(survey: Issued) -> None:
    column = openpyxl.utils.cell.coordinate_from_string(survey.at("resident_income", "level_ytd", "410502"))[0]
    number = openpyxl.utils.column_index_from_string(column)
    reading = survey.read(lambda book: book[REGIONS].delete_cols(number))
    found = figures(reading)
    assert ("410502", "resident_income", "level_ytd") not in found
    assert ("410502", "resident_income", "growth_ytd") in found
    assert "form_column_missing" in {rule for rule, *_ in asked(reading)}


def test_a_changed_header_is_asked_about(finance: Issued) -> None:
    (block, *_) = finance.form.blocks
    reading = finance.read(lambda book: book[FILL].__setitem__(f"I{block.header_row + 1}", "去年同期"))
    assert ("form_label_changed", FILL, f"I{block.header_row + 1}") in asked(reading)
    assert REVENUE not in figures(reading)


def test_a_title_of_another_month_contradicts_the_form(finance: Issued) -> None:
    def retitle(book: Workbook) -> None:
        for block in finance.form.blocks:
            book[FILL].cell(block.title_row + 1, 1).value = block.title.replace("1-6月", "1-7月")

    refusal = finance.read(retitle).refusal
    assert refusal is not None
    assert (refusal.reason_code, refusal.sheet) == ("period_contradiction", FILL)
    assert refusal.cell == f"A{finance.form.blocks[0].title_row + 1}"


def test_a_copied_sheet_is_asked_about(finance: Issued) -> None:
    reading = finance.read(lambda book: book.copy_worksheet(book[FILL]))
    assert not [cell for cell in reading.cells if cell.disposition == "observation"]
    assert {rule for rule, *_ in asked(reading)} >= {"form_table_twice"}


def test_a_renamed_sheet_is_read_all_the_same(finance: Issued) -> None:
    reading = finance.read(lambda book: setattr(book[FILL], "title", "财政局6月"))
    assert figures(reading)[REVENUE].source_sheet == "财政局6月"


def test_a_sheet_of_the_clerk_s_own_is_told(finance: Issued) -> None:
    reading = finance.read(lambda book: book.create_sheet("草稿").append(["测算", 5]))
    assert len(figures(reading)) == 8
    assert ("unknown_sheet", "草稿", "A1") in asked(reading)


def test_a_form_before_its_month_is_over_waits(finance: Issued) -> None:
    refusal = finance.read(today=date(2023, 6, 20)).refusal
    assert refusal is not None
    assert refusal.reason_code == "period_in_future"


def test_a_form_of_another_pack_is_refused(finance: Issued) -> None:
    path = finance.sent_back()
    refusal = interpret_file(path, path.name, load_pack("shaoyang"), TODAY).refusal
    assert refusal is not None
    assert refusal.reason_code == "form_unusable"
    assert "beiguan" in refusal.found


def test_a_form_of_an_old_version_is_refused(finance: Issued) -> None:
    refusal = finance.read(lambda book: book["_jindu"].__setitem__("A2", "0")).refusal
    assert refusal is not None
    assert (refusal.reason_code, refusal.expected) == ("form_unusable", f"第 {VERSION} 版")


@pytest.mark.parametrize("cell", ["A6", "A7"])
def test_a_mark_that_was_tampered_with_is_refused(finance: Issued, cell: str) -> None:
    def tamper(book: Workbook) -> None:
        said = book["_jindu"][cell].value
        book["_jindu"][cell] = said.replace("a", "b", 1)

    refusal = finance.read(tamper).refusal
    assert refusal is not None
    assert refusal.reason_code == "form_unusable"


def test_sheets_of_two_months_in_one_workbook_are_refused(finance: Issued, tmp_path: Path) -> None:
    may = openpyxl.load_workbook(issue(tmp_path, "rsj").path)

    def put_in(book: Workbook) -> None:
        sheet = book.create_sheet("5月")
        for row in may[FILL].iter_rows():
            for cell in row:
                sheet[cell.coordinate] = cell.value

    refusal = finance.read(put_in).refusal
    assert refusal is not None
    assert (refusal.reason_code, refusal.sheet) == ("period_contradiction", "5月")


def values_only(source: Path, target: Path) -> Path:
    """The visible sheets pasted as values into a new workbook."""
    copy = Workbook()
    for sheet in openpyxl.load_workbook(source, data_only=True):
        if sheet.sheet_state == "visible":
            for row in copy.create_sheet(sheet.title), *sheet.iter_rows():
                if isinstance(row, tuple):
                    for cell in row:
                        copy[sheet.title][cell.coordinate] = cell.value
    copy.save(target)
    return target


def refused(path: Path, form: Issued) -> FileReading:
    return interpret_file(path, path.name, form.pack, TODAY)


def test_values_pasted_into_a_new_workbook_are_told_to_use_the_form(finance: Issued, tmp_path: Path) -> None:
    refusal = refused(values_only(finance.sent_back(), tmp_path / "copy.xlsx"), finance).refusal
    assert refusal is not None
    assert (refusal.reason_code, refusal.sheet, refusal.cell) == ("form_unusable", FILL, "A3")
    assert "原件" in refusal.advice


def test_a_form_saved_as_csv_is_told_to_use_the_form(finance: Issued, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = openpyxl.load_workbook(finance.sent_back())[FILL].iter_rows(values_only=True)
        csv.writer(file).writerows([["" if v is None else v for v in row] for row in rows])
    refusal = refused(path, finance).refusal
    assert refusal is not None
    assert refusal.reason_code == "form_unusable"
    assert "CSV" in refusal.reason


def test_a_form_saved_as_xls_is_read(finance: Issued, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(finance.sent_back())
    old = xlwt.Workbook()
    for sheet in book:
        target = old.add_sheet(sheet.title)
        target.visibility = 0 if sheet.sheet_state == "visible" else 2
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type != "f":
                    target.write(cell.row - 1, cell.column - 1, cell.value)
    old.save(str(tmp_path / "form.xls"))
    assert len(figures(refused(tmp_path / "form.xls", finance))) == 8


def test_a_form_saved_as_ods_is_read(finance: Issued, tmp_path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for sheet in openpyxl.load_workbook(finance.sent_back()):
        table = Table(name=sheet.title)
        for row in sheet.iter_rows(values_only=True):
            line = TableRow()
            for value in row:
                is_number = isinstance(value, int | float)
                cell = TableCell(valuetype="float", value=value) if is_number else TableCell(valuetype="string")
                for part in "" if value is None or is_number else str(value).split("\n"):
                    cell.addElement(P(text=part))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "form.ods"))
    found = figures(refused(tmp_path / "form.ods", finance))
    assert len(found) == 8


def test_the_same_form_again_with_a_correction_reads_the_correction(finance: Issued) -> None:
    at = finance.at("budget_revenue", "level_ytd")
    assert figures(finance.read())[REVENUE].value_number == 2
    assert figures(finance.read(lambda book: book[FILL].__setitem__(at, 9.9)))[REVENUE].value_number == 9.9


def test_an_indicator_that_the_pack_no_longer_declares_is_a_question(finance: Issued) -> None:
    pack = replace(
        finance.pack, indicators=[i for i in finance.pack.indicators if i.indicator_code != "budget_revenue"]
    )
    path = finance.sent_back()
    reading = interpret_file(path, path.name, pack, TODAY)
    assert "undeclared_measure" in {rule for rule, *_ in asked(reading)}
    assert len(figures(reading)) == 6


@pytest.mark.parametrize("rule", sorted(QUESTIONS))
def test_the_docs_name_every_question_with_its_severity(repo: Path, rule: str) -> None:
    page = (repo / "docs" / "source-specs.md").read_text(encoding="utf-8")
    line = next((line for line in page.splitlines() if f"`{rule}`" in line and line.startswith("|")), "")
    assert ("critical" if rule in CRITICAL else "info" if rule in INFO else "warning") in line


def test_the_form_s_word_on_simulated_last_figures_does_not_mark_what_a_clerk_enters(finance: Issued) -> None:
    assert not finance.read().is_simulated
    marked = finance.read(lambda book: book[FILL].__setitem__("M1", "模拟数据，非统计数据"))
    assert marked.is_simulated
    assert all(cell.is_simulated for cell in figures(marked).values())
