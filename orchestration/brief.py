"""The monthly brief: what an official reads, from a release, for a terminal and as Markdown.

The sentences are made in dbt (``mart_monthly_brief``); here they are only laid out. RULES.md 27.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.releases.manifest import SIMULATED_NOTICE

if TYPE_CHECKING:
    from rich.console import Console

TARGET_COLUMNS = {
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
RANK_COLUMNS = {
    "indicator_name": "指标",
    "measure": "口径",
    "month_text": "截至",
    "rank_set_name": "范围",
    "counted_text": "参评",
    "first_text": "前三位",
    "last_text": "末位",
    "agreement_text": "与公布一致",
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
MEASURE = {
    "level_ytd": "累计",
    "level_month": "当月",
    "level_quarter": "当季",
    "level_eop": "期末",
    "growth_ytd": "累计增速",
    "growth_month": "当月增速",
    "growth_eop": "期末增速",
    "rate_month": "当月率",
    "rate_ytd": "累计率",
    "rate_eop": "期末率",
    "share_ytd": "累计比重",
    "share_eop": "期末比重",
}
_STYLE = {"attained": "green", "on_track": "green", "behind": "yellow", "missed": "red", "not_reported": "magenta"}


@dataclass(frozen=True)
class Brief:
    """One month's brief."""

    title: str
    subtitle: str
    columns: dict[str, str]
    rows: list[dict[str, Any]]

    def cells(self, row: dict[str, Any]) -> list[str]:
        """A row's texts in column order."""
        return [
            STATUS.get(row["status"], row["status"]) if name == "status" else row[name] or "—" for name in self.columns
        ]

    def markdown(self) -> str:
        """The brief as a Markdown table."""
        head = [f"### {self.title}", "", self.subtitle, "", "| " + " | ".join(self.columns.values()) + " |"]
        rule = "|" + "---|" * len(self.columns)
        return "\n".join([*head, rule, *("| " + " | ".join(self.cells(row)) + " |" for row in self.rows)])

    def show(self, console: Console) -> None:
        """Print the brief."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.title, caption=self.subtitle, box=box.SIMPLE_HEAD, title_style="bold", padding=(0, 1))
        for name, heading in self.columns.items():
            table.add_column(heading, justify="left", no_wrap=name == "status")
        for row in self.rows:
            style = _STYLE.get(row.get("status", ""), "")
            cells = self.cells(row)
            table.add_row(
                *(
                    Text(cell, style=style if name == "status" else "")
                    for name, cell in zip(self.columns, cells, strict=True)
                )
            )
        console.print(table)


def render(release: Path, month: str | None = None) -> Brief:
    """The brief of one month of a release; a pack without targets is told by its rankings.

    Args:
        release: a release folder.
        month: ``YYYY-MM``, the latest month to show; the one shown is the last that has a figure by then.

    Raises:
        FileNotFoundError: the folder holds no released database.
    """
    import duckdb

    database = release / "marts.duckdb"
    if not database.is_file():
        raise FileNotFoundError(database)
    with duckdb.connect(database, read_only=True) as connection:
        place, release_id, has_targets = connection.execute(_HEAD).fetchone() or ("", "", False)
        columns, query, latest = (
            (TARGET_COLUMNS, _TARGETS, _LATEST_TARGET) if has_targets else (RANK_COLUMNS, _RANKS, _LATEST_RANK)
        )
        # Literals and no bound values: binding one makes DuckDB import pandas, which takes longer than the query.
        until = f" and reference_month <= date '{date.fromisoformat(f'{month}-01')}'" if month else ""
        (chosen,) = connection.execute(latest + until).fetchone() or (None,)
        answer = connection.execute(query.format(month=f"date '{chosen}'" if chosen else "null"))
        names = [column[0] for column in answer.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    notice = f"{SIMULATED_NOTICE} / simulated, not statistics · " if any(row["is_simulated"] for row in rows) else ""
    shown = f"{chosen:%Y-%m}" if chosen else ""
    kind = "月度进度" if has_targets else "位次一览"
    return Brief(f"{place or ''} {shown} {kind}", f"{notice}{_ranks_said(rows)}release {release_id}", columns, rows)


def _ranks_said(rows: list[dict[str, Any]]) -> str:
    """How many computed ranks there are beside a published one, and how many agree."""
    published = sum(row.get("published_count") or 0 for row in rows)
    agreeing = sum(row.get("agreeing_count") or 0 for row in rows)
    return (
        f"公布位次 {published} 个，一致 {agreeing} 个 / {agreeing} of {published} published ranks · "
        if published
        else ""
    )


_HEAD = """
select
    coalesce(
        (select any_value(region_name) from dim_region join plan_target using (region_code)),
        (select any_value(region_name) from dim_region where region_code = (
            select any_value(parent_code) from dim_region join dim_rank_set using (region_code)))
    ),
    (select release_id from release),
    exists (select 1 from mart_monthly_brief)
"""
_LATEST_TARGET = "select max(reference_month) from mart_monthly_brief where actual_text <> '—'"
_LATEST_RANK = "select max(reference_month) from mart_district_ranking where rank is not null"
_TARGETS = "select * from mart_monthly_brief where reference_month = {month} order by sort_order"
_RANKS = """
with latest as (
    select rank_set_code, indicator_code, measure, max(reference_month) as reference_month
    from mart_district_ranking where reference_month <= {month} group by all
)
select
    any_value(indicator_name) as indicator_name,
    measure,
    strftime(reference_month, '%Y-%m') as month_text,
    any_value(rank_set_name) as rank_set_name,
    any_value(ranked_count) || '/' || any_value(member_count) as counted_text,
    string_agg(region_name || ' ' || ranked_value, '  ' order by rank, region_name) filter (rank <= 3) as first_text,
    string_agg(region_name || ' ' || ranked_value, '  ' order by rank desc, region_name)
        filter (rank = last_rank) as last_text,
    count(published_rank) as published_count,
    count(*) filter (agrees_with_published) as agreeing_count,
    case when count(published_rank) > 0
        then count(*) filter (agrees_with_published) || '/' || count(published_rank) end as agreement_text,
    bool_or(is_simulated) as is_simulated
from (
    select *, max(rank) over (partition by rank_set_code, indicator_code, measure, reference_month) as last_rank
    from mart_district_ranking
) as ranking
join latest using (rank_set_code, indicator_code, measure, reference_month)
join (select region_code, any_value(region_name) as region_name from dim_region group by 1) using (region_code)
join (select rank_set_code, any_value(rank_set_name) as rank_set_name from dim_rank_set group by 1)
    using (rank_set_code)
join dim_indicator using (indicator_code)
group by rank_set_code, indicator_code, measure, reference_month
order by published_count desc, indicator_code, measure
"""
