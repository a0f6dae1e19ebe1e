"""Every mart expectation refuses the contradiction it is there for, and a correct set of marts passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import CheckResult, declared

gate = pytest.importorskip("expectations.validate")

Mutated = Callable[[str], Path]


def failed(results: list[CheckResult]) -> dict[str, CheckResult]:
    return {result.check: result for result in results if not result.passed}


def twice(table: str) -> str:
    return f"insert into marts.{table} select * from marts.{table} limit 1"


def changed(table: str, change: str, where: str = "true") -> str:
    return f"update marts.{table} set {change} where {where}"


BEIGUAN_JUNE = "region_code = '410503' and reference_month = date '2023-06-01'"
T1_JUNE = "target_id = 'T1' and reference_month = date '2023-06-01'"
T2_JUNE = "target_id = 'T2' and reference_month = date '2023-06-01'"
T3_JUNE = "target_id = 'T3' and reference_month = date '2023-06-01'"
FACT = f"{BEIGUAN_JUNE} and indicator_code = 'gdp' and measure = 'growth_ytd'"

FAULTS: dict[str, dict[str, str]] = {
    "dim_region": {
        "table_has_rows": "delete from marts.dim_region",
        "key_is_unique": twice("dim_region"),
        "validity_does_not_overlap": "insert into marts.dim_region by name select * replace "
        "(valid_from + interval 1 year as valid_from) from marts.dim_region limit 1",
        "is_given": changed("dim_region", "region_name = ''"),
    },
    "dim_rank_set": {
        "key_is_unique": twice("dim_rank_set"),
        "validity_does_not_overlap": "insert into marts.dim_rank_set by name select * replace "
        "(valid_from + interval 1 year as valid_from) from marts.dim_rank_set limit 1",
        "refers_to": changed("dim_rank_set", "region_code = 'x'"),
    },
    "dim_indicator": {
        "table_has_rows": "delete from marts.dim_indicator",
        "key_is_unique": twice("dim_indicator"),
        "is_given": changed("dim_indicator", "indicator_name = null"),
    },
    "dim_indicator_measure": {
        "table_has_rows": "delete from marts.dim_indicator_measure",
        "key_is_unique": twice("dim_indicator_measure"),
        "refers_to": changed("dim_indicator_measure", "indicator_code = 'x'", "indicator_code = 'cpi'"),
        "is_given": changed("dim_indicator_measure", "unit_code = null"),
        "code_is_listed": changed("dim_indicator_measure", "direction = 'up'"),
    },
    "dim_bureau": {
        "table_has_rows": "delete from marts.dim_bureau",
        "key_is_unique": twice("dim_bureau"),
    },
    "plan_target": {
        "table_has_rows": "delete from marts.plan_target",
        "key_is_unique": twice("plan_target"),
        "validity_does_not_overlap": "insert into marts.plan_target by name select * replace "
        "(2 as target_version, valid_from + interval 1 month as valid_from) from marts.plan_target limit 1",
        "bound_is_listed": changed("plan_target", "bound = 'at_least'"),
        "effective_bound_is_listed": changed("plan_target", "effective_bound = null"),
        "wording_is_given": changed("plan_target", "wording = ' '"),
        "judged_reason_is_given": changed("plan_target", "judged_reason = null"),
        "refers_to": changed("plan_target", "indicator_code = 'x'"),
        "band_contains_target": changed("plan_target", "band_low = 7, band_high = 8", "target_id = 'T1'"),
    },
    "fct_observation": {
        "table_has_rows": "delete from marts.fct_observation",
        "key_is_unique": twice("fct_observation"),
        "figure_leads_to_its_cell": changed("fct_observation", "source_cell = 'Q1'", FACT),
        "blank_says_why": changed("fct_observation", "value = null", FACT),
        "unit_is_canonical": changed("fct_observation", "unit_code = 'pp'", FACT),
        "period_runs_forward": changed("fct_observation", "period_start = date '2023-09-01'", FACT),
        "month_is_its_first_day": changed("fct_observation", "reference_month = date '2023-06-30'", FACT),
        "month_has_begun": changed("fct_observation", "reference_month = date '2023-12-01'", FACT),
        "simulation_is_marked": changed("fct_observation", "is_simulated = true", FACT),
        "real_before_simulated": changed("fct_observation", "is_simulated = true", FACT),
        "current_is_a_vintage": changed("fct_observation", "submission_id = 'x'", FACT),
        "refers_to": changed("fct_observation", "region_code = '410500001'", FACT),
    },
    "fct_observation_vintage": {
        "table_has_rows": "delete from marts.fct_observation_vintage",
        "key_is_unique": twice("fct_observation_vintage"),
        "figure_leads_to_its_cell": changed("fct_observation_vintage", "source_sheet = null", FACT),
        "hold_has_reason": changed("fct_observation_vintage", "is_accepted = false", FACT),
        "simulation_is_marked": changed("fct_observation_vintage", "is_simulated = true", FACT),
        "vintage_is_dated": changed("fct_observation_vintage", "vintage_at = null", FACT),
        "acceptance_is_dated": changed("fct_observation_vintage", "accepted_at = null", FACT),
    },
    "fct_published_rank": {
        "figure_leads_to_its_cell": changed("fct_published_rank", "source_cell = null", BEIGUAN_JUNE),
        "rank_is_a_place": changed("fct_published_rank", "published_rank = 0", BEIGUAN_JUNE),
        "refers_to": changed("fct_published_rank", "rank_set_code = 'five_districts'", BEIGUAN_JUNE),
        "month_has_begun": changed("fct_published_rank", "reference_month = date '2024-01-01'", BEIGUAN_JUNE),
    },
    "mart_target_attainment": {
        "table_has_rows": "delete from marts.mart_target_attainment",
        "key_is_unique": twice("mart_target_attainment"),
        "every_target_is_judged_every_month": f"delete from marts.mart_target_attainment where {T1_JUNE}",
        "code_is_listed": changed("mart_target_attainment", "status = 'fine'", T1_JUNE),
        "gap_follows_verdict": changed("mart_target_attainment", "status = 'attained', gap = -1", T1_JUNE),
        "gap_is_difference_of_prints": changed("mart_target_attainment", "gap = -gap - 1", T3_JUNE),
        "missed_rests_on_deciding_figure": changed("mart_target_attainment", "status = 'missed', gap = -1", T1_JUNE),
        "event_loses_the_year": changed(
            "mart_target_attainment", "effective_bound = 'zero', judged_value = 1", T1_JUNE
        ),
        "one_version_is_judged": changed("mart_target_attainment", "is_in_force = false", T1_JUNE),
        "seasonal_lead_is_pace_against_season": changed("mart_target_attainment", "seasonal_lead_pp = 99", T2_JUNE),
        "pace_is_explained": changed("mart_target_attainment", "required_pace_unit = null", T2_JUNE),
        "verdict_has_figure": changed("mart_target_attainment", "actual_reference_month = date '2022-12-01'", T1_JUNE),
        "no_completion_rate_of_rates": changed("mart_target_attainment", "attainment_pct = 120", T1_JUNE),
        "lead_is_pace_against_time": changed("mart_target_attainment", "lead_pp = lead_pp + 1", T2_JUNE),
        "no_lead_under_ceiling": changed("mart_target_attainment", "bound = 'le'", T2_JUNE),
        "carried_forward_is_marked": changed("mart_target_attainment", "is_carried_forward = true", T1_JUNE),
        "simulated_actual_is_marked": changed("fct_observation", "is_simulated = true", FACT),
        "not_assessable_has_reason": changed("mart_target_attainment", "status_reason = ''", "target_id = 'T4'"),
        "verdict_has_reason": changed("mart_target_attainment", "status_reason = null", T1_JUNE),
        "observed_months_fit_year": changed("mart_target_attainment", "observed_months = 13", T1_JUNE),
        "attainment_is_plausible": changed("mart_target_attainment", "attainment_pct = 10000", T2_JUNE),
        "month_has_begun": changed("mart_target_attainment", "reference_month = date '2023-12-01'", T1_JUNE),
    },
    "mart_district_ranking": {
        "table_has_rows": "delete from marts.mart_district_ranking",
        "key_is_unique": twice("mart_district_ranking"),
        "every_member_has_a_row": f"delete from marts.mart_district_ranking where {BEIGUAN_JUNE}",
        "ranking_is_a_competition": changed("mart_district_ranking", "rank = 1, rank_best_possible = 1", BEIGUAN_JUNE),
        "rank_within_its_bounds": changed("mart_district_ranking", "rank_worst_possible = 5", BEIGUAN_JUNE),
        "ranked_are_members": changed("mart_district_ranking", "ranked_count = 5", BEIGUAN_JUNE),
        "provisional_while_incomplete": changed("mart_district_ranking", "ranked_count = 3", BEIGUAN_JUNE),
        "no_rank_says_why": changed("mart_district_ranking", "rank = null", BEIGUAN_JUNE),
        "rank_change_is_difference": changed("mart_district_ranking", "rank_change = 2", BEIGUAN_JUNE),
        "simulation_marks_whole_table": changed("mart_district_ranking", "is_simulated = true", BEIGUAN_JUNE),
        "agreement_is_told": changed("mart_district_ranking", "agrees_with_published = null", BEIGUAN_JUNE),
        "published_rank_agrees": changed("mart_district_ranking", "agrees_with_published = false", BEIGUAN_JUNE),
        "code_is_listed": changed("mart_district_ranking", "basis = 'both'", BEIGUAN_JUNE),
        "month_has_begun": changed("mart_district_ranking", "reference_month = date '2024-01-01'", BEIGUAN_JUNE),
    },
    "mart_monthly_brief": {
        "key_is_unique": twice("mart_monthly_brief"),
        "brief_is_complete": f"delete from marts.mart_monthly_brief where {T1_JUNE}",
        "brief_repeats_verdict": changed("mart_monthly_brief", "status = 'missed'", T1_JUNE),
        "is_given": changed("mart_monthly_brief", "target_text = null", T1_JUNE),
    },
    "mart_reporting_status": {
        "key_is_unique": twice("mart_reporting_status"),
        "code_is_listed": changed("mart_reporting_status", "status = 'soon'"),
        "missing_has_not_arrived": changed("mart_reporting_status", "status = 'missing'"),
        "not_due_is_never_missing": changed("mart_reporting_status", "status = 'missing', due_date = '2023-08-01'"),
        "late_is_late": changed("mart_reporting_status", "status = 'late'"),
    },
    "mart_quality_finding": {
        "key_is_unique": twice("mart_quality_finding"),
        "severity_is_listed": changed("mart_quality_finding", "severity = 'bad'"),
        "status_is_listed": changed("mart_quality_finding", "status = 'closed'"),
        "open_critical_asks": changed("mart_quality_finding", "question = ''"),
        "open_has_owner": changed("mart_quality_finding", "owner_bureau_code = null"),
        "waiver_is_complete": changed("mart_quality_finding", "status = 'waived', waived_by = '张三'"),
        "seen_in_order": changed("mart_quality_finding", "first_seen_at = last_seen_at + interval 1 day"),
    },
    "mart_incident": {
        "key_is_unique": twice("mart_incident"),
        "status_is_listed": changed("mart_incident", "status = 'closed'"),
        "is_given": changed("mart_incident", "question = ''"),
        "incident_holds_its_findings": changed("mart_incident", "status = 'recovered'"),
    },
    "mart_expected_cell": {
        "key_is_unique": twice("mart_expected_cell"),
        "code_is_listed": changed("mart_expected_cell", "status = 'missing'", "status = 'held' or status = 'reported'"),
        "absent_is_due": changed("mart_expected_cell", "status = 'not_reported'", "status = 'not_due'"),
    },
    "mart_bureau_score": {
        "key_is_unique": twice("mart_bureau_score"),
        "score_is_within_its_parts": changed("mart_bureau_score", "score = 79"),
    },
    "mart_composite_score": {
        "key_is_unique": twice("mart_composite_score"),
        "points_within_weight": changed("mart_composite_score", "points = 21, total_points = 42"),
        "total_is_the_sum_of_its_rows": changed("mart_composite_score", "total_points = 31"),
        "is_given": changed("mart_composite_score", "points_reason = ''"),
    },
    "mart_forecast": {
        "key_is_unique": twice("mart_forecast"),
        "code_is_listed": changed("mart_forecast", "method = 'guess'"),
        "is_given": changed("mart_forecast", "method_reason = ''"),
        "forecast_stands_on_a_figure": changed("mart_forecast", "made_on = made_on - 1"),
        "forecast_lies_in_its_band": changed("mart_forecast", "forecast_low = forecast_high"),
        "forecast_is_scored_once": changed("mart_forecast", "error = 1"),
        "bands_hold": (
            "insert into marts.mart_forecast by name select m.* replace (made_on + i::integer as made_on, "
            "false as is_within_band) from marts.mart_forecast as m, range(200) as r (i)"
        ),
        "month_has_begun": changed("mart_forecast", "reference_month = date '2024-01-01'"),
    },
    "mart_rank_movement": {
        "key_is_unique": twice("mart_rank_movement"),
        "code_is_listed": changed("mart_rank_movement", "compared_with = 'tomorrow'"),
        "movement_adds_up": changed("mart_rank_movement", "own_effect = own_effect + 1"),
        "movement_repeats_ranking": changed("mart_rank_movement", "rank_change = 7, own_effect = 7"),
    },
    "mart_revision": {
        "revision_is_a_difference": changed("mart_revision", "difference = -0.5"),
        "code_is_listed": changed("mart_revision", "kind = 'other'"),
        "is_given": changed("mart_revision", "revised_at = null"),
    },
}


def test_every_declared_mart_check_has_a_fault() -> None:
    faults = {(table, check) for table, checks in FAULTS.items() for check in checks}
    assert faults == {(check.table, check.check) for check in declared("marts")}


def test_correct_marts_pass(golden_marts: Path) -> None:
    assert failed(gate.validate(golden_marts, "marts")) == {}


@pytest.mark.parametrize(("table", "check"), [(table, check) for table, checks in FAULTS.items() for check in checks])
def test_the_contradiction_is_refused(table: str, check: str, mutated_marts: Mutated) -> None:
    found = failed(gate.validate(mutated_marts(FAULTS[table][check]), "marts", [table]))
    assert check in found
    assert found[check].error is None
    assert found[check].unexpected_count >= 1


def test_a_broken_figure_is_named_by_its_key(mutated_marts: Mutated) -> None:
    sql = FAULTS["fct_observation"]["blank_says_why"]
    (row,) = failed(gate.validate(mutated_marts(sql), "marts", ["fct_observation"]))["blank_says_why"].rows
    assert (row["region_code"], row["indicator_code"], row["reference_month"]) == ("410503", "gdp", "2023-06-01")


def test_a_pack_without_a_plan_passes_without_verdicts(mutated_marts: Mutated) -> None:
    emptied = ("raw.pack_target", "marts.plan_target", "marts.mart_target_attainment", "marts.mart_monthly_brief")
    assert failed(gate.validate(mutated_marts(";".join(f"delete from {table}" for table in emptied)), "marts")) == {}


def test_a_mart_that_was_not_built_is_refused(mutated_marts: Mutated) -> None:
    found = failed(gate.validate(mutated_marts("drop table marts.mart_monthly_brief"), "marts", ["mart_monthly_brief"]))
    assert set(found) == {check.check for check in declared("marts") if check.table == "mart_monthly_brief"}
    assert all(result.error for result in found.values())
