"""What ``jindu status`` calls held is what waits for an answer now."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.status import HELD


@pytest.fixture
def release() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create table dim_region as select '410503' as region_code, '北关区' as region_name")
    con.execute("create table dim_indicator as select 'gdp' as indicator_code, '地区生产总值' as indicator_name")
    con.execute(
        "create table fct_observation_vintage as select '410503' as region_code, 'gdp' as indicator_code,"
        " 'level_ytd' as measure, 'none' as growth_basis, date '2023-01-01' as period_start, t.*,"
        " '数值相差约10000倍' as held_reason, '表1' as source_sheet, 'D4' as source_cell"
        " from (values (date '2023-06-01', 1, '旧.xlsx', true), (date '2023-06-01', 2, '万倍.xlsx', false))"
        " as t (reference_month, submission_order, source_file, is_accepted)"
    )
    return con


def held(release: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [(row[5], row[7]) for row in release.execute(HELD).fetchall()]


def test_what_was_accepted_before_does_not_answer_it(release: duckdb.DuckDBPyConnection) -> None:
    assert held(release) == [("2023-06", "万倍.xlsx")]


@pytest.mark.parametrize(
    ("month", "is_accepted", "waiting"),
    [
        ("2023-06-01", True, []),
        ("2023-06-01", False, ["万倍.xlsx", "更正.xlsx"]),
        ("2023-07-01", True, ["万倍.xlsx"]),
    ],
)
def test_a_later_accepted_figure_of_the_month_answers_it(
    release: duckdb.DuckDBPyConnection, month: str, is_accepted: bool, waiting: list[str]
) -> None:
    release.execute(
        "insert into fct_observation_vintage select * replace (? as reference_month, 3 as submission_order,"
        " '更正.xlsx' as source_file, ? as is_accepted) from fct_observation_vintage where submission_order = 2",
        [month, is_accepted],
    )
    assert [file for _, file in held(release)] == waiting
