"""Probing a file that nobody has described: ``probe_file`` is the one door.

Belongs here: the probe's public names. Does not belong here: the command and what it prints (``orchestration``).
"""

from __future__ import annotations

from ingest.probe.probe import Probe, probe_file

__all__ = ["Probe", "probe_file"]
