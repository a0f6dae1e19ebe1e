"""Staging, intermediate, marts and audit models, built by dbt in one step.

Specs, descriptions, dependencies and checks come from dbt's own manifest, so a new model needs no line here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from orchestration.checks import OWNER
from orchestration.dbt import Outcome, build, models_of, tested_model, tests_of
from orchestration.line import Line

_ASSET_OF_RAW = {name: name for name in ("submission", "submission_table", "cell", "reader_finding", "acceptance")}
_ASSET_OF_RAW |= {"gate_warning": "acceptance", "corrected_cell": "cell", "correction_match": "cell"}


class ModelsFailedError(RuntimeError):
    """dbt built some models and failed at others: a fault of SQL, not of the data."""


def model_assets(document: Mapping[str, Any]) -> dg.AssetsDefinition:
    """One multi-asset over every dbt model, with one check per data test."""
    keys = {node["unique_id"]: _key(node) for node in models_of(document)}
    specs = [_spec(node, keys, document) for node in models_of(document)]
    checks = {test["unique_id"]: _check_spec(test, keys, document) for test in tests_of(document)}
    known = {test: spec for test, spec in checks.items() if spec is not None}

    @dg.multi_asset(
        name="models", specs=specs, check_specs=list(known.values()), required_resource_keys={"line"}, can_subset=False
    )
    def models(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
        """Run ``dbt build`` over the warehouse."""
        line: Line = context.resources.line
        line.on_step("models")
        line.build = build(line.home.warehouse, line.home.path / "dbt")
        yield from _results(line.build.outcomes, keys, known)

    return models


def _results(
    outcomes: tuple[Outcome, ...], keys: Mapping[str, dg.AssetKey], checks: Mapping[str, dg.AssetCheckSpec]
) -> Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]:
    failed = [outcome for outcome in outcomes if outcome.status == "error"]
    for outcome in outcomes:
        if outcome.kind == "model" and outcome.status == "success":
            yield dg.MaterializeResult(asset_key=keys[outcome.unique_id], metadata={"seconds": outcome.seconds})
        elif outcome.unique_id in checks:
            spec = checks[outcome.unique_id]
            yield dg.AssetCheckResult(
                passed=outcome.status == "success",
                asset_key=spec.asset_key,
                check_name=spec.name,
                severity=dg.AssetCheckSeverity.WARN if outcome.status == "warning" else dg.AssetCheckSeverity.ERROR,
                metadata={"rows": outcome.failures, "message": outcome.message},
            )
    if failed:
        said = "\n".join(f"{outcome.name}: {outcome.message}" for outcome in failed)
        raise ModelsFailedError(said)


def _key(node: Mapping[str, Any]) -> dg.AssetKey:
    return dg.AssetKey([node["schema"], node["name"]])


def _spec(node: Mapping[str, Any], keys: Mapping[str, dg.AssetKey], document: Mapping[str, Any]) -> dg.AssetSpec:
    return dg.AssetSpec(
        keys[node["unique_id"]],
        deps=sorted(set(_dependencies(node, keys, document))),
        description=node["description"],
        group_name=node["schema"],
        owners=[OWNER],
        kinds={"dbt", "duckdb"},
        skippable=True,  # dbt skips what stands below a failed test
        metadata={
            "dagster/column_schema": dg.TableSchema(
                columns=[
                    dg.TableColumn(column["name"], column.get("data_type") or "?", column.get("description") or None)
                    for column in node["columns"].values()
                ]
            )
        },
    )


def _dependencies(
    node: Mapping[str, Any], keys: Mapping[str, dg.AssetKey], document: Mapping[str, Any]
) -> Iterator[dg.AssetKey]:
    """Parents among the models; a source is its raw table, and ``raw.pack_*`` and ``raw.run`` are the pack."""
    for parent in node["depends_on"]["nodes"]:
        if parent in keys:
            yield keys[parent]
        elif parent in document["sources"]:
            table = document["sources"][parent]["name"]
            yield dg.AssetKey(["raw", _ASSET_OF_RAW.get(table, "pack")])


def _check_spec(
    test: Mapping[str, Any], keys: Mapping[str, dg.AssetKey], document: Mapping[str, Any]
) -> dg.AssetCheckSpec | None:
    model = tested_model(test, document)
    if model is None or model not in keys:
        return None
    return dg.AssetCheckSpec(
        test["name"],
        asset=keys[model],
        description=test.get("description") or None,
        blocking=test["config"]["severity"].lower() == "error",
    )
