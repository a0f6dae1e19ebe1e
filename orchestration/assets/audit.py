"""The gate before publishing: Great Expectations over the marts, one check per expectation.

A critical failure keeps the release back and readers on the last good one. The suites stand in ``expectations/marts``.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.checks import check_results, check_specs
from orchestration.line import Line


@dg.multi_asset_check(name="audit", specs=check_specs("marts"), required_resource_keys={"line"})
def audit(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """Ask the gate about the marts as dbt built them."""
    line: Line = context.resources.line
    line.on_step("audit")
    verdicts = line.gate.validate("marts", line.home.warehouse)
    line.verdicts += verdicts
    yield from check_results("marts", verdicts)
