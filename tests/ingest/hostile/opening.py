"""Opens a file as the line does, in a confined process, and says what was read: for the tests of hostile files.

Belongs here: what the worker process runs and what the tests ask of it. Does not belong here: any hostile file.
"""

from __future__ import annotations

import pickle
import re
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ingest.grids import GridError, read_grids
from ingest.intake.quarantine import Reason
from ingest.interpret import interpret_file
from ingest.pack import Pack, load_pack
from ingest.workers import Worker

REPO = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Opened:
    """What a file was read as."""

    values: dict[tuple[str, str], str]
    """Texts of the cells by sheet and address."""
    numbers: dict[tuple[str, str], float]
    lines: list[str]
    peak_mebibytes: float


def open_file(path: Path) -> Opened | Reason:
    """Every cell of a file, or why there is none."""
    try:
        file = read_grids(path)
    except GridError as error:
        return Reason(error.reason_code, error.reason, error.reason_en, advice=error.advice, advice_en=error.advice_en)
    cells = {(grid.name, cell.address): cell for grid in file.grids for cell in grid.cells()}
    return Opened(
        {key: cell.text for key, cell in cells.items()},
        {key: cell.number for key, cell in cells.items() if cell.number is not None},
        file.page_lines,
        peak(),
    )


def peak() -> float:
    """Most memory that this process has held; ``getrusage`` would count what its parent held."""
    status = Path("/proc/self/status")
    kibibytes = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(kibibytes.group(1)) / 1024 if kibibytes else 0.0


@dataclass(frozen=True)
class Read:
    """What became of one mutant."""

    media: str
    cited: list[tuple[str, str, str, float | None]]
    """Sheet, address, printed text and number of every value that was taken."""
    refusal: Reason | None
    peak_mebibytes: float
    seconds: float


_packs: dict[str, Pack] = {}


def read_mutant(path: Path, name: str, pack: str | None) -> Read | Reason:
    """Read a mutant as the line does; runs in the confined process."""
    started = time.process_time()
    if pack is None:
        try:
            file = read_grids(path)
        except GridError as error:
            return Reason(
                error.reason_code, error.reason, error.reason_en, advice=error.advice, advice_en=error.advice_en
            )
        cited = [(grid.name, cell.address, cell.text, cell.number) for grid in file.grids for cell in grid.cells()]
        return Read(file.media_type, cited, None, peak(), time.process_time() - started)
    if pack not in _packs:
        _packs[pack] = load_pack(REPO / pack if "/" in pack else pack)
        started = time.process_time()
    reading = interpret_file(path, name, _packs[pack], TODAY)
    cited = [
        (cell.source_sheet, cell.source_cell, cell.value_printed or "", cell.value_number)
        for cell in reading.cells
        if cell.disposition in ("observation", "published_rank") and cell.value_number is not None
    ]
    refusal = Reason(**asdict(reading.refusal)) if reading.refusal else None
    return Read(reading.media_type or "", [] if refusal else cited, refusal, peak(), time.process_time() - started)


class Opener:
    """Opens one file after the other in a confined process."""

    def __init__(self) -> None:
        self._worker = Worker(pickle.dumps((open_file, ())))
        self.seconds = 0.0
        """How long the last file took, the start of a process not counted."""

    def __call__(self, path: Path) -> Opened | Reason:
        """The cells, or the reason in words."""
        self._worker.ask(path.parent / "nothing")  # so that the start of a process is not measured
        started = time.monotonic()
        answer = self._worker.ask(path)
        self.seconds = time.monotonic() - started
        assert isinstance(answer, Opened | Reason)
        return answer

    def close(self) -> None:
        """End the process."""
        self._worker.__exit__()


def is_in_words(reason: Reason) -> bool:
    """Whether a refusal tells a clerk what is wrong and what to do, and holds no traceback."""
    texts = (reason.reason, reason.reason_en, reason.advice, reason.advice_en)
    said = " ".join((*texts, reason.found, reason.found_en))
    return all(texts) and "Traceback" not in said and 'File "' not in said and "panicked" not in said
