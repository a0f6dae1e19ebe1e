"""Reading all that was taken in: each file by itself, side by side, into the raw tables of one batch.

Belongs here: that one broken file never harms another, and how readings become arrow tables shaped like ``raw.sql``.
Does not belong here: understanding a file (``interpret``), storing what was read (``warehouse.py``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.clock import Clock
from ingest.failures import failure
from ingest.failures import reading as guarded
from ingest.intake.archive import Received
from ingest.intake.quarantine import Reason
from ingest.warehouse import BATCH_TABLES, connect_in_memory, ensure_schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from ingest.interpret import FileReading
    from ingest.pack import Pack

Reader = Callable[[Path, str, "Pack", date], "FileReading"]

WORTH_FILES = 60
WORTH_BYTES = 8_000_000
"""From here on two processes are faster than one, their start included."""


@dataclass(frozen=True)
class Batch:
    """What one run has read, ready to load: one arrow table per raw table."""

    submissions: pa.Table
    tables: pa.Table
    cells: pa.Table
    findings: pa.Table
    received: list[Received] = field(default_factory=list)
    refused: dict[str, Reason] = field(default_factory=dict)
    """Why files were refused, by sha256."""


def read_all(
    received: list[Received],
    pack: Pack,
    clock: Clock,
    reader: Reader | None = None,
    workers: int | None = None,
    on_read: Callable[[Received], None] | None = None,
) -> Batch:
    """Read every submission; a file whose reader fails in any way is refused as unreadable and the rest goes on.

    ``workers`` = 0 reads in this process, for files of one's own making; none given = in one confined process, or in
    several side by side when that is faster. The first costs a third of a second, which a hostile file is not worth.
    """
    schemas = raw_schemas()
    parts: dict[str, list[pa.Table]] = {name: [] for name in BATCH_TABLES}
    refused: dict[str, Reason] = {}
    for item, reading in _readings(received, pack, clock.today, reader, _worker_count(received, workers)):
        try:
            if not isinstance(reading, Reason):
                tables = _tables(item, reading, pack, clock, schemas)
        except Exception as error:
            reading = failure(f"{type(error).__name__}: {error}")
        if isinstance(reading, Reason):
            tables = _tables(item, _refused_reading(reading), pack, clock, schemas)
            refused[item.sha256] = reading
        elif reading.refusal is not None:
            refused[item.sha256] = Reason(**asdict(reading.refusal))
        for name, table in tables.items():
            parts[name].append(table)
        if on_read is not None:
            on_read(item)
    import pyarrow as pa

    # one chunk a table: DuckDB takes many small ones ten times slower
    whole = [pa.concat_tables([schemas[name].empty_table(), *parts[name]]).combine_chunks() for name in BATCH_TABLES]
    return Batch(whole[0], whole[1], whole[2], whole[3], list(received), refused)


def read_file(path: Path, file_name: str, pack: Pack, today: date, reader: Reader | None = None) -> FileReading:
    """What one file says; of an archive, what is wrong with it, since its members are files of their own."""
    from ingest.intake.containers import is_container, read_container

    if is_container(path):
        return read_container(path)
    if reader is None:
        from ingest.interpret import interpret_file

        reader = interpret_file
    return reader(path, file_name, pack, today)


def raw_schemas() -> dict[str, pa.Schema]:
    """The raw tables' columns and types, taken from ``raw.sql`` so that they stand in one place only."""
    with connect_in_memory() as con:
        ensure_schema(con)
        return {name: _schema_of(con, name) for name in BATCH_TABLES}


def _schema_of(con: duckdb.DuckDBPyConnection, name: str) -> pa.Schema:
    """Arrow types of a raw table, and which of its columns must not be NULL."""
    import pyarrow as pa

    schema: pa.Schema = con.execute(f"select * from raw.{name}").to_arrow_table().schema
    needed = {row[0] for row in con.execute(f"describe raw.{name}").fetchall() if row[2] == "NO"}
    return pa.schema([column.with_nullable(column.name not in needed) for column in schema])


def _readings(
    received: list[Received], pack: Pack, today: date, reader: Reader | None, workers: int
) -> Iterator[tuple[Received, FileReading | Reason]]:
    """Each submission with its reading, in order; a failed reader yields a reason instead."""
    reader = partial(read_file, reader=reader)
    if workers > 0:
        from ingest.workers import read_side_by_side

        yield from zip(received, read_side_by_side(received, pack, today, reader, workers), strict=True)
        return
    for item in received:
        yield item, guarded(reader, item.path, item.file_name, pack, today)


def _worker_count(received: list[Received], workers: int | None) -> int:
    """How many processes are worth their start; never none, because the main process opens no file of strangers."""
    if workers is not None:
        return workers
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    is_worth_it = len(received) >= WORTH_FILES or sum(item.byte_size for item in received) >= WORTH_BYTES
    return min(cores if is_worth_it else 1, len(received), 8)


