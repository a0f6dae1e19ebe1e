"""The warehouse file: schema, loads in one transaction, the gate's word on cells."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from ingest import warehouse
from ingest.acceptance import Acceptance, record_acceptance, record_warnings
from ingest.clock import SHANGHAI, Clock
from ingest.home import HomeBusyError, HomeError

JULY = Clock(date(2023, 7, 31))
AUGUST = Clock(date(2023, 8, 31))


@dataclass
class Tables:
    """A batch or a pack, as far as the warehouse cares."""

    submissions: pa.Table
    tables: pa.Table
    cells: pa.Table
    findings: pa.Table


@dataclass
class PackTables:
    waivers: list[dict[str, Any]]

    def tables(self) -> dict[str, pa.Table]:
        schema = pa.schema(
            [(name, pa.string()) for name in ("rule", "stem", "region_code", "indicator_code", "measure")]
            + [("reference_month", pa.date32()), ("waived_by", pa.string()), ("waived_until", pa.date32())]
        )
        return {"pack_waiver": pa.Table.from_pylist(self.waivers, schema)}


def batch(submission_id: str, cells: list[str], outcome: str = "read") -> Tables:
    """A submission with one observation a cell address."""
    submission = {
        "submission_id": submission_id, "sha256": submission_id * 4, "file_name": "月报.xlsx",
        "source_path": "月报.xlsx", "byte_size": 1, "received_at": JULY.now,
        "is_simulated": False, "outcome": outcome, "submission_order": 1,
        "read_at": JULY.now,
    }  # fmt: skip
    rows = [
        {
            "submission_id": submission_id, "stem": "tjj__yuebao", "table_no": 1, "source_sheet": "表1",
            "source_cell": address, "disposition": "observation", "is_break": False, "is_simulated": False,
            "source_rank": 2, "indicator_code": "gdp", "measure": "level_ytd", "region_code": "410503",
            "reference_month": date(2023, 6, 1),
        }
        for address in cells
    ]  # fmt: skip
    empty = pa.table({"submission_id": pa.array([], pa.string())})
    cell_table = pa.Table.from_pylist(rows) if rows else empty
    return Tables(pa.Table.from_pylist([submission]), empty, cell_table, empty)


def held(address: str, rule: str = "magnitude", submission_id: str = "aaaa") -> dict[str, Any]:
    return {
        "submission_id": submission_id, "source_sheet": "表1", "source_cell": address, "rule": rule,
        "reason": "量级不符",
    }  # fmt: skip


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = warehouse.connect(tmp_path / "warehouse.duckdb")
    warehouse.ensure_schema(connection)
    yield connection
    connection.close()


def acceptance(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    rows = con.execute(
        "select source_cell, accepted_at is not null, held_rule, waived_by, epoch(decided_at)"
        " from raw.acceptance order by 1"
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def test_the_schema_is_made_once_and_stands_a_second_call(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.ensure_schema(con)
    assert con.execute("from raw.schema_version").fetchall() == [(warehouse.SCHEMA_VERSION,)]


def test_a_warehouse_of_another_schema_version_is_refused_with_advice(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update raw.schema_version set schema_version = 99")
    with pytest.raises(HomeError, match="99") as refused:
        warehouse.ensure_schema(con)
    assert "archive" in refused.value.advice


def test_a_load_that_fails_half_way_leaves_nothing(con: duckdb.DuckDBPyConnection) -> None:
    broken = batch("aaaa", ["B4"])
    broken.cells = broken.cells.drop_columns(["stem"])
    with pytest.raises(duckdb.Error):
        warehouse.load_batch(con, broken)
    assert con.execute("select count(*) from raw.submission").fetchone() == (0,)


def test_a_refused_submission_that_is_read_again_is_replaced(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_batch(con, batch("aaaa", [], outcome="quarantined"))
    warehouse.load_batch(con, batch("aaaa", ["B4", "B5"]))
    assert con.execute("select outcome from raw.submission").fetchall() == [("read",)]
    assert con.execute("select count(*) from raw.cell").fetchone() == (2,)


def test_the_gate_accepts_all_but_the_held_cells(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_batch(con, batch("aaaa", ["B4", "B5"]))
    decided = record_acceptance(con, JULY, [held("B5")])
    assert decided == Acceptance(accepted=1, waived=0, held=1)
    assert acceptance(con)["B4"][0]
    assert not acceptance(con)["B5"][0]


def test_an_accepted_cell_stays_accepted_and_a_held_one_keeps_its_first_day(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_batch(con, batch("aaaa", ["B4", "B5"]))
    record_acceptance(con, JULY, [held("B5")])
    before = acceptance(con)
    record_acceptance(con, AUGUST, [held("B4"), held("B5")])
    assert acceptance(con) == before


def test_a_held_cell_that_passes_later_is_accepted_then(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    record_acceptance(con, JULY, [held("B5")])
    record_acceptance(con, AUGUST, [])
    assert acceptance(con)["B5"] == (True, None, None, AUGUST.now.timestamp())


def waiver(rule: str = "magnitude", until: date = date(2023, 7, 31), **scope: Any) -> dict[str, Any]:
    return {"rule": rule, "waived_by": "张主任", "waived_until": until, **scope}


@pytest.mark.parametrize(
    ("waivers", "is_waived"),
    [
        ([waiver()], True),
        ([waiver(indicator_code="gdp", reference_month=date(2023, 6, 1), stem="tjj__yuebao")], True),
        ([waiver(indicator_code="cpi")], False),
        ([waiver(rule="sum_of_parts")], False),
        ([waiver(until=date(2023, 7, 30))], False),
    ],
)
def test_a_waiver_frees_only_what_it_covers(
    con: duckdb.DuckDBPyConnection, waivers: list[dict[str, Any]], is_waived: bool
) -> None:
    warehouse.load_pack_tables(con, PackTables(waivers))
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    decided = record_acceptance(con, JULY, [held("B5")])
    assert (decided.waived, decided.held) == ((1, 0) if is_waived else (0, 1))


def test_a_cell_held_by_two_rules_needs_both_waived(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, PackTables([waiver("magnitude")]))
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    record_acceptance(con, JULY, [held("B5"), held("B5", "sum_of_parts")])
    assert acceptance(con)["B5"][:3] == (False, "sum_of_parts", None)


def test_a_cell_is_held_again_when_its_waiver_has_run_out(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, PackTables([waiver()]))
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    record_acceptance(con, JULY, [held("B5")])
    assert acceptance(con)["B5"][:3] == (True, "magnitude", "张主任")
    record_acceptance(con, AUGUST, [held("B5")])
    assert acceptance(con)["B5"][:3] == (False, "magnitude", None)


def test_a_waiver_for_another_cell_by_the_same_person_does_not_keep_an_expired_one_alive(
    con: duckdb.DuckDBPyConnection,
) -> None:
    other = waiver(until=date(2024, 12, 31), indicator_code="cpi")
    warehouse.load_pack_tables(con, PackTables([waiver(indicator_code="gdp"), other]))
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    record_acceptance(con, JULY, [held("B5")])
    assert acceptance(con)["B5"][:3] == (True, "magnitude", "张主任")
    record_acceptance(con, AUGUST, [held("B5")])
    assert acceptance(con)["B5"][:3] == (False, "magnitude", None)


def test_a_waived_cell_keeps_the_day_of_its_waiver_while_it_holds(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.load_pack_tables(con, PackTables([waiver(until=date(2024, 12, 31))]))
    warehouse.load_batch(con, batch("aaaa", ["B5"]))
    record_acceptance(con, JULY, [held("B5")])
    before = acceptance(con)
    record_acceptance(con, AUGUST, [held("B5")])
    assert acceptance(con) == before


def test_what_the_newest_release_told_is_remembered(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    release = tmp_path / "it's.duckdb"
    with duckdb.connect(release) as told:
        told.execute("create table mart_quality_finding as select 'f1' as finding_id, 'i1' as incident_id, "
                     "timestamptz '2023-07-01 09:00:00+08' as first_seen_at")  # fmt: skip
    known = "select finding_id, incident_id, epoch(first_seen_at) from raw.known_incident"
    for _ in range(2):
        warehouse.remember_incidents(con, release)
        assert con.execute(known).fetchall() == [("f1", "i1", 1688173200.0)]
    warehouse.remember_incidents(con, None)
    assert con.execute(known).fetchall() == []


def test_the_run_row_is_one_row(con: duckdb.DuckDBPyConnection) -> None:
    for run in ("1", "2"):
        warehouse.write_run_row(con, run, JULY, "beiguan", None)
    assert con.execute("select run_id, as_of from raw.run").fetchall() == [("2", date(2023, 7, 31))]


def test_times_are_stored_as_moments_of_shanghai(con: duckdb.DuckDBPyConnection) -> None:
    warehouse.write_run_row(con, "1", JULY, "beiguan", None)
    expected = datetime(2023, 7, 31, 23, 59, 59, tzinfo=SHANGHAI).timestamp()
    assert con.execute("select epoch(run_at), run_at::date from raw.run").fetchone() == (expected, date(2023, 7, 31))


def test_a_busy_warehouse_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise duckdb.IOException('IO Error: Could not set lock on file "x": Conflicting lock is held')

    monkeypatch.setattr(duckdb, "connect", locked)
    with pytest.raises(HomeBusyError):
        warehouse.connect(tmp_path / "x.duckdb", wait_seconds=0.2)


def told(address: str | None, rule: str = "growth_is_sizeable") -> dict[str, Any]:
    return {
        "submission_id": "aaaa", "source_sheet": "表1" if address else None, "source_cell": address, "rule": rule,
        "severity": "warning", "reason": "增速异常大", "observed": "9999", "expected": "≤ 300",
        "reference_month": date(2023, 6, 1),
    }  # fmt: skip


def warnings(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute(
        "select source_cell, rule, observed, reference_month, epoch(found_at) from raw.gate_warning order by all"
    ).fetchall()


def test_what_the_gate_warns_of_is_kept_and_said_once(con: duckdb.DuckDBPyConnection) -> None:
    assert record_warnings(con, JULY, [told("B4"), told("B4"), told(None, "layout_is_known")]) == 2
    record_warnings(con, AUGUST, [told("B4")])
    july, august = JULY.now.timestamp(), AUGUST.now.timestamp()
    assert warnings(con) == [
        ("B4", "growth_is_sizeable", "9999", date(2023, 6, 1), august),
        (None, "layout_is_known", "9999", date(2023, 6, 1), july),
    ]
    assert record_warnings(con, AUGUST, []) == 0


def test_a_cell_that_means_something_else_now_loses_the_gates_word(con: duckdb.DuckDBPyConnection) -> None:
    """Read again with another pack: B4 is another indicator, B5 is what it was and keeps its day of acceptance."""
    warehouse.load_batch(con, batch("aaaa", ["B4", "B5"]))
    record_acceptance(con, JULY, [])
    record_warnings(con, JULY, [told("B4"), told("B5")])
    again = batch("aaaa", ["B4", "B5"])
    column = again.cells.column_names.index("indicator_code")
    again.cells = again.cells.set_column(column, "indicator_code", pa.array(["retail", "gdp"]))
    warehouse.load_batch(con, again)
    assert set(acceptance(con)) == {"B5"}
    assert [row[0] for row in warnings(con)] == ["B5"]


def test_a_pack_is_loaded_first_thing_in_a_process(tmp_path: Path) -> None:
    """No arrow array has been made before: the transaction hides pandas, which pyarrow looks for at its first one."""
    code = (
        "import sys; from pathlib import Path; from ingest.pack import load_pack; from ingest import warehouse\n"
        "with warehouse.connect(Path(sys.argv[1])) as con:\n"
        "    warehouse.ensure_schema(con); warehouse.load_pack_tables(con, load_pack('beiguan'))\n"
        "    print(con.execute('select count(*) from raw.pack_target').fetchone()[0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "warehouse.duckdb")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 80
