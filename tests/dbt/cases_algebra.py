"""The table of the target algebra: promises that lean on more than their own figure, worked out by hand.

Belongs here: linked, relative, ranks, events, project sets, sums, paths, pace. Not here: bounds of one figure
(``cases_attainment.py``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dbt.cases_attainment import FLOW, GROWTH, STOCK, Case, _case
from tests.dbt.world import CITY, DISTRICT, Series

WF, YD, LA = "410502", "410505", "410506"
EVENTS: dict[str, Any] = {"measure": "level_ytd", "unit_code": "case", "decimals": 0, "direction": "lower"}
QUARTERS: dict[str, Any] = {"frequency": "quarterly", "first_month": 3}
REAL = "constant_price"


def at(month: int, year: int = 2023) -> date:
    """The first day of a month."""
    return date(year, month, 1)


def _gdp(name: str, actuals: dict[int, Any]) -> Series:
    declared = QUARTERS | {"growth_basis": REAL}
    return Series(f"gdp_{name}", {at(m): v for m, v in actuals.items()}, growth_basis=REAL, declared=declared)


def _income(name: str, real: dict[int, float], gdp: dict[int, Any], nominal: dict[int, Any]) -> dict[str, Any]:
    return GROWTH | QUARTERS | {
        "declared": {"growth_basis": "nominal"},
        "target": {"compare_indicator_code": f"gdp_{name}", "compare_measure": "growth_ytd"},
        "actuals": {month: {"value": value, "growth_basis": "nominal"} for month, value in nominal.items()},
        "series": [
            _gdp(name, gdp),
            Series(f"i_{name}", {at(m): v for m, v in real.items()}, growth_basis=REAL, declared=None),
        ],
    }  # fmt: skip


def _against(name: str, others: dict[int, float], **target: Any) -> dict[str, Any]:
    other = Series(f"other_{name}", {at(m): v for m, v in others.items()}, region=CITY)
    compared = {"compare_indicator_code": other.indicator, "compare_measure": "growth_ytd", "compare_region_code": CITY}
    return GROWTH | {"series": [other], "target": compared | target}


def _ranked(name: str, others: dict[int, dict[str, float]], **target: Any) -> dict[str, Any]:
    figures = [
        Series(f"i_{name}", {at(month): value}, region=region, declared=None)
        for month, values in others.items()
        for region, value in values.items()
    ]
    members = [DISTRICT, WF, YD, LA]
    target = {"rank_set_code": name, "unit_code": None} | target
    return GROWTH | {"declared": {"is_ranked": True}, "series": figures, "members": members, "target": target}


def _levels(name: str, levels: dict[date, float]) -> Series:
    return Series(f"i_{name}", levels, measure="level_ytd", unit_code="yi_yuan", declared={})


CASES: list[Case] = [
    # Rule 17: linked to the actual growth of the same period, with a tolerance of 0.5 points
    _case("17", "income_in_step", "linked", {
        3: {"status": "on_track", "judged_value": 6.9, "compare_value": 6.5, "limit_value": 6.0, "gap": 0.4},
        6: {"status": "on_track", "judged_value": 6.0, "compare_value": 6.4, "limit_value": 5.9, "gap": 0.0},
        12: {"status": "missed", "judged_value": 5.8, "compare_value": 6.4, "gap": -0.1, "gap_unit": "pp"},
    }, **_income("income_in_step", {3: 6.9, 6: 6.0, 9: 6.0, 12: 5.8}, {3: 6.5, 6: 6.4, 9: 6.4, 12: 6.4},
                 {3: 7.9, 6: 7.0, 9: 7.0, 12: 6.8})),
    _case("17", "income_nominal_only", "linked", {
        6: {"status": "on_track", "judged_value": 6.6, "gap": 0.2, "actual_growth_basis": "nominal"},
    }, **_income("income_nominal_only", {}, {6: 6.4}, {6: 6.6})),
    _case("17", "income_waits_for_gdp", "linked", {
        8: {"status": "on_track", "actual_reference_month": at(6), "is_carried_forward": True},
        9: {"status": "not_reported", "judged_value": 6.5, "actual_reference_month": at(6)},
    }, **_income("income_waits_for_gdp", {6: 6.5, 9: 6.6}, {6: 6.4}, {})),
    _case("7", "growth_held_at_the_gate", "linked", {
        6: {"status": "on_track"}, 9: {"status": "held", "judged_value": 6.5, "light": None},
    }, **_income("growth_held_at_the_gate", {6: 6.5, 9: 6.6}, {6: 6.4, 9: {"value": 64.0, "held": "增速异常"}}, {})),
    # Rule 17: relative, with a margin and without one
    _case("17", "a_point_above_the_city", "relative", {
        6: {"status": "behind", "gap": -0.1, "compare_value": 6.5, "limit_value": 7.5},
        12: {"status": "attained", "gap": 0.0, "compare_value": 6.0},
    }, **_against("a_point_above_the_city", {6: 6.5, 12: 6.0}, target_value=1), actuals={6: 7.4, 12: 7.0}),
    _case("17", "a_share_rises_only_when_its_growth_is_higher", "relative", {
        6: {"status": "on_track", "gap": 0.1}, 12: {"status": "missed", "gap": 0.0},
    }, **_against("a_share_rises_only_when_its_growth_is_higher", {6: 9.9, 12: 9.9}), actuals={6: 10.0, 12: 9.9}),
    # Rules 23 and 24: a place among members
    _case("24", "among_the_first_two", "rank_le", {
        6: {"status": "behind", "judged_value": 3.0, "gap": -1.0, "gap_unit": "place", "limit_value": 2.0},
        7: {"status": "on_track", "judged_value": 2.0, "gap": 0.0},
        12: {"status": "attained", "judged_value": 1.0, "gap": 1.0},
    }, **_ranked("among_the_first_two", {6: {WF: 9.0, YD: 8.0, LA: 2.0}, 7: {WF: 9.0, YD: 8.0, LA: 2.0},
                                         12: {WF: 5.0, YD: 4.0, LA: 3.0}}, rank_limit=2),
       actuals={6: 7.0, 7: 8.04, 12: 7.0}),
    _case("24", "a_share_of_the_members_is_a_place", "rank_le", {6: {"status": "on_track", "limit_value": 2.0}},
          **_ranked("a_share_of_the_members_is_a_place", {6: {WF: 9.0, YD: 3.0, LA: 2.0}}, rank_limit_share_pct=50),
          actuals={6: 7.0}),
    _case("24", "a_place_that_others_may_still_take", "rank_le", {
        6: {"status": "on_track", "judged_value": 2.0},
        12: {"status": "not_reported", "judged_value": 2.0},
    }, **_ranked("a_place_that_others_may_still_take", {6: {WF: 9.0, YD: 3.0}, 12: {WF: 9.0, YD: 3.0}}, rank_limit=2),
       actuals={6: 7.0, 12: 7.0}),
    _case("24", "a_place_that_no_one_can_take", "rank_le", {12: {"status": "attained", "judged_value": 1.0}},
          **_ranked("a_place_that_no_one_can_take", {12: {WF: 5.0, YD: 3.0}}, rank_limit=2), actuals={12: 7.0}),
    _case("24", "a_ranking_with_too_few_members_is_no_figure", "rank_le", {6: {"status": "not_reported"}},
          **_ranked("a_ranking_with_too_few_members_is_no_figure", {6: {}}, rank_limit=2), actuals={6: 7.0}),
    # Rule 13: events
    _case("13", "the_first_event_loses_the_year", "zero", {
        3: {"status": "on_track", "gap": 0.0, "attainment_pct": None, "lead_pp": None},
        5: {"status": "missed", "gap": -1.0, "light": "red", "judged_value": 1.0},
        6: {"status": "missed", "gap": -1.0},
    }, **EVENTS, target={"target_value": 0}, actuals={3: 0, 4: 0, 5: 1}),
    _case("13", "no_event_is_attained_only_with_december", "zero",
          {11: {"status": "on_track"}, 12: {"status": "attained", "gap": 0.0}},
          **EVENTS, target={"target_value": 0}, actuals={11: 0, 12: 0}),
    _case("13", "an_event_not_reported_is_not_zero", "zero", {6: {"status": "not_reported"}},
          **EVENTS, target={"target_value": 0}, actuals={}),
    _case("13", "cleared_again_is_not_zero_all_year", "zero", {
        6: {"status": "missed", "actual_value": 2.0}, 9: {"status": "missed", "actual_value": 0.0, "judged_value": 2.0},
    }, **(EVENTS | QUARTERS | {"measure": "level_eop"}), target={"target_value": 0}, actuals={3: 0, 6: 2, 9: 0}),
    # Rule 19: project sets; coverage
    _case("19", "projects_started", "project_set", {
        6: {"status": "on_track", "gap": -5.0}, 12: {"status": "missed", "gap": -1.0},
    }, **STOCK, target={"target_value": 14, "milestone": "开工", "milestone_en": "started"}, actuals={6: 9, 12: 13}),
    _case("19", "projects_without_a_milestone", "project_set", {6: {"status": "not_assessable", "gap": None}},
          **STOCK, target={"target_value": 7}, actuals={6: 5}),
    _case("15", "full_coverage_is_a_hundred", "coverage", {
        6: {"status": "behind", "gap": -7.6, "gap_unit": "pp", "attainment_pct": None}, 12: {"status": "attained"},
    }, **(GROWTH | {"measure": "rate_eop"}), target={"unit_code": "percent"}, actuals={6: 92.4, 12: 100.0}),
    # Rule 9: a sum of components
    _case("9", "a_sum_of_two_bureaus", "ge", {
        6: {"status": "attained", "judged_value": 20.0, "gap": 0.0},
        7: {"status": "not_reported", "judged_value": 20.0},
    }, **FLOW, target={"target_value": 20}, components=["part_one", "part_two"], series=[
        Series("part_one", {at(6): 12, at(7): 30}, measure="level_ytd", unit_code="person"),
        Series("part_two", {at(6): 8}, measure="level_ytd", unit_code="person"),
    ]),
    # Rule 15: a path that the pack gives, and a goal beyond the year
    _case("15", "a_stock_is_behind_its_path_only", "ge", {
        3: {"status": "on_track", "path_value": 33.0}, 6: {"status": "behind", "path_value": 36.0, "light": "yellow"},
        12: {"status": "attained"},
    }, **STOCK, target={"target_value": 40, "base_value": 32}, actuals={3: 33, 6: 35, 12: 40},
       path={at(2): 33.0, at(6): 36.0}),
    _case("15", "a_goal_beyond_the_year_follows_its_path", "ge", {
        6: {"status": "on_track", "gap": -20.0}, 12: {"status": "behind", "gap": -18.0, "path_value": 45.0},
    }, **STOCK, target={"target_value": 60, "goal_month": at(12, 2025)}, actuals={6: 40, 12: 42},
       path={at(1): 38.0, at(12): 45.0}),
    _case("16", "without_a_base_upwards_means_nothing", "direction_up", {6: {"status": "not_assessable"}},
          **(GROWTH | {"measure": "rate_eop"}), actuals={6: 3.0}),
    # Pace: learnt from the indicator's own earlier years, never from a simulated year where a real one is known
    _case("15", "a_season_is_learnt_from_earlier_years", "ge", {
        6: {"attainment_pct": 60.0, "lead_pp": 10.0, "seasonal_share_pct": 65.0, "seasonal_lead_pp": -5.0,
            "required_pace": 400 / 6, "required_pace_unit": "person_per_month"},
        7: {"status": "not_reported", "seasonal_share_pct": 65.0, "required_pace": 400 / 6},
        9: {"seasonal_share_pct": None, "seasonal_lead_pp": None, "status": "on_track"},
        12: {"status": "attained", "seasonal_share_pct": 100.0, "required_pace": None},
    }, **FLOW, target={"target_value": 1000}, actuals={6: 600, 9: 800, 12: 1000}, series=[
        Series("i_a_season_is_learnt_from_earlier_years", {
            at(6, 2021): 600, at(12, 2021): 1000, at(6, 2022): 700, at(9, 2020): 5, at(12, 2022): 1000,
        }, measure="level_ytd", unit_code="person", declared=None),
    ]),
    _case("15", "a_growth_needs_the_weights_of_last_year", "ge", {
        6: {"required_pace": 13.0, "required_pace_unit": "percent", "seasonal_share_pct": None, "is_simulated": False},
    }, **GROWTH, declared={"growth_basis": "nominal", "is_derivable": True}, target={"target_value": 10},
       actuals={6: {"value": 8.0, "growth_basis": "nominal"}}, series=[
        _levels("a_growth_needs_the_weights_of_last_year", {at(6, 2022): 60.0, at(12, 2022): 100.0}),
    ]),
    _case("15", "a_real_growth_has_no_weights", "ge", {6: {"required_pace": None, "required_pace_unit": None}},
          **GROWTH, declared={"growth_basis": REAL, "is_derivable": False}, target={"target_value": 10},
          actuals={6: {"value": 8.0, "growth_basis": REAL}},
          series=[_levels("a_real_growth_has_no_weights", {at(6, 2022): 60.0, at(12, 2022): 100.0})]),
]  # fmt: skip
