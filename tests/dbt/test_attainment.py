"""Attainment: each case of `cases_attainment.py` and `cases_algebra.py` against the rows of mart_target_attainment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dbt import cases_algebra, cases_attainment
from tests.dbt.cases_attainment import Case

VERDICTS = [
    pytest.param(case, month, expected, id=f"rule_{case.rule}-{case.promise.name}-{month:02d}")
    for case in [*cases_attainment.CASES, *cases_algebra.CASES]
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


def test_a_held_comparison_is_named_and_not_the_figure_that_is_there(ask: Any) -> None:
    name = "growth_held_at_the_gate"
    assert f"。9月gdp_{name}数据未通过质量检查，待核实，最近一期1-6月6.5%" in reason(ask, name, 9)
    assert f"The figure of gdp_{name} for Sep failed a check" in reason(ask, name, 9, "status_reason_en")


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


@pytest.mark.parametrize(
    ("name", "month", "said", "said_en"),
    [
        (
            "income_in_step", 6,
            "1-6月6.0%（实际增速），同期gdp_income_in_step6.4%，低0.4个百分点（容许低0.5个百分点），进度正常。",
            "Jan-Jun: 6.0% (real), against 6.4% of gdp_income_in_step, 0.4 percentage points below "
            "(0.5 percentage points below is allowed); on track.",
        ),
        ("income_nominal_only", 6, "6.6%（名义增速，实际增速未公布）", "(nominal; real growth is not published)"),
        ("income_waits_for_gdp", 9, "9月数据到期未报（统计局：gdp_income_waits_for_gdp），最近一期1-6月6.5%",
         "The figure of Sep is overdue (Statistics Bureau: gdp_income_waits_for_gdp)"),
        ("a_point_above_the_city", 6, "_the_city6.5%，高0.9个百分点（要求高1个百分点以上），进度滞后。",
         "0.9 percentage points above (at least 1 percentage points above is asked for); behind."),
        ("among_the_first_two", 6, "1-6月7.0%，居全市第3位（共4个单位），要求前2位，差1位，进度滞后。",
         "Jan-Jun: 7.0%, rank 3 in 全市 (4 members); rank 2 or better is asked for, short by 1; behind."),
        ("a_place_that_others_may_still_take", 6, "居全市暂列第2位（3/4），要求前2位，位次符合要求，进度正常。",
         "(provisional, 3 of 4 reported)"),
        ("a_place_that_others_may_still_take", 12, "12月数据到期未报（龙安区），最近一期1-12月7.0%。",
         "overdue (龙安区)"),
        ("the_first_event_loses_the_year", 6, "1-5月1起，最早见于5月数据，本年最高1起，未完成。",
         "Jan-May: 1 case, first seen in the figure of May, at most 1; missed."),
        ("no_event_is_attained_only_with_december", 12, "0起，本年各期报告均为零，已完成。", "zero in every report"),
        ("projects_started", 6, "（按已开工的不少于14家判断）。6月末9家，低于目标5家，进度正常。",
         "(judged as at least 14 started)"),
        ("a_sum_of_two_bureaus", 7, "7月数据到期未报（统计局：part_two），最近一期1-6月20人。",
         "(Statistics Bureau: part_two)"),
        ("a_stock_is_behind_its_path_only", 6, "低于目标5家，进度滞后。按年初给定的进度要求，6月末应达到36家。",
         "The path set for it asks for 36 at end of Jun."),
        ("without_a_base_upwards_means_nothing", 6, "本目标不评价：判断所需的目标值、区间或基数没有给出；6月末3.0%。",
         "the value, band or base that the rule needs is not given"),
    ],
)  # fmt: skip
def test_each_kind_of_target_says_what_decides(ask: Any, name: str, month: int, said: str, said_en: str) -> None:
    assert said in reason(ask, name, month)
    assert said_en in reason(ask, name, month, "status_reason_en")


def test_what_is_missing_for_a_pace_is_said(ask: Any) -> None:
    assert reason(ask, "a_real_growth_has_no_weights", 6, "required_pace_note").startswith("没有同口径的总量")
    assert "上年同期占上年全年的60.0%" in reason(
        ask, "a_growth_needs_the_weights_of_last_year", 6, "required_pace_note"
    )
    name = "a_season_is_learnt_from_earlier_years"
    assert reason(ask, name, 6, "seasonal_note") == "按2021—2022年（2年）同期占全年比重的平均"
    assert reason(ask, name, 9, "seasonal_note") == "往年没有同期和全年的数据，得不出季节进度"
    assert reason(ask, name, 6, "required_pace_note_en").startswith(
        "this is needed on average in each of the 6 months left: 66.67"
    )


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


def test_a_line_of_the_brief_on_a_held_figure_says_so(ask: Any) -> None:
    rows = ask(
        "select month(reference_month) as month, status_text, rests_on_held from marts.mart_monthly_brief "
        "where target_id = 'T_a_verdict_on_a_last_accepted_figure_says_so' order by reference_month"
    )
    said = {row["month"]: (row["rests_on_held"], row["status_text"].endswith("（含待核数据）")) for row in rows}
    assert (said[5], said[6], said[7]) == ((False, False), (True, True), (True, True))
