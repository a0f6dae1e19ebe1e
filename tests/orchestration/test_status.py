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
        " 'level_ytd' as measure, date '2023-06-01' as reference_month, '数值相差约10000倍' as held_reason,"
        " '表1' as source_sheet, 'D4' as source_cell, t.*"
        " from (values ('a', '旧.xlsx', true), ('b', '万倍.xlsx', false))"
        " as t (submission_id, source_file, is_accepted)"
    )
    con.execute(
        "create table mart_quality_finding (submission_id varchar, source_sheet varchar, source_cell varchar,"
        " severity varchar, status varchar)"
    )
    return con


@pytest.mark.parametrize(
    ("findings", "held"),
    [
        ([("b", "critical", "open")], ["万倍.xlsx"]),
        ([("b", "critical", "recovered")], []),
        ([("b", "critical", "recovered"), ("b", "critical", "open")], ["万倍.xlsx"]),
        ([("b", "warning", "recovered")], ["万倍.xlsx"]),
        ([("a", "critical", "recovered")], ["万倍.xlsx"]),
        ([], ["万倍.xlsx"]),
    ],
)
def test_a_held_figure_is_told_until_what_holds_it_has_recovered(
    release: duckdb.DuckDBPyConnection, findings: list[tuple[str, str, str]], held: list[str]
) -> None:
    for submission, severity, status in findings:
        release.execute(
            "insert into mart_quality_finding values (?, '表1', 'D4', ?, ?)", [submission, severity, status]
        )
    assert [row[7] for row in release.execute(HELD).fetchall()] == held
