"""``python -m tests.ingest.hostile.fuzz --cases 5000``: mutants through the reader, judged by others.

What must hold for each: the process lives or is ended within the stated time, its memory stays below 1 GiB, a refusal
is in words, and every value that is accepted stands so in the cell that is cited for it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ingest.intake.quarantine import Reason
from ingest.workers import Worker
from tests.ingest.hostile.mutate import mutate
from tests.ingest.hostile.opening import REPO, Read, is_in_words, read_mutant
from tests.ingest.hostile.oracles import Cells, Value, cells_by_somebody_else
from tests.ingest.hostile.seeds import Seed, generated_seeds, real_seeds

MEBIBYTES = 1024
SECONDS = 10
_MEDIA = {"spreadsheetml.sheet": "xlsx", "ms-excel": "xls", "sheet.binary": "xlsb"}


@dataclass
class Report:
    """What a run of the fuzzer found."""

    counts: Counter[str] = field(default_factory=Counter)
    values: int = 0
    slowest: float = 0.0
    largest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take in what another process found."""
        self.counts += other.counts
        self.values += other.values
        self.slowest, self.largest = max(self.slowest, other.slowest), max(self.largest, other.largest)
        self.faults += other.faults


def fuzz(seeds: list[Seed], numbers: range, keep: Path | None = None) -> Report:
    """Mutate and read; case ``n`` is the same in every run."""
    report = Report()
    with (
        tempfile.TemporaryDirectory() as folder,
        Worker(pickle.dumps((read_mutant, ()))) as reader,
        Worker(pickle.dumps((cells_by_somebody_else, ()))) as oracle,
    ):
        for number in numbers:
            chance = Random(number)
            seed = chance.choices(seeds, [one.weight for one in seeds])[0]
            path = Path(folder) / "mutant"
            path.write_bytes(mutate(seed.content, chance))
            before = len(report.faults)
            _judge(report, f"{number} ({seed.name})", path, reader.ask(path, seed.name, seed.pack), oracle)
            if keep and len(report.faults) > before:
                (keep / f"{number}_{seed.name}").write_bytes(path.read_bytes())
    return report


def _judge(report: Report, case: str, path: Path, answer: Read | Reason, oracle: Worker) -> None:
    report.counts["cases"] += 1
    refusal = answer if isinstance(answer, Reason) else answer.refusal
    if refusal is not None:
        report.counts[f"refused {refusal.reason_code}"] += 1
        if not is_in_words(refusal):
            report.faults.append(f"{case}: a refusal not in words: {refusal}")
        if "died" in refusal.reason_en + refusal.found_en or refusal.reason_en.startswith("The reader failed"):
            report.faults.append(f"{case}: the reader failed: {refusal.found_en}")
        return
    if isinstance(answer, Reason):
        return
    report.counts["read"] += 1
    report.slowest, report.largest = max(report.slowest, answer.seconds), max(report.largest, answer.peak_mebibytes)
    if answer.peak_mebibytes > MEBIBYTES or answer.seconds > SECONDS:
        report.faults.append(f"{case}: {answer.peak_mebibytes:.0f} MiB, {answer.seconds:.1f} s")
    media = next((short for long, short in _MEDIA.items() if long in answer.media), "text")
    cells = oracle.ask(path, media)
    if isinstance(cells, Reason):
        report.counts[f"no oracle could open it ({media})"] += 1
        return
    report.counts[f"compared ({media})"] += 1
    cells = _bare(cells) if isinstance(cells, str) else cells
    seen = {sheet for sheet, _ in cells} if isinstance(cells, dict) else None
    for sheet, address, printed, number in answer.cited:
        if seen is not None and sheet not in seen:
            report.counts[f"values on sheets that the oracle shows empty ({media})"] += 1
            continue
        report.values += 1
        if said := _difference(printed, number, sheet, address, cells):
            report.faults.append(f"{case}: {sheet}!{address}: {said}")


def _difference(printed: str, number: float | None, sheet: str, address: str, cells: Cells | str) -> str | None:
    """How a value differs from its cell; nothing when it does not."""
    if isinstance(cells, str):
        stands = _bare(printed) in cells or number in map(float, re.findall(r"\d[\d.]*[eE][+-]?\d{1,2}", cells))
        return None if stands else f"{printed!r} stands nowhere in the file"
    value = cells.get((sheet, address))
    if number is None or isinstance(value, bool):
        return None
    if value is None:
        return f"read as {number!r}, but the cell is empty"
    return None if _is_same(number, value) else f"read as {number!r} ({printed!r}), but the cell holds {value!r}"


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_same(number: float, value: Value) -> bool:
    """Whether a number is the cell's own: as stored, as percent, or as the one number in its text."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value)
        factor = 100.0 if text.endswith(" as percent") else 1.0
        found = re.findall(r"-?\d[\d, ]*(?:\.\d+)?(?:[eE][+-]?\d+)?", text.replace("−", "-"))
        return any(_near(number, float(re.sub(r"[, ]", "", one)) * factor) for one in found)
    return value is not None and _near(number, float(value))


def _near(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def main() -> int:
    """Fuzz in several processes and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.ingest.hostile.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--realdata", type=Path, default=REPO.parent / "shared" / "realdata")
    parser.add_argument("--keep", type=Path, help="folder for the files that show a fault")
    parser.add_argument("--shard", action="store_true", help="run the cases here and print a pickle")
    options = parser.parse_args()
    if options.shard:
        seeds = real_seeds(options.realdata) + generated_seeds()
        sys.stdout.buffer.write(
            pickle.dumps(fuzz(seeds, range(options.first, options.first + options.cases), options.keep))
        )
        return 0
    started, report = time.monotonic(), Report()
    share = -(-options.cases // options.jobs)
    firsts = range(options.first, options.first + options.cases, share)
    words = [sys.executable, "-m", "tests.ingest.hostile.fuzz", "--shard", "--realdata", str(options.realdata)]
    words += ["--keep", str(options.keep)] if options.keep else []
    running = [
        subprocess.Popen(
            [*words, "--first", str(first), "--cases", str(min(share, options.first + options.cases - first))],
            stdout=subprocess.PIPE,
        )
        for first in firsts
    ]
    for process in running:
        report.add(pickle.loads(process.communicate()[0]))
    told = {**dict(sorted(report.counts.items())), "values compared": report.values,
            "slowest s": round(report.slowest, 2), "most MiB": round(report.largest), "faults": len(report.faults),
            "seconds": round(time.monotonic() - started)}  # fmt: skip
    sys.stdout.write("\n".join([*report.faults[:200], json.dumps(told, ensure_ascii=False, indent=1)]) + "\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
