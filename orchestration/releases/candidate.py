"""Write a release aside: the marts as one DuckDB file and as Parquet, the as-of macros, the manifest.

Reads the warehouse read-only, so nothing can block it and it changes nothing. Whether the release may be switched to
is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.releases import closed
from orchestration.releases.as_of import REFERENCE_SCHEMA, AsOfMacro, Model
from orchestration.releases.manifest import SIMULATED_NOTICE, CheckEntry, Manifest, SubmissionEntry

if TYPE_CHECKING:
    import duckdb

TOOLS = ("dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "pandas")


@dataclass(frozen=True)
class Provenance:
    """What the manifest says besides what the warehouse itself knows."""

    inputs: str
    git_revision: str | None
    pack: str
    pack_digest: str
    released_at: datetime
    as_of: date
    fixed_as_of: bool
    stale_on: date | None
    checks_passed: int
    warnings: tuple[CheckEntry, ...]


def release_id(provenance: Provenance) -> str:
    """An id that sorts by time and ends in a piece of the inputs' digest."""
    moment = provenance.released_at.strftime("%Y%m%dT%H%M%S")
    return f"{moment}-{provenance.inputs[:8]}"


def write(
    folder: Path,
    warehouse: Path,
    macros: Iterable[AsOfMacro],
    provenance: Provenance,
    name: str,
    earlier: Iterable[Path],
) -> Manifest:
    """Write the release called ``name`` into the empty ``folder`` and return its manifest.

    ``earlier`` are the folders of the releases before it, oldest first: what one of them froze stays frozen.
    """
    import duckdb

    macros = list(macros)
    with duckdb.connect(folder / "marts.duckdb") as connection:
        connection.execute(f"attach '{_quoted(warehouse)}' as warehouse (read_only)")
        connection.execute("begin")
        tables = _tables(connection, "marts")
        for table in tables:
            _copy(connection, "marts", table, "main", order=True)
        _copy_references(connection, (model for macro in macros for model in macro.references))
        submissions = _submissions(connection)
        connection.execute("commit")
        connection.execute("detach warehouse")
        for macro in macros:
            connection.execute(macro.sql)
        frozen = [release / "marts.duckdb" for release in earlier]
        tables.append(closed.write(connection, frozen, provenance.as_of, name))
        manifest = _manifest(connection, tables, submissions, provenance, name)
        _write_release_row(connection, manifest)
        _write_parquet(connection, folder / "parquet", [*tables, "release"])
    manifest.write(folder)
    return manifest


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = ? order by 1",
        [schema],
    ).fetchall()
    return [name for (name,) in found]


def _copy(connection: duckdb.DuckDBPyConnection, schema: str, table: str, into: str, *, order: bool) -> None:
    """Copy a table with its descriptions; ordered, so that equal content gives equal files and good zone maps."""
    suffix = " order by all" if order else ""
    connection.execute(f'create table {into}."{table}" as select * from warehouse.{schema}."{table}"{suffix}')
    comments = connection.execute(
        "select column_name, comment from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name = ? and table_name = ? and comment is not null",
        [schema, table],
    ).fetchall()
    for column, comment in comments:
        connection.execute(f'comment on column {into}."{table}"."{column}" is {_literal(comment)}')
    said = connection.execute(
        "select comment from duckdb_tables() "
        "where database_name = 'warehouse' and schema_name = ? and table_name = ? and comment is not null",
        [schema, table],
    ).fetchone()
    if said:
        connection.execute(f'comment on table {into}."{table}" is {_literal(said[0])}')


def _copy_references(connection: duckdb.DuckDBPyConnection, models: Iterable[Model]) -> None:
    """Copy what the as-of macros read besides the marts."""
    connection.execute(f"create schema {REFERENCE_SCHEMA}")
    for model in {model.name: model for model in models if model.schema != "marts"}.values():
        _copy(connection, model.schema, model.name, REFERENCE_SCHEMA, order=False)


def _submissions(connection: duckdb.DuckDBPyConnection) -> list[SubmissionEntry]:
    columns = list(SubmissionEntry.model_fields)
    rows = connection.execute(
        f"select {', '.join(columns)} from warehouse.raw.submission order by submission_order"
    ).fetchall()
    return [SubmissionEntry.model_validate(dict(zip(columns, row, strict=True))) for row in rows]


def _manifest(
    connection: duckdb.DuckDBPyConnection,
    tables: list[str],
    submissions: list[SubmissionEntry],
    provenance: Provenance,
    name: str,
) -> Manifest:
    counts = {table: _one(connection, f'select count(*) from main."{table}"') for table in tables}
    simulated = _one(connection, "select coalesce(bool_or(is_simulated), false) from fct_observation")
    month = _one(connection, "select max(reference_month) from mart_monthly_brief where actual_text <> '—'")
    return Manifest(
        release_id=name,
        released_at=provenance.released_at,
        inputs=provenance.inputs,
        git_revision=provenance.git_revision,
        pack=provenance.pack,
        pack_digest=provenance.pack_digest,
        as_of=provenance.as_of,
        fixed_as_of=provenance.fixed_as_of,
        stale_on=provenance.stale_on,
        reference_month=month if isinstance(month, date) else None,
        contains_simulated=bool(simulated),
        notice=SIMULATED_NOTICE if simulated else None,
        submissions=submissions,
        row_counts={table: int(str(count)) for table, count in counts.items()},
        check_passed=provenance.checks_passed,
        check_failed=len(provenance.warnings),
        warnings=list(provenance.warnings),
        tool_versions={tool: version(tool) for tool in TOOLS},
    )


def _write_release_row(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    connection.execute(
        "create table release as select ?::varchar as release_id, ?::timestamptz as released_at, "
        "?::varchar as git_revision, ?::varchar as pack, ?::date as as_of, ?::integer as submission_count, "
        "?::integer as check_passed, ?::integer as check_failed, ?::boolean as contains_simulated",
        [
            manifest.release_id, manifest.released_at, manifest.git_revision, manifest.pack, manifest.as_of,
            len(manifest.submissions), manifest.check_passed, manifest.check_failed, manifest.contains_simulated,
        ],
    )  # fmt: skip


def _write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path, tables: Iterable[str]) -> None:
    folder.mkdir()
    for table in tables:
        connection.execute(f"copy main.\"{table}\" to '{_quoted(folder / f'{table}.parquet')}' (format parquet)")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
