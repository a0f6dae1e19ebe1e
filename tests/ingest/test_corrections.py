"""The corrections register against cells that were read: what is changed, what a guard keeps, what is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from ingest import warehouse
from ingest.acceptance import record_acceptance
from ingest.clock import Clock
from ingest.pack.models import Correction
from ingest.pack.tables import _of_records

JUNE, MAY = date(2023, 6, 1), date(2023, 5, 1)
JULY = Clock(date(2023, 7, 31))


class Register:
    """A pack with nothing but corrections."""

    def __init__(self, *entries: dict[str, Any]) -> None:
        common = {"stem": "tjj__yuebao", "reason": "错", "decided_by": "某人", "decided_on": date(2023, 7, 1)}
        self.records = [
            Correction.model_validate({"correction_code": f"c{n}", **common, **entry})
            for n, entry in enumerate(entries)
        ]

    def tables(self) -> dict[str, pa.Table]:
        return {"pack_correction": _of_records(self.records, Correction)}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse.connect(tmp_path / "warehouse.duckdb") as connection:
        warehouse.ensure_schema(connection)
        send(connection, "june")
        yield connection


def send(con: duckdb.DuckDBPyConnection, file: str, day: int = 10, **columns: Any) -> None:
    """A file with one cell, 9486 万元 of GDP unless said otherwise."""
    order = con.execute("select count(*) + 1 from raw.submission").fetchone()
    row = {
        "submission_id": file, "stem": "tjj__yuebao", "table_no": 1, "source_sheet": "表1", "source_cell": "D4",
        "disposition": "observation", "value_printed": "9486", "value_number": 9486.0, "value_qualifier": "=",
        "value_decimals": 0, "unit_printed": "万元", "unit_code": "wan_yuan", "region_code": "410503",
        "indicator_code": "gdp", "measure": "level_ytd", "growth_basis": "none", "period_start": date(2023, 1, 1),
        "reference_month": JUNE, "obs_status": "A", "is_break": False, "is_simulated": False, "source_rank": 2,
    } | columns  # fmt: skip
    submission = {
        "submission_id": file, "sha256": f"{order[0]:064d}" if order else "", "file_name": f"{file}.xlsx",
        "source_path": file, "byte_size": 1, "received_at": Clock(date(2023, 7, day)).now, "is_simulated": False,
        "outcome": "read", "submission_order": order[0] if order else 0, "read_at": JULY.now,
    }  # fmt: skip
    for table, values in (("submission", submission), ("cell", row)):
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        con.execute(f"insert into raw.{table} ({names}) values ({marks})", list(values.values()))


KEY = {"indicator_code": "gdp", "measure": "level_ytd", "region_code": "410503", "reference_month": JUNE}
CELL = {"source_sheet": "表1", "source_cell": "D4", "reference_month": JUNE}
TENTH = {"wrong_value": "9486", "action": "replace", "value": "948.6"}


def corrected(con: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[Any, ...]]:
    names = ", ".join(columns or ("submission_id", "value_number", "correction_code"))
    return con.execute(f"select {names} from raw.corrected_cell order by submission_id").fetchall()


def told(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute(
        "select correction_code, submission_id, is_applied, is_ambiguous, is_obsolete from raw.correction_match "
        "order by correction_code, submission_id"
    ).fetchall()


@pytest.mark.parametrize("where", [KEY, CELL, {**CELL, **KEY}, {"sha256": f"{1:064d}", **CELL}])
def test_an_entry_names_its_cell_by_place_or_by_key(con: duckdb.DuckDBPyConnection, where: dict[str, Any]) -> None:
    warehouse.load_pack_tables(con, Register({**where, **TENTH}))
    assert corrected(con) == [("june", 948.6, "c0")]
    assert con.execute("select value_number, value_printed from raw.cell").fetchall() == [(9486.0, "9486")]


def test_the_right_value_brings_its_own_decimals(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert corrected(con, "value_decimals", "unit_code", "value_printed") == [(1, "wan_yuan", "9486")]


def test_a_dropped_cell_is_not_there(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register({**CELL, "wrong_value": "9486", "action": "drop"}))
    assert corrected(con) == []


def test_a_unit_is_replaced_wherever_it_is_printed(con: duckdb.DuckDBPyConnection) -> None:
    send(con, "other", source_cell="D5", region_code="410502", value_printed="77", value_number=77.0)
    entry = {"indicator_code": "gdp", "measure": "level_ytd", "reference_month": JUNE, "wrong_unit": "万元",
             "action": "replace_unit", "unit_code": "yi_yuan"}  # fmt: skip
    warehouse.load_pack_tables(con, Register(entry))
    assert corrected(con, "value_number", "unit_code", "unit_printed") == [
        (9486.0, "yi_yuan", "万元"), (77.0, "yi_yuan", "万元"),
    ]  # fmt: skip


def test_a_figure_is_moved_to_its_month(con: duckdb.DuckDBPyConnection) -> None:
    move = {"wrong_value": "9486", "action": "move_period", "right_month": MAY}
    warehouse.load_pack_tables(con, Register({**KEY, **move}))
    assert corrected(con, "period_start", "reference_month") == [(date(2023, 1, 1), MAY)]


def test_a_month_s_own_figure_is_moved_whole(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update raw.cell set measure = 'level_month', period_start = reference_month")
    move = {"wrong_value": "9486", "action": "move_period", "right_month": MAY}
    warehouse.load_pack_tables(con, Register({**KEY, **move, "measure": "level_month"}))
    assert corrected(con, "period_start", "reference_month") == [(MAY, MAY)]


def test_another_month_and_another_file_are_left_alone(con: duckdb.DuckDBPyConnection) -> None:
    send(con, "may", reference_month=MAY)
    warehouse.load_pack_tables(con, Register({**CELL, **TENTH}))
    assert corrected(con) == [("june", 948.6, "c0"), ("may", 9486.0, None)]


def test_the_guard_keeps_a_cell_that_prints_something_else(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH, "wrong_value": "9487"}))
    assert corrected(con) == [("june", 9486.0, None)]
    assert told(con) == [("c0", "june", False, False, True)]


def test_a_guard_is_met_by_the_same_number_written_otherwise(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH, "wrong_value": "9486.0"}))
    assert corrected(con) == [("june", 948.6, "c0")]


def test_once_the_source_is_fixed_the_entry_is_obsolete_and_the_old_file_stays_corrected(
    con: duckdb.DuckDBPyConnection,
) -> None:
    send(con, "june_again", day=20, value_printed="948.6", value_number=948.6)
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert told(con) == [("c0", "june", True, False, False), ("c0", "june_again", False, False, True)]
    assert corrected(con) == [("june", 948.6, "c0"), ("june_again", 948.6, None)]


def test_an_end_of_validity_keeps_the_old_file_corrected_in_silence(con: duckdb.DuckDBPyConnection) -> None:
    send(con, "june_again", day=20, value_printed="948.6", value_number=948.6)
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH, "valid_to": date(2023, 7, 19)}))
    assert told(con) == [("c0", "june", True, False, False)]


def test_an_earlier_file_that_printed_it_right_is_no_sign_of_a_fix(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update raw.submission set submission_order = 5")
    send(con, "before", day=1, value_printed="948.6", value_number=948.6)
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert told(con) == [("c0", "before", False, False, False), ("c0", "june", True, False, False)]


def test_a_second_cell_of_the_file_with_the_key_is_no_sign_of_a_fix(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("insert into raw.cell select * replace ('D9' as source_cell, '0.9486' as value_printed, "
                "'亿元' as unit_printed) from raw.cell")  # fmt: skip
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert [row[2:] for row in told(con)].count((False, False, True)) == 0


def test_a_printed_rank_is_corrected_by_its_cell_and_left_alone_by_its_key(con: duckdb.DuckDBPyConnection) -> None:
    send(con, "rank", disposition="published_rank", value_printed="3", value_number=3.0, source_cell="E4")
    rank = {**CELL, "source_cell": "E4", "wrong_value": "3", "action": "replace", "value": "4"}
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}, rank))
    assert corrected(con) == [("june", 948.6, "c0"), ("rank", 4.0, "c1")]
    assert [row[:2] for row in told(con)] == [("c0", "june"), ("c1", "rank")]


def test_two_entries_for_one_cell_are_both_left_out(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}, {**CELL, **TENTH, "value": "9.486"}))
    assert corrected(con) == [("june", 9486.0, None)]
    assert {row[3] for row in told(con)} == {True}


def test_a_cell_corrected_since_is_judged_anew(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, Register())
    record_acceptance(con, JULY, [])
    assert con.execute("select count(*) from raw.acceptance").fetchone() == (1,)
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert con.execute("select count(*) from raw.acceptance").fetchone() == (0,)
    record_acceptance(con, JULY, [])
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert con.execute("select count(*) from raw.acceptance").fetchone() == (1,), "the same register changes nothing"


def test_a_home_of_an_older_layout_takes_the_new_register(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace table raw.pack_correction (correction_code varchar, stem varchar)")
    warehouse.load_pack_tables(con, Register({**KEY, **TENTH}))
    assert corrected(con) == [("june", 948.6, "c0")]
