"""The table of attainment cases: a promise, the figures that came, and the verdict worked out by hand.

The name of a case is the sentence it proves. `verdicts` maps the month of the row to the columns that must hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.dbt.world import CITY, Promise

GROWTH: dict[str, Any] = {"measure": "growth_ytd", "unit_code": "percent", "decimals": 1}
FLOW: dict[str, Any] = {"measure": "level_ytd", "unit_code": "person", "decimals": 0}
MONEY: dict[str, Any] = {"measure": "level_ytd", "unit_code": "yi_yuan", "decimals": 2}
STOCK: dict[str, Any] = {"measure": "level_eop", "unit_code": "enterprise", "decimals": 0}
RATE: dict[str, Any] = {"measure": "rate_ytd", "unit_code": "percent", "decimals": 1, "direction": "lower"}


@dataclass(frozen=True)
class Case:
    """A promise and what the rows of some months must say."""

    rule: str
    promise: Promise
    verdicts: dict[int, dict[str, Any]]


def _case(rule: str, name: str, bound: str, verdicts: dict[int, dict[str, Any]], /, **promise: Any) -> Case:
    return Case(rule, Promise(name, bound, **promise), verdicts)


CASES = [
    # Rule 14: printed figures decide
    _case("14", "a_growth_that_prints_the_target_meets_it", "ge",
          {6: {"judged_value": 7.5, "gap": 0.0, "status": "on_track", "light": "green", "gap_unit": "pp",
               "attainment_pct": None, "time_share_pct": None, "lead_pp": None}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: 7.46}),
    _case("14", "a_half_rounds_up_in_spite_of_binary_floats", "ge",
          {6: {"judged_value": 7.5, "gap": 0.0, "status": "on_track"}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: 7.45}),
    _case("14", "a_negative_half_rounds_away_from_zero", "ge",
          {6: {"judged_value": -2.3, "gap": -2.3, "status": "behind"}},
          **GROWTH, target={"target_value": 0}, actuals={6: -2.25}),
    _case("14", "the_decimals_of_the_target_are_kept", "ge",
          {6: {"judged_value": 159.18, "status": "attained", "gap": 0.0}},
          **(MONEY | {"decimals": 1}), target={"target_value": 159.18}, actuals={6: 159.18}),
    _case("14", "the_gap_is_the_difference_of_printed_figures", "ge",
          {6: {"actual_value": 6.349, "judged_value": 6.3, "gap": -1.2, "status": "behind", "light": "yellow"}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: 6.349}),
    # Rules 15 and 16: bounds and signs
    _case("16", "above_is_strict", "gt",
          {6: {"gap": 0.0, "status": "on_track"}, 12: {"gap": 0.0, "status": "missed"}},
          **FLOW, target={"target_value": 20}, actuals={6: 20, 12: 20}),
    _case("16", "a_bare_number_kept_as_eq_counts_from_the_good_side", "eq",
          {6: {"gap": 1.0, "status": "on_track"}}, **GROWTH, target={"target_value": 7.5}, actuals={6: 8.5}),
    _case("15", "a_ceiling_is_favourable_below", "le",
          {6: {"gap": 0.3, "status": "on_track", "attainment_pct": None, "lead_pp": None}},
          **RATE, target={"target_value": 5.5}, actuals={6: 5.2}),
    _case("15", "a_ceiling_is_unfavourable_above", "le",
          {6: {"gap": -0.4, "status": "behind", "light": "yellow"},
           12: {"gap": -0.4, "status": "missed", "light": "red"}},
          **RATE, target={"target_value": 5.5}, actuals={6: 5.9, 12: 5.9}),
    _case("16", "below_is_strict", "lt", {6: {"gap": 0.0, "status": "behind"}},
          **RATE, target={"target_value": 5.5}, actuals={6: 5.5}),
    _case("16", "about_as_a_ceiling_is_met_below", "about", {6: {"gap": 0.0, "status": "on_track"}},
          **RATE, target={"target_value": 3, "band_high": 3.5}, actuals={6: 0.7}),
    _case("16", "about_as_a_ceiling_is_broken_above_the_band", "about", {6: {"gap": -0.2, "status": "behind"}},
          **RATE, target={"target_value": 3, "band_high": 3.5}, actuals={6: 3.7}),
    _case("16", "stable_at_is_a_band_with_two_ends", "stable_at",
          {12: {"gap": -0.15, "status": "missed", "attainment_pct": 108.0}},
          measure="level_ytd", unit_code="wan_ton", decimals=2, frequency="annual",
          target={"target_value": 5, "band_low": 4.75, "band_high": 5.25}, actuals={12: 5.40}),
    _case("16", "stable_at_is_attained_inside_its_band", "stable_at", {12: {"gap": 0.0, "status": "attained"}},
          measure="level_ytd", unit_code="wan_ton", decimals=2, frequency="annual",
          target={"target_value": 5, "band_low": 4.75, "band_high": 5.25}, actuals={12: 4.75}),
    _case("16", "a_range_is_met_at_its_lower_end", "range", {6: {"gap": 0.0, "status": "attained"}},
          measure="level_ytd", unit_code="enterprise", decimals=0,
          target={"target_value": 1, "target_upper": 2}, actuals={6: 1}),
    _case("16", "above_a_range_counts", "range", {6: {"gap": 1.0, "status": "attained"}},
          measure="level_ytd", unit_code="enterprise", decimals=0,
          target={"target_value": 1, "target_upper": 2}, actuals={6: 3}),
    _case("16", "below_a_range_is_behind", "range", {6: {"gap": -1.0, "status": "behind"}},
          measure="level_ytd", unit_code="enterprise", decimals=0,
          target={"target_value": 1, "target_upper": 2}, actuals={6: 0}),
    _case("16", "steady_growth_means_above_zero", "direction_up",
          {6: {"gap": 0.1, "status": "on_track"}, 7: {"gap": 0.0, "status": "behind"}},
          **GROWTH, actuals={6: 0.05, 7: 0.04}),
    _case("4", "nearly_a_hundred_is_not_a_hundred", "ge", {12: {"gap": 0.0, "status": "missed"}},
          **FLOW, target={"target_value": 100}, actuals={12: {"value": 100, "value_qualifier": "<"}}),
    _case("4", "more_than_twenty_is_above_twenty", "gt", {12: {"gap": 0.0, "status": "attained"}},
          **FLOW, target={"target_value": 20}, actuals={12: {"value": 20, "value_qualifier": ">"}}),
    # Rule 15: kinds of measure
    _case("15", "a_budget_of_57_8_percent_at_mid_year_leads_by_7_8_points", "ge",
          {6: {"attainment_pct": 57.8, "time_share_pct": 50.0, "lead_pp": 7.8, "status": "on_track",
               "gap": -4.22, "gap_unit": "yi_yuan"}},
          **MONEY, target={"target_value": 10}, actuals={6: 5.78}),
    _case("15", "attainment_is_never_capped", "ge",
          {6: {"attainment_pct": 130.0, "lead_pp": 80.0, "status": "attained", "light": "green"}},
          **FLOW, target={"target_value": 1000}, actuals={6: 1300}),
    _case("15", "a_stock_has_no_time_share", "ge",
          {6: {"attainment_pct": 90.0, "progress_from_base_pct": 50.0, "time_share_pct": None, "lead_pp": None,
               "status": "on_track", "gap": -4.0}, 12: {"status": "missed", "gap": -1.0}},
          **STOCK, target={"target_value": 40, "base_value": 32}, actuals={6: 36, 12: 39}),
    _case("15", "a_figure_in_another_unit_is_judged_in_the_target_unit", "ge",
          {6: {"actual_value": 5.78, "attainment_pct": 57.8, "unit_code": "yi_yuan"}},
          **MONEY, target={"target_value": 10}, actuals={6: {"value": 57800, "unit_code": "wan_yuan"}}),
    # Rule 12: the row of a month
    _case("12", "a_quarterly_figure_is_carried_forward_between_quarters", "ge",
          {2: {"status": "not_due", "actual_value": None},
           4: {"status": "on_track", "is_carried_forward": True, "actual_reference_month": date(2023, 3, 1),
               "observed_months": 3},
           6: {"is_carried_forward": False, "judged_value": 8.0}},
          **GROWTH, frequency="quarterly", first_month=3, target={"target_value": 7.5}, actuals={3: 7.9, 6: 8.0}),
    _case("12", "a_figure_due_and_absent_is_not_reported_and_the_last_one_is_shown", "ge",
          {6: {"status": "on_track"}, 7: {"status": "not_reported", "judged_value": 8.0, "light": None,
                                            "actual_reference_month": date(2023, 6, 1), "is_carried_forward": False}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: 8.0}),
    _case("12", "a_month_that_does_not_exist_is_not_late", "ge",
          {1: {"status": "not_due"}, 2: {"status": "on_track", "observed_months": 2}},
          **GROWTH, first_month=2, target={"target_value": 7.5}, actuals={2: 9.0}),
    _case("12", "a_figure_on_its_way_leaves_the_last_one_standing", "ge",
          {1: {"status": "on_track", "is_carried_forward": False},
           2: {"status": "on_track", "is_carried_forward": True, "actual_reference_month": date(2024, 1, 1),
               "time_share_pct": 100 / 12, "observed_months": 1}},
          **FLOW, plan_year=2024, target={"target_value": 1000}, actuals={1: 100}),
    _case("12", "nothing_due_yet_is_not_due", "ge", {1: {"status": "not_due"}, 2: {"status": "not_due"}},
          **GROWTH, plan_year=2024, frequency="quarterly", first_month=3, target={"target_value": 7.5}),
    _case("12", "a_lead_belongs_to_the_month_of_the_figure", "ge",
          {5: {"status": "not_reported", "time_share_pct": 25.0, "lead_pp": 5.0}},
          **FLOW, target={"target_value": 1000}, actuals={3: 300}),
    _case("12", "a_withheld_period_is_not_absent", "ge", {7: {"status": "on_track", "is_carried_forward": True}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: 8.0, 7: {"value": None, "obs_status": "L"}}),
    _case("27", "a_lead_that_prints_zero_is_not_called_none", "ge",
          {1: {"lead_pp": 574 / 6880 * 100 - 100 / 12, "status": "on_track"},
           6: {"lead_pp": 3439 / 6880 * 100 - 50, "status": "behind", "light": "blue"}},
          **FLOW, target={"target_value": 6880}, actuals={1: 574, 6: 3439}),
    _case("27", "a_limit_that_the_plan_does_not_print_is_said", "ge", {6: {"gap": -14.7, "status": "behind"}},
          **GROWTH, target={"target_value": 100, "wording": "力争“物业公司”全覆盖。"}, actuals={6: 85.3}),
    # Rule 13: close
    _case("13", "a_flow_is_attained_as_soon_as_it_arrives", "ge",
          {10: {"status": "attained"}, 12: {"status": "attained"}},
          **FLOW, target={"target_value": 8500}, actuals={10: 8500, 11: 8600, 12: 9000}),
    _case("13", "a_flow_short_in_december_is_missed", "ge", {11: {"status": "behind"}, 12: {"status": "missed"}},
          **FLOW, target={"target_value": 8500}, actuals={11: 7000, 12: 8499}),
    _case("13", "without_the_december_figure_nothing_is_missed", "ge", {12: {"status": "not_reported"}},
          **FLOW, target={"target_value": 8500}, actuals={11: 7000}),
    _case("13", "a_growth_is_attained_only_with_december", "ge",
          {11: {"status": "on_track"}, 12: {"status": "attained"}},
          **GROWTH, target={"target_value": 7.5}, actuals={11: 8.0, 12: 7.5}),
    _case("13", "a_growth_short_in_december_is_missed", "ge", {11: {"status": "behind"}, 12: {"status": "missed"}},
          **GROWTH, target={"target_value": 7.5}, actuals={11: 7.0, 12: 7.4}),
    _case("20", "a_stretch_goal_is_behind_and_not_missed", "ge", {12: {"status": "behind", "light": "yellow"}},
          **GROWTH, target={"target_value": 7.5, "commitment": "strive"}, actuals={12: 7.4}),
    # Rule 22: lights
    _case("22", "less_than_ten_points_behind_is_blue", "ge", {6: {"lead_pp": -9.9, "light": "blue"}},
          **FLOW, target={"target_value": 1000}, actuals={6: 401}),
    _case("22", "ten_points_behind_is_yellow", "ge", {6: {"lead_pp": -10.0, "light": "yellow"}},
          **FLOW, target={"target_value": 1000}, actuals={6: 400}),
    _case("22", "thirty_points_behind_is_still_yellow", "ge", {6: {"lead_pp": -30.0, "light": "yellow"}},
          **FLOW, target={"target_value": 1000}, actuals={6: 200}),
    _case("22", "more_than_thirty_points_behind_is_red", "ge", {6: {"lead_pp": -30.1, "light": "red"}},
          **FLOW, target={"target_value": 1000}, actuals={6: 199}),
    # Rules 7 and 18: held, borrowed, not assessable
    _case("7", "a_held_figure_without_an_earlier_one_is_held", "ge",
          {5: {"status": "on_track", "rests_on_held": False},
           6: {"status": "held", "judged_value": 8.0, "light": None, "rests_on_held": True}},
          **GROWTH, target={"target_value": 7.5}, actuals={5: 8.0, 6: {"value": 80.0, "held": "增速异常"}}),
    _case("7", "a_verdict_on_a_last_accepted_figure_says_so", "ge",
          {5: {"status": "on_track", "rests_on_held": False}, 6: {"status": "on_track", "rests_on_held": True},
           7: {"is_carried_forward": True, "rests_on_held": True}},
          **GROWTH, frequency="quarterly", target={"target_value": 7.5, "is_headline": True},
          actuals={5: 8.0, 6: [8.0, {"value": 80.0, "file": "later", "held": "增速异常"}]}),
    _case("18", "a_figure_of_the_city_stands_in_and_says_so", "le", {6: {"status": "on_track", "gap": 0.2}},
          **RATE, target={"target_value": 3, "measured_region_code": CITY},
          actuals={6: {"value": 2.8, "region_code": CITY}}),
    _case("18", "without_a_series_a_target_is_not_assessable", "not_assessable",
          {6: {"status": "not_assessable", "light": None, "gap": None}}, **RATE, frequency="irregular"),
    # Rule 20: versions
    _case("20", "the_version_in_force_at_the_end_of_the_month_is_judged", "ge",
          {6: {"target_version": 1, "is_judged": True, "gap": -4.22},
           7: {"target_version": 2, "is_judged": True, "gap": -3.0}},
          **MONEY, actuals={6: 5.78, 7: 6.0},
          versions=[{"target_version": 1, "target_value": 10, "valid_to": date(2023, 7, 14)},
                    {"target_version": 2, "target_value": 9, "valid_from": date(2023, 7, 15), "relation": "amends"}]),
    # Rule 6: simulated
    _case("6", "a_simulated_figure_marks_the_verdict", "ge", {6: {"status": "on_track", "is_simulated": True}},
          **GROWTH, target={"target_value": 7.5}, actuals={6: {"value": 8.0, "is_simulated": True}}),
    # Rule 27: a line of the brief
    _case("27", "headline_growth", "ge", {6: {"status": "behind"}}, **GROWTH,
          target={"target_value": 10, "is_headline": True},
          actuals={5: 6.5, 6: [{"value": 6.3}, {"value": 6.1, "region_code": CITY}]}),
    _case("27", "headline_jobs", "eq", {6: {"status": "on_track"}}, **FLOW,
          target={"target_value": 8500, "is_headline": True}, actuals={5: 4000, 6: 4900}),
]  # fmt: skip