def _refused_reading(reason: Reason) -> FileReading:
    """A reading that says nothing but why there is none."""
    from typing import cast

    from ingest.interpret.result import FileReading, Refusal, RefusalCode

    return FileReading(refusal=Refusal(**{**asdict(reason), "reason_code": cast("RefusalCode", reason.reason_code)}))


def _tables(
    received: Received, reading: FileReading, pack: Pack, clock: Clock, schemas: dict[str, pa.Schema]
) -> dict[str, pa.Table]:
    """One file's rows of the raw tables; of a refused file only its findings are kept, the refusal being number 0."""
    keep = reading.refusal is None
    cells = _columns(reading.cells if keep else [], schemas["cell"])
    _refuse_double_cells(cells)
    shared = {"submission_id": received.submission_id, "stem": reading.stem}
    return {
        "submission": _table([_submission_row(received, reading, pack, clock)], schemas["submission"]),
        "submission_table": _from_columns(
            _columns(reading.tables if keep else [], schemas["submission_table"]), shared, schemas["submission_table"]
        ),
        "cell": _from_columns(cells, shared, schemas["cell"]),
        "reader_finding": _from_columns(_finding_columns(reading, schemas["reader_finding"]), shared,
                                        schemas["reader_finding"]),
    }  # fmt: skip


def _submission_row(received: Received, reading: FileReading, pack: Pack, clock: Clock) -> dict[str, Any]:
    refusal = reading.refusal
    return {
        "submission_id": received.submission_id,
        "sha256": received.sha256,
        "file_name": received.file_name,
        "source_path": received.source_path,
        "byte_size": received.byte_size,
        "media_type": reading.media_type,
        "received_at": received.received_at,
        "published_at": received.published_at,
        "sender": received.sender,
        "bureau_code": reading.bureau_code,
        "is_simulated": reading.is_simulated,
        "outcome": "read" if refusal is None else "quarantined",
        "reason_code": refusal.reason_code if refusal else None,
        "reason": refusal.reason if refusal else None,
        "reason_en": refusal.reason_en if refusal else None,
        "reason_detail": json.dumps(asdict(refusal), ensure_ascii=False) if refusal else None,
        "submission_order": received.submission_order,
        "read_at": clock.now,
        "pack_digest": pack.digest,
    }


def _finding_columns(reading: FileReading, schema: pa.Schema) -> dict[str, list[Any]]:
    """The findings as columns, numbered from 1; a refusal goes before them as number 0.

    The finding that the refusal is made of is not told twice.
    """
    refused_at = (reading.refusal.reason_code, reading.refusal.sheet, reading.refusal.cell) if reading.refusal else None
    others = [one for one in reading.findings if (one.rule, one.source_sheet, one.source_cell) != refused_at]
    columns = _columns(others, schema)
    columns["finding_no"] = list(range(1, len(others) + 1))
    if reading.refusal is not None:
        said = {
            "finding_no": 0,
            "source_sheet": reading.refusal.sheet,
            "source_cell": reading.refusal.cell,
            "severity": "critical",
            "rule": reading.refusal.reason_code,
            "observed": reading.refusal.found or None,
            "expected": reading.refusal.expected or None,
            "advice": reading.refusal.advice or reading.refusal.reason,
            "advice_en": reading.refusal.advice_en or reading.refusal.reason_en,
        }
        columns = {
            name: [said.get(name), *columns.get(name, [])] for name in schema.names if name in columns or name in said
        }
    return columns


def _columns(records: list[Any], schema: pa.Schema) -> dict[str, list[Any]]:
    """Records turned into columns, for those columns that the records have."""
    if not records:
        return {}
    names = [name for name in schema.names if hasattr(records[0], name)]
    return {name: [getattr(record, name) for record in records] for name in names}


def _from_columns(columns: dict[str, list[Any]], shared: dict[str, Any], schema: pa.Schema) -> pa.Table:
    """An arrow table of exactly the raw table's columns."""
    import pyarrow as pa

    height = max((len(values) for values in columns.values()), default=0)
    arrays = []
    for column in schema:
        values = columns.get(column.name)
        if values is None:
            values = [shared.get(column.name)] * height
        if column.nullable is False and None in values:
            raise ValueError(f"{column.name} is missing")
        arrays.append(pa.array(values, column.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema)


def _refuse_double_cells(cells: dict[str, list[Any]]) -> None:
    """One address twice is the reader's fault; found here it costs one file, found by the load the whole run."""
    addresses = list(zip(cells.get("source_sheet", []), cells.get("source_cell", []), strict=True))
    if len(set(addresses)) < len(addresses):
        doubled = next(address for position, address in enumerate(addresses) if address in addresses[:position])
        raise ValueError(f"cell {doubled[0]}!{doubled[1]} was read twice")
