"""The warehouse file: its raw schema, and the few statements that write to it.

Belongs here: opening ``warehouse.duckdb``, the raw tables, loads in one transaction, the gate's word on cells.
Does not belong here: reading bureau files (``read.py``) and everything computed from raw (dbt).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(frozen=True)
class Acceptance:
    """What ``record_acceptance`` decided in this run."""

    accepted: int
    waived: int
    held: int


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
    """Replace the ``raw.pack_*`` tables by what the pack says now."""
    with transaction(con):
        for name, table in pack.tables().items():
            with _registered(con, table) as view:
                con.execute(f'create or replace table raw."{name}" as select * from {view}')


def load_batch(con: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Load what was read in one transaction; a submission that was read before and is read again is replaced.

    A cell that now means something else, because the pack has changed, loses the gate's word and is judged anew.
    """
    parts = dict(zip(BATCH_TABLES, (batch.submissions, batch.tables, batch.cells, batch.findings), strict=True))
    with transaction(con), _registered(con, batch.submissions, "batch_submission") as fresh:
        con.execute(
            "create or replace temp table cell_before as select * from raw.cell"
            f" where submission_id in (select submission_id from {fresh})"
        )
        for name, table in parts.items():
            con.execute(f"delete from raw.{name} where submission_id in (select submission_id from {fresh})")
            with _registered(con, table) as view:
                con.execute(f"insert into raw.{name} by name select * from {view}")
        con.execute(_FORGET_CHANGED)
        con.execute("drop table cell_before")


_FORGET_CHANGED = """
delete from raw.acceptance where (submission_id, source_sheet, source_cell) in (
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


def unread(con: duckdb.DuckDBPyConnection, sha256s: Iterable[str]) -> set[str]:
    """Which of these files has the warehouse not read yet."""
    known = {row[0] for row in con.execute("select sha256 from raw.submission").fetchall()}
    return set(sha256s) - known


def earlier_submissions(con: duckdb.DuckDBPyConnection) -> list[EarlierSubmission]:
    """All submissions of earlier runs, in order of arrival."""
    rows = con.execute(
        "select sha256, submission_order, pack_digest, cast(read_at as date), reason_detail"
        " from raw.submission order by submission_order"
    ).fetchall()
    return [EarlierSubmission(row[0], row[1], row[2], row[3], json.loads(row[4]) if row[4] else None) for row in rows]


def record_acceptance(
    con: duckdb.DuckDBPyConnection, clock: Clock, held_rows: Iterable[Mapping[str, Any]]
) -> Acceptance:
    """Write the gate's word on every undecided cell: accepted, held, or waived by a named person (rules 7 and 11).

    ``held_rows`` carry submission_id, source_sheet, source_cell, rule and reason. Undecided are cells without a word,
    cells held so far, and cells whose waiver has run out; an accepted cell stays accepted. A cell that several
    rules hold is free only when each of them is waived. Reads the waivers from ``raw.pack_waiver``.
    """
    import pyarrow as pa

    names = ("submission_id", "source_sheet", "source_cell", "rule", "reason")
    rows = sorted({tuple(str(row.get(name) or "") for name in names) for row in held_rows})
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    held = pa.table({name: pa.array(list(column), pa.string()) for name, column in zip(names, columns, strict=True)})
    has_waivers = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = 'pack_waiver'"
    ).fetchone()
    waivers = "raw.pack_waiver" if has_waivers and has_waivers[0] else _NO_WAIVERS
    with transaction(con), _registered(con, held, "held_row"):
        con.execute(_DECIDE.format(waivers=waivers), {"now": clock.now, "today": clock.today})
        con.execute("insert or replace into raw.acceptance by name select * from decided")
        counts = con.execute(
            "select count(*) filter (accepted_at is not null and waived_by is null),"
            " count(*) filter (waived_by is not null), count(*) filter (accepted_at is null) from decided"
        ).fetchone()
        con.execute("drop table decided")
    return Acceptance(*(counts or (0, 0, 0)))


def write_run_row(
    con: duckdb.DuckDBPyConnection, run_id: str, clock: Clock, pack: str, git_revision: str | None
) -> None:
    """Replace the one row that says which run builds from here."""
    with transaction(con):
        con.execute("delete from raw.run")
        con.execute("insert into raw.run values (?, ?, ?, ?, ?)", [run_id, clock.today, clock.now, pack, git_revision])


@contextmanager
def _registered(con: duckdb.DuckDBPyConnection, table: pa.Table, name: str = "incoming") -> Iterator[str]:
    """Let DuckDB see an arrow table for a moment."""
    con.register(name, table)
    try:
        yield name
    finally:
        con.unregister(name)


_NO_WAIVERS = """(select null::varchar as rule, null::varchar as stem, null::varchar as region_code,
    null::varchar as indicator_code, null::varchar as measure, null::date as reference_month,
    null::varchar as waived_by, null::date as waived_until where false)"""

_DECIDE = """
create or replace temp table decided as
with valid_waiver as (
    select * from {waivers} where waived_until >= $today
),
undecided as (
    select c.*, a.decided_at as held_since, a.held_rule as held_before, a.accepted_at as accepted_before
    from raw.cell as c
    left join raw.acceptance as a using (submission_id, source_sheet, source_cell)
    where c.disposition in ('observation', 'published_rank')
        and (a.submission_id is null or a.accepted_at is null
            or (a.waived_by is not null and not exists (
                select 1 from valid_waiver as w where w.waived_by = a.waived_by and w.rule = a.held_rule)))
),
judged as (
    select u.submission_id, u.source_sheet, u.source_cell, u.held_since, u.held_before, u.accepted_before,
        h.rule, h.reason, min(w.waived_by) as waived_by
    from undecided as u
    left join held_row as h using (submission_id, source_sheet, source_cell)
    left join valid_waiver as w
        on w.rule = h.rule
        and coalesce(w.stem, u.stem) = u.stem
        and (w.region_code is null or w.region_code = u.region_code)
        and (w.indicator_code is null or w.indicator_code = u.indicator_code)
        and (w.measure is null or w.measure = u.measure)
        and (w.reference_month is null or w.reference_month = u.reference_month)
    group by all
),
worded as (
    select submission_id, source_sheet, source_cell,
        any_value(held_since) as held_since, any_value(held_before) as held_before,
        any_value(accepted_before) as accepted_before,
        coalesce(min(rule) filter (waived_by is null), min(rule)) as held_rule,
        coalesce(arg_min(reason, rule) filter (waived_by is null), arg_min(reason, rule)) as held_reason,
        min(waived_by) as waived_by,
        count(*) filter (rule is not null and waived_by is null) > 0 as is_held
    from judged
    group by submission_id, source_sheet, source_cell
)
select submission_id, source_sheet, source_cell,
    case when not is_held then coalesce(accepted_before, $now::timestamptz) end as accepted_at,
    held_rule, held_reason,
    case when not is_held then waived_by end as waived_by,
    case when is_held and held_rule = held_before then held_since else $now::timestamptz end as decided_at
from worded
order by submission_id, source_sheet, source_cell
"""
