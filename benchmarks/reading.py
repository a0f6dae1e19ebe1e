"""Reading two real workbooks: our grid reader against ``pandas.read_excel(engine="openpyxl")``.

Each reading is a process of its own, so that neither pays for the other's memory; imports are not counted.
Run as ``python -m benchmarks.reading {ours|pandas} FILE...``; prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Series, measure

PROJECT = Path(__file__).resolve().parent.parent


def read_ours(files: list[Path]) -> tuple[float, int]:
    """Seconds and filled cells with the reader of ``ingest``."""
    from ingest.grids import open_grids

    start = time.perf_counter()
    cells = 0
    for file in files:
        for grid in open_grids(file):
            cells += sum(1 for row in grid.cells for cell in row if cell is not None)
    return time.perf_counter() - start, cells


def read_pandas(files: list[Path]) -> tuple[float, int]:
    """Seconds and filled cells with pandas on openpyxl."""
    import pandas as pd

    start = time.perf_counter()
    cells = 0
    for file in files:
        for frame in pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl").values():
            cells += int(frame.notna().to_numpy().sum())
    return time.perf_counter() - start, cells


READERS: dict[str, Callable[[list[Path]], tuple[float, int]]] = {"ours": read_ours, "pandas": read_pandas}


def measure_reading(rounds: int, folder: Path, say: Callable[[str], None]) -> dict[str, Series]:
    """Measure both readers in ``rounds`` alternating rounds on the workbooks of a folder.

    Raises:
        RuntimeError: the two do not see the same number of filled cells, so that their times do not compare.
    """
    files = sorted(str(file) for file in folder.glob("*.xlsx"))
    series = {
        "pandas": Series('pandas.read_excel(engine="openpyxl")'),
        "ours": Series("ingest.grids"),
    }
    for number in range(1, rounds + 1):
        say(f"reading, round {number} of {rounds} …")
        seen = {}
        for name, each in series.items():
            measured = measure([sys.executable, "-m", "benchmarks.reading", name, *files])
            answer = json.loads(measured.output.splitlines()[-1])
            each.add(answer["seconds"], measured.peak_bytes)
            seen[name] = answer["cells"]
        if len(set(seen.values())) > 1:
            raise RuntimeError(f"the readers see different cells, their times do not compare: {seen}")
    return series


if __name__ == "__main__":
    seconds, cells = READERS[sys.argv[1]]([Path(name) for name in sys.argv[2:]])
    print(json.dumps({"seconds": seconds, "cells": cells}))
