"""How the last run ended, kept in the home so that a sensor in another process knows it too.

A run that failed or was held back is an incident of its own, until a run ends well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from ingest.home import write_json
from orchestration.alerts.incidents import Incident

if TYPE_CHECKING:
    from ingest.home import Home

Ending = Literal["well", "held", "failed"]
_NAMED = {
    "held": ("本次结果未发布：审核不通过，读者仍使用上一次发布", "not released: the gate held it back"),
    "failed": ("运行失败，没有新的发布", "the run failed: nothing was released"),
}


def note_outcome(home: Home, ending: Ending, detail: str = "") -> None:
    """Remember how a run ended."""
    write_json(home.path / "last_run.json", {"ending": ending, "detail": detail[:2000]})


def of_last_run(home: Home) -> list[Incident]:
    """The incident that the last run itself is, if it did not end well."""
    try:
        note = json.loads((home.path / "last_run.json").read_text(encoding="utf-8"))
        title, title_en = _NAMED[note["ending"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [Incident(f"run|{note['ending']}", "critical", None, None, title, title_en, str(note.get("detail", "")))]
