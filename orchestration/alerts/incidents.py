"""What is wrong now, one incident for one cause, read from the current release and from how the last run ended.

Belongs here: gathering. Does not belong here: what makes findings one incident (``mart_incident``)
or a report late (``mart_reporting_status``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SEVERITIES = ("critical", "warning", "info")
_FINDINGS = """
select incident_id, severity, owner_bureau_code as bureau_code, bureau_name, rule_description as title,
    rules as title_en, question, place_count as places, incident.is_simulated
from mart_incident as incident left join dim_bureau on owner_bureau_code = bureau_code
where status = 'open'
"""
_REPORTS = """
select 'report|' || stem || '|' || reference_month as incident_id, 'warning' as severity, status.bureau_code,
    bureau_name, status.status, stem, strftime(reference_month, '%Y-%m') as month, due_date, status.is_simulated
from mart_reporting_status as status left join dim_bureau using (bureau_code)
where status.status in ('missing', 'unreadable', 'partial')
"""
_STATUS = {
    "missing": ("报表逾期未到", "report is overdue"),
    "unreadable": ("报表无法读取", "report cannot be read"),
    "partial": ("报表缺表", "report lacks tables"),
}


@dataclass(frozen=True)
class Incident:
    """One thing that is wrong: the same cause keeps the same id from run to run."""

    incident_id: str
    severity: str
    bureau_code: str | None
    bureau_name: str | None
    title: str
    title_en: str
    question: str = ""
    places: int = 1
    is_simulated: bool = False


def of_release(release: Path) -> list[Incident]:
    """The open incidents of a release; none where there is no release yet."""
    database = release / "marts.duckdb"
    if not database.is_file():
        return []
    import duckdb

    with duckdb.connect(database, read_only=True) as connection:
        findings = connection.execute(_FINDINGS).fetchall()
        reports = connection.execute(_REPORTS).fetchall()
    return [*(Incident(*row) for row in findings), *_overdue(reports)]


def _overdue(rows: list[tuple[object, ...]]) -> Iterator[Incident]:
    for incident_id, severity, bureau, name, status, stem, month, due, is_simulated in rows:
        title, title_en = _STATUS[str(status)]
        yield Incident(
            str(incident_id), str(severity), _text(bureau), _text(name), f"{month} {stem} {title}",
            f"{month} {stem} {title_en}", f"应报日 {due}，请报送。", 1, bool(is_simulated),
        )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)
