"""The monthly brief: what an official reads, from a release, for a terminal and as Markdown.

The sentences are made in dbt (``mart_monthly_brief``); here they are only laid out. RULES.md 27.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = {
    "indicator_name": "指标",
    "target_text": "年度目标",
    "actual_text": "完成情况",
    "parent_text": "全市",
    "gap_text": "与目标差",
    "rank_text": "位次",
    "change_text": "较上期",
    "pace_text": "序时差",
    "status": "判断",
    "lead_bureau_name": "责任单位",
}
STATUS = {
    "attained": "已完成",
    "on_track": "符合进度",
    "behind": "滞后",
    "missed": "未完成",
    "not_due": "未到期",
    "not_reported": "未报",
    "held": "数据待核",
    "not_assessable": "不可评",
    "not_evaluated": "暂未评",
}
_STYLE = {"attained": "green", "on_track": "green", "behind": "yellow", "missed": "red", "not_reported": "magenta"}


@dataclass(frozen=True)
class Brief:
    """One month's brief."""

    title: str
    subtitle: str
    rows: list[dict[str, Any]]

    def cells(self, row: dict[str, Any]) -> list[str]:
        """A row's texts in column order."""
        return [STATUS.get(row["status"], row["status"]) if name == "status" else row[name] or "—" for name in COLUMNS]

    def markdown(self) -> str:
        """The brief as a Markdown table."""
        head = [f"### {self.title}", "", self.subtitle, "", "| " + " | ".join(COLUMNS.values()) + " |"]
        rule = "|" + "---|" * len(COLUMNS)
        return "\n".join([*head, rule, *("| " + " | ".join(self.cells(row)) + " |" for row in self.rows)])

    def show(self, console: Console) -> None:
        """Print the brief."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.title, caption=self.subtitle, box=box.SIMPLE_HEAD, title_style="bold", padding=(0, 1))
        for name, heading in COLUMNS.items():
            table.add_column(heading, justify="left", no_wrap=name == "status")
        for row in self.rows:
            style = _STYLE.get(row["status"], "")
            cells = self.cells(row)
            table.add_row(
                *(
                    Text(cell, style=style if name == "status" else "")
                    for name, cell in zip(COLUMNS, cells, strict=True)
                )
            )
        console.print(table)


def render(release: Path, month: str | None = None) -> Brief:
    """The brief of one month of a release.

    Args:
        release: a release folder.
        month: ``YYYY-MM``; None = the latest month that has a figure.

    Raises:
        FileNotFoundError: the folder holds no released database.
    """
    import duckdb

    database = release / "marts.duckdb"
    if not database.is_file():
        raise FileNotFoundError(database)
    with duckdb.connect(database, read_only=True) as connection:
        latest = connection.execute(
            "select strftime(max(reference_month), '%Y-%m') from mart_monthly_brief where actual_text is not null"
        ).fetchone()
        chosen = month or (latest[0] if latest else None)
        names = [*COLUMNS, "is_simulated"]
        found = connection.execute(
            f"select {', '.join(names)} from mart_monthly_brief "
            "where strftime(reference_month, '%Y-%m') = ? order by sort_order",
            [chosen],
        ).fetchall()
        said = connection.execute(
            "select any_value(region_name), any_value(release_id) from release "
            "left join (select region_name from dim_region join plan_target using (region_code)) on true"
        ).fetchone()
    rows = [dict(zip(names, row, strict=True)) for row in found]
    place, release_id = said or ("", "")
    notice = "模拟数据，非统计数据 / simulated, not statistics · " if any(row["is_simulated"] for row in rows) else ""
    return Brief(f"{place or ''} {chosen or ''} 月度进度", f"{notice}release {release_id}", rows)
