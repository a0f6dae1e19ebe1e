"""A fault in the making: a clean file open for editing, what is changed in it, and how kinds are declared.

Belongs here: choosing cells, writing as the file is written, keeping account of each change. Does not belong here:
any kind (``kinds``).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from benchmarks.gate.books import Book, Content, open_book, plain
from benchmarks.gate.cells import Cell, Place, to_address, typed_decimals
from benchmarks.gate.information import After, Knowledge
from benchmarks.gate.line import Letter
from benchmarks.gate.worlds import WORLDS, Delivery

Maker = Callable[["Draft"], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: how it is made, in which sizes, where it can happen, and whether it can be found."""

    name: str
    title: str
    why: str
    """Whether it is detectable in principle, and from what."""
    sizes: tuple[str, ...]
    worlds: tuple[str, ...]
    make: Maker


KINDS: dict[str, Kind] = {}


def kind(
    title: str, why: str, sizes: Sequence[str] = ("",), worlds: Sequence[str] = WORLDS
) -> Callable[[Maker], Maker]:
    """Declare a kind; its name is the function's."""

    def register(make: Maker) -> Maker:
        name = make.__name__
        KINDS[name] = Kind(name, title, why, tuple(sizes), tuple(worlds), make)
        return make

    return register


@dataclass
class Draft:
    """One clean file of a delivery, being spoilt."""

    delivery: Delivery
    knowledge: Knowledge
    file: str
    rng: random.Random
    size: str = ""
    changes: dict[tuple[str, int, int], tuple[Content, Content]] = field(default_factory=dict)
    labels: set[tuple[str, int, int]] = field(default_factory=set)
    """Changed cells that hold words."""
    spoilt: set[Place] | None = None
    """The figures that are wrong now, where they are not simply the changed ones."""
    missing: set[Place] = field(default_factory=set)
    """Figures that are not in the file any more, by where they stood."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Sheets whose names changed with the words in them."""
    whole: set[str] = field(default_factory=set)
    """Sheets that are wrong as a whole."""
    tolerated: set[str] = field(default_factory=set)
    """Sheets that may be held as a whole, because their set of regions is broken."""
    reads_as: dict[Place, float] = field(default_factory=dict)
    """What figures mean now whose cells were not touched, in their former unit."""
    certain: str = ""
    """Why it can be found, where the fault is one of structure; else ``Knowledge`` decides."""
    hidden: str = ""
    """Why it cannot be found, where no figure could tell."""
    is_reworded: bool = False
    """Whether words were changed all over the file, so that nothing can be put back."""

    def __post_init__(self) -> None:
        """Look up what stands in the file; it is opened when it is first needed."""
        self.grid = self.knowledge.grid(self.file)
        self.cells: list[Cell] = self.grid.cells

    @cached_property
    def book(self) -> Book:
        """The file, open; another draft may have opened it before and put everything back."""
        letter, books = self.delivery.letter(self.file), self.knowledge.books
        if self.file not in books:
            books[self.file] = open_book(letter.path, letter.payload)
        return books[self.file]

    def put_back(self) -> None:
        """Leave the open file as it was found."""
        if self.is_reworded:
            self.knowledge.books.pop(self.file, None)
            return
        for (sheet, row, column), (before, _) in self.changes.items():
            self.book.put(sheet, row, column, before)

    @property
    def figures(self) -> list[Cell]:
        """The file's figures without its ranks."""
        return [cell for cell in self.cells if not cell.is_rank]

    def pick(self, wanted: Callable[[Cell], bool] = lambda _cell: True) -> Cell | None:
        """A figure at random; of a file that repeats the past, one of the newest month half of the time."""
        fitting = [cell for cell in self.figures if wanted(cell)]
        if not fitting:
            return None
        newest = max(cell.month for cell in fitting)
        recent = [cell for cell in fitting if cell.month == newest]
        return self.rng.choice(recent if self.rng.random() < 0.5 else fitting)

    def content(self, cell: Cell) -> Content:
        """What stands in a cell now."""
        return self.book.get(cell.sheet, cell.row, cell.column)

    def write(self, cell: Cell, content: Content) -> None:
        """Put anything into a figure's cell."""
        self.put(cell.sheet, cell.row, cell.column, content)

    def put(self, sheet: str, row: int, column: int, content: Content) -> None:
        """Put anything anywhere, and remember what was there."""
        before = self.changes.get((sheet, row, column), (self.book.get(sheet, row, column), None))[0]
        self.book.put(sheet, row, column, content)
        self.changes[sheet, row, column] = (before, content)
        if before == content:
            del self.changes[sheet, row, column]

    def put_label(self, sheet: str, row: int, column: int, content: Content) -> None:
        """Change words."""
        self.put(sheet, row, column, content)
        self.labels.add((sheet, row, column))

    def number(self, cell: Cell, value: float, decimals: int | None = None) -> None:
        """Write a number as this file writes numbers: text stays text, with as many decimals as stood there."""
        now = self.content(cell)
        places = typed_decimals(plain(now)) if decimals is None else decimals
        places = min(places, 12)
        if isinstance(now, str):
            self.write(cell, f"{value:.{places}f}")
        else:
            shown = round(value, places)
            self.write(cell, int(shown) if shown == int(shown) and isinstance(now, int) else shown)

    def exactly(self, cell: Cell, value: float) -> None:
        """Write a number with all the decimals it takes."""
        decimals = typed_decimals(plain(self.content(cell)))
        shown = plain(round(value, decimals + 4))
        self.write(cell, shown if isinstance(self.content(cell), str) else round(value, decimals + 4))

    def exchange(self, one: Cell, other: Cell) -> None:
        """Two cells change their contents."""
        first, second = self.content(one), self.content(other)
        self.write(one, second)
        self.write(other, first)

    def label_of(self, cell: Cell) -> tuple[int, int] | None:
        """Where the name of a figure's region stands."""
        across = self.grid.runs_across(cell.sheet)
        for back in range(1, (cell.row if across else cell.column)):
            row, column = (cell.row - back, cell.column) if across else (cell.row, cell.column - back)
            if self.book.get(cell.sheet, row, column) == cell.region_label or self._same_name(cell, row, column):
                return row, column
        return None

    def _same_name(self, cell: Cell, row: int, column: int) -> bool:
        said = self.book.get(cell.sheet, row, column)
        return isinstance(said, str) and "".join(said.split()) == "".join(cell.region_label.split()) != ""

    # -- the outcome

    def after(self) -> After:
        """What stands in the figures' cells that were changed."""
        found: dict[Place, float | str | None] = dict(self.reads_as)
        for (sheet, row, column), (_, content) in self.changes.items():
            place = sheet, to_address(row, column)
            if place in self.grid.at:
                found[place] = as_number(content)
        return found

    def affected(self) -> frozenset[Place]:
        """The cells that are wrong now: what was said, or all changed ones that do not hold words."""
        if self.spoilt is not None:
            return frozenset(self.spoilt)
        if self.whole:
            return frozenset(
                (self.renamed.get(cell.sheet, cell.sheet), cell.address)
                for cell in self.cells
                if cell.sheet in self.whole
            )
        return frozenset(
            (sheet, to_address(row, column))
            for sheet, row, column in self.changes
            if (sheet, row, column) not in self.labels
        )

    def reasons(self) -> list[str]:
        """From what the fault can be found; empty when from nothing."""
        if self.hidden:
            return []
        return [self.certain] if self.certain else self.knowledge.contradictions(self.file, self.after())

    def letter(self) -> Letter:
        """The spoilt file, in the place of the clean one."""
        return replace(self.delivery.letter(self.file), payload=self.book.payload())


def as_number(content: Content) -> float | str | None:
    """What a reader would make of a cell: a number, a word, nothing."""
    if isinstance(content, str):
        try:
            return float(content)
        except ValueError:
            return content
    return None if content is None else float(content)
