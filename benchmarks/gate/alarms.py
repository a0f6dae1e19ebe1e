"""False alarms: published files that are right go through the line, and every cell that is spoken of is counted.

Belongs here: the clean material and the published faults that must be named. Does not belong here: made-up faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.gate.line import Letter, Outcome, Runner
from benchmarks.gate.worlds import PACKS, demonstration_months
from orchestration.settings import REPOSITORY

BROKEN_CITIES = "house_price_data_2023_03_16.xml"
GOAL_PER_THOUSAND = 1.0


@dataclass(frozen=True)
class Material:
    """Clean files of one pack."""

    name: str
    pack: str
    letters: Callable[[], list[Letter]]
    as_of: date | None = None
    is_large: bool = False


@dataclass(frozen=True)
class Alarms:
    """What was said of clean material."""

    name: str
    cells: int
    critical: Counter[str]
    warning: Counter[str]
    outcome: Outcome

    def per_thousand(self, counts: Counter[str]) -> float:
        """Cells spoken of, per thousand."""
        return 1000 * counts.total() / self.cells if self.cells else 0.0


def _files(folder: Path, pattern: str, without: str = "") -> Callable[[], list[Letter]]:
    def letters() -> list[Letter]:
        return [Letter(file.name, file.read_bytes()) for file in sorted(folder.glob(pattern)) if file.name != without]

    return letters


def _demonstration() -> list[Letter]:
    return [letter for letters in demonstration_months().values() for letter in letters]


def clean_material(published: Path) -> list[Material]:
    """All that was published and is right, and the demonstration years without their planted faults."""
    tests = REPOSITORY / "tests" / "packs"
    provinces, cities = published / "nbs_provincial_realestate", published / "nbs_70city_house_prices"
    return [
        Material("demonstration years", PACKS["demonstration"], _demonstration, date(2024, 4, 30)),
        Material("Shaoyang workbook", PACKS["shaoyang"], _files(published / "shaoyang", "*.xlsx")),
        Material("NBS provinces, CSV", PACKS["provinces"], _files(provinces / "csv", "*.csv")),
        Material("NBS provinces, xls", PACKS["provinces"], _files(provinces / "xls", "*.xls")),
        Material("70 cities", PACKS["cities"], _files(cities, "*.xml", BROKEN_CITIES)),
        Material("Kobe wards", str(tests / "kobe"), _files(published / "kobe_ward_population", "*.xls")),
        Material("BLS states", str(tests / "bls"), _files(published / "bls_state_laus", "*.xlsx"), is_large=True),
    ]  # fmt: skip


def count_alarms(material: Material, runner: Runner, home: Path) -> Alarms:
    """One first run over the material; the home is left for a look."""
    outcome = runner.run(home, material.pack, material.letters(), material.as_of)
    spoken: dict[str, set[tuple[str, str, str | None, str | None]]] = {"critical": set(), "warning": set()}
    for one in outcome.findings:
        spoken[one.severity].add((one.rule, one.file, one.sheet, one.cell))
    counts = {severity: Counter(rule for rule, *_ in sorted(said, key=str)) for severity, said in spoken.items()}
    return Alarms(
        material.name, len(outcome.held) + len(outcome.accepted), counts["critical"], counts["warning"], outcome
    )


# -- what was published with a fault, or looks like one


Line = tuple[str, bool]
"""A sentence of the proof, and whether it holds."""


def published_lines(
    runner: Runner, published: Path, work: Path, clean: dict[str, Alarms]
) -> Iterator[tuple[str, bool]]:
    """Sentences of the proof about published files, and whether each holds."""
    yield from _broken_cities(runner, published, work)
    cities = clean.get("70 cities")
    if cities is not None:
        held = len(cities.outcome.held)
        yield f"the good 70-city releases pass ({cities.cells} cells, {held} held)", not held and not cities.critical
    provinces = clean.get("NBS provinces, CSV")
    if provinces is not None:
        fallen = [
            one
            for one in provinces.outcome.findings
            if (one.region, one.measure, str(one.month)[:7]) == ("150000", "level_ytd", "2017-12")
        ]
        said = ", ".join(sorted({f"{one.severity} {one.rule}" for one in fallen})) or "nothing said"
        is_warning = bool(fallen) and all(one.severity == "warning" for one in fallen)
        yield f"内蒙古 2017-12, cumulative value that fell, is a warning ({said})", is_warning


def _broken_cities(runner: Runner, published: Path, work: Path) -> Iterator[Line]:
    folder = published / "nbs_70city_house_prices"
    files = sorted(file for file in folder.glob("*.xml") if file.name <= BROKEN_CITIES)
    home = work / "broken-cities"
    runner.run(home, PACKS["cities"], [Letter(file.name, file.read_bytes()) for file in files[:-1]])
    outcome = runner.run(home, PACKS["cities"], [Letter(BROKEN_CITIES, (folder / BROKEN_CITIES).read_bytes())])
    passed = [place for path, place in outcome.accepted if path == BROKEN_CITIES]
    rules = counted_rules(one.rule for one in outcome.findings if one.severity == "critical")
    yield f"the broken 70-city release is held ({len(passed)} of its cells accepted)", not passed
    yield f"… and named ({rules or 'nothing said'})", bool(rules)


def counted_rules(rules: Iterator[str]) -> str:
    """Rules with counts."""
    return ", ".join(f"{rule} {count}" for rule, count in Counter(rules).most_common())


def dashed(payload: bytes, region: str, since: int = 2018) -> bytes:
    """The last years of a BLS workbook, one state's newest month a dash, with the note that says why."""
    import io

    import openpyxl

    source = openpyxl.load_workbook(io.BytesIO(payload), read_only=True).worksheets[0]
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = source.title
    last = 0
    for values in source.iter_rows(values_only=True):
        is_row = len(values) > 3 and str(values[2]).isdigit()
        if not is_row or int(str(values[2])) >= since:
            page.append(values)
            last = page.max_row if is_row and values[1] == region else last
    for column in range(5, 12):
        page.cell(last, column).value = "–"
    page.append(["Note: – means not available; the survey was not held in this month."])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def bls_dash(runner: Runner, published: Path, work: Path) -> Line:
    """A dash with a printed reason is a gap with a reason, not a fault."""
    file = min((published / "bls_state_laus").glob("*.xlsx"))
    letter = Letter(file.name, dashed(file.read_bytes(), "Vermont"))
    outcome = runner.run(work / "dash", str(REPOSITORY / "tests/packs/bls"), [letter])
    said = [one for one in outcome.findings if one.region in (None, "VT", "50") and one.severity == "critical"]
    rules = counted_rules(one.rule for one in said) or "nothing critical"
    return f"a BLS dash with a printed reason passes ({len(outcome.accepted)} cells accepted; {rules})", bool(
        outcome.accepted and not said and not outcome.refused
    )
