"""Reading the file with the proposal: does each table stand where it was found, and what share of figures is read.

Belongs here: running the real reader in memory and counting. Does not belong here: making the proposal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.interpret.labels import LabelReader
from ingest.interpret.locate import Locator
from ingest.pack import Pack
from ingest.probe.draft import Desk, TableDraft
from ingest.probe.lines import is_figure
from ingest.spec import SourceSpec


@dataclass(slots=True)
class Trial:
    """What reading with the proposal gave."""

    reading: FileReading
    figures: int = 0
    observations: int = 0
    ranks: int = 0
    labels: int = 0
    left: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Figures read."""
        return self.observations + self.ranks

    @property
    def share(self) -> float:
        """Share of figures that are read; numbers of rows and rows printed twice do not count."""
        return self.read / self.figures if self.figures else 0.0


def fit_places(desk: Desk, spec: SourceSpec, drafts: list[TableDraft], pack: Pack) -> list[TableDraft]:
    """Set the header heights that the reader would not find itself; gives the tables that it finds elsewhere or not."""
    places = {place.spec.name: place for place in Locator(spec, desk.file, LabelReader(pack)).places()}
    lost = []
    for draft in drafts:
        area, place = draft.area, places.get(draft.name)
        assert area.corner is not None
        if place is None or (place.sheet, place.row, place.column) != (area.sheet, area.corner.row, area.corner.column):
            lost.append(draft)
        elif (place.header_top, place.header_bottom) != (area.top, area.bottom):
            above = area.corner.row - area.top
            draft.data["header_rows"] = area.bottom - area.top + 1
            if above:
                draft.data["header_above"] = above
    return lost


def try_reading(desk: Desk, path: Path, file_name: str, data: dict[str, Any], regions: Pack, today: date) -> Trial:
    """Read the file with the proposal as the only spec of the extended pack."""
    from dataclasses import replace

    spec = SourceSpec.model_validate(data)
    reading = interpret_file(path, file_name, replace(regions, sources=[spec]), today)
    return count(desk, reading)


def count(desk: Desk, reading: FileReading) -> Trial:
    """How many figures of the visible sheets were read, and what became of the others."""
    trial = Trial(reading)
    fates = {(c.source_sheet, c.source_cell): c for c in reading.cells}
    for grid in desk.file.grids:
        if not grid.is_visible:
            continue
        for cell in grid.cells():
            if cell.is_blank or not is_figure(cell):
                continue
            fate = fates.get((grid.name, cell.address))
            if reading.refusal is None:
                _tally(trial, fate)
            else:
                trial.figures += 1
                trial.left[reading.refusal.reason_code] += 1
    return trial


def _tally(trial: Trial, fate: CellReading | None) -> None:
    if fate is None or (fate.disposition == "ignored" and (fate.note == "编号" or fate.rule == "repeated_row")):
        trial.labels += 1
        return
    trial.figures += 1
    if fate.disposition == "observation":
        trial.observations += 1
    elif fate.disposition == "published_rank":
        trial.ranks += 1
    else:
        trial.left[fate.note or fate.rule or "unread"] += 1
