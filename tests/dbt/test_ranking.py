"""Rankings: each case of `cases_ranking.py` against the rows of mart_district_ranking."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.dbt.cases_ranking import CASES, MOVED, MOVES, RankCase

ROWS = [
    pytest.param(case, region, month, expected, id=f"rule_{case.rule}-{case.race.name}-{region}-{month:02d}")
    for case in CASES
    for (region, month), expected in case.rows.items()
]


@pytest.mark.parametrize(("case", "region", "month", "expected"), ROWS)
def test_the_rank_is_the_one_worked_out_by_hand(
    ask: Any, case: RankCase, region: str, month: int, expected: dict[str, Any]
) -> None:
    (row,) = ask(
        "select * from marts.mart_district_ranking where rank_set_code = ? and indicator_code = ? and region_code = ? "
        "and reference_month = ?",
        case.race.name, case.race.name, region, date(2023, month, 1),
    )  # fmt: skip
    wrong = {
        name: (row[name], value)
        for name, value in expected.items()
        if row[name] != (pytest.approx(value, abs=1e-6) if isinstance(value, float) else value)
    }
    assert not wrong, f"(found, expected): {wrong}"


def test_a_member_with_an_exception_has_no_row(ask: Any) -> None:
    rows = ask(
        "select * from marts.mart_district_ranking where rank_set_code = 'a_member_with_an_exception_leaves_the_set' "
        "and indicator_code = rank_set_code and region_code = '410506'"
    )
    assert rows == []


def test_a_rank_equals_one_plus_the_members_that_are_better(ask: Any) -> None:
    rows = ask(
        "select r.rank, 1 + count(o.region_code) as counted from marts.mart_district_ranking as r "
        "join marts.dim_indicator_measure as m using (indicator_code, measure) "
        "left join marts.mart_district_ranking as o on o.rank_set_code = r.rank_set_code "
        "and o.indicator_code = r.indicator_code and o.measure = r.measure and o.reference_month = r.reference_month "
        "and case m.direction when 'lower' then o.ranked_value < r.ranked_value "
        "else o.ranked_value > r.ranked_value end "
        "where r.rank is not null group by r.rank, r.rank_set_code, r.indicator_code, r.measure, r.reference_month, "
        "r.region_code"
    )
    assert rows
    assert all(row["rank"] == row["counted"] for row in rows)


def test_a_published_rank_that_disagrees_is_a_finding_and_stays_as_printed(ask: Any) -> None:
    (row,) = ask("select * from marts.mart_quality_finding where rule = 'published_rank_disagrees'")
    assert (row["observed"], row["expected"], row["region_code"]) == ("公布第1", "计算第2", "410502")
    assert row["source_cell"]


@pytest.mark.parametrize(
    ("compared_with", "region", "month", "expected"),
    [pytest.param(*key, expected, id="-".join(map(str, key))) for key, expected in MOVED.items()],
)
def test_a_move_is_told_apart_into_own_neighbours_revisions_and_late_members(
    ask: Any, compared_with: str, region: str, month: int, expected: dict[str, Any]
) -> None:
    (row,) = ask(
        "select * from marts.mart_rank_movement where rank_set_code = 'why_a_rank_moved' and indicator_code = "
        "rank_set_code and compared_with = ? and region_code = ? and reference_month = ?",
        compared_with, region, date(2023, month, 1),
    )  # fmt: skip
    wrong = {name: (row[name], value) for name, value in expected.items() if row[name] != value}
    assert not wrong, f"(found, expected): {wrong}"


def test_every_rank_change_of_the_ranking_is_explained(ask: Any) -> None:
    rows = ask(
        "select r.*, m.rank_change as explained from marts.mart_district_ranking as r "
        "left join marts.mart_rank_movement as m on m.compared_with = 'previous' and r.rank_set_code = m.rank_set_code "
        "and r.indicator_code = m.indicator_code and r.measure = m.measure and r.region_code = m.region_code "
        "and r.reference_month = m.reference_month where r.rank_change is not null"
    )
    assert rows
    assert all(row["rank_change"] == row["explained"] for row in rows)


def test_a_revision_names_the_ranks_that_it_changed(ask: Any) -> None:
    (row,) = ask("select * from marts.mart_revision where indicator_code = 'why_a_rank_moved'")
    assert (row["old_value"], row["new_value"]) == (9.0, 7.5)
    assert "why_a_rank_moved 1→3" in row["rank_changes"].split("；")


def test_a_move_between_tables_of_which_one_rests_on_a_held_value_says_so(ask: Any) -> None:
    rows = ask(
        "select distinct indicator_code, rests_on_held from marts.mart_rank_movement where compared_with = 'previous' "
        "and indicator_code in ('a_move_to_a_place_on_a_held_value', ?)", MOVES.name,
    )  # fmt: skip
    assert {row["indicator_code"]: row["rests_on_held"] for row in rows} == {
        "a_move_to_a_place_on_a_held_value": True, MOVES.name: False,
    }  # fmt: skip
