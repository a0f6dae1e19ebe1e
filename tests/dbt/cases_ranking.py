"""The table of ranking cases: members and figures, and the ranks worked out by hand (rules 23 to 26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.dbt.world import Race

WF, BG, YD, LA = "410502", "410503", "410505", "410506"


@dataclass(frozen=True)
class RankCase:
    """A race and the columns that a member's row must show, by (region, month)."""

    rule: str
    race: Race
    rows: dict[tuple[str, int], dict[str, Any]]


CASES = [
    RankCase("6", Race("a_move_from_a_simulated_table_is_simulated", {}, months={
        2: {WF: {"value": 1.0, "is_simulated": True}, BG: 2.0}, 3: {WF: 1.0, BG: 2.0}, 4: {WF: 1.0, BG: 2.0}}), {
        (BG, 2): {"is_simulated": True}, (BG, 3): {"is_simulated": True, "previous_rank": 1, "rank_change": 0},
        (BG, 4): {"is_simulated": False, "previous_rank": 1},
    }),
    RankCase("23", Race("ties_are_decided_on_the_printed_precision", {WF: 9.7, BG: 9.66, YD: 8.78, LA: 12.0}), {
        (WF, 6): {"rank": 2, "tied_count": 2, "ranked_value": 9.7, "gap_to_next": 2.3},
        (BG, 6): {"rank": 2, "tied_count": 2, "value": 9.66, "ranked_value": 9.7, "rank_best_possible": 2,
                  "rank_worst_possible": 2},
        (YD, 6): {"rank": 4, "gap_to_next": 0.9, "is_provisional": False, "ranked_count": 4, "member_count": 4},
        (LA, 6): {"rank": 1, "tied_count": 1, "gap_to_next": None, "basis": "growth"},
    }),
    RankCase("23", Race("three_published_tables_rank_raw_values", {WF: 9.7, BG: 9.66}, ranks_raw_value=True), {
        (WF, 6): {"rank": 1}, (BG, 6): {"rank": 2, "ranked_value": 9.66},
    }),
    RankCase("23", Race("low_is_good_ranks_upwards", {WF: 5.0, BG: 4.0}, measure="rate_ytd", direction="lower"), {
        (BG, 6): {"rank": 1, "basis": "rate", "gap_to_next": None}, (WF, 6): {"rank": 2, "gap_to_next": -1.0},
    }),
    RankCase("23", Race("a_level_is_ranked_in_its_own_unit",
                        {WF: 120.0, BG: {"value": 948600, "unit_code": "wan_yuan"}},
                        measure="level_ytd", unit_code="yi_yuan", decimals=2, parent=900.0), {
        (BG, 6): {"rank": 2, "value": 94.86, "gap_to_next": 25.14, "basis": "level", "parent_value": 900.0,
                  "diff_to_parent": None},
    }),
    RankCase("7", Race("a_place_on_a_last_accepted_value_says_so", {
        WF: 5.0, BG: 4.0, YD: [3.0, {"value": 300.0, "file": "later", "held": "增速异常"}]}), {
        (YD, 6): {"rank": 3, "value": 3.0, "is_held": True, "is_table_held": True, "withheld_reason": None},
        (WF, 6): {"rank": 1, "is_held": False, "is_table_held": True},
    }),
    RankCase("7", Race("a_move_to_a_place_on_a_held_value", {}, months={
        5: {WF: 5.0, BG: 4.0}, 6: {WF: 3.0, BG: [4.0, {"value": 400.0, "file": "later", "held": "增速异常"}]}}), {
        (WF, 5): {"is_table_held": False}, (WF, 6): {"rank": 2, "is_table_held": True},
    }),
    RankCase("7", Race("a_member_that_is_held_has_reported", {
        WF: 5.0, BG: 4.0, YD: {"value": 300.0, "held": "增速异常"}}), {
        (YD, 6): {"rank": None, "is_held": True, "withheld_reason": "本期数据待核实"},
        (WF, 6): {"rank": 1, "is_provisional": True, "is_table_held": False},
    }),
    RankCase("24", Race("a_rank_is_provisional_while_members_are_missing", {WF: 3.0, BG: 2.0}, absent=[YD, LA]), {
        (BG, 6): {"rank": 2, "is_provisional": True, "ranked_count": 2, "member_count": 4, "rank_best_possible": 2,
                  "rank_worst_possible": 4},
        (LA, 6): {"rank": None, "withheld_reason": "本期未报", "rank_best_possible": 1, "rank_worst_possible": 4},
    }),
    RankCase("24", Race("below_half_no_rank_is_shown", {BG: 2.0}, absent=[WF, YD, LA]), {
        (BG, 6): {"rank": None, "withheld_reason": "报数不足半数，不予排名", "rank_best_possible": None, "value": 2.0},
    }),
    RankCase("24", Race("a_member_with_an_exception_leaves_the_set", {WF: 3.0, BG: 2.0}, absent=[LA],
                        exceptions=[LA]), {
        (BG, 6): {"rank": 2, "member_count": 2, "is_provisional": False},
    }),
    RankCase("4", Race("a_qualified_value_is_not_ranked",
                       {WF: {"value": 20.0, "value_qualifier": ">"}, BG: 2.0, YD: 1.0}), {
        (WF, 6): {"rank": None, "value": 20.0, "ranked_value": None, "withheld_reason": "数值带约数，不予排名"},
        (BG, 6): {"rank": 1, "is_provisional": True, "rank_worst_possible": 2},
    }),
    RankCase("25", Race("a_rank_moves_within_its_year", {}, months={
        2: {WF: 1.0, BG: 2.0, YD: 3.0}, 3: {WF: 1.0, BG: 4.0, YD: 3.0}, 5: {WF: 9.0, BG: 4.0, YD: 3.0}}), {
        (BG, 2): {"rank": 2, "previous_rank": None, "rank_change": None},
        (BG, 3): {"rank": 1, "previous_rank": 2, "rank_change": 1},
        (BG, 5): {"rank": 2, "previous_rank": 1, "rank_change": -1},
        (WF, 5): {"rank": 1, "rank_change": 2},
    }),
    RankCase("25", Race("a_withheld_month_is_no_previous_period", {}, months={
        2: {WF: 1.0, BG: 2.0, YD: 3.0}, 3: {BG: 4.0}, 5: {WF: 1.0, BG: 4.0, YD: 3.0}}), {
        (BG, 3): {"rank": None, "previous_rank": None},
        (BG, 5): {"rank": 1, "previous_rank": 2, "rank_change": 1},
    }),
    RankCase("24", Race("another_period_end_is_another_table", {}, months={5: {WF: 1.0, BG: 2.0}, 6: {BG: 3.0}}), {
        (BG, 6): {"rank": 1, "ranked_count": 1, "is_provisional": True}, (BG, 5): {"rank": 1, "ranked_count": 2},
    }),
    RankCase("25", Race("the_distance_to_the_city_is_of_printed_rates", {BG: 6.349, WF: 5.0}, parent=6.05), {
        (BG, 6): {"diff_to_parent": 0.2, "parent_value": 6.05},
    }),
    RankCase("23", Race("a_published_rank_stands_beside_the_computed_one", {WF: 5.0, BG: 6.0},
                        published={WF: 1, BG: 1}), {
        (BG, 6): {"published_rank": 1, "agrees_with_published": True},
        (WF, 6): {"published_rank": 1, "agrees_with_published": False, "rank": 2},
    }),
    RankCase("6", Race("one_simulated_neighbour_marks_the_table",
                       {WF: {"value": 5.0, "is_simulated": True}, BG: 6.0}, published={BG: 1}), {
        (BG, 6): {"rank": 1, "published_rank": 1, "agrees_with_published": None, "is_simulated": True},
    }),
]  # fmt: skip

