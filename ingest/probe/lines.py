"""Rows of figures below rows of text: what stands in each row of a sheet, and the runs they form.

Belongs here: telling figures, marks and texts apart; where a header ends and the next begins. Does not belong here:
columns (``areas.py``), or what a text means.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.grids import Cell, Grid
from ingest.interpret.labels import LabelReader
from ingest.probe.words import read_words
from ingest.text import normalise

_FIGURE = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?")
_MARK = re.compile(r"[-—–―…\.·*/xX×\s]+|n/?a|null|无|空|不详|暂无", re.IGNORECASE)


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, stored or written."""
    if cell.number is not None:
        return True
    text = cell.text.strip()
    return any(char.isdigit() for char in text) and _FIGURE.fullmatch(normalise(text)) is not None


def is_mark(cell: Cell) -> bool:
    """Whether a cell holds a sign that stands for a missing figure."""
    return not cell.is_blank and _MARK.fullmatch(cell.text.strip()) is not None


def _is_year(cell: Cell) -> bool:
    return _YEAR.fullmatch(cell.text.strip()) is not None


@dataclass(slots=True)
class Line:
    """One row: what stands in it."""

    number: int
    figures: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing but white space."""
        return not (self.figures or self.marks or self.texts)


@dataclass(slots=True)
class Band:
    """A run of rows below one header."""

    header: list[int]
    body: list[Line]
    above: int  # first row that may hold its titles
    end: int = 0


def _line(grid: Grid, number: int) -> Line:
    line = Line(number)
    for cell in grid.row_cells(number):
        if cell.is_blank:
            continue
        kind = line.figures if is_figure(cell) else line.marks if is_mark(cell) else line.texts
        kind.append(cell.column)
    if len(line.figures) > 1 and all(_is_year(c) for c in grid.row_cells(number) if c.column in line.figures):
        line.texts, line.figures = sorted(line.texts + line.figures), []  # years above columns are headings
    return line


def bands_of(grid: Grid, labels: LabelReader) -> list[Band]:
    """The runs of rows of a sheet, each below its header."""
    bands: list[Band] = []
    texts: list[int] = []
    band: Band | None = None
    floor = 0
    for number in range(grid.row_count):
        line = _line(grid, number)
        if line.is_empty:
            continue
        if band is not None and not line.figures and _opens(grid, band, line, labels):
            floor = _close(band)
            texts = list(range(floor, number))
            bands.append(band)
            band = None
        if band is None:
            if line.figures and texts:
                band = Band(_run_above(grid, texts), [line], floor)
            elif not line.figures:
                texts.append(number)
        else:
            band.body.append(line)
    if band is not None:
        _close(band)
        bands.append(band)
    return [band for band in bands if band.header]


def _run_above(grid: Grid, texts: list[int]) -> list[int]:
    """The rows of text that stand together right above the first figures."""
    run = [row for row in texts if any(not c.is_blank for c in grid.row_cells(row))]
    kept: list[int] = []
    for row in reversed(run):
        if kept and kept[-1] - row > 1:
            break
        kept.append(row)
    return kept[::-1]


def _opens(grid: Grid, band: Band, line: Line, labels: LabelReader) -> bool:
    """Whether a row of text is the header of a further table: it names the columns that held figures."""
    held = Counter(column for one in band.body for column in one.figures)
    over = [column for column in line.texts if held[column]]
    if not over or 2 * len(over) < len(held):
        return False
    words = [read_words(labels(cell.text)) for c in over if (cell := grid.cell(line.number, c)) is not None]
    corner = grid.cell(line.number, min(line.texts))
    first = grid.cell(band.header[-1], min(line.texts))
    same = corner is not None and first is not None and normalise(corner.text) == normalise(first.text)
    return same or any(one.family or one.role for one in words) or len(over) > 2


def _close(band: Band) -> int:
    """Drop what stands below the last figures; gives the first row after them."""
    while band.body and not band.body[-1].figures:
        band.body.pop()
    band.end = band.body[-1].number + 1
    return band.end
