"""One table as it will stand on a sheet: its cells, merged ranges and the figures to be read back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.ingest.interpret.written.case import Case
from tests.ingest.interpret.written.figures import Figure, Put

Position = tuple[int, int]
Key = tuple[str, str, str]


@dataclass
class Written:
    """One table as it will stand on a sheet."""

    case: Case
    sheet: str = "Sheet1"
    cells: dict[Position, Put] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    figures: dict[Position, tuple[Key, Figure]] = field(default_factory=dict)
    spec: dict[str, Any] = field(default_factory=dict)
    bottom: int = 0
    title: Position = (0, 0)
    header_top: int = 0
    origin: Position = (0, 0)
    months: dict[Position, int] = field(default_factory=dict)
    labels: list[Position] = field(default_factory=list)

    def text(self, row: int, column: int, text: str) -> None:
        """Write a label."""
        self.cells[row, column] = Put(text)

    def label(self, row: int, column: int, text: str) -> None:
        """Write the label of a row."""
        self.text(row, column, text)
        self.labels.append((row, column))

    def span(self, row: int, left: int, right: int, text: str) -> None:
        """Write a label over several columns."""
        self.text(row, left, text)
        if right > left:
            self.merges.append((row, left, row, right))

    def figure(self, row: int, column: int, key: Key, figure: Figure | None) -> None:
        """Write a figure."""
        if figure is not None:
            self.cells[row, column] = figure.put
            self.figures[row, column] = (key, figure)
