"""Attainment: each case of `cases_attainment.py` against the rows of mart_target_attainment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dbt.cases_attainment import CASES, Case

VERDICTS = [
    pytest.param(case, month, expected, id=f"rule_{case.rule}-{case.promise.name}-{month:02d}")
    for case in CASES
    for month, expected in case.verdicts.items()
]


def agrees(found: Any, expected: Any) -> bool:
    """Equal, or equal within float noise."""
    return found == (pytest.approx(expected, abs=1e-6) if isinstance(expected, float) else expected)


@pytest.mark.parametrize(("case", "month", "expected"), VERDICTS)
def test_the_verdict_is_the_one_worked_out_by_hand(ask: Any, case: Case, month: int, expected: dict[str, Any]) -> None:
    rows = ask(
        "select * from marts.mart_target_attainment where target_id = ? and reference_month = ? "
        "order by is_judged desc, target_version",
        f"T_{case.promise.name}", date(case.promise.plan_year, month, 1),
    )  # fmt: skip
    assert len(rows) == max(len(case.promise.versions), 1)
    wrong = {name: (rows[0][name], value) for name, value in expected.items() if not agrees(rows[0][name], value)}
    assert not wrong, f"(found, expected): {wrong}"


def reason(ask: Any, name: str, month: int, column: str = "status_reason") -> str:
    rows = ask(
        f"select {column} as said from marts.mart_target_attainment where target_id = ? and reference_month = ?",
        f"T_{name}", date(2023, month, 1),
    )  # fmt: skip
    return str(rows[0]["said"])


def test_a_growth_is_spoken_with_its_period_and_its_gap_in_points(ask: Any) -> None:
    said = reason(ask, "the_gap_is_the_difference_of_printed_figures", 6)
    assert "1-6月6.3%" in said
    assert "低于目标1.2个百分点" in said
    assert said.endswith("进度滞后。")


def test_a_flow_is_spoken_with_share_time_and_lead(ask: Any) -> None:
    said = reason(ask, "a_budget_of_57_8_percent_at_mid_year_leads_by_7_8_points", 6)
    assert "1-6月5.78亿元，完成全年目标的57.8%，时间进度50.0%，超前7.8个百分点，进度正常。" in said


def test_a_borrowed_figure_says_whose_it_is(ask: Any) -> None:
    assert "以安阳市数据代替，不代表本区。" in reason(ask, "a_figure_of_the_city_stands_in_and_says_so", 6)


def test_a_missing_figure_names_month_and_bureau(ask: Any) -> None:
    said = reason(ask, "a_figure_due_and_absent_is_not_reported_and_the_last_one_is_shown", 7)
    assert "7月数据到期未报（统计局），最近一期1-6月8.0%。" in said


def test_a_simulated_figure_is_called_simulated_in_both_languages(ask: Any) -> None:
    name = "a_simulated_figure_marks_the_verdict"
    assert "模拟数据，非统计数据。" in reason(ask, name, 6)
    assert "Simulated, not a statistic." in reason(ask, name, 6, "status_reason_en")


def test_the_same_sentence_stands_in_english(ask: Any) -> None:
    said = reason(ask, "the_gap_is_the_difference_of_printed_figures", 6, "status_reason_en")
    assert said.endswith("Jan-Jun: 6.3%, 1.2 percentage points below the target; behind.")


def test_a_lead_too_small_to_print_is_said_in_words(ask: Any) -> None:
    name = "a_lead_that_prints_zero_is_not_called_none"
    assert "，超前不足0.1个百分点，进度正常。" in reason(ask, name, 1)
    assert "，落后不足0.1个百分点，进度滞后。" in reason(ask, name, 6)
    assert ", less than 0.1 points behind; behind." in reason(ask, name, 6, "status_reason_en")


def test_quotes_nest_and_a_limit_that_the_plan_does_not_print_is_named(ask: Any) -> None:
    name = "a_limit_that_the_plan_does_not_print_is_said"
    assert "：目标“力争‘物业公司’全覆盖”（按不低于100%判断）。1-6月85.3%" in reason(ask, name, 6)
    assert 'target "力争‘物业公司’全覆盖" (judged as at least 100%). Jan-Jun' in reason(
        ask, name, 6, "status_reason_en"
    )


def test_a_band_is_told_with_its_ends_and_its_side(ask: Any) -> None:
    said = reason(ask, "about_as_a_ceiling_is_met_below", 6)
    assert "0.7%，在目标范围内（“左右”按上限判断，不高于3.5%），进度正常。" in said
    said = reason(ask, "stable_at_is_attained_inside_its_band", 12)
    assert "4.75万吨，在目标范围内（4.75至5.25万吨），已完成。" in said


def test_a_count_in_english_needs_no_classifier(ask: Any) -> None:
    said = reason(ask, "a_range_is_met_at_its_lower_end", 6, "status_reason_en")
    assert ". Jan-Jun: 1, 100.0% of the year's target" in said
    said = reason(ask, "a_stock_has_no_time_share", 12, "status_reason_en")
    assert ". End of Dec: 39, 1 below the target; missed." in said


def test_a_target_that_cannot_be_assessed_says_why(ask: Any) -> None:
    assert "本目标不评价：无区级数据。" in reason(ask, "without_a_series_a_target_is_not_assessable", 6)


def test_every_version_keeps_its_rows_and_one_is_judged(ask: Any) -> None:
    rows = ask(
        "select reference_month, count(*) as versions, sum(case when is_judged then 1 else 0 end) as judged "
        "from marts.mart_target_attainment "
        "where target_id = 'T_the_version_in_force_at_the_end_of_the_month_is_judged' group by all"
    )
    assert len(rows) == 12
    assert {(row["versions"], row["judged"]) for row in rows} == {(2, 1)}


def test_rows_exist_for_complete_months_only(ask: Any) -> None:
    rows = ask("select max(reference_month) as last from marts.mart_target_attainment where plan_year = 2024")
    assert rows[0]["last"] == date(2024, 2, 1)


def test_the_brief_reads_as_an_official_reads_it(ask: Any) -> None:
    rows = ask(
        "select * from marts.mart_monthly_brief where reference_month = date '2023-06-01' "
        "and target_id like 'T_headline%' order by target_id"
    )
    growth, jobs = rows
    assert (growth["target_text"], growth["actual_text"], growth["parent_text"]) == ("10%以上", "1-6月 6.3%", "6.1%")
    assert (growth["gap_text"], growth["change_text"]) == ("-3.7个百分点", "-0.2个百分点")
    assert (growth["pace_text"], growth["rank_text"], growth["lead_bureau_name"]) == ("—", "—", "统计局")
    assert (jobs["target_text"], jobs["actual_text"], jobs["gap_text"]) == ("8500人", "1-6月 4900人", "-3600人")
    assert (jobs["change_text"], jobs["pace_text"]) == ("+900人", "+7.6个百分点")
