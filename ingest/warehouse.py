"""The warehouse file: its raw schema, and the few statements that write to it.

Belongs here: opening ``warehouse.duckdb``, the raw tables, loads in one transaction, the gate's word on cells.
Does not belong here: reading bureau files (``read.py``) and everything computed from raw (dbt).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ingest.clock import Clock
from ingest.home import HomeBusyError, HomeError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ingest.read import Batch

SCHEMA_VERSION = 1
"""Raise it when ``raw.sql`` changes in a way that ``create table if not exists`` does not bring about."""

BATCH_TABLES = ("submission", "submission_table", "cell", "reader_finding")


class HasTables(Protocol):
    """What ``load_pack_tables`` needs of a pack."""

    def tables(self) -> Mapping[str, pa.Table]:
        """The ``raw.pack_*`` tables by name."""
        ...


@dataclass(frozen=True)
class EarlierSubmission:
    """What the warehouse remembers of a file it has read or refused."""

    sha256: str
    submission_order: int
    pack_digest: str | None
    read_on: date
    refusal: dict[str, Any] | None
    """The reason's fields when it was refused."""


def connect(path: Path, read_only: bool = False, wait_seconds: float = 5.0) -> duckdb.DuckDBPyConnection:
    """Open the warehouse, waiting a few seconds for another process to let go of it."""
    import duckdb

    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            con = duckdb.connect(str(path), read_only=read_only)
            break
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise
            if time.monotonic() >= deadline:
                raise HomeBusyError(
                    f"数据仓库 {path} 正被其他程序打开。/ The warehouse {path} is open in another program.",
                    "请关闭该程序；查询请打开 releases/current/marts.duckdb。"
                    "/ Close it; to query, open releases/current/marts.duckdb instead.",
                ) from error
            time.sleep(0.1)
    con.execute("set timezone = 'Asia/Shanghai'")
    return con


def connect_in_memory() -> duckdb.DuckDBPyConnection:
    """A warehouse that is gone with the process, to ask for the shape of its tables."""
    import duckdb

    con = duckdb.connect(":memory:")
    con.execute("set timezone = 'Asia/Shanghai'")
    return con


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing, also when the process dies in between."""
    con.execute("begin transaction")
    try:
        with _pandas_left_alone():
            yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


@contextmanager
def _pandas_left_alone() -> Iterator[None]:
    """Keep DuckDB from importing pandas (2 s) only to see that a bound value or an arrow table is not a data frame."""
    if "pandas" in sys.modules:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        if sys.modules.get("pandas", True) is None:
            del sys.modules["pandas"]


def ensure_schema(con: duckdb.DuckDBPyConnection) -> None:
    """Create the raw tables that are missing and refuse a warehouse of another schema version."""
    with transaction(con):
        con.execute(Path(__file__).with_name("raw.sql").read_text(encoding="utf-8"))
        con.execute("create table if not exists raw.schema_version (schema_version integer not null)")
        con.execute(
            "insert into raw.schema_version select ? where not exists (from raw.schema_version)", [SCHEMA_VERSION]
        )
    (version,) = con.execute("select max(schema_version) from raw.schema_version").fetchone() or (None,)
    if version != SCHEMA_VERSION:
        raise HomeError(
            f"数据仓库的结构版本是 {version}，本程序需要 {SCHEMA_VERSION}。"
            f"/ The warehouse has raw schema version {version}, this program needs {SCHEMA_VERSION}.",
            "请移开 warehouse.duckdb 后重新运行；存档中的文件会全部重读。"
            "/ Move warehouse.duckdb away and run again: every archived file is read anew.",
        )


def load_pack_tables(con: duckdb.DuckDBPyConnection, pack: HasTables) -> None:
    """Replace the ``raw.pack_*`` tables by what the pack says now.

    A cell that is now corrected otherwise loses the gate's word and is judged anew.
    """
    tables = pack.tables()  # not inside: pyarrow looks for pandas at its first array, and the transaction hides it
    with transaction(con):
        con.execute(_CORRECTED.format(when="before") if _has_corrections(con) else _NOTHING_CORRECTED)
        for name, table in tables.items():
            with registered(con, table) as view:
                con.execute(f'create or replace table raw."{name}" as select * from {view}')
        con.execute(Path(__file__).with_name("corrections.sql").read_text(encoding="utf-8"))
        con.execute(_CORRECTED.format(when="after"))
        for told in ("acceptance", "gate_warning"):
            con.execute(_FORGET_CORRECTED.format(told=told))
        con.execute("drop table corrected_before; drop table corrected_after")


def _has_corrections(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether an earlier run has left the corrections as they are laid out now."""
    return bool(con.execute("select 1 from duckdb_views() where view_name = 'correction_match'").fetchone())


