"""Who is told of what is wrong, once: incidents, the ledger of what was told, the words, the channels.

Belongs here: everything between "this is broken now" and a message that somebody gets. Does not belong here: what is
wrong (dbt and the gate say so). ``announce`` is the one door; ``jindu run`` and Dagster's sensors go through it.
"""

from __future__ import annotations

from orchestration.alerts.announce import Announced, announce, has_waiting
from orchestration.alerts.incidents import Incident
from orchestration.alerts.outcome import note_outcome

__all__ = ["Announced", "Incident", "announce", "has_waiting", "note_outcome"]
