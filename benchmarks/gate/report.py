"""The tables: kind by kind what was put in, found, held and named.

Belongs here: counting and printing. Does not belong here: what a case is (``score``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.gate.alarms import GOAL_PER_THOUSAND, Alarms
from benchmarks.gate.draft import Kind
from benchmarks.gate.score import Case

if TYPE_CHECKING:
    from rich.table import Table

GOAL_OVERALL, GOAL_KIND = 0.95, 0.80
Names = dict[str, list[str]]


@dataclass(frozen=True)
class Tally:
    """The cases of one kind, size or world."""

    title: str
    cases: Sequence[Case]
    names: frozenset[str]

    @property
    def detectable(self) -> list[Case]:
        """Those that something printed contradicts."""
        return [case for case in self.cases if case.is_detectable]

    @property
    def others(self) -> list[Case]:
        """Those that nothing contradicts."""
        return [case for case in self.cases if not case.is_detectable]

    @property
    def detected(self) -> float | None:
        """Share of the detectable ones that were found."""
        return share(self.detectable, lambda case: case.detected)

    @property
    def held(self) -> float | None:
        """Share of the detectable ones that were held at the right cells."""
        return share(self.detectable, lambda case: case.held_right)

    @property
    def named(self) -> float | None:
        """Share of the found ones that a right rule found."""
        found = [case for case in self.detectable if case.detected]
        return share(found, lambda case: bool(self.names & set(case.rules))) if self.names else None


def share(cases: Sequence[Case], is_so: Callable[[Case], bool]) -> float | None:
    """How many of some cases, None of none."""
    return sum(1 for case in cases if is_so(case)) / len(cases) if cases else None


def load_names(path: Path) -> Names:
    """The right rules by kind."""
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def tallies(cases: Sequence[Case], kinds: Iterable[Kind], names: Names) -> list[Tally]:
    """One per kind, in their order."""
    return [Tally(kind.name, [case for case in cases if case.kind == kind.name],
                  frozenset(names.get(kind.name, ()))) for kind in kinds]  # fmt: skip


def mean(shares: Iterable[float | None]) -> float | None:
    """The mean over kinds, each counted once; kinds without a case left out."""
    known = [one for one in shares if one is not None]
    return sum(known) / len(known) if known else None


def percent(value: float | None) -> str:
    """For a table."""
    return "–" if value is None else f"{100 * value:.0f}"


def kind_table(rows: Sequence[Tally], title: str) -> Table:
    """The table of kinds (or sizes, or worlds), with their mean."""
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("kind")
    for head in (
        "injected",
        "detectable",
        "detected %",
        "held right %",
        "named rightly %",
        "not detectable",
        "… found",
    ):
        table.add_column(head, justify="right")
    table.add_column("")
    for row in rows:
        is_low = row.detected is not None and row.detected < GOAL_KIND
        table.add_row(
            row.title, str(len(row.cases)), str(len(row.detectable)), percent(row.detected), percent(row.held),
            percent(row.named), str(len(row.others)), str(sum(case.detected for case in row.others)),
            "below 80" if is_low else "",
        )  # fmt: skip
    table.add_section()
    table.add_row(
        "all kinds, equally weighted", str(sum(len(row.cases) for row in rows)),
        str(sum(len(row.detectable) for row in rows)), percent(mean(row.detected for row in rows)),
        percent(mean(row.held for row in rows)), percent(mean(row.named for row in rows)),
        str(sum(len(row.others) for row in rows)),
        str(sum(case.detected for row in rows for case in row.others)), "",
    )  # fmt: skip
    return table


def split_by(cases: Sequence[Case], attribute: str, names: Names) -> list[Tally]:
    """The cases by size within a kind, by world within a kind, or by world."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        title = case.world if attribute == "world only" else f"{case.kind} · {getattr(case, attribute)}"
        groups.setdefault(title, []).append(case)
    return [Tally(title, group, frozenset(names.get(group[0].kind, ()))) for title, group in sorted(groups.items())]


def rules_table(rows: Sequence[Tally]) -> Table:
    """Which rules found the cases of a kind, how often, so that ``names.yaml`` can be filled in."""
    from rich.table import Table

    table = Table(title="Rules that fired, by kind (cases)", title_justify="left")
    table.add_column("kind")
    table.add_column("at the wrong cells")
    table.add_column("only elsewhere")
    for row in rows:
        at = Counter(rule for case in row.cases for rule in case.rules)
        elsewhere = Counter(rule for case in row.cases if not case.detected for rule in case.elsewhere)
        table.add_row(row.title, counted(at), counted(elsewhere))
    return table


def counted(counts: Counter[str]) -> str:
    """Rules with their counts, most frequent first."""
    return ", ".join(f"{rule} {count}" for rule, count in counts.most_common())


def goals(rows: Sequence[Tally]) -> list[str]:
    """Met or not met, in words."""
    overall = mean(row.detected for row in rows)
    low = [row.title for row in rows if row.detected is not None and row.detected < GOAL_KIND]
    is_met = overall is not None and overall >= GOAL_OVERALL
    return [
        f"{'MET' if is_met else 'NOT MET'}: {percent(overall)} % of the detectable faults found, "
        f"kinds weighted equally (goal: at least 95 %)",
        f"{'NOT MET' if low else 'MET'}: at least 80 % of each kind" + (f" (below: {', '.join(low)})" if low else ""),
    ]


def write_missed(cases: Sequence[Case], path: Path) -> int:
    """The detectable cases that were not found or not held at the right cells, with all that is known of them."""
    missed = [case.as_dict() for case in cases if case.is_detectable and not (case.detected and case.held_right)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(missed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(missed)


def alarms_table(rows: Sequence[Alarms]) -> Table:
    """Cells of clean material that were spoken of, per thousand, and by which rules."""
    from rich.table import Table

    table = Table(title="False alarms on clean files (cells per 1 000)", title_justify="left")
    table.add_column("clean files")
    for head in ("cells", "critical", "per 1 000", "warnings", "per 1 000"):
        table.add_column(head, justify="right")
    table.add_column("rules")
    for row in rows:
        rules = [counted(row.critical)] * bool(row.critical) + [f"(warning) {counted(row.warning)}"] * bool(row.warning)
        table.add_row(
            row.name, str(row.cells), str(row.critical.total()), f"{row.per_thousand(row.critical):.2f}",
            str(row.warning.total()), f"{row.per_thousand(row.warning):.2f}", "; ".join(rules),
        )  # fmt: skip
    return table


def alarm_goals(rows: Sequence[Alarms]) -> list[str]:
    """At most one critical cell in a thousand: over all files together, and file by file."""
    cells, critical = sum(row.cells for row in rows), sum(row.critical.total() for row in rows)
    rate = 1000 * critical / cells if cells else 0.0
    over = [row.name for row in rows if row.per_thousand(row.critical) > GOAL_PER_THOUSAND]
    return [
        f"{'MET' if rate <= GOAL_PER_THOUSAND else 'NOT MET'}: {rate:.2f} critical cells per 1 000 clean cells "
        "(goal: at most 1)",
        f"{'NOT MET' if over else 'MET'}: at most 1 per 1 000 in each set of files"
        + (f" (above: {', '.join(over)})" if over else ""),
    ]
