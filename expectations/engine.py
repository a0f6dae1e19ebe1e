"""The only module that knows Great Expectations: turns rules into its expectations and runs a suite of them.

Each rule becomes a named subclass of ``UnexpectedRowsExpectation`` with the rule's description. The library's own
metric for such queries keeps 200 rows and asks a second time for their number; ours keeps ``ROW_LIMIT`` rows and
takes the number from the same query.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

os.environ["GX_ANALYTICS_ENABLED"] = "false"
from expectations.dialect import NAME, register
from expectations.postponed import postponed_imports
from expectations.rule import Entry, Suite

with postponed_imports(), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
    from great_expectations.expectations.metrics.query_metrics.query_table.query_table import QueryTable

ROW_LIMIT = 10_000
COUNT_COLUMN = "unexpected_count"

logging.getLogger("great_expectations").setLevel(logging.CRITICAL)


class RowsAndNumber(QueryTable):
    """Metric: the rows a query returns, up to the limit that the query itself sets."""

    metric_name = "rows_and_number"
    value_keys = ("unexpected_rows_query",)
    query_param_name: ClassVar[str] = "unexpected_rows_query"

    @classmethod
    def _get_sqlalchemy_records_from_substituted_batch_subquery(
        cls, substituted_batch_subquery: str, execution_engine: Any, fetch_all: bool = True
    ) -> list[dict[str, Any]]:
        del fetch_all  # the query bears its own limit
        return super()._get_sqlalchemy_records_from_substituted_batch_subquery(
            substituted_batch_subquery, execution_engine, fetch_all=True
        )


class NoRowBreaks(UnexpectedRowsExpectation):
    """Base of every rule as an expectation: passes when its query returns no row."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("rows_and_number",)

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        del runtime_configuration, execution_engine  # rows are always given, whatever the result format
        rows = metrics["rows_and_number"]
        number = rows[0][COUNT_COLUMN] if rows else 0
        return {
            "success": not rows,
            "result": {"observed_value": number, "details": {"unexpected_rows": rows}},
        }


@dataclass(frozen=True)
class Outcome:
    """What the library said of one entry."""

    success: bool
    rows: list[dict[str, Any]]
    count: int
    error: str | None


@cache
def expectation_class(name: str, doc: str) -> Any:
    """The rule as a named subclass of the library's expectation; making one is slow, so each is made once."""
    return type(name, (NoRowBreaks,), {"__doc__": doc, "__module__": __name__})


def as_expectation(entry: Entry, key: tuple[str, ...]) -> NoRowBreaks:
    """The entry as an instance of an expectation class that bears the rule's name and description."""
    rule = entry.rule
    # counted apart: DuckDB 1.5.5 now and then fails on a window over all rows (duckdb issue 25713)
    query = (
        f"with broken as materialized ({rule.render(key)}) "
        f"select *, (select count(*) from broken) as {COUNT_COLUMN} from broken order by all limit {ROW_LIMIT}"
    )
    kind = expectation_class(type(rule).__name__, type(rule).__doc__ or "")
    expectation: NoRowBreaks = kind(
        unexpected_rows_query=query,
        severity=entry.severity,
        description=rule.description,
        meta={"check": entry.check, "description_zh": rule.description_zh, "source": entry.source},
    )
    return expectation


@contextmanager
def opened(database: Path, frame_sql: str) -> Iterator[Any]:
    """A data source on the file, opened read-only, its frames built; closed and free of its lock afterwards."""
    register()
    context = gx.get_context(mode="ephemeral")
    context.variables.config.analytics_enabled = False
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_sql(name="warehouse", connection_string=f"{NAME}:///{database}")
    try:
        engine = source.get_execution_engine().engine
        with engine.connect() as connection:
            connection.exec_driver_sql(frame_sql)
        yield source
    finally:
        # the library keeps two engines, one to test the connection and one to run; both hold the file
        for engine in (source.get_engine(), source.get_execution_engine().engine):
            engine.dispose()
        source.get_execution_engine().close()


def run(source: Any, suite: Suite) -> dict[str, Outcome]:
    """Run one suite; the outcome by check name. An entry that the library dropped is missing from the answer."""
    asset = source.add_query_asset(name=suite.table, query=f"select * from {suite.frame}")
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    # all at once: added one by one, each is compared with all before it, which takes a tenth of the judging
    loaded = gx.ExpectationSuite(
        name=suite.table, expectations=[as_expectation(entry, suite.key) for entry in suite.entries]
    )
    validated = batch.validate(loaded, result_format="COMPLETE")
    return {result.expectation_config.meta["check"]: _outcome(result) for result in validated.results}


def _outcome(result: Any) -> Outcome:
    rows = [
        {name: value for name, value in row.items() if name != COUNT_COLUMN}
        for row in (result.result.get("details") or {}).get("unexpected_rows", [])
    ]
    errors = [info["exception_message"] for info in _exceptions(result.exception_info)]
    count = int(result.result.get("observed_value") or 0)
    return Outcome(bool(result.success), rows, count, errors[0] if errors else None)


def _exceptions(info: dict[str, Any]) -> list[dict[str, Any]]:
    """The library gives one record, or one record per metric."""
    records = [info] if "raised_exception" in info else list(info.values())
    return [record for record in records if record.get("raised_exception")]
