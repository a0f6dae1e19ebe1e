"""A document read from top to bottom: its tables, and the lines of text that stand between them.

Belongs here: which lines stand above which table. Does not belong here: any document format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.grids.grid import Grid

_HEADINGS_KEPT = 8
_LONGEST_HEADING = 80
_BREAKING = re.compile(r"[ \t\r\n\f\v]+")
_PROSE = re.compile(r"[。；！？]")


def one_line(text: str) -> str:
    """Text with every run of white space as one blank, as a browser shows it: a no-break space is none of these."""
    if text.isprintable() and "  " not in text:  # of all blanks only the plain one is printable
        return text.strip(" ")
    return _BREAKING.sub(" ", text).strip()


@dataclass
class Page:
    """What has been read of a document so far."""

    grids: list[Grid] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _seen: int = 0

    def add_text(self, text: str) -> None:
        """Take in text outside tables; each of its lines is kept."""
        self.lines.extend(line for raw in text.splitlines() if (line := one_line(raw)))

    def add_grid(self, grid: Grid) -> None:
        """Take in a table: the lines since the last table stand above it, and it gets a name of its own."""
        grid.lines_above = headings(self.lines[self._seen :])
        self._seen = len(self.lines)
        if not grid.name or any(grid.name == other.name for other in self.grids):
            grid.name = f"表{len(self.grids) + 1}"
        self.grids.append(grid)

    def add_page(self, page: Page) -> None:
        """Take in a whole document after this one."""
        for grid in page.grids:
            above = grid.lines_above
            self.add_grid(grid)
            grid.lines_above = above
        self.lines.extend(page.lines)
        self._seen = len(self.lines)


def headings(lines: list[str]) -> list[str]:
    """The lines that can be a title, a unit or a period: the nearest ones, without sentences of prose."""
    short = [line for line in lines if len(line) <= _LONGEST_HEADING and not _PROSE.search(line.rstrip("。；"))]
    return short[-_HEADINGS_KEPT:]
