"""``jindu run``: is there anything new, the monthly job in this process, and how it ended, in one screen.

Belongs here: the order of a run seen from a terminal. Does not belong here: any step (``assets/``).
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.intake.take_in import tidy
from orchestration.alerts import announce, has_waiting, note_outcome
from orchestration.alerts.outcome import Ending
from orchestration.brief import render
from orchestration.inputs import inputs_digest
from orchestration.instance import prepare
from orchestration.line import Line
from orchestration.questions import FOLDER
from orchestration.releases.store import ReleaseStore
from orchestration.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from orchestration.gate import Verdict
    from orchestration.releases.manifest import Manifest

_SHOWN_ROWS = 5
_STEPS = {
    "received": "读取来文 read what bureaus sent",
    "raw__acceptance": "逐格审核 judge each cell",
    "models": "计算 build the marts (dbt)",
    "audit": "发布前审核 audit before publishing",
    "release__current": "发布 release",
    "release__monthly_brief": "月报 brief",
}


class Outcome(Enum):
    """How a run ended."""

    RELEASED = "released"
    NOTHING_NEW = "nothing new"
    HELD = "held"
    FAILED = "failed"


_ENDINGS: dict[Outcome, Ending] = {Outcome.RELEASED: "well", Outcome.HELD: "held", Outcome.FAILED: "failed"}


def run_line(settings: Settings, out: Console, err: Console) -> Outcome:
    """Run the line once and print what a person wants to know.

    Raises:
        PackError: the pack is wrong.
        HomeError: the home cannot be used.
    """
    line = Line(settings, on_wait=lambda said: err.print(said, markup=False))
    with line.opened():
        store = ReleaseStore(line.home.releases)
        current = store.current()
        # Compared with the newest release and not with the current one: a rollback stands until there is news.
        if current is not None and not _has_news(line, store.manifests()[-1]):
            if line.settings.inbox is None:
                tidy(line.home, line.pack, line.clock)
            out.print(f"没有新文件，无需发布 / nothing new since release {current.release_id}", highlight=False)
            _show_brief(line.home.current, out)
            if has_waiting(line.home, line.pack):
                _announce(line, out, err)
            return Outcome.NOTHING_NEW
        outcome = _run_job(line, out, err)
        note_outcome(line.home, _ENDINGS[outcome])
        _announce(line, out, err)
        return outcome


def _announce(line: Line, out: Console, err: Console) -> None:
    """Tell the channels; one that cannot be reached is said here, and its messages wait for the next run."""
    told = announce(line.home, line.pack)
    if told.sent:
        out.print(f"已发送告警 {told.sent} 条 / {told.sent} alerts sent", highlight=False)
    for channel, reason in told.failing.items():
        err.print(
            f"告警频道 {channel} 送不出去 / alert channel {channel} fails: {reason}", markup=False, style="yellow"
        )


def _has_news(line: Line, newest: Manifest) -> bool:
    """Whether a run could change anything: a file, the pack, the code, the fixed day, or the calendar's day."""
    from ingest.intake.news import has_news

    if has_news(line.home, line.pack, line.settings.inbox, line.clock):
        return True
    if newest.stale_on is not None and line.clock.today >= newest.stale_on and not newest.fixed_as_of:
        return True
    as_of = line.settings.as_of
    known = [entry.sha256 for entry in newest.submissions]
    return newest.inputs != inputs_digest(line.pack.digest, known, as_of.isoformat() if as_of else None)


def _run_job(line: Line, out: Console, err: Console) -> Outcome:
    _ = line.gate  # its import overlaps with ours
    result = _execute(line, err)
    _show_intake(line, out)
    if result.success and line.released is not None:
        out.print(f"已发布 / released {line.released.release_id}", highlight=False, style="green")
        _show_brief(line.home.current, out)
        _show_questions(line, out)
        return Outcome.RELEASED
    held = [verdict for verdict in line.verdicts if verdict.holds and verdict.boundary != "raw"]
    tests = [
        test for test in (line.build.outcomes if line.build else ()) if test.kind == "test" and test.status == "failure"
    ]
    if held or tests:
        _show_held(line, held, [(test.name, test.message) for test in tests], err)
        return Outcome.HELD
    _show_failure(result, line, err)
    return Outcome.FAILED