_NOTHING_CORRECTED = """
create or replace temp table corrected_before (submission_id varchar, source_sheet varchar, source_cell varchar,
    effect varchar)
"""
_CORRECTED = """
create or replace temp table corrected_{when} as
select m.submission_id, m.source_sheet, m.source_cell,
    concat_ws('|', p.action, p.value, p.unit_code, p.right_month) as effect
from raw.correction_match as m inner join raw.pack_correction as p using (correction_code)
where m.is_applied
"""
_FORGET_CORRECTED = """
delete from raw.{told} where (submission_id, source_sheet, source_cell) in (
    select coalesce(b.submission_id, a.submission_id), coalesce(b.source_sheet, a.source_sheet),
        coalesce(b.source_cell, a.source_cell)
    from corrected_before as b full outer join corrected_after as a using (submission_id, source_sheet, source_cell)
    where b.effect is distinct from a.effect
)
"""


def load_batch(con: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Load what was read in one transaction; a submission that was read before and is read again is replaced.

    A cell that now means something else, because the pack has changed, loses the gate's word and is judged anew.
    """
    parts = dict(zip(BATCH_TABLES, (batch.submissions, batch.tables, batch.cells, batch.findings), strict=True))
    with transaction(con), registered(con, batch.submissions, "batch_submission") as fresh:
        con.execute(
            "create or replace temp table cell_before as select * from raw.cell"
            f" where submission_id in (select submission_id from {fresh})"
        )
        for name, table in parts.items():
            con.execute(f"delete from raw.{name} where submission_id in (select submission_id from {fresh})")
            with registered(con, table) as view:
                con.execute(f"insert into raw.{name} by name select * from {view}")
        for told in ("acceptance", "gate_warning"):
            con.execute(_FORGET_CHANGED.format(told=told))
        con.execute("drop table cell_before")


_FORGET_CHANGED = """
delete from raw.{told} where (submission_id, source_sheet, source_cell) in (
    select before.submission_id, before.source_sheet, before.source_cell
    from cell_before as before
    left join raw.cell as after using (submission_id, source_sheet, source_cell)
    where row(before.disposition, before.value_number, before.value_qualifier, before.unit_code, before.region_code,
            before.indicator_code, before.measure, before.growth_basis, before.period_start, before.reference_month)
        is distinct from
        row(after.disposition, after.value_number, after.value_qualifier, after.unit_code, after.region_code,
            after.indicator_code, after.measure, after.growth_basis, after.period_start, after.reference_month)
)
"""


def earlier_submissions(con: duckdb.DuckDBPyConnection) -> list[EarlierSubmission]:
    """All submissions of earlier runs, in order of arrival."""
    rows = con.execute(
        "select sha256, submission_order, pack_digest, cast(read_at as date), reason_detail"
        " from raw.submission order by submission_order"
    ).fetchall()
    return [EarlierSubmission(row[0], row[1], row[2], row[3], json.loads(row[4]) if row[4] else None) for row in rows]


def remember_incidents(con: duckdb.DuckDBPyConnection, release: Path | None) -> None:
    """Take over which finding was told under which incident in a release; without one nothing has been told."""
    with transaction(con):
        con.execute("delete from raw.known_incident")
    if release is None or not release.is_file():
        return
    con.execute(f"attach '{str(release).replace(chr(39), chr(39) * 2)}' as told (read_only)")
    try:
        con.execute(
            "insert into raw.known_incident"
            " select finding_id, incident_id, first_seen_at from told.main.mart_quality_finding"
        )
    finally:
        con.execute("detach told")


def write_run_row(
    con: duckdb.DuckDBPyConnection, run_id: str, clock: Clock, pack: str, git_revision: str | None
) -> None:
    """Replace the one row that says which run builds from here."""
    with transaction(con):
        con.execute("delete from raw.run")
        con.execute("insert into raw.run values (?, ?, ?, ?, ?)", [run_id, clock.today, clock.now, pack, git_revision])


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, table: pa.Table, name: str = "incoming") -> Iterator[str]:
    """Let DuckDB see an arrow table for a moment."""
    con.register(name, table)
    try:
        yield name
    finally:
        con.unregister(name)
