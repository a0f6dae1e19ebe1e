"""The suites as values: cheap to ask for, complete, and said in two languages."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from expectations import Boundary, declared, suites


def test_declaring_the_checks_imports_no_heavy_library(repo: Path) -> None:
    script = (
        "import sys; from expectations import declared; declared('raw'); declared('marts');"
        "print([m for m in ('great_expectations', 'pandas', 'sqlalchemy', 'duckdb', 'ingest') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=repo)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("boundary", ["raw", "marts", "release"])
def test_every_declared_check_is_loaded_by_the_library(boundary: Boundary) -> None:
    engine = pytest.importorskip("expectations.engine")
    loaded = [engine.as_expectation(entry, suite.key) for suite in suites(boundary) for entry in suite.entries]
    assert len(loaded) == len(declared(boundary))
    assert all(expectation.description and expectation.severity for expectation in loaded)


@pytest.mark.parametrize("boundary", ["raw", "marts", "release"])
def test_names_are_unique_and_every_check_says_what_it_asks(boundary: Boundary) -> None:
    checks = declared(boundary)
    assert Counter((check.table, check.check) for check in checks).most_common(1)[0][1] == 1
    for check in checks:
        assert check.description.strip()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in check.description_zh), check
        assert check.source.strip()
        assert "<" not in check.description + check.description_zh, "a bound was not filled in"


def test_a_suite_is_named_after_its_module() -> None:
    for boundary in ("raw", "marts", "release"):
        folder = Path(suites.__code__.co_filename).parent / boundary
        modules = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
        assert [suite.table for suite in suites(boundary)] == modules  # type: ignore[arg-type]
