"""The one job of the month, its partitions, and the resource its assets share.

The whole job runs in one process: Great Expectations, dbt and Dagster are imported once instead of once a step.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from ingest.pack import Pack
from orchestration.line import Line
from orchestration.settings import Settings

JOB = "monthly_progress"


def months_of(pack: Pack) -> dg.MonthlyPartitionsDefinition:
    """The months the pack covers, to the last whole one."""
    return dg.MonthlyPartitionsDefinition(
        start_date=pack.info.first_month.strftime("%Y-%m"), fmt="%Y-%m", timezone=pack.info.timezone
    )


def monthly_job() -> UnresolvedAssetJobDefinition:
    """Everything from the inbox to the brief; its partition, the brief's own, says which month's brief is shown."""
    return dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="Read what is new, build, audit, release, and show the month's brief.",
    )


def month_key(pack: Pack, month: date | None) -> str:
    """The partition key of a month, kept within the pack's months."""
    keys = months_of(pack).get_partition_keys()
    wanted = month.strftime("%Y-%m") if month else keys[-1]
    return wanted if wanted in keys else keys[-1]


def line_resource(settings: Settings) -> dg.ResourceDefinition:
    """The line, opened at the start of a run and closed at its end."""

    def opened(context: dg.InitResourceContext) -> Iterator[Line]:
        with Line(settings, on_wait=lambda said: context.log.info(said) if context.log else None).opened() as line:
            yield line

    return dg.ResourceDefinition(opened, description="home, pack, clock, lock and the gate's helper process of one run")


def given_line(line: Line) -> dg.ResourceDefinition:
    """A line that the caller has opened and will close."""
    return dg.ResourceDefinition.hardcoded_resource(line)
