"""The four worlds: clean months delivered to a home one after another, each of them a place to put a fault into.

Belongs here: which files are the clean history and which the month in question. Does not belong here: faults, and
what the gate says.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from benchmarks.gate.books import open_book
from benchmarks.gate.cells import Cell, History, load_cells
from benchmarks.gate.line import Letter, Outcome, Runner, copy_home
from orchestration.settings import REPOSITORY

WORLDS = ("demonstration", "shaoyang", "provinces", "cities")
PACKS = {
    "demonstration": "beiguan",
    "shaoyang": "shaoyang",
    "provinces": str(REPOSITORY / "tests/packs/nbs_provincial"),
    "cities": str(REPOSITORY / "tests/packs/nbs_70city"),
}
FIRST_FAULTED = 2023, 2
CITY_HISTORY = ("2021_02_23", "2021_03_15", "2023_01_16", "2023_02_16", "2023_04_15")
CITY_MONTHS = ("2023_05_17", "2023_06_15")
PROVINCE_MONTHS = ((2019, 11), (2019, 12))


@dataclass(frozen=True)
class Parcel:
    """Files that come together: a month's mail."""

    name: str
    letters: list[Letter]
    as_of: date | None = None


@dataclass(frozen=True)
class Delivery:
    """A clean parcel with the home it comes to and what its clean run said: the ground on which a fault is put."""

    world: str
    name: str
    home: Path
    """The home as it stood before the parcel."""
    parcel: Parcel
    clean: Outcome
    cells: list[Cell]
    """The parcel's own figures, read clean."""
    before: list[Cell]
    """The figures printed before."""

    @cached_property
    def history(self) -> History:
        """The series printed before."""
        return History(self.before)

    @cached_property
    def files(self) -> list[str]:
        """The files with figures, largest first."""
        counts: dict[str, int] = {}
        for cell in self.cells:
            counts[cell.file] = counts.get(cell.file, 0) + 1
        return sorted(counts, key=lambda file: (-counts[file], file))

    def letter(self, file: str) -> Letter:
        """The clean file."""
        return next(letter for letter in self.parcel.letters if letter.path == file)

    def save(self, path: Path) -> None:
        """Keep it for the worker processes."""
        path.write_bytes(pickle.dumps(self))


def build_world(world: str, work: Path, published: Path, runner: Runner) -> list[Path]:
    """Deliver a world's clean months through the real line; returns the saved deliveries, oldest first."""
    return deliver(world, *_parcels(world, published), work, runner)


def deliver(world: str, history: list[Parcel], months: list[Parcel], work: Path, runner: Runner) -> list[Path]:
    """Send the history, then month by month; each month is saved with the home that it came to."""
    home = work / world / "home"
    for parcel in history:
        runner.run(home, PACKS[world], parcel.letters, parcel.as_of)
    saved = []
    for parcel in months:
        before = work / world / f"before-{parcel.name}"
        if home.exists():
            copy_home(home, before)
        else:
            before.mkdir(parents=True)
            copy_home(before, home)
        parcel = replace(parcel, letters=[_as_written(letter) for letter in parcel.letters])
        clean = runner.run(home, PACKS[world], parcel.letters, parcel.as_of)
        earlier = load_cells(before / "warehouse.duckdb") if (before / "warehouse.duckdb").exists() else []
        mine = {letter.submission_id for letter in parcel.letters}
        cells = load_cells(home / "warehouse.duckdb", f"submission_id in ({', '.join(map(repr, sorted(mine)))})")
        path = work / world / f"{parcel.name}.pickle"
        Delivery(world, parcel.name, before, parcel, clean, cells, earlier).save(path)
        saved.append(path)
    return saved


def load_delivery(path: Path) -> Delivery:
    """A delivery that was saved."""
    delivery: Delivery = pickle.loads(path.read_bytes())
    return delivery


def _as_written(letter: Letter) -> Letter:
    """The same file written by our own hand, so that a faulted one differs from it by its fault only."""
    return replace(letter, payload=open_book(letter.path, letter.payload).payload())


def _parcels(world: str, published: Path) -> tuple[list[Parcel], list[Parcel]]:
    """A world's history, and the months in which faults are put."""
    if world == "demonstration":
        months = demonstration_months()
        parcels = [Parcel(f"{y}-{m:02d}", letters, _last_arrival(letters)) for (y, m), letters in months.items()]
        cut = list(months).index(FIRST_FAULTED)
        whole = [letter for parcel in parcels[:cut] for letter in parcel.letters]
        return [Parcel("history", whole, _last_arrival(whole))], parcels[cut:]
    if world == "shaoyang":
        book = published / "shaoyang" / "yuebao_202509.xlsx"
        return [], [Parcel("2025-09", [Letter(book.name, book.read_bytes())])]
    if world == "cities":
        folder = published / "nbs_70city_house_prices"
        files = {day: folder / f"house_price_data_{day}.xml" for day in (*CITY_HISTORY, *CITY_MONTHS)}
        parcels = [Parcel(day, [Letter(file.name, file.read_bytes())]) for day, file in files.items()]
        return parcels[: len(CITY_HISTORY)], parcels[len(CITY_HISTORY) :]
    folder = published / "nbs_provincial_realestate" / "csv"
    exports = {month: province_exports(folder, month) for month in ((2019, 10), *PROVINCE_MONTHS)}
    parcels = [Parcel(f"{y}-{m:02d}", letters) for (y, m), letters in exports.items()]
    return parcels[:1], parcels[1:]


def demonstration_months() -> dict[tuple[int, int], list[Letter]]:
    """The demonstration's mail by month, without the disturbances that ``demo/faults.py`` plants."""
    from demo import send
    from demo.months import Month
    from demo.series import SEED

    found: dict[tuple[int, int], list[Letter]] = {}
    for letter in send.letters(SEED, Month(2021, 1), Month(2023, 12)):
        month = Month.parse(letter.folder)
        if not is_planted(letter.stem, month, letter.document.name):
            side: dict[str, str] = {"received_at": letter.arrival.received_at.isoformat(), "sender": letter.sender}
            if letter.arrival.published_at is not None:
                side["published_at"] = letter.arrival.published_at.isoformat()
            found.setdefault((month.year, month.month), []).append(
                Letter(letter.path, letter.document.payload, json.dumps(side, ensure_ascii=False).encode())
            )
    return found


def is_planted(stem: str, month: object, name: str) -> bool:
    """Whether a letter of the demonstration is one of its planted disturbances."""
    from demo import faults

    key = (stem, month)
    return (
        stem == ""
        or (key in faults.DAYS_TO_CORRECT and "更正" not in name)
        or (key == faults.TRUNCATED and "重发" not in name)
        or (key == faults.RESENT and "重发" in name)
    )


def _last_arrival(letters: list[Letter]) -> date:
    days: Iterator[str] = (json.loads(letter.side)["received_at"] for letter in letters if letter.side)
    return date.fromisoformat(max(days)[:10])


def province_exports(folder: Path, month: tuple[int, int]) -> list[Letter]:
    """Each province's export as it was made in a month: the published file without the columns that came later."""
    from benchmarks.gate.books import TextTable

    letters = []
    for file in sorted(folder.glob("*.csv")):
        table = TextTable(file.read_bytes())
        rows = table.rows()
        head = next(row for row in rows if row[0] == "指标")
        first = head.index(f"{month[0]}年{month[1]}月")
        for row in rows:
            del row[1:first]
        letters.append(Letter(file.name, table.payload()))
    return letters
