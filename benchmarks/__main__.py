"""``make bench``: measure, and print times, shares and goals side by side; then how good the forecasts are."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import audit, forecast
from benchmarks.line import measure_line
from benchmarks.measure import Series
from benchmarks.reading import ENGINES, Reading, measure_reading

PROJECT = Path(__file__).resolve().parent.parent
GIBIBYTE = 1024**3


@dataclass(frozen=True)
class Row:
    """One line of the result: a series and how it compares with what it is held against."""

    series: Series
    ratio: float | None = None
    goal: str = ""
    is_met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        spread = f"{min(self.series.seconds):.1f}–{max(self.series.seconds):.1f}"
        verdict = {None: "", True: "met", False: "not met"}[self.is_met]
        return (
            self.series.title,
            f"{self.series.median:.2f}",
            spread,
            f"{self.series.median_cpu:.1f}",
            f"{self.series.peak / 1024**2:.0f}",
            "" if self.ratio is None else f"{self.ratio:.2f}×",
            self.goal,
            verdict,
        )


def line_rows(series: dict[str, Series]) -> list[Row]:
    """Hold each run of the line against the floor, and a run with nothing new against the bare imports."""
    floor, imports = series["floor"], series["imports"]
    rows = [Row(floor), Row(imports)]
    for name, base, limit in (("fresh", floor, 1.0), ("one_new", floor, 0.6), ("nothing_new", imports, 1.0)):
        ratio = series[name].median / base.median
        against = "floor" if base is floor else "imports"
        rows.append(Row(series[name], ratio, f"≤ {limit:.1f}× {against}", ratio <= limit))
    return rows


def show_readings(readings: list[Reading], rounds: int) -> Table:
    """Cells per second of every format, ours beside those of pandas."""
    table = Table(title=f"Filled cells per second, median of {rounds} alternating rounds: pandas and ingest.grids")
    for title in ("files", "pandas engine"):
        table.add_column(title)
    for title in (
        "cells",
        "pandas",
        "ours: values",
        "faster",
        "goal",
        "ours: cells with text and decimals",
        "peak MiB",
    ):
        table.add_column(title, justify="right")
    table.add_column("")
    for each in readings:
        peaks = " / ".join(f"{each.series[name].peak / 1024**2:.0f}" for name in ("pandas", "values"))
        table.add_row(
            each.title, ENGINES[each.kind], f"{each.cells:,}", f"{each.per_second('pandas'):,.0f}",
            f"{each.per_second('values'):,.0f}", f"{each.faster:.2f}×", f"≥ {each.goal:.0f}×",
            f"{each.per_second('cells'):,.0f}", peaks, "met" if each.faster >= each.goal else "not met",
        )  # fmt: skip
    return table


def show(rows: list[Row], rounds: int) -> Table:
    """The table that ends the benchmark."""
    table = Table(
        title=f"Median of {rounds} alternating rounds · {os.cpu_count()} cores · Python {platform.python_version()}"
    )
    for title, justify in (
        ("what", "left"),
        ("median s", "right"),
        ("range s", "right"),
        ("CPU s", "right"),
        ("peak MiB", "right"),
    ):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    for title in ("ratio", "goal", ""):
        table.add_column(title)
    for row in rows:
        table.add_row(*row.cells)
    return table


def _is_there(folder: Path, what: str, say: Callable[[str], None]) -> bool:
    if not folder.is_dir():
        say(f"{what} is not measured: {folder} is not there (set JINDU_SHARED)")
    return folder.is_dir()


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="alternating rounds; the median is shown (default: 3)")
    parser.add_argument("--only", choices=("line", "audit", "reading", "forecast"), help="measure one part only")
    parser.add_argument("--save", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    console = Console(record=True, width=150)
    shared = Path(os.environ.get("JINDU_SHARED") or PROJECT.parent / "shared")
    published = shared / "realdata"

    def say(text: str) -> None:
        Console(stderr=True).print(text, style="dim")

    if options.only in (None, "line"):
        rows = line_rows(measure_line(options.rounds, say))
        console.print(show(rows, options.rounds))
        peak = max(row.series.peak for row in rows)
        console.print(
            f"Most memory held at one moment: {peak / GIBIBYTE:.2f} GiB (goal: under 1 GiB for the runs of the line)"
        )
    if options.only in (None, "audit"):
        console.print(audit.show(audit.measure_audit(say)))
    if options.only in (None, "reading"):
        console.print(show_readings(measure_reading(options.rounds, published, say), options.rounds))
    provinces = published / "nbs_provincial_realestate" / "csv"
    if options.only in (None, "forecast") and _is_there(provinces, "forecast", say):
        skills = forecast.measure_forecast(provinces, say)
        console.print(forecast.show(skills))
        for promise, is_met in forecast.goals(skills):
            console.print(f"{promise}: {'met' if is_met else 'not met'}")
    if options.save:
        options.save.write_text("```\n" + console.export_text() + "```\n", encoding="utf-8")


if __name__ == "__main__":
    main()
