"""What the gate costs: one new month of a province with ten and with a thousand counties, through the whole line.

A first run reads the history, a second one the new month; the second is measured. The audit is the gate's judging at
both boundaries, as the helper process itself counts it: all of it, though the line waits for less, because the raw
checks run while dbt is imported. The run is counted from the end of the imports of Dagster and dbt, which are measured
alone. Times by the clock say what a quiet machine does; on a busy one the processor's seconds are left to compare.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.measure import Measured, measure
from benchmarks.regions import write_pack, write_reports

COUNTIES = (10, 1000)
MONTHS = 30
GOAL = 0.25
_LINE_IMPORTS = "import dagster, dbt.cli.main"
_ALL_IMPORTS = "import dagster, dbt.cli.main; import great_expectations"
_JUDGED = (["raw", "acceptance"], ["release", "current"])


@dataclass(frozen=True)
class AuditCost:
    """One run with one new month, and what of it the gate took at raw and at the marts, in seconds."""

    counties: int
    run: Measured
    imports: Measured
    all_imports: Measured
    judged: tuple[float, float]
    judged_cpu: tuple[float, float]

    @property
    def share(self) -> float:
        """Judging as a part of the run after imports, by the clock."""
        return sum(self.judged) / (self.run.seconds - self.imports.seconds)

    @property
    def cpu_share(self) -> float:
        """The same in processor time of all processes; here the gate's own import is taken off as well."""
        return sum(self.judged_cpu) / (self.run.cpu_seconds - self.all_imports.cpu_seconds)


def measure_audit(say: Callable[[str], None]) -> list[AuditCost]:
    """Measure a month of ten and of a thousand counties."""
    with tempfile.TemporaryDirectory(prefix="jindu-audit-") as folder:
        return [_one_month(Path(folder) / str(counties), counties, say) for counties in COUNTIES]


def _one_month(folder: Path, counties: int, say: Callable[[str], None]) -> AuditCost:
    pack = write_pack(folder / f"sample{counties}", counties)
    inbox, home = folder / "inbox", folder / "home"
    line = [sys.executable, "-m", "orchestration.cli", "run", "--pack", str(pack), "--home", str(home)]
    write_reports(inbox, counties, range(MONTHS - 1))
    say(f"audit, {counties} counties: the history of {MONTHS - 1} months …")
    measure([*line, "--inbox", str(inbox)])
    write_reports(inbox, counties, range(MONTHS - 1, MONTHS))
    say(f"audit, {counties} counties: one new month …")
    imports, all_imports = (measure([sys.executable, "-c", text]) for text in (_LINE_IMPORTS, _ALL_IMPORTS))
    run = measure([*line, "--inbox", str(inbox)])
    raw, marts = _told(home)
    return AuditCost(
        counties, run, imports, all_imports, (raw["seconds"], marts["seconds"]),
        (raw["cpu_seconds"], marts["cpu_seconds"]),
    )  # fmt: skip


def _told(home: Path) -> list[dict[str, float]]:
    """What the gate's judging took at each boundary, as the newest run noted it in Dagster."""
    import dagster as dg

    told = []
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        for key in _JUDGED:
            event = instance.get_latest_materialization_event(dg.AssetKey(key))
            assert event is not None
            assert event.asset_materialization is not None
            metadata = event.asset_materialization.metadata
            told.append({name: float(metadata[f"gate_{name}"].value) for name in ("seconds", "cpu_seconds")})  # type: ignore[arg-type]
    return told


def show(costs: list[AuditCost]) -> Table:
    """The costs side by side: seconds by the clock / of the processor."""
    table = Table(title=f"The audit of one new month, {MONTHS - 1} months of history: seconds by the clock / processor")
    for title in ("counties", "run", "imports", "raw checks", "mart checks", "share after imports", "peak MiB", "goal"):
        table.add_column(title, justify="right")
    table.add_column("")
    for cost in costs:
        raw, marts = zip(cost.judged, cost.judged_cpu, strict=True)
        table.add_row(
            f"{cost.counties:,}", f"{cost.run.seconds:.1f} / {cost.run.cpu_seconds:.1f}",
            f"{cost.imports.seconds:.1f} / {cost.all_imports.cpu_seconds:.1f}", f"{raw[0]:.1f} / {raw[1]:.1f}",
            f"{marts[0]:.1f} / {marts[1]:.1f}", f"{cost.share:.0%} / {cost.cpu_share:.0%}",
            f"{cost.run.peak_bytes / 1024**2:.0f}", f"≤ {GOAL:.0%}", "met" if cost.share <= GOAL else "not met",
        )  # fmt: skip
    return table
