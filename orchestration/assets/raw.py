"""From the inbox to cells with the gate's word on them.

Assets: ``raw/submission``, ``raw/cell``, ``raw/reader_finding``, ``raw/pack`` (one step), ``raw/acceptance``.
Does not belong here: how a file is read (``ingest``), what makes a cell implausible (``expectations/raw``).
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from orchestration.checks import OWNER, check_results, check_specs
from orchestration.dbt import warm_up
from orchestration.gate import Verdict
from orchestration.line import Line, git_revision

READ = {
    "submission": "One row per file received, read or refused. Source: the inbox and the pack's documents. "
    "Cadence: whenever a bureau sends. Can go wrong: a file nobody has described (it lies in quarantine/).",
    "submission_table": "One row per table understood in a file, with the month it reports.",
    "cell": "One row per non-empty cell of a table's area, with what became of it. "
    "Can go wrong: an unknown label (see raw/reader_finding).",
    "reader_finding": "One row per thing that the readers could not take as it stood, with what to do.",
}
PACK = (
    "The pack as tables (raw.pack_*): regions, rank sets, bureaus, indicators, targets, calendar … "
    "Cadence: each run. Can go wrong: a wrong pack ends the run before anything is read."
)
RAW_KEYS = [dg.AssetKey(["raw", name]) for name in [*READ, "pack"]]


@dg.multi_asset(
    name="received",
    specs=[
        *(
            dg.AssetSpec(["raw", name], description=text, group_name="raw", owners=[OWNER], kinds={"duckdb"})
            for name, text in READ.items()
        ),
        dg.AssetSpec(["raw", "pack"], description=PACK, group_name="raw", owners=[OWNER], kinds={"yaml", "duckdb"}),
    ],
    required_resource_keys={"line"},
)
def received(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
    """Archive what is new, read it, load it in one transaction, then settle inbox and quarantine."""
    line: Line = context.resources.line
    line.on_step("received")
    counts = read_what_is_new(line)
    for name in READ:
        yield dg.MaterializeResult(asset_key=["raw", name], metadata=counts[name])
    yield dg.MaterializeResult(asset_key=["raw", "pack"], metadata={"pack": line.pack.info.name})


def read_what_is_new(line: Line) -> dict[str, dict[str, Any]]:
    """Take in, read, load and settle; returns the metadata of each raw table."""
    from ingest.intake.take_in import settle, take_in
    from ingest.read import read_all
    from ingest.warehouse import ensure_schema, load_batch, load_pack_tables, remember_incidents, write_run_row
    from orchestration.releases.store import ReleaseStore

    line.intake = take_in(line.home, line.pack, line.settings.inbox, line.clock)
    batch = read_all(line.intake.new, line.pack, line.clock)
    with line.warehouse() as connection:
        ensure_schema(connection)
        load_pack_tables(connection, line.pack)
        load_batch(connection, batch)
        remember_incidents(connection, ReleaseStore(line.home.releases).newest_database())
        run_id = line.started_at.strftime("%Y%m%dT%H%M%S")
        write_run_row(connection, run_id, line.clock, line.pack.info.name, git_revision())
        counts = {name: _metadata(connection, name) for name in READ}
    settle(line.home, line.intake, batch)
    counts["submission"] |= {"new": len(line.intake.new), "known": line.intake.known}
    return counts


def _metadata(connection: Any, table: str) -> dict[str, Any]:
    (rows,) = connection.execute(f"select count(*) from raw.{table}").fetchone()
    metadata: dict[str, Any] = {"dagster/row_count": rows}
    if table == "cell":
        first, last = connection.execute("select min(reference_month), max(reference_month) from raw.cell").fetchone()
        metadata |= {"first_month": str(first), "last_month": str(last)}
    if table == "submission":
        (refused,) = connection.execute("select count(*) from raw.submission where outcome = 'quarantined'").fetchone()
        metadata["refused"] = refused
    return metadata


@dg.asset(
    key=["raw", "acceptance"],
    deps=RAW_KEYS,
    description="The gate's word on every cell: accepted since when, or held and why. A held cell keeps its last "
    "accepted value in the marts. Source: Great Expectations over raw. Can go wrong: a slip of magnitude, a new unit.",
    group_name="raw",
    owners=[OWNER],
    kinds={"duckdb", "greatexpectations"},
    check_specs=check_specs("raw"),
    required_resource_keys={"line"},
)
def acceptance(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Ask the gate about every undecided cell, hold what fails a critical rule, accept the rest."""
    from ingest.acceptance import record_acceptance, record_warnings

    line: Line = context.resources.line
    line.on_step("raw__acceptance")
    line.gate.ask("raw", line.home.warehouse)
    warm_up()  # the worker may still be importing; dbt's import takes as long and is needed next
    verdicts = line.gate.answer("raw")
    line.verdicts += verdicts
    with line.warehouse() as connection:
        decided = record_acceptance(connection, line.clock, held_rows(connection, verdicts))
        told = record_warnings(connection, line.clock, warning_rows(verdicts))
    return dg.MaterializeResult(
        metadata={
            "accepted": decided.accepted,
            "held": decided.held,
            "waived": decided.waived,
            "warnings": told,
            **line.gate.costs("raw"),
        },
        check_results=list(check_results("raw", verdicts)),
    )


def held_rows(connection: Any, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The cells that a critical rule holds, with the rule and the Chinese reason; a fault of a file holds all of it."""
    held = _broken_rows(verdicts)
    whole = {row["submission_id"]: row for row in held if not row.get("source_cell")}
    cells = (
        connection.execute("select submission_id, source_sheet, source_cell from raw.cell").fetchall() if whole else []
    )
    spread = [
        {**whole[submission], "source_sheet": sheet, "source_cell": cell}
        for submission, sheet, cell in cells
        if submission in whole
    ]
    return [*(row for row in held if row.get("source_cell")), *spread]


def warning_rows(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """What the gate warns of without holding it. What is only information stays with the run."""
    return [
        {**row, "severity": verdict.severity, "rule": verdict.rule, "reason": verdict.description_zh}
        for verdict in verdicts
        if not verdict.passed and verdict.severity == "warning"
        for row in verdict.rows
        if row.get("submission_id")
    ]


def _broken_rows(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    return [
        {**row, "rule": verdict.rule, "reason": row.get("reason") or verdict.description_zh}
        for verdict in verdicts
        if verdict.holds
        for row in verdict.rows
    ]
