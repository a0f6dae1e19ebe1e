"""What one run of the line works on: home, pack, inbox and the calendar's today.

Does not belong here: how any of them is used. Defaults come from the environment that CONTRACT.md names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
DEFAULT_HOME = "data"
DEFAULT_PACK = "beiguan"


@dataclass(frozen=True)
class Settings:
    """One run's inputs.

    Attributes:
        home: JINDU_HOME, everything that running changes.
        pack: a name in ``ingest/catalog`` or a folder.
        inbox: a folder outside the home that is read and never emptied; None = the home's own inbox.
        as_of: the calendar's today and the system axis' now; None = the clock.
    """

    home: Path
    pack: str
    inbox: Path | None = None
    as_of: date | None = None

    @classmethod
    def from_environment(cls) -> Settings:
        """Settings for a process that nobody gave any: the Dagster UI, a schedule, a sensor."""
        inbox = os.environ.get("JINDU_INBOX")
        as_of = os.environ.get("JINDU_AS_OF")
        return cls(
            home=Path(os.environ.get("JINDU_HOME", DEFAULT_HOME)).resolve(),
            pack=os.environ.get("JINDU_PACK", DEFAULT_PACK),
            inbox=Path(inbox).resolve() if inbox else None,
            as_of=date.fromisoformat(as_of) if as_of else None,
        )
