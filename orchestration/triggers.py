"""What happens by itself: the reporting calendar and the inbox start the monthly job, alerts tell how things stand.

When something is due is the pack's calendar; what a file is, is found out by the job.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from ingest.home import Home
from ingest.pack import Pack, load_pack
from orchestration.alerts import announce, note_outcome
from orchestration.alerts.outcome import Ending
from orchestration.releases.store import ReleaseStore
from orchestration.settings import Settings

_EVERY_MORNING = "0 9 * * *"
_INBOX_SECONDS = 60
_ALERT_SECONDS = 300


def calendar_schedule(settings: Settings, pack: Pack, job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    """Look every morning and run when something fell due since the last release: what is missing is seen at once."""

    @dg.schedule(
        name="reporting_calendar",
        job=job,
        cron_schedule=_EVERY_MORNING,
        execution_timezone=pack.info.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Runs on the first morning after a report fell due (calendar.yaml of the pack, holidays by rule).",
    )
    def reporting_calendar(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        when: datetime = context.scheduled_execution_time
        newest = ReleaseStore(Home(settings.home).releases).current()
        if newest is not None and not newest.fixed_as_of and (newest.stale_on is None or when.date() < newest.stale_on):
            return dg.SkipReason(f"nothing falls due before {newest.stale_on}")
        return dg.RunRequest(run_key=f"calendar-{when:%Y-%m-%d}", partition_key=last_whole_month(when))

    return reporting_calendar


def inbox_sensor(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Run when files have arrived."""

    @dg.sensor(
        name="inbox",
        job=job,
        minimum_interval_seconds=_INBOX_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts the monthly job when files lie in the inbox.",
    )
    def inbox(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        from ingest.intake.inbox import find_files
        from ingest.intake.news import has_news

        home = Home(settings.home)
        if not has_news(home, load_pack(settings.pack), settings.inbox):
            return dg.SkipReason(f"nothing new in {settings.inbox or home.inbox}")
        found = [f"{file.name} {file.signature}" for file in find_files(settings.inbox or home.inbox)]
        seen = sha256("\n".join(found).encode("utf-8", "backslashreplace")).hexdigest()[:16]
        if context.cursor == seen:
            return dg.SkipReason("a run has been started for these files")
        context.update_cursor(seen)
        return dg.RunRequest(run_key=f"inbox-{seen}", partition_key=last_whole_month(datetime.now().astimezone()))

    return inbox


def alert_sensor(settings: Settings) -> dg.SensorDefinition:
    """Tell what is wrong, also when nobody starts a run: reminders, and messages that a channel could not take."""

    @dg.sensor(
        name="alerts",
        minimum_interval_seconds=_ALERT_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells the channels of the pack what is new, recovered or still open (alerts.yaml).",
    )
    def alerts() -> dg.SkipReason:
        return dg.SkipReason(_announced(settings))

    return alerts


def ending_sensors(settings: Settings, job: UnresolvedAssetJobDefinition) -> list[dg.SensorDefinition]:
    """Note how a run of the job ended, and tell it; a run that failed is an incident until one ends well."""

    def sensor(status: dg.DagsterRunStatus, ending: Ending, name: str) -> dg.SensorDefinition:
        @dg.run_status_sensor(
            run_status=status,
            name=name,
            monitored_jobs=[job],
            default_status=dg.DefaultSensorStatus.RUNNING,
            description=f"Notes that the monthly job ended ({status.value.lower()}) and tells the channels.",
        )
        def ended(context: dg.RunStatusSensorContext) -> dg.SkipReason:
            note_outcome(Home(settings.home), ending, f"Dagster run {context.dagster_run.run_id}")
            return dg.SkipReason(_announced(settings))

        return ended

    return [
        sensor(dg.DagsterRunStatus.SUCCESS, "well", "job_succeeded"),
        sensor(dg.DagsterRunStatus.FAILURE, "failed", "job_failed"),
    ]


def _announced(settings: Settings) -> str:
    told = announce(Home(settings.home), load_pack(settings.pack))
    failing = "; ".join(f"{channel}: {reason}" for channel, reason in told.failing.items())
    return f"{told.sent} sent, {told.waiting} waiting{'; ' if failing else ''}{failing}"


def last_whole_month(moment: datetime) -> str:
    """The partition key of the last month that has ended."""
    year, month = (moment.year, moment.month - 1) if moment.month > 1 else (moment.year - 1, 12)
    return f"{year}-{month:02d}"
