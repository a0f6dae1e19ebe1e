"""The home's own Dagster instance: one configuration, whoever opens it (``jindu run``, ``make dev``, a daemon).

``python -m orchestration.instance HOME`` prepares it. ``make dev`` silences one warning, that ``dagster dev`` is to be
replaced by ``dg dev``: that command needs twenty more packages, Dagster's cloud client among them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CONFIG = """\
telemetry:
  enabled: false
nux:
  enabled: false
event_log_storage:
  module: orchestration.event_log
  class: SteadyEventLog
  config:
    base_dir: "{folder}/history/runs"
"""


def prepare(folder: Path) -> None:
    """Write the instance's configuration and make it this process' instance."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text(_CONFIG.format(folder=folder), encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(folder)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]).resolve() / "dagster")
