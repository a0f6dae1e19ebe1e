"""The declarative source spec: how one file layout is read, as data.

Belongs here: the typed shape of ``sources/<stem>.yaml`` and the vocabulary of its keys (docs/source-specs.md says
how to write one; ``docs/schema/`` holds its JSON schema). Does not belong here: finding a table, reading a cell, or
any knowledge of one particular file.
"""

from __future__ import annotations

from ingest.spec.era import Era
from ingest.spec.meaning import NOTHING, BlockSpec, ColumnSpec, Meaning, Override, RowSpec
from ingest.spec.source import IgnoredSheet, Recognise, ReportDate, ReportPeriod, SourceSpec
from ingest.spec.table import Find, Ignore, TableSpec
from ingest.spec.vocabulary import Orientation, PeriodPlace, PeriodRef, Role, SpecRecord

__all__ = [
    "NOTHING", "BlockSpec", "ColumnSpec", "Era", "Find", "Ignore", "IgnoredSheet", "Meaning", "Orientation", "Override",
    "PeriodPlace", "PeriodRef", "Recognise", "ReportDate", "ReportPeriod", "Role", "RowSpec", "SourceSpec",
    "SpecRecord", "TableSpec",
]  # fmt: skip
