"""What was known on a past day: the as-of macros of a release against its own tables and the planted corrections."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from orchestration.releases.as_of import Model, macros
from tests.orchestration.conftest import SIMULATED_AS_OF, Released

TABLES = {
    "observation_as_of": "fct_observation",
    "ranking_as_of": "mart_district_ranking",
    "attainment_as_of": "mart_target_attainment",
    "forecast_as_of": "mart_forecast",
}
AXES = ("published", "system")
INVESTMENT = "indicator_code = 'fixed_investment' and measure = 'growth_ytd' and reference_month = '2023-05-01'"
JOBS = "indicator_code = 'urban_jobs' and measure = 'level_ytd' and reference_month = '2023-06-01'"


def both_ways(released: Released, one: str, other: str) -> Any:
    """How many rows are in the one and not in the other, and the other way round."""
    return released.one(
        f"select (select count(*) from (from {one} except all from {other})), "
        f"(select count(*) from (from {other} except all from {one}))"
    )


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("macro", TABLES)
def test_as_of_today_is_the_current_table(beiguan: Released, macro: str, axis: str) -> None:
    asked = f"{macro}('{SIMULATED_AS_OF}', axis := '{axis}')"
    assert both_ways(beiguan, asked, TABLES[macro]) == (0, 0)
    assert beiguan.one(f"select count(*) from {asked}") > 0


@pytest.mark.parametrize("macro", TABLES)
def test_the_axis_is_published_unless_said(beiguan: Released, macro: str) -> None:
    assert both_ways(beiguan, f"{macro}('2023-06-26')", f"{macro}('2023-06-26', 'published')") == (0, 0)


@pytest.mark.parametrize("macro", TABLES)
def test_before_the_system_knew_anything_it_shows_no_figure(beiguan: Released, macro: str) -> None:
    figure = {"attainment_as_of": "actual_value is not null"}.get(macro, "true")
    assert beiguan.one(f"select count(*) from {macro}('2023-06-26', axis := 'system') where {figure}") == 0


@pytest.mark.parametrize("macro", TABLES)
def test_another_axis_is_an_error(beiguan: Released, macro: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="axis is published or system, not vintage"):
        beiguan.rows(f"select count(*) from {macro}('2023-06-26', axis := 'vintage')")


@pytest.mark.parametrize(("day", "value"), [("2023-06-14", None), ("2023-06-26", 12.0), ("2023-06-27", 9.7)])
def test_a_correction_counts_from_its_own_day(beiguan: Released, day: str, value: float | None) -> None:
    rows = beiguan.rows(f"select value from observation_as_of('{day}') where region_code = '410506' and {INVESTMENT}")
    assert rows == ([] if value is None else [(value,)])


@pytest.mark.parametrize(
    ("day", "ranks"),
    [
        ("2023-06-26", {"410506": 1, "410502": 2, "410503": 3, "410505": 4}),
        ("2023-06-27", {"410502": 1, "410503": 2, "410505": 3, "410506": 4}),
    ],
)
def test_ranks_are_those_of_the_day(beiguan: Released, day: str, ranks: dict[str, int]) -> None:
    rows = beiguan.rows(
        f"select region_code, rank from ranking_as_of('{day}') where rank_set_code = 'four_districts' and {INVESTMENT}"
    )
    assert dict(rows) == ranks


@pytest.mark.parametrize(("day", "printed"), [("2023-06-26", 2), ("2023-06-27", 7)])
def test_a_printed_rank_is_the_one_printed_by_then(beiguan: Released, day: str, printed: int) -> None:
    asked = f"from ranking_as_of('{day}') where rank_set_code = 'city_counties' and region_code = '410506'"
    assert beiguan.one(f"select rank, published_rank {asked} and {INVESTMENT}") == (printed, printed)


def test_the_ranks_of_the_plan_are_unknown_until_the_plan_is(beiguan: Released) -> None:
    of_2022 = "reference_month = '2022-12-01' and region_code = '410503' and rank_set_code = 'four_districts'"
    count = "select count(published_rank) from ranking_as_of('{}') where " + of_2022
    assert beiguan.one(count.format("2023-01-30")) == 0
    assert beiguan.one(count.format("2023-01-31")) > 0


@pytest.mark.parametrize(("day", "actual"), [("2023-07-18", 5839.0), ("2023-07-19", 5653.0)])
def test_a_verdict_rests_on_the_figure_of_the_day(beiguan: Released, day: str, actual: float) -> None:
    assert beiguan.one(f"select actual_value from attainment_as_of('{day}') where is_judged and {JOBS}") == actual


def test_a_verdict_of_july_knows_no_later_figure(beiguan: Released) -> None:
    months = beiguan.one("select max(reference_month), max(actual_reference_month) from attainment_as_of('2023-07-20')")
    assert {str(month) for month in months} == {"2023-06-01"}
    later = (
        "select count(*) from attainment_as_of('2023-07-20') as a join fct_observation_vintage as v "
        "on v.region_code = a.measured_region_code and v.indicator_code = a.indicator_code and v.measure = a.measure "
        "and v.reference_month = a.actual_reference_month and v.value = a.actual_value "
        "where a.actual_value is not null group by a.target_id, a.reference_month "
        "having min(v.vintage_at) >= timestamptz '2023-07-21 00:00:00+08'"
    )
    assert beiguan.rows(later) == []


@pytest.mark.parametrize(
    ("day", "status", "is_carried"), [("2023-11-20", "on_track", True), ("2023-11-21", "not_reported", False)]
)
def test_a_figure_is_late_only_once_its_day_has_passed(
    beiguan: Released, day: str, status: str, is_carried: bool
) -> None:
    said = beiguan.one(
        f"select status, is_carried_forward, actual_reference_month::varchar from attainment_as_of('{day}') "
        "where target_id = 'B23_landmark_investment' and reference_month = '2023-10-01'"
    )
    assert said == (status, is_carried, "2023-09-01")


@pytest.mark.parametrize("day", ["2022-03-14", "2023-07-20", "2024-01-20"])
def test_a_forecast_kept_by_its_day_is_the_one_made_on_that_day(beiguan: Released, day: str) -> None:
    """What mart_forecast keeps equals what was known then: no revision, outcome or error of later days leaks in."""
    made = (
        "region_code, indicator_code, measure, growth_basis, reference_month, made_on, is_simulated, value_to_date, "
        "forecast_value, forecast_low, forecast_high, method, method_reason, history_years, error_count"
    )
    kept = f"(select {made} from mart_forecast where made_on <= '{day}')"
    assert both_ways(beiguan, f"(select {made} from forecast_as_of('{day}'))", kept) == (0, 0)
    assert beiguan.one(f"select count(*) > 100 from {kept}")


def test_the_revision_list_names_the_three_corrections(beiguan: Released) -> None:
    rows = beiguan.rows(
        "select region_code, indicator_code, old_value, new_value, kind from mart_revision order by indicator_code"
    )
    assert rows == [
        ("410506", "fixed_investment", 12.0, 9.7, "correction"),
        ("410503", "rural_workers_moved", 298.0, 318.0, "correction"),
        ("410503", "urban_jobs", 5839.0, 5653.0, "correction"),
    ]


def model(name: str, schema: str, sql: str, *parents: str) -> Model:
    return Model(name, name, schema, f'"w"."{schema}"."{name}"', sql, parents)


@pytest.mark.parametrize(
    ("axis", "day", "known"),
    [
        ("system", "2023-08-10", [(6.0, False)]),
        ("system", "2023-08-11", [(6.0, False), (64.0, True)]),
        ("published", "2023-07-09", []),
        ("published", "2023-07-10", [(6.0, False)]),
        ("published", "2023-08-05", [(6.0, False), (64.0, True)]),
    ],
)
def test_a_held_figure_is_known_to_the_system_from_the_gates_word(
    axis: str, day: str, known: list[tuple[float, bool]]
) -> None:
    kept, chosen = "int_observation_vintages_reconciled", "int_observations_current"
    models = [
        model(kept, "intermediate", ""),
        model(chosen, "intermediate", f'select value, is_held from "w"."intermediate"."{kept}"', kept),
        *(model(mart, "marts", f'select * from "w"."intermediate"."{chosen}"', chosen) for mart in TABLES.values()),
    ]
    with duckdb.connect() as connection:
        connection.execute(
            "create table fct_observation_vintage as select * from (values "
            "(6.0::double, false, timestamptz '2023-07-10 23:59:59+08', timestamptz '2023-07-11 09:00:00+08', "
            "timestamptz '2023-07-11 09:00:00+08'), "
            "(64.0, true, '2023-08-05 12:00:00+08', null, '2023-08-11 09:00:00+08')"
            ") as v (value, is_held, vintage_at, accepted_at, decided_at)"
        )
        for macro in macros({each.unique_id: each for each in models}):
            connection.execute(macro.sql)
        for name in TABLES:
            found = connection.execute(f"from {name}('{day}', axis := '{axis}') order by value").fetchall()
            assert found == known
