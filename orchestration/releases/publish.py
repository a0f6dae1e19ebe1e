"""Publish what one run built: write aside, make durable, switch, retire the old.

Called only after every blocking check has passed; that order is the asset graph's, not this module's.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING

from expectations import declared
from ingest.clock import SHANGHAI
from ingest.intake.news import mark_released
from orchestration.data_docs import write_data_docs
from orchestration.dbt import DbtError
from orchestration.gate import GateError
from orchestration.inputs import inputs_digest
from orchestration.line import Line, git_revision
from orchestration.page import write_page
from orchestration.questions import write_questions
from orchestration.releases import candidate
from orchestration.releases.as_of import macros
from orchestration.releases.manifest import CheckEntry, Manifest
from orchestration.releases.store import ReleaseStore

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def publish(line: Line) -> Manifest:
    """Release the warehouse's marts and return the manifest of the release."""
    if line.build is None:
        raise DbtError("nothing was built in this run, so there is nothing to release")
    store = ReleaseStore(line.home.releases)
    store.sweep()
    provenance = _provenance(line)
    release_id = candidate.release_id(provenance)
    earlier = [store.path(manifest.release_id) for manifest in store.manifests()]
    building = store.building(release_id)
    try:
        manifest = candidate.write(
            building, line.home.warehouse, macros(line.build.models), provenance, release_id, earlier
        )
        judge(line, building)
        write_page(building, manifest)
        write_questions(building)
        write_data_docs(building, manifest, line.verdicts)
        store.admit(building, release_id)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    store.switch(release_id)
    mark_released(line.home)
    store.retire()
    line.released = manifest
    return manifest


def judge(line: Line, building: Path) -> None:
    """Ask the gate about what only the release itself holds (the verdicts at close)."""
    verdicts = line.gate.validate("release", building / "marts.duckdb")
    line.verdicts += verdicts
    held = [f"{one.table}.{one.check}" for one in verdicts if one.holds]
    if held:
        raise GateError(f"the gate holds the release back: {', '.join(held)}")


def _provenance(line: Line) -> candidate.Provenance:
    with line.warehouse(read_only=True) as connection:
        files = [row[0] for row in connection.execute("select sha256 from raw.submission").fetchall()]
        stale_on = _stale_on(connection, line.clock.today)
    tests = [outcome for outcome in (line.build.outcomes if line.build else ()) if outcome.kind == "test"]
    failed = [verdict for verdict in line.verdicts if not verdict.passed]
    warnings = [CheckEntry.model_validate(v, from_attributes=True) for v in failed]
    warnings += [
        CheckEntry(table="", check=test.name, severity="warning", observed=test.message, unexpected_count=test.failures)
        for test in tests
        if test.status != "success"
    ]
    as_of = line.settings.as_of
    return candidate.Provenance(
        inputs=inputs_digest(line.pack.digest, files, as_of.isoformat() if as_of else None),
        git_revision=git_revision(),
        pack=line.pack.info.name,
        pack_digest=line.pack.digest,
        released_at=datetime.now(SHANGHAI),
        as_of=line.clock.today,
        fixed_as_of=as_of is not None,
        stale_on=stale_on,
        # all checks of the release itself are critical: what is switched to has passed them
        checks_passed=len(line.verdicts) + len(tests) - len(warnings) + len(declared("release")),
        warnings=tuple(warnings),
    )


def _stale_on(connection: duckdb.DuckDBPyConnection, today: date) -> date | None:
    """The next day on which time alone changes a verdict: something falls due, a waiver or a month ends."""
    row = connection.execute(
        """
        with change as (
            select due_date + 1 as day from marts.mart_reporting_status
            union all
            select due_date + 1 from marts.mart_expected_cell
            union all
            select waived_until + 1 from raw.pack_waiver
            union all
            select cast(date_trunc('month', as_of) + interval 1 month as date)
            from raw.run inner join raw.pack_calendar on as_of <= coalesce(last_day(valid_to), as_of)
            union all
            select cast(make_date(plan_year, month + 1, 1) as date)
            from marts.plan_target cross join unnest(range(1, 12)) as month (month)
            union all
            select make_date(plan_year + 1, 1, 1) from marts.plan_target
        )
        select min(day) from change where day > ?
        """,
        [today],
    ).fetchone()
    return row[0] if row else None
