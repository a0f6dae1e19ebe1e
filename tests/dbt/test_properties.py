"""Properties of the compiled SQL itself, over drawn figures: ranking, and rounding as it is printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Rank = Callable[[list[float | None], str], dict[int, tuple[int | None, int, int]]]
FIGURES = st.lists(st.none() | st.integers(-999, 999).map(lambda tenths: tenths / 10), min_size=1, max_size=12)
ONCE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)


def compiled(built: Path, model: str) -> str:
    """The SQL that dbt ran for a model."""
    (file,) = (built.parent / "target" / "compiled").glob(f"*/models/*/{model}.sql")
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rank(built: Path) -> Rank:
    """The ranking model over members given as a list: place, best and worst place by position in the list."""
    sql = compiled(built, "int_rank_members_ranked").replace('"warehouse".', "")
    con = duckdb.connect()
    con.execute("create schema intermediate; create schema staging")
    con.execute("create table staging.stg_pack__parameters (parameter_code varchar, value double)")
    con.execute(
        "create table intermediate.int_rank_members_valued (rank_set_code varchar, indicator_code varchar, "
        "measure varchar, reference_month date, region_code integer, area_code integer, value double, "
        "ranked_value double, direction varchar, measure_kind varchar, display_decimals integer, is_simulated boolean, "
        "is_held boolean)"
    )

    def ranked(figures: list[float | None], direction: str) -> dict[int, tuple[int | None, int, int]]:
        con.execute("delete from intermediate.int_rank_members_valued")
        con.executemany(
            "insert into intermediate.int_rank_members_valued values "
            "('s', 'i', 'm', '2023-06-01', ?, 0, ?, ?, ?, 'growth', 1, false, false)",
            [[position, figure, figure, direction] for position, figure in enumerate(figures)],
        )
        rows = con.execute(f"select region_code, place, best_place, worst_place from ({sql})").fetchall()
        return {region: (place, best, worst) for region, place, best, worst in rows}

    return ranked


@ONCE
@given(figures=FIGURES, direction=st.sampled_from(["higher", "lower"]))
def test_a_place_is_one_plus_the_members_that_are_better(
    rank: Rank, figures: list[float | None], direction: str
) -> None:
    places = rank(figures, direction)
    known = [figure for figure in figures if figure is not None]
    for position, figure in enumerate(figures):
        if figure is None:
            assert places[position][0] is None
        else:
            better = [other for other in known if (other > figure if direction == "higher" else other < figure)]
            assert places[position][0] == 1 + len(better)


@ONCE
@given(figures=FIGURES, late=st.lists(st.integers(-999, 999).map(lambda tenths: tenths / 10), min_size=12, max_size=12))
def test_the_final_place_lies_between_best_and_worst(
    rank: Rank, figures: list[float | None], late: list[float]
) -> None:
    early = rank(figures, "higher")
    final = rank([late[at] if figure is None else figure for at, figure in enumerate(figures)], "higher")
    for position, (_, best, worst) in early.items():
        place = final[position][0]
        assert place is not None
        assert best <= place <= worst
        assert final[position][1] == final[position][2] == place


@ONCE
@given(data=st.data(), figures=FIGURES)
def test_the_order_of_rows_does_not_matter(rank: Rank, data: st.DataObject, figures: list[float | None]) -> None:
    order = data.draw(st.permutations(range(len(figures))))
    straight, shuffled = rank(figures, "higher"), rank([figures[at] for at in order], "higher")
    assert all(shuffled[new][0] == straight[old][0] for new, old in enumerate(order))


@ONCE
@given(units=st.integers(-10_000_000, 10_000_000), places=st.integers(0, 4))
def test_rounding_is_half_up_on_the_figure_as_written(units: int, places: int) -> None:
    """The expression of the macros round_half_up and exact, against decimal arithmetic."""
    written = Decimal(units) / 1000
    expected = written.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    found = duckdb.execute(
        f"select cast(round(cast(? as decimal(38, 8)), {places}) as double)", [float(written)]
    ).fetchone()
    assert found == (float(expected),)
