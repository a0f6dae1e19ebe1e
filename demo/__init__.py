"""Demonstration years: simulated bureau files for a district and its neighbours, January 2021 – December 2023.

Belongs here: a seeded program that writes files as bureaus would send them. Does not belong here: anything of the
product. This package imports nothing from ``ingest``, ``orchestration`` or ``expectations`` and they import nothing
from it; the only thing the two share is the files. Every file says 模拟数据，非统计数据.
"""

SIMULATED = "模拟数据，非统计数据"
