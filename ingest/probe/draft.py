"""What a probe has understood so far, in the shape of a source spec, with the doubts beside it.

Belongs here: the parts of a proposal while it grows. Does not belong here: how any part was found, or its YAML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.grids import GridFile
from ingest.interpret.labels import LabelReader
from ingest.pack import Pack
from ingest.periods import Period
from ingest.probe.areas import Area
from ingest.probe.catalogue import Catalogue
from ingest.probe.regions import Regions
from ingest.probe.words import Words


@dataclass(slots=True)
class Entry:
    """One record of a spec (a column, a row, a block) and the remark behind it."""

    data: dict[str, Any]
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person has to decide, or that was left out and why."""

    sheet: str
    cell: str | None
    said: str
    said_en: str


@dataclass(slots=True)
class Head:
    """One value column: its texts, what they say, the period above it, the unit above it."""

    column: int
    texts: list[str]
    words: Words
    period: Period | None
    region_code: str | None = None

    @property
    def joined(self) -> str:
        """The texts of the header, joined."""
        return "".join(text.strip() for text in self.texts)


@dataclass
class TableDraft:
    """One table of the proposal."""

    area: Area
    orientation: str
    title: str | None
    heads: list[Head] = field(default_factory=list)
    name: str = ""
    find: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    columns: list[Entry] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)
    blocks: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    comment: str | None = None

    def doubt(self, cell: str | None, said: str, said_en: str) -> None:
        """Note what a person has to decide."""
        self.doubts.append(Doubt(self.area.grid.name, cell, said, said_en))


@dataclass
class Desk:
    """All that the probe of one file works with."""

    file: GridFile
    pack: Pack
    labels: LabelReader
    regions: Regions
    catalogue: Catalogue
    areas: list[Area] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
