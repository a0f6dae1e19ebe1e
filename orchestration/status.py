"""What is late, held and broken now, by bureau, from the current release and the quarantine folder.

Belongs here: one screen for the engineer on a Monday morning. Does not belong here: what late or held means (dbt).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.intake.quarantine import REASON_SUFFIX
from orchestration.alerts.announce import LEDGER_FILE
from orchestration.alerts.ledger import Ledger
from orchestration.brief import MEASURE
from orchestration.releases.manifest import SIMULATED_NOTICE
from orchestration.releases.store import ReleaseStore

if TYPE_CHECKING:
    from rich.console import Console

_LATE = """
select bureau_name, stem, strftime(reference_month, '%Y-%m') as reference_month, status.status, due_date, days_late
from mart_reporting_status as status left join dim_bureau using (bureau_code)
where status.status in ('missing', 'partial', 'unreadable') order by bureau_name, reference_month, stem
"""
HELD = """
select region_code, any_value(region_name) as region_name, indicator_code, any_value(indicator_name) as indicator_name,
    measure, strftime(reference_month, '%Y-%m') as reference_month, held_reason, source_file, source_sheet, source_cell
from fct_observation_vintage
left join dim_region using (region_code) left join dim_indicator using (indicator_code)
-- as long as the finding that holds it has not recovered
anti join (
    select submission_id, source_sheet, source_cell from mart_quality_finding where severity = 'critical'
    group by all having bool_and(status = 'recovered')
) as answered using (submission_id, source_sheet, source_cell)
where not is_accepted
group by all order by reference_month desc, region_code, indicator_code, measure, source_file, source_cell
"""
"""Figures that wait for an answer now, each file that told them."""
_OPEN = """
select incident_id, coalesce(bureau_name, '—') as bureau_name, severity, rules, place_count,
    cast(opened_at at time zone 'Asia/Shanghai' as date) as opened_on,
    cast(last_seen_at at time zone 'Asia/Shanghai' as date) as last_seen_on, answer_due_date, waived_until, status,
    source_file, source_sheet, source_cell, question, incident.is_simulated
