"""Every raw expectation refuses the fault it is there for, at the right cell, and nothing that is really published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import CheckResult, declared
from tests.expectations.gap_faults import GAP_FAULTS
from tests.expectations.table_faults import TABLE_FAULTS

gate = pytest.importorskip("expectations.validate")

Mutated = Callable[[str], Path]

JUNE = "reference_month = date '2023-06-01'"
KNOWN_WARNINGS = {"cumulative_does_not_fall"}


def failed(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {result.check: result for result in results if not result.passed}


def cell(address: str, change: str) -> str:
    """SQL that changes one cell of June 2023."""
    return f"update raw.cell set {change} where {JUNE} and source_cell = '{address}'"


def may(address: str) -> str:
    """SQL: what the same cell said a month before."""
    return (
        "(select p.value_number from raw.cell as p where p.reference_month = date '2023-05-01' "
        f"and p.source_cell = '{address}')"
    )


# check → (SQL that breaks it, the cell it must name)
FAULTS: dict[str, tuple[str, str | None]] = {
    "bureau_is_known": ("update raw.submission set bureau_code = 'nobody' where submission_order = 18", "B12"),
    "file_holds_figures": (
        "insert into raw.submission by name select 'ffff' as submission_id, 'ffff' as sha256, * "
        "exclude (submission_id, sha256, submission_order), 99 as submission_order "
        "from raw.submission where submission_order = 1",
        None,
    ),
    "file_is_its_bytes": ("update raw.submission set sha256 = 'other' where submission_order = 18", None),
    "refusal_has_reason": (
        "update raw.submission set outcome = 'quarantined', reason_code = 'unreadable' where submission_order = 18",
        None,
    ),
    "published_before_received": (
        "update raw.submission set published_at = received_at + interval 1 day where submission_order = 18",
        None,
    ),
    "layout_is_known": ("update raw.pack_source set stem = 'tjj__other'", None),
    "every_cell_was_kept": (f"delete from raw.cell where {JUNE} and source_cell = 'B12'", None),
    "report_month_is_over": (
        f"update raw.submission_table set reference_month = date '2024-01-01' where {JUNE}",
        None,
    ),
    "region_is_known": (cell("B12", "region_code = '999999'"), "B12"),
    "region_existed_then": ("update raw.pack_region set valid_to = '2020-12-31' where region_code = '410502'", "B12"),
    "measure_is_promised": (cell("B12", "measure = 'level_month'"), "B12"),
    "plain_cell_has_number": (cell("B12", "value_number = null, value_printed = '?'"), "B12"),
    "unit_is_convertible": (cell("B12", "unit_code = 'person'"), "B12"),
    "growth_names_its_basis": (cell("B22", "growth_basis = null"), "B22"),
    "period_is_resolved": (cell("B12", "period_start = date '2023-07-01'"), "B12"),
    "cumulative_begins_in_january": (cell("B12", "period_start = date '2023-02-01'"), "B12"),
    "month_is_over": (
        cell("B62", "reference_month = date '2024-03-01', period_start = date '2024-03-01'"),
        "B62",
    ),
    "month_has_a_figure": (cell("B12", "reference_month = date '2023-01-01'"), "B12"),
    "quarterly_ends_a_quarter": (cell("B32", "reference_month = date '2023-05-01'"), "B32"),
    "reported_as_often_as_promised": (
        "update raw.pack_indicator_measure set frequency = 'annual' where indicator_code = 'deposits'; "
        "delete from raw.cell where month(reference_month) <> 5 and indicator_code = 'deposits' "
        "and reference_month <> date '2023-06-01'; "
        "update raw.cell set reference_month = date '2023-05-01' where source_cell = 'B62' "
        "and reference_month = date '2023-06-01'",
        "B62",
    ),
    "simulation_mark_agrees": (cell("B12", "is_simulated = true"), "B12"),
    "published_rank_is_a_place": (cell("C42", "value_number = 5"), "C42"),
    "counts_and_stocks_are_not_negative": (cell("B52", "value_number = -3"), "B52"),
    "flows_of_money_are_not_negative": (cell("B14", "value_number = -3"), "B14"),
    "share_is_part_of_a_whole": (cell("B92", "value_number = 104"), "B92"),
    "rate_is_usual": (cell("B82", "value_number = -1"), "B82"),
    "rate_is_possible": (cell("B82", "value_number = 5100"), "B82"),
    "unemployment_rate_within": (cell("B82", "value_number = 51"), "B82"),
    "index_within": (cell("B72", "value_number = 1.7"), "B72"),
    "growth_not_below_minus_hundred": (cell("B42", "value_number = -148"), "B42"),
    "growth_is_sizeable": (cell("B42", "value_number = 1480"), "B42"),
    "completion_is_not_negative": (cell("B122", "value_number = -4"), "B122"),
    "one_file_tells_one_value": (
        f"insert into raw.cell by name select * replace ('Z9' as source_cell, value_number + 1 as value_number) "
        f"from raw.cell where {JUNE} and source_cell = 'B14'",
        "B14",
    ),
    "cumulative_does_not_fall": (
        "delete from raw.cell where reference_month < date '2023-05-01';"
        + cell("B14", f"value_number = {may('B14')} - 0.5"),
        "B14",
    ),
    "magnitude_of_vintage_stays": (
        """insert into raw.submission by name
               select * replace ('eeee' as submission_id, 'eeee' as sha256, 19 as submission_order)
               from raw.submission where submission_order = 18;
           delete from raw.acceptance;
           delete from raw.cell where source_cell <> 'B14' or reference_month <> date '2023-06-01';
           insert into raw.cell by name
               select * replace ('eeee' as submission_id, value_number * 10000 as value_number) from raw.cell""",
        "B14",
    ),
    "magnitude_fits_series": (cell("B14", "value_number = value_number * 10000"), "B14"),
    "percent_is_not_a_fraction": (cell("B24", "value_number = value_number / 100, value_decimals = 3"), "B24"),
    "percent_table_is_not_all_fractions": (
        f"""delete from raw.cell where reference_month <> date '2023-06-01';
            delete from raw.acceptance;
            update raw.cell set value_number = value_number / 1000 where unit_code = 'percent' and {JUNE}""",
        "B22",
    ),
    "figure_is_its_own": (cell("B14", f"value_number = {may('B14')}"), "B14"),
    "sign_fits_series": (cell("B24", "value_number = -value_number"), "B24"),
    "index_is_not_growth": (cell("B43", "value_number = value_number + 100"), "B43"),
    "cumulative_is_not_one_month": (cell("B14", f"value_number = value_number - {may('B14')}"), "B14"),
    "zero_fits_series": (cell("B14", "value_number = 0, value_printed = '0'"), "B14"),
    "growth_agrees_with_levels": (cell("B24", "value_number = value_number + 9"), "B24"),
    "growth_is_near_levels": (cell("B24", "value_number = value_number + 2"), "B24"),
    "change_fits_series": (cell("B64", "value_number = value_number * 1.5"), "B64"),
    "change_is_usual": (cell("B64", "value_number = value_number + 0.65"), "B64"),
    **TABLE_FAULTS,
    **GAP_FAULTS,
}


def test_every_declared_raw_check_has_a_fault() -> None:
    assert sorted(FAULTS) == sorted(check.check for check in declared("raw"))


def test_a_clean_month_passes_with_everything_that_offices_really_publish(golden_raw: Path) -> None:
    assert set(failed(gate.validate(golden_raw, "raw"))) <= KNOWN_WARNINGS


def test_a_first_load_without_any_decision_passes_as_well(mutated_raw: Mutated) -> None:
    assert set(failed(gate.validate(mutated_raw("delete from raw.acceptance"), "raw"))) <= KNOWN_WARNINGS


@pytest.mark.parametrize("check", sorted(FAULTS))
def test_the_fault_is_refused_at_its_cell(check: str, mutated_raw: Mutated) -> None:
    sql, address = FAULTS[check]
    table = next(declaration.table for declaration in declared("raw") if declaration.check == check)
    found = failed(gate.validate(mutated_raw(sql), "raw", [table]))
    assert check in found
    assert found[check].error is None
    assert found[check].unexpected_count >= 1
    if address:
        assert address in {row["source_cell"] for row in found[check].rows}
        assert all(
            {"submission_id", "source_sheet", "observed", "expected", "reason"} <= set(r) for r in found[check].rows
        )


def test_one_slip_holds_one_cell_and_says_how_far_it_is_off(mutated_raw: Mutated) -> None:
    found = failed(gate.validate(mutated_raw(cell("B14", "value_number = value_number * 10000")), "raw"))
    assert [row["source_cell"] for row in found["magnitude_fits_series"].rows] == ["B14"]
    assert "本格为其10000 倍" in found["magnitude_fits_series"].expected
    assert {c for c, result in found.items() if result.severity == "critical"} == {"magnitude_fits_series"}


def test_the_correction_of_a_slip_is_believed_because_its_history_sides_with_it(mutated_raw: Mutated) -> None:
    slip_then_right = """
        insert into raw.submission by name
            select * replace ('eeee' as submission_id, left(sha256, 0) || 'eeee' as sha256, 19 as submission_order)
            from raw.submission where submission_order = 18;
        insert into raw.cell by name
            select * replace ('eeee' as submission_id) from raw.cell
            where reference_month = date '2023-06-01' and source_cell = 'B14';
        update raw.cell set value_number = value_number * 10000
        where reference_month = date '2023-06-01' and source_cell = 'B14' and submission_id <> 'eeee'"""
    found = failed(gate.validate(mutated_raw(slip_then_right), "raw"))
    held = {row["submission_id"] for r in found.values() if r.severity == "critical" for row in r.rows}
    assert held
    assert "eeee" not in held


def test_a_whole_table_of_fractions_is_refused_cell_by_cell(mutated_raw: Mutated) -> None:
    sql = f"update raw.cell set value_number = value_number / 1000 where unit_code = 'percent' and {JUNE}"
    found = failed(gate.validate(mutated_raw(sql), "raw"))
    assert found["percent_is_not_a_fraction"].unexpected_count >= 20


def test_accepted_cells_are_not_judged_again_but_held_and_waived_ones_are(mutated_raw: Mutated) -> None:
    wrong = cell("B92", "value_number = 104")
    word = """insert into raw.acceptance by name
        select submission_id, source_sheet, source_cell, received_at as decided_at, {} from raw.cell
        inner join raw.submission using (submission_id)
        where reference_month = date '2023-06-01' and source_cell = 'B92'"""
    accepted = f"{wrong}; {word.format('received_at as accepted_at')}"
    held = f"{wrong}; {word.format(chr(39) + 'x' + chr(39) + ' as held_rule')}"
    waived = accepted + "; update raw.acceptance set waived_by = '张三' where waived_by is null and source_cell = 'B92'"
    waived += " and submission_id in (select submission_id from raw.cell where reference_month = date '2023-06-01')"
    assert "share_is_part_of_a_whole" not in failed(gate.validate(mutated_raw(accepted), "raw"))
    assert "share_is_part_of_a_whole" in failed(gate.validate(mutated_raw(held), "raw"))
    assert "share_is_part_of_a_whole" in failed(gate.validate(mutated_raw(waived), "raw"))


def test_a_file_of_another_unit_of_money_is_the_same_figure(mutated_raw: Mutated) -> None:
    sql = cell("B14", "unit_code = 'wan_yuan', value_number = value_number * 10000")
    assert set(failed(gate.validate(mutated_raw(sql), "raw"))) <= KNOWN_WARNINGS | {"unit_is_the_usual"}


def test_a_missing_table_is_a_fault_and_never_a_pass(mutated_raw: Mutated) -> None:
    with pytest.raises(Exception, match="pack_unit"):
        gate.validate(mutated_raw("drop table raw.pack_unit"), "raw")


def test_a_slip_is_told_in_the_units_own_words(mutated_raw: Mutated) -> None:
    results = gate.validate(mutated_raw(FAULTS["magnitude_fits_series"][0]), "raw")
    (row,) = failed(results)["magnitude_fits_series"].rows
    assert "约 75.47 亿元（本格为其10000 倍" in row["reason"]
