"""One file, or one month's mail, through the real steps of the line: the assets themselves, on a copy of a home.

Belongs here: running, and writing down what the reader and the gate said. Does not belong here: what ought to have
been said (``score``).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.gate.cells import Place
from orchestration.gate import Gate
from orchestration.line import Line
from orchestration.settings import Settings


@dataclass(frozen=True)
class Letter:
    """A file on its way into the inbox."""

    path: str
    payload: bytes
    side: bytes | None = None

    @property
    def submission_id(self) -> str:
        """What the raw tables will call it."""
        return hashlib.sha256(self.payload).hexdigest()[:16]

    def write(self, inbox: Path) -> None:
        """Put it into a folder."""
        target = inbox / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.payload)
        if self.side is not None:
            target.with_name(target.name + ".meta.json").write_bytes(self.side)


@dataclass(frozen=True)
class Finding:
    """One thing that the reader or the gate said of a file, critical or a warning."""

    severity: str
    rule: str
    file: str
    sheet: str | None
    cell: str | None
    region: str | None = None
    indicator: str | None = None
    measure: str | None = None
    month: str | None = None

    @property
    def place(self) -> Place | None:
        """The cell, when one is named."""
        return (self.sheet, self.cell) if self.sheet and self.cell else None


@dataclass(frozen=True)
class Outcome:
    """What a run said and held, by the files' paths in the inbox."""

    findings: list[Finding]
    refused: frozenset[str]
    held: frozenset[tuple[str, Place]]
    accepted: frozenset[tuple[str, Place]]


class Runner:
    """The line with one gate helper that stays open; packs are loaded once."""

    def __init__(self) -> None:
        self._gate = Gate()
        self._packs: dict[str, Any] = {}

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self._gate.close()

    def run(self, home: Path, pack: str, letters: Iterable[Letter], as_of: date | None = None) -> Outcome:
        """Deliver the letters to a home, take in, read, judge and write down the gate's word."""
        import dagster as dg

        from orchestration.assets.raw import acceptance, received

        letters = list(letters)
        inbox = home.with_name(home.name + "-inbox")
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir(parents=True)
        for letter in letters:
            letter.write(inbox)
        line = _GivenLine(Settings(home, pack, inbox, as_of), self)
        with line.opened(), dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_asset_context(resources={"line": line}, instance=instance)
            for _ in received(context):  # type: ignore[attr-defined]
                pass
            acceptance(dg.build_asset_context(resources={"line": line}, instance=instance))
        shutil.rmtree(inbox)
        return _outcome(home / "warehouse.duckdb", line, {letter.submission_id: letter.path for letter in letters})

    def gate_of(self) -> Gate:
        """The helper process."""
        return self._gate

    def pack(self, name: str) -> Any:
        """A pack, loaded once."""
        if name not in self._packs:
            from ingest.pack import load_pack

            self._packs[name] = load_pack(name)
        return self._packs[name]


class _GivenLine(Line):
    """A line that starts no helper of its own."""

    def __init__(self, settings: Settings, runner: Runner) -> None:
        super().__init__(settings)
        self._runner = runner
        self.__dict__["pack"] = runner.pack(settings.pack)

    @property
    def gate(self) -> Gate:
        return self._runner.gate_of()


def copy_home(source: Path, target: Path) -> None:
    """A home that may be changed: the warehouse copied, the archive, which nobody alters, linked."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name == "archive":
            shutil.copytree(entry, target / entry.name, copy_function=os.link)
        elif entry.is_dir():
            shutil.copytree(entry, target / entry.name, symlinks=True)
        elif entry.suffix != ".lock":
            shutil.copy2(entry, target / entry.name)


_READER = """
select submission_id, severity, rule, source_sheet, source_cell, region_code, indicator_code, measure, reference_month
from raw.reader_finding where severity in ('critical', 'warning')
"""
_WORDS = """
select c.submission_id, c.source_sheet, c.source_cell, a.accepted_at is not null
from raw.cell as c left join raw.acceptance as a using (submission_id, source_sheet, source_cell)
where c.disposition in ('observation', 'published_rank')
"""


def _outcome(warehouse: Path, line: Line, files: dict[str, str]) -> Outcome:
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as con:
        reader = con.execute(_READER).fetchall()
        words = con.execute(_WORDS).fetchall()
        refused = con.execute("select submission_id from raw.submission where outcome = 'quarantined'").fetchall()
    findings = [
        Finding(severity, rule, files[file], *(None if value is None else str(value) for value in rest))
        for file, severity, rule, *rest in reader
        if file in files
    ]
    findings += _gate_findings(line, files)
    places = {is_in: frozenset((files[file], (sheet, cell)) for file, sheet, cell, accepted in words
                               if file in files and accepted is is_in) for is_in in (True, False)}  # fmt: skip
    return Outcome(findings, frozenset(files[row[0]] for row in refused if row[0] in files), places[False],
                   places[True])  # fmt: skip


def _gate_findings(line: Line, files: dict[str, str]) -> list[Finding]:
    """The failing rows of the gate's verdicts; a row that names no file is kept with an empty one."""
    names = ("source_sheet", "source_cell", "region_code", "indicator_code", "measure", "reference_month")
    return [
        Finding(verdict.severity, verdict.rule, files.get(str(row.get("submission_id")), ""),
                *(None if row.get(name) is None else str(row[name]) for name in names))
        for verdict in line.verdicts
        if not verdict.passed and verdict.severity in ("critical", "warning")
        for row in verdict.rows
        if str(row.get("submission_id")) in files or not row.get("submission_id")
    ]  # fmt: skip
