"""Observations: which vintage is current, how two cells become one, units, reports and findings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


def current(ask: Any, indicator: str) -> dict[str, Any]:
    rows = ask("select * from marts.fct_observation where indicator_code = ?", indicator)
    assert len(rows) == 1
    return dict(rows[0])


@pytest.mark.parametrize(
    ("indicator", "value", "file"),
    [
        pytest.param("newest", 6.4, "august.xlsx", id="rule_5-the_newest_accepted_vintage_is_current"),
        pytest.param("better", 6.0, "city.xlsx", id="rule_5-a_better_source_goes_before_a_newer_one"),
        pytest.param("real", 6.0, "july.xlsx", id="rule_6-a_simulated_figure_never_replaces_a_real_one"),
        pytest.param("blank_later", 6.0, "july.xlsx", id="rule_5-a_later_blank_withdraws_nothing"),
        pytest.param("published_late", 6.0, "july.xlsx", id="rule_11-published_at_is_the_vintage_when_given"),
        pytest.param("same_print", 94.8621, "july.xlsx", id="rule_5-equal_prints_leave_the_more_precise"),
        pytest.param("blank_beside", 94.86, "july.xlsx", id="rule_5-a_blank_beside_a_value_is_ignored"),
        pytest.param("two_values", 93.9, "july.xlsx", id="rule_5-of_two_values_the_lower_precedence_wins"),
        pytest.param("corrected", 94.86, "main.xlsx", id="a_correction_of_the_pack_replaces_the_printed_value"),
    ],
)
def test_the_current_value(ask: Any, indicator: str, value: float, file: str) -> None:
    row = current(ask, indicator)
    assert (row["value"], row["source_file"], row["is_held"]) == (pytest.approx(value), file, False)


def test_rule_7_a_held_value_leaves_the_last_accepted_one_marked(ask: Any) -> None:
    row = current(ask, "held_newer")
    assert (row["value"], row["is_held"], row["obs_status"], row["source_file"]) == (6.0, True, "A", "july.xlsx")


def test_rule_7_a_held_value_without_an_earlier_one_is_null_with_status_v(ask: Any) -> None:
    row = current(ask, "held_only")
    assert (row["value"], row["is_held"], row["obs_status"], row["decimals"]) == (None, True, "V", None)
    assert row["source_cell"]


def test_a_unit_shifts_the_value_and_its_decimals_and_keeps_the_print(ask: Any) -> None:
    row = current(ask, "same_print")
    assert (row["unit_code"], row["decimals"], row["value_printed"]) == ("yi_yuan", 4, "948621.0")


def test_a_unit_that_cannot_be_is_a_finding_and_no_value(ask: Any) -> None:
    rules = {
        row["indicator_code"]: row["rule"]
        for row in ask("select indicator_code, rule from marts.mart_quality_finding where rule like 'unit_%'")
    }
    assert rules == {"no_unit": "unit_missing", "wrong_unit": "unit_impossible"}
    assert not ask("select 1 from marts.fct_observation where indicator_code in ('no_unit', 'wrong_unit')")


def test_an_entry_whose_source_has_been_fixed_is_critical_and_leaves_the_new_cell_as_printed(ask: Any) -> None:
    row = current(ask, "fixed_since")
    assert (row["value"], row["source_file"]) == (94.86, "august.xlsx")
    found = ask(
        "select rule, severity, source_file, observed, expected, question from marts.mart_quality_finding "
        "where indicator_code = 'fixed_since' order by rule"
    )
    assert [(f["rule"], f["severity"], f["source_file"]) for f in found] == [
        ("correction_applied", "info", "july.xlsx"), ("correction_obsolete", "critical", "august.xlsx"),
    ]  # fmt: skip
    assert (found[1]["observed"], found[1]["expected"]) == ("94.86亿元", "万元")
    assert "条目 C3" in found[1]["question"]
    assert "请删除该条目" in found[1]["question"]


def test_two_cells_that_differ_are_a_finding_that_names_both(ask: Any) -> None:
    (row,) = ask("select * from marts.mart_quality_finding where rule = 'cells_contradict'")
    assert row["indicator_code"] == "two_values"
    assert row["observed"] == "94.86"
    assert row["expected"].startswith("939000.0（表1!")


def test_every_vintage_stays_with_the_gates_word(ask: Any) -> None:
    rows = ask(
        "select value, is_accepted, held_reason from marts.fct_observation_vintage where indicator_code = 'held_newer' "
        "order by vintage_at"
    )
    assert [(row["value"], row["is_accepted"], row["held_reason"]) for row in rows] == [
        (6.0, True, None), (64.0, False, "增速异常"),
    ]  # fmt: skip


def test_a_revision_is_another_value_and_a_coarser_reprint_is_none(ask: Any) -> None:
    rows = ask(
        "select indicator_code, old_value, new_value, difference, kind, new_submission_id from marts.mart_revision "
        "where indicator_code in ('newest', 'reprinted', 'real', 'held_newer', 'better')"
    )
    assert rows == [
        {"indicator_code": "newest", "old_value": 6.0, "new_value": 6.4, "difference": 0.4, "kind": "routine",
         "new_submission_id": "august"}
    ]  # fmt: skip


def test_the_same_report_sent_again_corrects_and_a_later_report_revises(ask: Any) -> None:
    rows = ask(
        "select month(reference_month) as month, new_value, kind from marts.mart_revision "
        "where indicator_code = 'resent' order by reference_month"
    )
    assert rows == [
        {"month": 6, "new_value": 6.3, "kind": "routine"}, {"month": 9, "new_value": 7.2, "kind": "correction"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "status", "days_late", "revisions"),
    [(5, "not_expected", None, 0), (6, "on_time", 0, 0), (7, "late", 3, 0), (8, "unreadable", 182, 0),
     (9, "on_time", 0, 1), (10, "missing", 121, 0)],
)  # fmt: skip
def test_a_report_is_on_time_late_unreadable_missing_or_not_expected(
    ask: Any, month: int, status: str, days_late: int | None, revisions: int
) -> None:
    (row,) = ask(
        "select * from marts.mart_reporting_status where stem = 'czj__yusuan' and reference_month = ?",
        date(2023, month, 1),
    )
    assert (row["status"], row["days_late"], row["revision_count"]) == (status, days_late, revisions)


def test_a_report_whose_day_has_not_passed_is_not_due(ask: Any) -> None:
    (row,) = ask(
        "select * from marts.mart_reporting_status where stem = 'czj__yusuan' and reference_month = date '2024-02-01'"
    )
    assert (row["due_date"], row["status"]) == (date(2024, 3, 10), "not_due")


def test_findings_come_with_a_question_and_a_waiver_shows_who_lifted_the_hold(ask: Any) -> None:
    rows = {row["rule"]: row for row in ask("select * from marts.mart_quality_finding where rule <> 'jump'")}
    assert {"stray_cell", "unreadable", "plan_conflict", "rank_set_assumed", "correction_unmatched"} <= set(rows)
    assert rows["stray_cell"]["question"].startswith("请统计局核实《july.xlsx》“表1”表Z9格")
    assert rows["plan_conflict"]["question"] == "请确认哪个数？"
    held = ask(
        "select status, waived_by from marts.mart_quality_finding where rule = 'jump' and indicator_code = 'held_newer'"
    )
    assert held == [{"status": "waived", "waived_by": "某人"}]


def test_a_finding_recovers_when_a_later_file_puts_it_right(ask: Any) -> None:
    rows = ask(
        "select indicator_code, status, recovered_at, first_seen_at, last_seen_at, question from "
        "marts.mart_quality_finding where indicator_code in ('came_right', 'stays_wrong') order by indicator_code"
    )
    right, wrong = rows
    assert (right["status"], right["recovered_at"].date()) == ("recovered", date(2023, 6, 20))
    assert right["last_seen_at"] == right["recovered_at"]
    assert (wrong["status"], wrong["recovered_at"]) == ("open", None)
    assert wrong["question"].endswith("请于2023年6月15日前答复。")


def test_a_refused_file_recovers_when_it_comes_again(ask: Any) -> None:
    (row,) = ask("select * from marts.mart_quality_finding where rule = 'encrypted'")
    assert (row["status"], row["recovered_at"].date()) == ("recovered", date(2023, 6, 13))


def test_a_sheet_full_of_slips_is_one_incident(ask: Any) -> None:
    rows = ask("select * from marts.mart_quality_finding where indicator_code = 'slipped' and rule = 'jump'")
    assert len(rows) == 12
    assert len({row["incident_id"] for row in rows}) == 1
    few = ask("select * from marts.mart_quality_finding where indicator_code in ('came_right', 'stays_wrong')")
    assert len({row["incident_id"] for row in few}) == 2


def test_a_bureau_is_scored_by_what_was_due(ask: Any) -> None:
    rows = {row["reference_month"].month: row for row in ask(
        "select * from marts.mart_bureau_score where bureau_code = 'czj' and year(reference_month) = 2023"
    )}  # fmt: skip
    assert (rows[6]["timeliness_pct"], rows[7]["timeliness_pct"], rows[10]["timeliness_pct"]) == (100, 0, 0)
    assert (rows[6]["reports_due"], rows[6]["reports_on_time"]) == (1, 1)
    assert 5 not in rows, "nothing was due"
    for row in rows.values():
        parts = [(row["timeliness_pct"], 40), (row["completeness_pct"], 30), (row["quality_pct"], 20),
                 (row["answered_pct"], 10)]  # fmt: skip
        weighed = [(part, weight) for part, weight in parts if part is not None]
        mean = sum(part * weight for part, weight in weighed) / sum(weight for _, weight in weighed)
        assert row["score"] == pytest.approx(mean)