from mart_incident as incident left join dim_bureau on owner_bureau_code = bureau_code
where status in ('open', 'waived') and severity in ('critical', 'warning')
order by status, array_position(['critical', 'warning'], severity), bureau_name, answer_due_date, incident_id
"""
_SEVERITY = {"critical": "严重 critical", "warning": "提醒 warning"}
_LATENESS = {"missing": "未到 missing", "partial": "不全 partial", "unreadable": "读不出 unreadable"}
_HEADINGS = {
    "bureau_name": "单位 bureau",
    "stem": "报表 stem",
    "reference_month": "月份 month",
    "status": "情况 status",
    "due_date": "应报日 due",
}


@dataclass(frozen=True)
class Status:
    """The state of a home."""

    release: dict[str, Any] | None
    late: list[dict[str, Any]]
    held: list[dict[str, Any]]
    incidents: list[dict[str, Any]]
    """What is wrong now, and what a named person has waived until a day."""
    quarantined: list[dict[str, Any]]
    alerts: list[dict[str, Any]]
    """Channels that cannot be reached, with the number of messages that wait for each."""

    def as_document(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return vars(self)

    def show(self, console: Console) -> None:
        """Print the state by bureau."""
        if self.release is None:
            console.print("还没有发布 / no release yet; jindu run makes the first", highlight=False)
        else:
            self._show_release(console, self.release)
        _print_list(console, "退回文件 quarantine", [
            (row["file"], f"{row['reason']}{row['advice']}") for row in self.quarantined
        ])  # fmt: skip
        if self.alerts:
            _print_list(console, "告警未送达 alerts waiting", [
                (f"{row['channel']}（{row['waiting']} 条 messages）", row["reason"]) for row in self.alerts
            ])  # fmt: skip

    def _show_release(self, console: Console, release: dict[str, Any]) -> None:
        simulated = f" · {SIMULATED_NOTICE}" if release["contains_simulated"] else ""
        console.print(
            f"发布 release [bold]{release['release_id']}[/] · 截至 as of {release['as_of']}{simulated}", highlight=False
        )
        late = ("bureau_name", "stem", "reference_month", "status", "due_date")
        _print_table(console, "逾期未到 late", [{**row, "status": _LATENESS[row["status"]]} for row in self.late], late)
        held = ("region_name", "indicator_name", "measure", "reference_month")
        _print_list(console, "待核数据 held", [
            (" ".join(str(MEASURE.get(row[name], row[name])) for name in held),
             f"{row['held_reason']} 《{row['source_file']}》{row['source_sheet']} {row['source_cell']}")
            for row in self.held
        ])  # fmt: skip
        _print_list(console, "未决事项 open incidents", [
            (_incident_line(row), row["question"]) for row in self.incidents if row["status"] == "open"
        ])  # fmt: skip
        waived = [row for row in self.incidents if row["status"] == "waived"]
        if waived:
            _print_list(console, "已豁免 waived", [
                (f"{_incident_line(row)} · 豁免至 waived until {row['waived_until']}", row["question"])
                for row in waived
            ])  # fmt: skip


def _incident_line(row: dict[str, Any]) -> str:
    """One incident in a line: how grave, whose, how much, which rules, since when, until when an answer is due."""
    return " · ".join((
        _SEVERITY[row["severity"]], row["bureau_name"], f"{row['place_count']} 处 place(s)", row["rules"],
        f"始于 opened {row['opened_on']}", f"最近 last seen {row['last_seen_on']}",
        f"答复期限 answer by {row['answer_due_date']}",
    ))  # fmt: skip


def read_status(home: Path) -> Status:
    """The state of a home: its current release and its quarantine folder."""
    import duckdb

    store = ReleaseStore(home / "releases")
    manifest = store.current()
    refused, alerts = _refused(home / "quarantine"), _unsent(home / LEDGER_FILE)
    if manifest is None:
        return Status(None, [], [], [], refused, alerts)
    with duckdb.connect(store.link / "marts.duckdb", read_only=True) as connection:
        (release,) = _rows(connection, "select * from release")
        return Status(
            release, _rows(connection, _LATE), _rows(connection, HELD), _rows(connection, _OPEN), refused, alerts
        )


def _unsent(ledger: Path) -> list[dict[str, Any]]:
    """The channels for which messages wait; none where nothing was ever told."""
    if not ledger.is_file():
        return []
    waiting = Counter(message.channel_code for message in Ledger(ledger).waiting())
    reasons = Ledger(ledger).failing()
    return [
        {"channel": code, "waiting": count, "reason": reasons.get(code, "")} for code, count in sorted(waiting.items())
    ]


def _refused(folder: Path) -> list[dict[str, Any]]:
    """The files in quarantine in order of name, each with the reason beside it."""
    refused = []
    for path in sorted(folder.rglob(f"*{REASON_SUFFIX}")):
        try:
            reason = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            reason = {}
        said = {name: str(reason.get(name, "")) for name in ("reason_code", "reason", "advice")}
        refused.append({"file": str(path.relative_to(folder))[: -len(REASON_SUFFIX)], **said})
    return refused


def _rows(connection: Any, query: str) -> list[dict[str, Any]]:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _print_table(console: Console, title: str, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not rows:
        console.print(f"{title}: 无 none", highlight=False)
        return
    table = Table(title=f"{title} ({len(rows)})", box=box.SIMPLE_HEAD, title_justify="left")
    for column in columns:
        table.add_column(_HEADINGS[column], overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(row[column] if row[column] is not None else "")) for column in columns))
    console.print(table)


def _print_list(console: Console, title: str, entries: list[tuple[str, str]]) -> None:
    """Print what has a sentence to it: the thing, and the sentence below, which no column could hold."""
    from rich.padding import Padding
    from rich.text import Text

    if not entries:
        console.print(f"{title}: 无 none", highlight=False)
        return
    console.print(Text(f"{title} ({len(entries)})", style="italic"))
    for thing, sentence in entries:
        console.print(Padding(Text(thing), (0, 0, 0, 2)))
        console.print(Padding(Text(sentence), (0, 0, 0, 6)))
