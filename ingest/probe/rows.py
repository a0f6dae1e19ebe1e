"""The labelled rows of a table of indicators, and what tells equal labels apart.

Belongs here: indents and the labels above a row. Does not belong here: what a row measures (``listing.py``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.grids import Cell
from ingest.interpret.labels import Label
from ingest.pack.models import Measure
from ingest.probe.words import Words


@dataclass(slots=True)
class Line:
    """One labelled row while it is understood."""

    row: int
    cell: Cell
    label: Label
    words: Words
    under: str | None = None
    code: str | None = None
    unit: str | None = None
    block_units: tuple[str, ...] = ()
    is_spoilt: bool = False
    figures: dict[int, Cell] = field(default_factory=dict)
    measures: dict[int, Measure] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)


def tell_apart(lines: list[Line]) -> None:
    """Equal labels, or labels that differ by their unit alone, get the nearest shallower label above them."""
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for position, line in enumerate(lines):
        if line.figures and line.words.topic:
            key = (line.words.topic, line.words.family, line.words.span, line.words.basis)
            groups.setdefault(key, []).append(position)
    for positions in groups.values():
        if len(positions) < 2:
            continue
        for parents in (_shallower, _between):
            for position in positions:
                lines[position].under = parents(lines, position, positions)
            resolved = [position for position in positions if _resolves(lines, position, positions)]
            if len(resolved) == len(positions):
                break
        for position in set(positions) - set(resolved):
            lines[position].reasons[-1] = "同名的行无法区分 / equal labels that nothing tells apart"


def _shallower(lines: list[Line], position: int, _: list[int]) -> str | None:
    """The nearest label above that stands less deep."""
    depth = indent(lines[position].cell)
    above = (one for one in reversed(lines[:position]) if indent(one.cell) < depth)
    return next((one.label.norm for one in above if one.words.topic != lines[position].words.topic), None)


def _between(lines: list[Line], position: int, positions: list[int]) -> str | None:
    """The last label between the equal row above and this one that stands only once."""
    counts = Counter(line.words.topic or line.label.norm for line in lines)
    since = max((one for one in positions if one < position), default=-1)
    unique = [one for one in lines[since + 1 : position] if counts[one.words.topic or one.label.norm] == 1]
    return unique[-1].label.norm if unique else None


def _resolves(lines: list[Line], position: int, positions: list[int]) -> bool:
    """Whether the reader, looking upwards, meets this row's label before that of another equal row."""
    unders = {lines[one].under for one in positions}
    if len(unders) < len(positions):
        return False
    found = next((one.label.norm for one in reversed(lines[:position]) if one.label.norm in unders), None)
    return found == lines[position].under


def indent(cell: Cell) -> int:
    """How deep a label stands; a full-width space takes the room of two."""
    blank = cell.text[: len(cell.text) - len(cell.text.lstrip(" \u3000\u00a0\t"))]
    return len(blank) + blank.count("\u3000")
