"""Reading two real workbooks: our grid reader against ``pandas.read_excel(engine="openpyxl")``.

Each reading is a process of its own, so that neither pays for the other's memory; imports are not counted.
Run as ``python -m benchmarks.reading {pandas|values|cells} FILE...``; prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Series, measure

PROJECT = Path(__file__).resolve().parent.parent


def read_values(files: list[Path]) -> tuple[float, int]:
    """Seconds and filled cells when ``ingest`` gives what pandas gives: the value of every cell of every sheet."""
    from ingest.grids import read_grids

    start = time.perf_counter()
    grids = [grid for file in files for grid in read_grids(file).grids]
    seconds = time.perf_counter() - start
    return seconds, sum(value is not None and value != "" for grid in grids for row in grid.values for value in row)


def read_cells(files: list[Path]) -> tuple[float, int]:
    """Seconds and filled cells when each becomes a cell with its text, number and displayed decimals."""
    from ingest.grids import read_grids

    start = time.perf_counter()
    cells = sum(1 for file in files for grid in read_grids(file).grids for _ in grid.cells())
    return time.perf_counter() - start, cells


def read_pandas(files: list[Path]) -> tuple[float, int]:
    """Seconds and filled cells with pandas on openpyxl."""
    import pandas as pd

    start = time.perf_counter()
    frames = [
        frame
        for file in files
        for frame in pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl").values()
    ]
    seconds = time.perf_counter() - start
    return seconds, sum(int(frame.notna().to_numpy().sum()) for frame in frames)


READERS: dict[str, Callable[[list[Path]], tuple[float, int]]] = {
    "pandas": read_pandas,
    "values": read_values,
    "cells": read_cells,
}


def measure_reading(rounds: int, folder: Path, say: Callable[[str], None]) -> dict[str, Series]:
    """Measure all readers in ``rounds`` alternating rounds on the workbooks of a folder.

    Raises:
        RuntimeError: they do not see the same number of filled cells, so that their times do not compare.
    """
    files = sorted(str(file) for file in folder.glob("*.xlsx"))
    series = {
        "pandas": Series('pandas.read_excel(engine="openpyxl")'),
        "values": Series("ingest.grids: every value, as pandas gives them"),
        "cells": Series("ingest.grids: every cell with its text and displayed decimals"),
    }
    for number in range(1, rounds + 1):
        say(f"reading, round {number} of {rounds} …")
        seen = {}
        for name, each in series.items():
            measured = measure([sys.executable, "-m", "benchmarks.reading", name, *files])
            answer = json.loads(measured.output.splitlines()[-1])
            each.add(measured, answer["seconds"])
            seen[name] = answer["cells"]
        if len(set(seen.values())) > 1:
            raise RuntimeError(f"the readers see different cells, their times do not compare: {seen}")
    return series


if __name__ == "__main__":
    seconds, cells = READERS[sys.argv[1]]([Path(name) for name in sys.argv[2:]])
    print(json.dumps({"seconds": seconds, "cells": cells}))
