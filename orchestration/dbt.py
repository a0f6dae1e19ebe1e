"""dbt in this process: the project's parse, one build, and its results in plain records.

``dagster-dbt`` is not used: it starts dbt again as a subprocess, which imports and parses for seconds. The parse is
kept under ``dbt_project/target`` with a digest of the project's files and made again only when one of them changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from orchestration.inputs import tree_digest
from orchestration.releases.as_of import Model
from orchestration.settings import REPOSITORY

PROJECT = REPOSITORY / "dbt_project"
TARGET = PROJECT / "target"
_STAMP = TARGET / "parse.digest"
_QUIET = ["--quiet", "--log-level", "none", "--log-level-file", "none", "--no-use-colors", "--no-version-check"]


class DbtError(RuntimeError):
    """dbt could not parse or build: a fault of the project, not of the data."""


@dataclass(frozen=True)
class Outcome:
    """What became of one model or data test."""

    unique_id: str
    name: str
    kind: Literal["model", "test"]
    status: Literal["success", "warning", "failure", "error", "skipped"]
    message: str
    failures: int
    seconds: float


@dataclass(frozen=True)
class Build:
    """The outcomes of one build and the compiled models, from which the as-of macros are derived."""

    outcomes: tuple[Outcome, ...]
    models: Mapping[str, Model]


def manifest() -> dict[str, Any]:
    """The parsed project as dbt's manifest document, parsed again only after a change.

    Raises:
        DbtError: the project does not parse.
    """
    ensure_parsed()
    document: dict[str, Any] = json.loads((TARGET / "manifest.json").read_text(encoding="utf-8"))
    return document


def ensure_parsed() -> str:
    """Parse the project unless the kept parse is of exactly these files and this dbt; returns what it is a parse of."""
    stamp = f"{tree_digest(PROJECT)} {version('dbt-core')} {version('dbt-duckdb')}"
    if _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == stamp:
        return stamp
    _STAMP.unlink(missing_ok=True)
    _invoke(["parse"], TARGET, Path("warehouse.duckdb"), parsed=False)
    _STAMP.write_text(stamp, encoding="utf-8")
    return stamp


def build(warehouse: Path, scratch: Path) -> Build:
    """Build every model and run every data test against a warehouse, then let go of the file.

    Args:
        warehouse: the DuckDB file; no other connection to it may be open.
        scratch: a folder for dbt's own output.

    Raises:
        DbtError: the project is at fault (a compilation error, a missing relation …).
    """
    stamp = ensure_parsed()
    models = {node["unique_id"]: _known(node) for node in models_of(manifest())}
    views = {model.name for model in models.values() if model.is_view}
    standing = scratch / "views.json"
    sql = _standing_views(standing, stamp)
    command = ["build", "--exclude-resource-type", "unit_test", "--no-write-json"]
    if sql and views <= _views(warehouse):
        models |= {code: replace(models[code], sql=text) for code, text in sql.items()}
        # their tests run all the same: what a view shows is new although its SQL is not
        command += ["--exclude", "config.materialized:view", "--indirect-selection", "empty"]
    else:
        standing.unlink(missing_ok=True)
    result = _invoke(command, scratch, warehouse, parsed=True)
    models |= {run.node.unique_id: _model(run.node) for run in result if run.node.resource_type == "model"}
    if all(run.status in {"success", "pass", "warn", "fail"} for run in result):
        kept = {model.unique_id: model.sql for model in models.values() if model.is_view}
        standing.write_text(json.dumps({"stamp": stamp, "sql": kept}), encoding="utf-8")
    return Build(tuple(_outcome(run) for run in result), models)


def _standing_views(standing: Path, stamp: str) -> dict[str, str]:
    """The SQL of each view as an earlier build of exactly this project compiled it; empty when there was none."""
    try:
        note = json.loads(standing.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note["sql"] if note.get("stamp") == stamp else {}


def _views(warehouse: Path) -> set[str]:
    """The views that stand in a warehouse; a view that an unchanged project built before needs no building again."""
    import duckdb

    with duckdb.connect(warehouse, read_only=True) as connection:
        found = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
    return {name for (name,) in found}


def warm_up() -> None:
    """Import dbt now, while something else is waited for."""
    import_module("dbt.cli.main")
    import_module("dbt.adapters.duckdb")


def _invoke(command: list[str], target: Path, warehouse: Path, *, parsed: bool) -> list[Any]:
    """Run one dbt command in this process.

    dbt keeps its DuckDB connection open after a build; it is closed here so that the gate can read the file.
    """
    os.environ["JINDU_WAREHOUSE"] = str(warehouse)
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    target.mkdir(parents=True, exist_ok=True)
    kept = Manifest.from_msgpack((TARGET / "partial_parse.msgpack").read_bytes()) if parsed else None
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(target)]
    options = [*places, "--log-path", str(target / "logs"), *_QUIET]
    try:
        answer = dbtRunner(manifest=kept).invoke([*command, *options])
    finally:
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if answer.exception is not None:
        raise DbtError(str(answer.exception)) from answer.exception
    return list(getattr(answer.result, "results", []) or [])


def _known(node: Mapping[str, Any]) -> Model:
    """A model as the parse knows it, without the SQL that only a build compiles."""
    return Model(
        unique_id=node["unique_id"],
        name=node["name"],
        schema=node["schema"],
        relation=node["relation_name"],
        sql="",
        parents=tuple(node["depends_on"]["nodes"]),
        is_view=node["config"]["materialized"] == "view",
    )


def _model(node: Any) -> Model:
    return Model(
        unique_id=node.unique_id,
        name=node.name,
        schema=node.schema,
        relation=node.relation_name,
        sql=node.compiled_code or "",
        parents=tuple(node.depends_on.nodes),
        is_view=node.config.materialized == "view",
    )


_STATUS: Mapping[str, Literal["success", "warning", "failure", "error", "skipped"]] = {
    "success": "success", "pass": "success", "warn": "warning", "fail": "failure",
    "error": "error", "runtime error": "error", "skipped": "skipped", "partial success": "error",
}  # fmt: skip


def _outcome(run: Any) -> Outcome:
    return Outcome(
        unique_id=run.node.unique_id,
        name=run.node.name,
        kind="test" if run.node.resource_type == "test" else "model",
        status=_STATUS[str(run.status)],
        message=run.message or "",
        failures=run.failures or 0,
        seconds=run.execution_time,
    )


def tested_model(test: Mapping[str, Any], document: Mapping[str, Any]) -> str | None:
    """The unique id of the model a data test belongs to: the one it is attached to, else the last it reads."""
    attached = test.get("attached_node")
    if isinstance(attached, str) and attached in document["nodes"]:
        return attached
    parents = [parent for parent in test["depends_on"]["nodes"] if parent.startswith("model.")]
    return parents[-1] if parents else None


def models_of(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The model nodes of a manifest document."""
    return (node for node in document["nodes"].values() if node["resource_type"] == "model")


def tests_of(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The data-test nodes of a manifest document."""
    return (node for node in document["nodes"].values() if node["resource_type"] == "test")


if __name__ == "__main__":
    ensure_parsed()
