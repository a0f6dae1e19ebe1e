"""One case: a fault is drawn and made, sent through the line, and what was said is held against what was done.

* detected: a critical finding or a warning, new against the clean run, that concerns a cell that is wrong, or the
  sheet or file where these are wrong as a whole;
* held right: it was detected, at least 80 % of the wrong cells are not accepted, and of the others at most one, or a
  tenth as many as are wrong, is held besides;
* named rightly: a rule that said so is one of those that ``names.yaml`` has for the kind.
"""

from __future__ import annotations

import math
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.gate.cells import Place, to_address
from benchmarks.gate.draft import Draft, Kind
from benchmarks.gate.information import Knowledge
from benchmarks.gate.line import Finding, Outcome, Runner, copy_home
from benchmarks.gate.worlds import PACKS, Delivery

ATTEMPTS = 40
HELD_SHARE = 0.8


@dataclass
class Case:
    """A fault and what became of it."""

    kind: str
    size: str
    number: int
    world: str
    delivery: str
    file: str
    reasons: list[str]
    affected: list[Place]
    changes: list[tuple[str, str, str, str]]
    """Sheet, cell, before, after."""
    detected: bool = False
    held_right: bool = False
    is_refused: bool = False
    held_share: float = 0.0
    held_besides: int = 0
    rules: list[str] = field(default_factory=list)
    """The rules that found it."""
    elsewhere: list[str] = field(default_factory=list)
    """The rules that said something new, of other cells."""

    @property
    def is_detectable(self) -> bool:
        """Whether anything printed contradicts it."""
        return bool(self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """For the list of missed cases."""
        return asdict(self)


def draw(kind: Kind, number: int, seed: int, deliveries: dict[str, list[Delivery]],
         knowledge: dict[int, Knowledge]) -> Draft | None:  # fmt: skip
    """The number-th case of a kind: its world and size go round, place and figures are chance, fixed by the seed."""
    worlds = [world for world in kind.worlds if deliveries.get(world)]
    rng = random.Random(f"{seed}/{kind.name}/{number}")
    for attempt in range(ATTEMPTS * len(worlds)):
        world = worlds[(number + attempt // ATTEMPTS) % len(worlds)]
        delivery = rng.choice(deliveries[world])
        known = knowledge.setdefault(id(delivery), Knowledge(delivery))
        file = rng.choices(delivery.files, [_weight(delivery, file) for file in delivery.files])[0]
        # in each round the worlds meet the next sizes, so that each meets each
        size = kind.sizes[(number % len(worlds) + number // len(worlds)) % len(kind.sizes)]
        draft = Draft(delivery, known, file, rng, size)
        if kind.make(draft) and (draft.changes or draft.is_reworded):
            return draft
        draft.put_back()
    return None


def _weight(delivery: Delivery, file: str) -> float:
    """Large files are hit more often than small ones, but not in proportion."""
    return math.sqrt(sum(1 for cell in delivery.cells if cell.file == file))


def run_case(kind: Kind, number: int, draft: Draft, runner: Runner, scratch: Path) -> Case:
    """Send a drawn fault through the line and score it."""
    delivery, letter = draft.delivery, draft.letter()
    case = Case(
        kind.name, draft.size, number, delivery.world, delivery.name, draft.file, draft.reasons(),
        sorted(draft.affected()), [(sheet, to_address(row, column), str(before), str(after))
                                   for (sheet, row, column), (before, after) in draft.changes.items()],
    )  # fmt: skip
    draft.put_back()
    copy_home(delivery.home, scratch)
    letters = [letter if one.path == draft.file else one for one in delivery.parcel.letters]
    outcome = runner.run(scratch, PACKS[delivery.world], letters, delivery.parcel.as_of)
    score(case, draft, letter.path, outcome)
    return case


def score(case: Case, draft: Draft, file: str, outcome: Outcome) -> None:
    """Fill in what became of a case."""
    clean, affected = draft.delivery.clean, frozenset(case.affected)
    known = set(clean.findings)
    new = [one for one in outcome.findings if one not in known]
    hits = [one for one in new if _concerns(one, draft, file, affected)]
    case.is_refused = file in outcome.refused
    case.detected = bool(hits) or case.is_refused
    case.rules = sorted({one.rule for one in hits})
    case.elsewhere = sorted({one.rule for one in new} - set(case.rules))
    free = {place for path, place in outcome.accepted if path == file}
    case.held_share = sum(1 for place in affected if place not in free) / max(1, len(affected))
    case.held_besides = _held_besides(draft, file, outcome, affected)
    limit = max(1, len(affected) // 10)
    case.held_right = case.detected and case.held_share >= HELD_SHARE and case.held_besides <= limit


def _held_besides(draft: Draft, file: str, outcome: Outcome, affected: frozenset[Place]) -> int:
    """Cells that are right and held nevertheless, of this file and those that came with it."""
    was_held = draft.delivery.clean.held
    freed = draft.tolerated | draft.whole
    besides = {
        (path, place)
        for path, place in outcome.held
        if not (path == file and (place in affected or place[0] in freed)) and (path, place) not in was_held
    }
    if file in outcome.refused:
        besides |= {(file, cell.place) for cell in draft.cells
                    if cell.place not in affected and cell.sheet not in freed}  # fmt: skip
    return len(besides)


def _concerns(finding: Finding, draft: Draft, file: str, affected: frozenset[Place]) -> bool:
    """Whether a finding speaks of what is wrong: a cell by its address or its meaning; or a table as a whole."""
    if finding.file not in (file, ""):
        return False
    if finding.place is not None and finding.file == file and finding.place in affected:
        return True
    sheets = draft.whole | draft.tolerated
    if draft.whole or (sheets and finding.sheet in sheets):
        return True
    if finding.cell is None and sheets and finding.sheet is None:
        return True
    figures = {cell.place for cell in draft.cells}
    spoken_of = {place for place in figures if finding.sheet in (None, place[0])}
    if finding.cell is None and finding.indicator is None and spoken_of and spoken_of <= affected:
        return True  # of the sheet or the file, in which nothing is right any more
    is_of_no_figure = finding.place is None or finding.place not in figures
    return is_of_no_figure and finding.indicator is not None and _means_an_affected(finding, draft, affected)


def _means_an_affected(finding: Finding, draft: Draft, affected: frozenset[Place]) -> bool:
    """Whether a finding without a figure's cell (a heading's, none) names region, indicator, month of a wrong cell."""
    for cell in draft.cells:
        if (
            (cell.place in affected or cell.place in draft.missing)
            and finding.indicator == cell.indicator
            and finding.region in (None, cell.region)
            and finding.measure in (None, cell.measure)
            and finding.month in (None, str(cell.month))
        ):
            return True
    return False
