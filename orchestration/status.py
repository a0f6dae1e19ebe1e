"""What is late, held and broken now, by bureau, from the current release and the quarantine folder.

Belongs here: one screen for the engineer on a Monday morning. Does not belong here: what late or held means (dbt).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.releases.manifest import SIMULATED_NOTICE
from orchestration.releases.store import ReleaseStore

if TYPE_CHECKING:
    from rich.console import Console

_LATE = """
select bureau_name, stem, strftime(reference_month, '%Y-%m') as reference_month, status.status, due_date, days_late
from mart_reporting_status as status left join dim_bureau using (bureau_code)
where status.status in ('missing', 'partial', 'unreadable') order by bureau_name, reference_month, stem
"""
_HELD = """
select region_code, indicator_code, measure, strftime(reference_month, '%Y-%m') as reference_month, held_reason,
    source_file, source_sheet, source_cell
from fct_observation_vintage where not is_accepted order by reference_month desc, region_code, indicator_code
"""
_OPEN = """
select coalesce(bureau_name, '—') as bureau_name, severity, rule, count(*) as findings, any_value(question) as question
from mart_quality_finding left join dim_bureau on owner_bureau_code = bureau_code
where status = 'open' and severity in ('critical', 'warning')
group by all order by bureau_name, severity, findings desc
"""


@dataclass(frozen=True)
class Status:
    """The state of a home."""

    release: dict[str, Any] | None
    late: list[dict[str, Any]]
    held: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    quarantined: list[str]

    def as_document(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return vars(self)

    def show(self, console: Console) -> None:
        """Print the state by bureau."""
        if self.release is None:
            console.print("还没有发布 / no release yet; jindu run makes the first", highlight=False)
        else:
            simulated = f" · {SIMULATED_NOTICE}" if self.release["contains_simulated"] else ""
            console.print(
                f"发布 release [bold]{self.release['release_id']}[/] · 截至 as of {self.release['as_of']}{simulated}",
                highlight=False,
            )
        _print_table(
            console, "逾期未到 late", self.late, ("bureau_name", "stem", "reference_month", "status", "due_date")
        )
        held = (
            "region_code",
            "indicator_code",
            "measure",
            "reference_month",
            "held_reason",
            "source_file",
            "source_cell",
        )
        _print_table(console, "待核数据 held", self.held, held)
        _print_table(console, "未决问题 open findings", self.findings, ("bureau_name", "severity", "rule", "findings"))
        _print_table(console, "退回文件 quarantine", [{"file": name} for name in self.quarantined], ("file",))


def read_status(home: Path) -> Status:
    """The state of a home: its current release and its quarantine folder."""
    import duckdb

    store = ReleaseStore(home / "releases")
    manifest = store.current()
    suffix = ".reason.json"
    folder = home / "quarantine"
    refused = sorted(str(path.relative_to(folder))[: -len(suffix)] for path in folder.rglob(f"*{suffix}"))
    if manifest is None:
        return Status(None, [], [], [], refused)
    with duckdb.connect(store.link / "marts.duckdb", read_only=True) as connection:
        (release,) = _rows(connection, "select * from release")
        return Status(release, _rows(connection, _LATE), _rows(connection, _HELD), _rows(connection, _OPEN), refused)


def _rows(connection: Any, query: str) -> list[dict[str, Any]]:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _print_table(console: Console, title: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    from rich import box
    from rich.table import Table

    if not rows:
        console.print(f"{title}: 无 none", highlight=False)
        return
    table = Table(title=f"{title} ({len(rows)})", box=box.SIMPLE_HEAD, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(row[column] if row[column] is not None else "") for column in columns))
    console.print(table)
