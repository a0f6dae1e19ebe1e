"""Properties of the compiled SQL of verdicts and of the choice among vintages, over drawn figures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dbt.test_properties import compiled

ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
TENTHS = st.integers(-2000, 2000).map(lambda tenths: tenths / 10)
WORTH = {"missed": 0, "behind": 0, "on_track": 1, "attained": 2}
Judge = Callable[[list[float], str], dict[tuple[str, int], list[dict[str, Any]]]]


def memory(built: Path, tables: dict[str, str]) -> duckdb.DuckDBPyConnection:
    """A database in memory with tables of the built warehouse under their own names, filled as asked."""
    con = duckdb.connect()
    con.execute(f"attach '{built}' as warehouse (read_only); create schema staging; create schema intermediate")
    for table, condition in tables.items():
        con.execute(f"create table {table} as select * from warehouse.{table} where {condition}")
    return con


@pytest.fixture(scope="module")
def judge(built: Path) -> Judge:
    """Every target of the invented district with the figures given, in June and December: rows by figure, ascending."""
    con = memory(built, {
        "staging.stg_pack__targets": "true", "staging.stg_pack__target_paths": "true",
        "staging.stg_pack__parameters": "true", "intermediate.int_target_limits_derived": "true",
    })  # fmt: skip
    con.execute(
        "create table template as select * from warehouse.intermediate.int_target_actuals_chosen "
        "where reporting_state = 'reported' and month(actual_reference_month) in (6, 12) and target_version = 1 "
        "qualify row_number() over (partition by target_id, actual_reference_month order by reference_month) = 1"
    )
    measured, reached = (
        compiled(built, model).replace('"warehouse".', "")
        for model in ("int_target_actuals_measured", "int_target_verdicts_reached")
    )

    def judged(figures: list[float], change: str) -> dict[tuple[str, int], list[dict[str, Any]]]:
        con.execute(
            "create or replace table intermediate.int_target_actuals_chosen as "
            f"select template.* replace ({change}, '=' as actual_qualifier) from template, unnest(?) as t (figure)",
            [figures],
        )
        con.execute(f"create or replace table intermediate.int_target_actuals_measured as {measured}")
        cursor = con.execute(
            "select target_id, month(actual_reference_month) as month, actual_value, judged_value, gap, status, "
            f"limit_shape, judges, attainment_pct from ({reached}) order by all"
        )
        names = [column[0] for column in cursor.description]
        rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            rows.setdefault((row["target_id"], row["month"]), []).append(row)
        return rows

    return judged


@ONCE
@given(figures=st.lists(TENTHS, min_size=2, max_size=6, unique=True))
def test_a_better_figure_never_makes_a_verdict_worse(judge: Judge, figures: list[float]) -> None:
    """In the bound's direction: upwards for floors and ranges, downwards for ceilings; bands have two sides."""
    seen = 0
    for rows in judge(figures, "figure as actual_value, figure as highest_value").values():
        if rows[0]["limit_shape"] not in ("floor", "range", "ceiling") or rows[0]["judges"] == "place":
            continue
        ordered = rows if rows[0]["limit_shape"] != "ceiling" else rows[::-1]
        for worse, better in pairwise(ordered):
            assert WORTH[worse["status"]] <= WORTH[better["status"]], (worse, better)
            assert worse["gap"] <= better["gap"], (worse, better)
            seen += 1
    assert seen > 20


@ONCE
@given(places=st.lists(st.integers(1, 4), min_size=2, max_size=4, unique=True))
def test_a_better_place_never_makes_a_verdict_worse(judge: Judge, places: list[int]) -> None:
    verdicts = judge([float(place) for place in places], "figure::bigint as place, figure::bigint as worst_place")
    ranked = [rows for rows in verdicts.values() if rows[0]["judges"] == "place"]
    assert ranked
    for rows in ranked:
        for better, worse in pairwise(sorted(rows, key=lambda row: float(row["judged_value"]))):
            assert WORTH[worse["status"]] <= WORTH[better["status"]]
            assert worse["gap"] < better["gap"]


@ONCE
@given(figure=TENTHS, ratio=st.sampled_from([0.0001, 0.1, 10.0, 10000.0]))
def test_gaps_and_completion_ignore_the_unit_of_the_report(
    judge: Judge, built: Path, figure: float, ratio: float
) -> None:
    """57 800 万元 and 5.78 亿元 lead by the same points; 75 ‰ and 7.5 % have the same gap."""
    plain = judge([figure], "figure as actual_value, figure as highest_value")
    scaled = f"figure / {ratio} * (select any_value(l.unit_ratio) from intermediate.int_target_limits_derived as l "
    scaled += "where l.target_id = template.target_id)"
    same = judge([figure], f"{scaled} as actual_value, {scaled} as highest_value")
    with duckdb.connect(str(built), read_only=True) as con:
        ratios = dict(
            con.execute("select target_id, unit_ratio from intermediate.int_target_limits_derived").fetchall()
        )
    for key, (row,) in plain.items():
        if ratios[key[0]] == ratio:
            assert (same[key][0]["gap"], same[key][0]["attainment_pct"]) == (row["gap"], row["attainment_pct"])


@pytest.fixture(scope="module")
def choose(built: Path) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """The choice among vintages of one key, over the vintages given."""
    con = memory(built, {"intermediate.int_observation_vintages_reconciled": "false"})
    sql = compiled(built, "int_observations_current").replace('"warehouse".', "")

    def chosen(vintages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        con.execute("delete from intermediate.int_observation_vintages_reconciled")
        for vintage in vintages:
            names = ", ".join(vintage)
            con.execute(
                f"insert into intermediate.int_observation_vintages_reconciled ({names}) "
                f"values ({', '.join('?' * len(vintage))})",
                list(vintage.values()),
            )
        rows = con.execute(f"select submission_id, value, is_held from ({sql})").fetchall()
        return [dict(zip(("submission_id", "value", "is_held"), row, strict=True)) for row in rows]

    return chosen


VINTAGE = st.fixed_dictionaries({
    "value": st.none() | TENTHS, "is_simulated": st.booleans(), "source_rank": st.integers(1, 3),
    "vintage_at": st.integers(1, 5).map(lambda day: f"2023-07-0{day} 12:00:00+08"),
})  # fmt: skip


@ONCE
@given(drawn=st.lists(VINTAGE, min_size=1, max_size=5))
def test_replaying_vintages_one_by_one_ends_where_one_load_does(choose: Any, drawn: list[dict[str, Any]]) -> None:
    """Keeping only the current vintage and letting the next one come gives the choice among all of them."""
    key = {"region_code": "r", "indicator_code": "i", "measure": "growth_ytd", "growth_basis": "none",
           "period_start": "2023-01-01", "reference_month": "2023-06-01", "is_accepted": True}  # fmt: skip
    vintages = [
        key | vintage | {"submission_id": f"s{order}", "submission_order": order} for order, vintage in enumerate(drawn)
    ]
    kept: list[dict[str, Any]] = []
    for vintage in vintages:
        (current,) = choose([*kept, vintage])
        kept = [one for one in [*kept, vintage] if one["submission_id"] == current["submission_id"]]
    (at_once,) = choose(vintages)
    assert kept[0]["submission_id"] == at_once["submission_id"]
