"""The gate: is this file what the bureau promises (``raw``), is what we release plausible (``marts``, ``release``).

Start at ``raw/cell.py`` or ``marts/mart_district_ranking.py``: suites read like a specification. Importing this
package is cheap; only ``validate.py`` knows Great Expectations.
"""

from __future__ import annotations

import importlib
import pkgutil

from expectations.rule import Boundary, CheckResult, DeclaredCheck, Entry, Rule, Severity, Suite

__all__ = [
    "Boundary",
    "CheckResult",
    "DeclaredCheck",
    "Entry",
    "Rule",
    "Severity",
    "Suite",
    "declared",
    "suites",
]


def suites(boundary: Boundary) -> list[Suite]:
    """All suites of a boundary: one module per table, in the order of their names."""
    package = importlib.import_module(f"expectations.{boundary}")
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"expectations.{boundary}.{name}").SUITE for name in names]


def declared(boundary: Boundary) -> list[DeclaredCheck]:
    """All checks of a boundary, without importing Great Expectations."""
    return [
        DeclaredCheck(
            boundary=boundary,
            table=suite.table,
            check=entry.check,
            rule=entry.rule.code,
            severity=entry.severity,
            description=entry.rule.description,
            description_zh=entry.rule.description_zh,
            source=entry.source,
        )
        for suite in suites(boundary)
        for entry in suite.entries
    ]
