"""Each bureau gets a workbook of what it is asked, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from orchestration.questions import write_questions


@pytest.fixture
def release(tmp_path: Path) -> Path:
    with duckdb.connect(tmp_path / "marts.duckdb") as con:
        con.execute("create table dim_bureau as select 'czj' as bureau_code, '财政局' as bureau_name")
        con.execute("create table dim_indicator as select 'gdp' as indicator_code, '地区生产总值' as indicator_name")
        con.execute(
            "create table dim_region as select '410503' as region_code, '北关区' as region_name,"
            " date '2003-01-01' as valid_from"
        )
        con.execute(
            "create table mart_quality_finding as select * from (values"
            " ('f1', 'critical', '月报.xlsx', '表1', 'D4', '64.0', 'open', 'czj'),"
            " ('f2', 'warning', '月报.xlsx', '表1', 'D5', '=1+1', 'open', 'czj'),"
            " ('f3', 'info', '月报.xlsx', '表1', 'D6', '1', 'open', 'czj'),"
            " ('f4', 'critical', '月报.xlsx', '表1', 'D7', '1', 'recovered', 'czj'),"
            " ('f5', 'critical', '年报.xlsx', '表1', 'D7', '1', 'open', 'tjj'))"
            " as t (finding_id, severity, source_file, source_sheet, source_cell, observed, status, owner_bureau_code)"
            " cross join (select '410503' as region_code, 'gdp' as indicator_code, 'growth_ytd' as measure,"
            " date '2023-06-01' as reference_month, '约 6.4' as expected, '请核实。' as question,"
            " date '2023-07-15' as answer_due_date, true as is_simulated)"
        )
    return tmp_path


def test_a_bureau_is_asked_what_is_open_and_its_own(release: Path) -> None:
    written = write_questions(release)
    assert [path.name for path in written] == ["czj.xlsx", "tjj.xlsx"]
    rows = CalamineWorkbook.from_path(str(written[0])).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "财政局：待答复问题 2 项 open questions"
    assert rows[1][0] == "模拟数据，非统计数据"
    assert rows[3] == [
        1, "严重", "月报.xlsx", "表1", "D4", "北关区", "地区生产总值", "累计增速", "2023-06", "64.0", "约 6.4",
        "请核实。", "2023-07-15", "",
    ]  # fmt: skip
    assert [row[4] for row in rows[3:]] == ["D4", "D5"]


def test_what_a_bureau_wrote_does_not_run_in_a_spreadsheet(release: Path) -> None:
    rows = CalamineWorkbook.from_path(str(write_questions(release)[0])).get_sheet_by_index(0).to_python()
    assert rows[4][9] == "'=1+1"


def test_nobody_is_asked_when_nothing_is_open(release: Path) -> None:
    with duckdb.connect(release / "marts.duckdb") as con:
        con.execute("delete from mart_quality_finding")
    assert write_questions(release) == []
    assert not (release / "questions").exists()


def test_a_long_question_is_shown_whole(release: Path) -> None:
    with duckdb.connect(release / "marts.duckdb") as con:
        con.execute("update mart_quality_finding set question = repeat('请核实。', 40) where finding_id = 'f1'")
    sheet = openpyxl.load_workbook(write_questions(release)[0]).active
    assert sheet is not None
    assert sheet.row_dimensions[4].height >= 6 * 15  # 160 characters, 30 to a line
    assert sheet.row_dimensions[5].height in (None, 15)
