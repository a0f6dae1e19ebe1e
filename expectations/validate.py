"""Runs every check of a boundary on a database file and gives the results as plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from expectations import suites
from expectations.engine import Outcome, expectation_class, opened, run
from expectations.rule import Boundary, CheckResult, Entry, Suite
from expectations.told_once import told_once


class LostCheckError(RuntimeError):
    """A declared check did not come back from the library; it must never be taken for a pass."""


def prepare() -> None:
    """Make the expectation classes of all boundaries, which can be done before there is a database."""
    for boundary in get_args(Boundary):
        for suite in suites(boundary):
            for entry in suite.entries:
                expectation_class(type(entry.rule).__name__, type(entry.rule).__doc__ or "")


def frames(boundary: Boundary) -> str:
    """The SQL that builds what a boundary's suites judge: its files in the order of their names."""
    folder = resources.files(f"expectations.{boundary}").joinpath("frames")
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return "\n".join(script.read_text(encoding="utf-8") for script in scripts)


def validate(database: str | Path, boundary: Boundary, tables: Collection[str] | None = None) -> list[CheckResult]:
    """Judge the database at one boundary; the file is only read and its lock is gone when this returns.

    Args:
        database: the DuckDB file.
        boundary: ``raw``, ``marts`` or ``release``.
        tables: only these tables; all of the boundary when not given.
    """
    path = Path(database).resolve(strict=True)
    results: list[CheckResult] = []
    with opened(path, frames(boundary)) as source:
        for suite in suites(boundary):
            if tables is not None and suite.table not in tables:
                continue
            outcomes = run(source, suite)
            lost = {entry.check for entry in suite.entries} ^ set(outcomes)
            if lost or len(outcomes) != len(suite.entries):
                raise LostCheckError(f"{suite.table}: {sorted(lost)}")
            rows = told_once([(entry, outcomes[entry.check].rows) for entry in suite.entries], suite.key)
            results += [
                _result(suite, entry, _with(outcomes[entry.check], left))
                for entry, left in zip(suite.entries, rows, strict=True)
            ]
    return results


def _with(outcome: Outcome, rows: list[dict[str, Any]]) -> Outcome:
    """The outcome with the rows that are left; a rule that names none any more has passed."""
    dropped = len(outcome.rows) - len(rows)
    if not dropped:
        return outcome
    return replace(outcome, rows=rows, count=outcome.count - dropped, success=not rows)


def _result(suite: Suite, entry: Entry, outcome: Outcome) -> CheckResult:
    rows = [{name: _plain(value) for name, value in row.items()} for row in outcome.rows]
    for row in rows:
        row["reason"] = f"{entry.rule.description_zh}。实际：{row['observed']}；应为：{row['expected']}。"
    first = rows[0] if rows else {}
    return CheckResult(
        table=suite.table,
        check=entry.check,
        rule=entry.rule.code,
        severity=entry.severity,
        passed=outcome.success and outcome.error is None,
        description=entry.rule.description,
        description_zh=entry.rule.description_zh,
        source=entry.source,
        observed=str(first.get("observed") or ""),
        expected=str(first.get("expected") or ""),
        unexpected_count=outcome.count,
        rows=rows,
        error=outcome.error,
    )


def _plain(value: Any) -> Any:
    """A value that JSON can carry."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
