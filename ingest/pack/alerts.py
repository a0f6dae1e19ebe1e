"""``alerts.yaml`` of a pack: the channels of alerts and whom they concern.

Does not belong here: when something is told, and how (``orchestration/alerts``).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from ingest.pack.models import Code, Record, Severity


class AlertChannel(Record):
    """``alerts.yaml``: one channel of alerts, whom it concerns, and where its secret address stands."""

    channel_code: Code
    title: str
    address_env: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")] = Field(
        description="environment variable that holds the address, as apprise writes it: mailtos://, dingtalk:// …"
    )
    severities: list[Severity] = Field(["critical"], min_length=1)
    bureaus: list[Code] = Field(
        [], description="bureaus whose incidents it is told of; none named = all, and the line's own"
    )
    remind_after_days: int | None = Field(None, ge=1, description="tell again what is still open after so many days")

    def concerns(self, severity: str, bureau_code: str | None) -> bool:
        """Whether an incident is told on this channel."""
        return severity in self.severities and (not self.bureaus or bureau_code in self.bureaus)
