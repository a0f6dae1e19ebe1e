"""The release that readers get, and the month's brief from it.

Assets: ``release/current`` (needs every mart, and so every blocking check), ``release/monthly_brief`` by month.
Does not belong here: how a release is written and switched (``orchestration/releases``).
"""

from collections.abc import Iterable

import dagster as dg

from orchestration.brief import render
from orchestration.checks import OWNER
from orchestration.line import Line
from orchestration.releases.publish import publish


def release_assets(marts: Iterable[str], months: dg.MonthlyPartitionsDefinition) -> list[dg.AssetsDefinition]:
    """The assets of the release, downstream of the named marts."""

    @dg.asset(
        key=["release", "current"],
        deps=[dg.AssetKey(["marts", mart]) for mart in marts],
        description="One immutable folder (marts.duckdb, parquet/, manifest.json) and the link readers follow. "
        "Grain: one per run that changed something. Can go wrong: nothing is switched unless every check passed.",
        group_name="release",
        owners=[OWNER],
        kinds={"duckdb", "parquet"},
        required_resource_keys={"line"},
    )
    def current(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        """Write the release aside, make it durable, switch to it."""
        line: Line = context.resources.line
        line.on_step("release__current")
        manifest = publish(line)
        return dg.MaterializeResult(
            metadata={
                "release": manifest.release_id,
                "reference_month": str(manifest.reference_month),
                "submissions": len(manifest.submissions),
                "dagster/row_count": sum(manifest.row_counts.values()),
                "checks_passed": manifest.check_passed,
                "checks_failed": manifest.check_failed,
                "simulated": manifest.notice or "no",
                **line.gate.costs("marts"),
            }
        )

    @dg.asset(
        key=["release", "monthly_brief"],
        deps=[dg.AssetKey(["release", "current"])],
        partitions_def=months,
        description="What an official reads about one month: a line per headline target (RULES.md 27).",
        group_name="release",
        owners=[OWNER],
        kinds={"markdown"},
        required_resource_keys={"line"},
    )
    def monthly_brief(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        """Show the brief of the partition's month from the current release."""
        line: Line = context.resources.line
        brief = render(line.home.current, month=context.partition_key)
        return dg.MaterializeResult(
            metadata={"brief": dg.MetadataValue.md(brief.markdown()), "targets": len(brief.rows)}
        )

    return [current, monthly_brief]