# May came on 10 June without 龙安区; June on 10 July; 龙安区's May on 20 July; 文峰区's May was revised on 1 August.
ARRIVALS = {"m_may": "2023-06-10", "m_june": "2023-07-10", "m_may_late": "2023-07-20", "m_may_revised": "2023-08-01"}
MOVES = Race("why_a_rank_moved", {}, months={
    5: {WF: {"value": 9.0, "file": "m_may"}, BG: {"value": 8.0, "file": "m_may"}, YD: {"value": 7.0, "file": "m_may"},
        LA: {"value": 8.5, "file": "m_may_late"}},
    6: {region: {"value": value, "file": "m_june"} for region, value in ((WF, 6.0), (BG, 8.2), (YD, 8.4), (LA, 5.0))},
})  # fmt: skip
REVISED = {"region_code": WF, "value": 7.5, "file": "m_may_revised"}

MOVED: dict[tuple[str, str, int], dict[str, Any]] = {
    ("previous", BG, 6): {
        "rank_seen": 2, "rank_from": 2, "rank_to": 2, "rank_change": 0, "own_effect": 0, "neighbour_effect": 0,
        "member_effect": 0, "revision_effect": 1, "late_member_effect": -1, "overtook": "龙安区",
        "overtaken_by": "殷都区",
        "movement_reason": "较上期保持第2位；赶上或超过龙安区；被殷都区超过。",
    },
    ("previous", YD, 6): {
        "rank_seen": 3, "rank_from": 4, "rank_to": 1, "rank_change": 3, "own_effect": 2, "neighbour_effect": 1,
        "revision_effect": 0, "late_member_effect": -1, "overtook": None,
        "movement_reason": "较上期由第4位升至第1位，自身变化+2位，其他单位变化+1位；上期当时为第3位，此后补报-1位。",
    },
    ("previous", LA, 6): {"rank_seen": None, "rank_from": 1, "rank_to": 4, "own_effect": -3, "neighbour_effect": 0,
                          "revision_effect": 0, "late_member_effect": 0},
    ("revision", WF, 5): {"rank_from": 1, "rank_to": 3, "own_effect": -2, "neighbour_effect": 0, "rank_seen": None},
    ("revision", BG, 5): {"rank_from": 3, "rank_to": 2, "own_effect": 0, "neighbour_effect": 1, "overtook": "文峰区",
                          "movement_reason_en": "By a revision: up from rank 3 to 2, neighbours' change +1; "
                                                "level with or past 文峰区."},
    ("revision", YD, 5): {"rank_from": 4, "rank_to": 4, "neighbour_effect": 0},
}  # fmt: skip
