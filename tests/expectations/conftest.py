"""A clean world in DuckDB that every test of the gate copies, changes in one place, and hands over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

HERE = Path(__file__).parent
Mutated = Callable[[str], Path]


def built(path: Path, *scripts: Path) -> Path:
    """A database file made by SQL scripts."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        for script in scripts:
            connection.execute(script.read_text(encoding="utf-8"))
    return path


@pytest.fixture(scope="session")
def golden_raw(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Path:
    """Raw tables with one month to judge and nothing wrong."""
    path = tmp_path_factory.mktemp("golden") / "warehouse.duckdb"
    return built(path, repo / "ingest" / "raw.sql", HERE / "golden_raw.sql", repo / "ingest" / "corrections.sql")


def mutate(golden: Path, copy: Path, sql: str) -> Path:
    """A copy of a golden database after one change."""
    shutil.copy(golden, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("set timezone = 'Asia/Shanghai'")
        connection.execute(sql)
    return copy


@pytest.fixture
def mutated_raw(golden_raw: Path, tmp_path: Path) -> Mutated:
    """A function that gives the golden raw database after one change."""
    return lambda sql: mutate(golden_raw, tmp_path / "warehouse.duckdb", sql)


@pytest.fixture(scope="session")
def golden_marts(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Path:
    """Raw tables and the marts that a correct warehouse makes of them."""
    path = tmp_path_factory.mktemp("golden") / "warehouse.duckdb"
    return built(
        path,
        repo / "ingest" / "raw.sql",
        HERE / "golden_raw.sql",
        repo / "ingest" / "corrections.sql",
        HERE / "golden_marts.sql",
    )


@pytest.fixture
def mutated_marts(golden_marts: Path, tmp_path: Path) -> Mutated:
    """A function that gives the golden marts after one change."""
    return lambda sql: mutate(golden_marts, tmp_path / "warehouse.duckdb", sql)
