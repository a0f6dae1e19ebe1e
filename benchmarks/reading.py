"""Reading every format: our grid reader against pandas with the engine it takes for that format.

Each reading is a process of its own, so that neither pays for the other's memory; a small file of the same format is
read first, so that imports are not counted. Where reading takes less than half a second the best of several counts.
Text formats: pandas keeps a column as one text and we keep the rows of a CSV file so; both make the values when asked.
Run as ``python -m benchmarks.reading {pandas|values|cells} FORMAT SMALL_FILE FILE...``; prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Series, measure
from benchmarks.samples import write_samples

if TYPE_CHECKING:
    import pandas as pd

ENGINES = {
    "xlsx": "openpyxl", "xlsb": "pyxlsb", "xls": "xlrd", "ods": "odf", "csv": "C", "html": "lxml", "xml": "lxml",
    "json": "ujson",
}  # fmt: skip
RECORDS = ("xml", "json")
"""Formats in which the names of fields are no cells to pandas."""
QUICK_SECONDS = 0.5
REPEATS = 7


def read_values(_: str, files: Iterable[Path]) -> Callable[[], int]:
    """What pandas gives: the value of every cell of every sheet; returns how to count the filled ones."""
    from ingest.grids import read_grids

    grids = [grid for file in files for grid in read_grids(file).grids]
    return lambda: sum(value is not None and value != "" for grid in grids for row in grid.values for value in row)


def read_cells(_: str, files: Iterable[Path]) -> Callable[[], int]:
    """What the interpreter asks for: every filled cell with its text, number and displayed decimals."""
    from ingest.grids import read_grids

    cells = sum(1 for file in files for grid in read_grids(file).grids for _ in grid.cells())
    return lambda: cells


def read_pandas(kind: str, files: Iterable[Path]) -> Callable[[], int]:
    """The same files by pandas."""
    frames = [frame for file in files for frame in _frames(kind, file)]
    names = sum(len(frame.columns) for frame in frames) if kind in RECORDS else 0
    return lambda: names + sum(int(frame.notna().to_numpy().sum()) for frame in frames)


def _frames(kind: str, file: Path) -> Iterable[pd.DataFrame]:
    import pandas as pd

    if kind == "csv":
        return [pd.read_csv(file, header=None, engine="c", low_memory=False)]
    if kind == "html":
        return pd.read_html(file, flavor="lxml")
    if kind == "xml":
        return [pd.read_xml(file, parser="lxml")]
    if kind == "json":
        return [pd.read_json(file)]
    return pd.read_excel(file, sheet_name=None, header=None, engine=ENGINES[kind]).values()


READERS = {"pandas": read_pandas, "values": read_values, "cells": read_cells}


@dataclass
class Reading:
    """One set of files of one format, read by all."""

    title: str
    kind: str
    files: list[Path]
    small: Path
    cells: int = 0
    series: dict[str, Series] = field(default_factory=lambda: {name: Series(name) for name in READERS})

    def per_second(self, name: str) -> float:
        """Filled cells per second of one reader, by the median round."""
        return self.cells / self.series[name].median

    @property
    def faster(self) -> float:
        """How many times faster than pandas the values are there."""
        return self.series["pandas"].median / self.series["values"].median

    @property
    def goal(self) -> float:
        """At least ten times for xlsx, in which reports come; not slower for any other format."""
        return 10.0 if self.kind == "xlsx" else 1.0

    def measure_once(self) -> None:
        """One round of all readers.

        Raises:
            RuntimeError: they do not see the same number of filled cells, so that their times do not compare.
        """
        seen = {}
        for name, series in self.series.items():
            files = map(str, [self.small, *self.files])
            measured = measure([sys.executable, "-m", "benchmarks.reading", name, self.kind, *files])
            answer = json.loads(measured.output.splitlines()[-1])
            series.add(measured, answer["seconds"])
            seen[name] = answer["cells"]
        if len(set(seen.values())) > 1:
            raise RuntimeError(f"{self.title}: the readers see different cells, their times do not compare: {seen}")
        self.cells = seen["values"]


def measure_reading(rounds: int, published: Path, say: Callable[[str], None]) -> list[Reading]:
    """Measure all readers in alternating rounds: a table of ours in every format, and published workbooks if there."""
    with tempfile.TemporaryDirectory() as folder:
        samples, small = write_samples(Path(folder)), write_samples(Path(folder), "small", rows=3)
        readings = [Reading(f"{kind}, one table", kind, [samples[kind]], small[kind]) for kind in samples]
        for title, name in (("xlsx, BLS", "bls_state_laus"), ("xlsx, Shaoyang", "shaoyang")):
            if files := sorted((published / name).glob("*.xlsx")):
                readings.insert(0, Reading(title, "xlsx", files, small["xlsx"]))
            else:
                say(f"{title} is not measured: {published / name} is not there (set JINDU_SHARED)")
        for number in range(1, rounds + 1):
            for reading in readings:
                say(f"reading, round {number} of {rounds}: {reading.title} …")
                reading.measure_once()
    return readings


def _timed(read: Callable[[], Callable[[], int]]) -> tuple[float, int]:
    """Seconds and cells of one reading, or of the best of several quick ones."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        count = read()
        seconds = time.perf_counter() - start
        best = min(best, seconds)
        if seconds > QUICK_SECONDS:
            break
    return best, count()


def main(reader: str, kind: str, small: str, *names: str) -> None:
    """Time one reader in this process."""
    warnings.simplefilter("ignore")
    read = READERS[reader]
    read(kind, [Path(small)])()
    seconds, cells = _timed(partial(read, kind, [Path(name) for name in names]))
    print(json.dumps({"seconds": seconds, "cells": cells}))


if __name__ == "__main__":
    main(*sys.argv[1:])
