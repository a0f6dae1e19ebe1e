"""Builds the invented district once, in process, and lets every test ask the marts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.dbt.cases import whole_world

Ask = Callable[..., list[dict[str, Any]]]


def dbt_build(repo: Path, warehouse: Path, *arguments: str) -> Any:
    """Run dbt once in this process."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    patch = pytest.MonkeyPatch()
    with patch.context() as context:
        context.setenv("JINDU_WAREHOUSE", str(warehouse))
        context.setenv("JINDU_DBT_TARGET_PATH", str(warehouse.parent / "target"))
        context.setenv("DBT_LOG_PATH", str(warehouse.parent / "logs"))
        project = str(repo / "dbt_project")
        try:
            return dbtRunner().invoke(["--quiet", *arguments, "--project-dir", project, "--profiles-dir", project])
        finally:
            DuckDBConnectionManager.close_all_connections()  # dbt keeps the file open in this process


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, repo: Path) -> Path:
    """The warehouse of the invented district with every model built and every data test passed."""
    warehouse = whole_world().write(tmp_path_factory.mktemp("dbt") / "warehouse.duckdb", repo)
    result = dbt_build(repo, warehouse, "build")
    failures = [f"{node.node.name}: {node.message}" for node in result.result or [] if node.status in ("error", "fail")]
    assert result.success, failures or result.exception
    return warehouse


@pytest.fixture(scope="session")
def ask(built: Path) -> Ask:
    """A function that gives the rows of a query as dicts."""

    def rows(sql: str, *parameters: Any) -> list[dict[str, Any]]:
        with duckdb.connect(str(built), read_only=True) as con:
            con.execute("set timezone = 'Asia/Shanghai'")
            cursor = con.execute(sql, list(parameters))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return rows
