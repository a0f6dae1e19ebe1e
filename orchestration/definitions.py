"""The table of contents: everything Dagster knows of Jindu, in flow order. Start reading here.

    inbox → raw → staging → intermediate → marts → audit → release → readers

Each part stands in the module it is imported from; nothing is defined in this file.
"""

from __future__ import annotations

import dagster as dg

from ingest.pack import Pack, load_pack
from orchestration.assets.audit import audit
from orchestration.assets.models import model_assets
from orchestration.assets.raw import acceptance, received
from orchestration.assets.release import release_assets
from orchestration.dbt import manifest, models_of
from orchestration.job import line_resource, monthly_job, months_of
from orchestration.settings import Settings
from orchestration.triggers import alert_sensor, calendar_schedule, ending_sensors, inbox_sensor


def build_defs(
    settings: Settings | None = None, line: dg.ResourceDefinition | None = None, pack: Pack | None = None
) -> dg.Definitions:
    """The definitions for one home and pack; tests and ``jindu run`` pass parts of their own.

    Args:
        settings: which home, pack, inbox and day; None = from the environment.
        line: the resource that the assets share; None = one opened for each run.
        pack: the pack if it is loaded already.
    """
    settings = settings or Settings.from_environment()
    pack = pack or load_pack(settings.pack)
    document = manifest()
    months = months_of(pack)
    marts = [node["name"] for node in models_of(document) if node["schema"] == "marts"]
    job = monthly_job()
    return dg.Definitions(
        assets=[received, acceptance, model_assets(document), *release_assets(marts, months)],
        asset_checks=[audit],
        jobs=[job],
        schedules=[calendar_schedule(settings, pack, job)],
        sensors=[inbox_sensor(settings, job), alert_sensor(settings), *ending_sensors(settings, job)],
        resources={"line": line or line_resource(settings)},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What the workspace opens; built when Dagster asks, so that importing :func:`build_defs` costs nothing."""
    return build_defs()