def _execute(line: Line, err: Console) -> Any:
    """Run the monthly job in this process, on the home's own Dagster instance."""
    prepare(line.home.dagster)
    import dagster as dg

    from orchestration.definitions import build_defs
    from orchestration.job import JOB, given_line, month_key

    defs = build_defs(line.settings, given_line(line), line.pack)
    job = defs.resolve_job_def(JOB)
    with dg.DagsterInstance.from_config(str(line.home.dagster)) as instance, err.status("…") as spinner:
        line.on_step = lambda step: spinner.update(_STEPS.get(step, step))
        return job.execute_in_process(
            instance=instance,
            partition_key=month_key(line.pack, None),
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )


def _show_intake(line: Line, out: Console) -> None:
    """Say what came in, and what was refused and why."""
    from ingest.warehouse import connect

    if line.intake is None:
        return
    connection = connect(line.home.warehouse, read_only=True)
    try:
        new = [received.submission_id for received in line.intake.new]
        refused = connection.execute(
            "select file_name, reason from raw.submission where outcome = 'quarantined' and submission_id in "
            "(select unnest(?)) order by submission_order",
            [new],
        ).fetchall()
    finally:
        connection.close()
    again = sum(received.sha256 in line.intake.past.orders for received in line.intake.new)
    fresh, known, waiting = len(new) - again, line.intake.known, len(line.intake.waiting)
    out.print(f"新文件 {fresh} 个，已知 {known} 个 / {fresh} new files, {known} known", highlight=False)
    if again:
        out.print(f"数据包有变，重读 {again} 个 / the pack has changed: {again} read again", highlight=False)
    if waiting:
        out.print(f"尚未到时间 {waiting} 个 / {waiting} not yet received on that day", highlight=False)
    refused += [(found.name, entry.reason.reason) for found, entry in line.intake.refused]
    for name, reason in refused:
        out.print(f"  退回 refused: {name} — {reason}", highlight=False, markup=False, style="yellow")


def _show_questions(line: Line, out: Console) -> None:
    """Say what this run's files have to be asked about, and where the questions stand."""
    import duckdb

    new = [received.submission_id for received in line.intake.new] if line.intake else []
    with duckdb.connect(line.home.current / "marts.duckdb", read_only=True) as connection:
        held, asked = connection.execute(
            "select count(distinct incident_id) filter (severity = 'critical'), count(distinct incident_id)"
            " from mart_quality_finding where status = 'open' and severity in ('critical', 'warning')"
            " and list_contains(?, submission_id)",
            [new],
        ).fetchone() or (0, 0)
    if asked:
        out.print(
            f"来文中有 {asked} 个问题待核实，其中严重 {held} 个，见 {line.home.current / FOLDER}"
            f" / {asked} questions about these files, {held} of them critical",
            markup=False, highlight=False, style="yellow",
        )  # fmt: skip


def _show_brief(release: Path, out: Console) -> None:
    render(release).show(out)


def _show_held(line: Line, verdicts: list[Verdict], tests: list[tuple[str, str]], err: Console) -> None:
    """Say in one screen why nothing was released."""
    current = ReleaseStore(line.home.releases).current()
    reading = current.release_id if current else "—"
    err.print("未发布：审核不通过 / not released: the gate held it back", style="bold red")
    for verdict in verdicts:
        err.print(f"  {verdict.table} · {verdict.check}: {verdict.description_zh}", markup=False, highlight=False)
        err.print(f"    {verdict.description} ({verdict.unexpected_count} rows)", markup=False, highlight=False)
        for row in verdict.rows[:_SHOWN_ROWS]:
            said = ", ".join(f"{key}={value}" for key, value in row.items() if value is not None)
            err.print(f"    · {said}", markup=False, highlight=False)
    for name, message in tests:
        err.print(f"  dbt · {name}: {message}", markup=False, highlight=False)
    err.print(f"读者仍使用 / readers stay on: {reading}", highlight=False)


def _show_failure(result: Any, line: Line, err: Console) -> None:
    """Name the step that failed and its error, without a traceback."""
    log = line.home.path / "last_failure.txt"
    events = result.all_node_events if hasattr(result, "all_node_events") else result.all_events
    failures = [event for event in events if event.is_step_failure]
    lines = []
    for event in failures:
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        err.print(f"失败 / failed: {event.step_key}: {error.message if error else ''}", markup=False, style="red")
        lines.append(event.step_failure_data.error_display_string)
    log.write_text("\n".join(lines), encoding="utf-8")
    err.print(f"详情 / details: {log}", markup=False, highlight=False)
