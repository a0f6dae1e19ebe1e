"""How the gate's expectations become Dagster asset checks: one check each, named and described as in its suite.

Belongs here: the translation only. Which expectations exist is said in ``expectations``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from expectations import Boundary, declared
from orchestration.gate import Verdict

OWNER = "team:statistics"
_SHOWN = 5


def check_specs(boundary: Boundary) -> list[dg.AssetCheckSpec]:
    """A spec per expectation of a boundary.

    At the marts a critical failure blocks the release. At the raw boundary it has been dealt with cell by cell (the
    cell is held), so it is shown and the rest goes on.
    """
    return [
        dg.AssetCheckSpec(
            name=_name(boundary, check.table, check.check),
            asset=_asset(boundary, check.table),
            blocking=boundary == "marts" and check.severity == "critical",
            description=f"{check.description}\n\n{check.description_zh}\n\n{check.severity} · {check.source}",
        )
        for check in declared(boundary)
    ]


def check_results(boundary: Boundary, verdicts: Sequence[Verdict]) -> Iterator[dg.AssetCheckResult]:
    """The verdicts as results of those checks."""
    for verdict in verdicts:
        blocks = boundary == "marts" and verdict.severity == "critical"
        yield dg.AssetCheckResult(
            passed=verdict.passed,
            asset_key=_asset(boundary, verdict.table),
            check_name=_name(boundary, verdict.table, verdict.check),
            severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
            metadata={} if verdict.passed else _said(verdict),
        )


def _asset(boundary: Boundary, table: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", "acceptance"] if boundary == "raw" else ["marts", table])


def _name(boundary: Boundary, table: str, check: str) -> str:
    return f"{table}__{check}" if boundary == "raw" else check


def _said(verdict: Verdict) -> dict[str, Any]:
    rows = [{key: str(value) for key, value in row.items()} for row in verdict.rows[:_SHOWN]]
    return {
        "rows": dg.MetadataValue.int(verdict.unexpected_count),
        "observed": dg.MetadataValue.text(verdict.observed or ""),
        "expected": dg.MetadataValue.text(verdict.expected or ""),
        "first": dg.MetadataValue.json(rows),
    }
