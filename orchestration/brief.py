"""The monthly brief: what an official reads, from a release, for a terminal and as Markdown.

The sentences are made in dbt (``mart_monthly_brief``); here they are only laid out. RULES.md 27.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.measures import MEASURES
from orchestration.releases.manifest import SIMULATED_NOTICE

if TYPE_CHECKING:
    import duckdb
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
    "status_text": "判断",
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
ENGLISH = {
    "indicator_name": "indicator",
    "target_text": "target of the year",
    "actual_text": "so far",
    "parent_text": "whole city",
    "gap_text": "gap to target",
    "rank_text": "place",
    "change_text": "since last",
    "pace_text": "against time",
    "status_text": "verdict",
    "lead_bureau_name": "bureau",
    "measure": "measure",
    "month_text": "until",
    "rank_set_name": "among",
    "counted_text": "ranked",
    "first_text": "first three",
    "last_text": "last",
    "agreement_text": "as published",
}
"""The headings once more, for the page: a terminal has no room for both."""
MEASURE = {code: words for code, (words, _) in MEASURES.items()}
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
        said = {**row, "measure": MEASURE.get(row.get("measure", ""), row.get("measure"))}
        return [said[name] or "—" for name in self.columns]

    def markdown(self) -> str:
        """The brief as a Markdown table."""
        head = [f"### {self.title}", "", self.subtitle, "", "| " + " | ".join(self.columns.values()) + " |"]
        rule = "|" + "---|" * len(self.columns)
        return "\n".join([*head, rule, *("| " + " | ".join(self.cells(row)) + " |" for row in self.rows)])

    def show(self, console: Console) -> None:
        """Print the brief: a table where it fits, else some lines for each indicator; nothing is cut off."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.title, caption=self.subtitle, box=box.SIMPLE_HEAD, title_style="bold", padding=(0, 1))
        for name, heading in self.columns.items():
            table.add_column(heading, justify="left", no_wrap=name == "status_text")
        for row in self.rows:
            style = _STYLE.get(row.get("status", ""), "")
            named = zip(self.columns, self.cells(row), strict=True)
            table.add_row(*(Text(cell, style=style if name == "status_text" else "") for name, cell in named))
        if self._fits(console):
            console.print(table)
        else:
            self._show_narrow(console)

    def _fits(self, console: Console) -> bool:
        """Whether the widest cells of all columns stand side by side."""
        from rich.cells import cell_len

        rows = [list(self.columns.values()), *map(self.cells, self.rows)]
        widths = [max(cell_len(row[n]) for row in rows) + 3 for n in range(len(self.columns))]
        return sum(widths) <= console.width

    def _show_narrow(self, console: Console) -> None:
        from rich.padding import Padding
        from rich.text import Text

        console.print(Text(self.title, style="bold"))
        for row in self.rows:
            said = dict(zip(self.columns, self.cells(row), strict=True))
            status = Text(said.get("status_text", ""), style=_STYLE.get(row.get("status", ""), ""))
            console.print(Text.assemble((said["indicator_name"], "bold"), "  ", status))
            named = [
                f"{heading} {said[name]}"
                for name, heading in self.columns.items()
                if name not in {"indicator_name", "status_text"} and said[name] != "—"
            ]
            console.print(Padding(Text(" · ".join(named)), (0, 0, 0, 2)))
        console.print(Text(self.subtitle, style="dim italic"))


def render(release: Path, month: str | None = None) -> Brief:
    """The brief of one month of a release; a pack without targets is told by its rankings.

    Args:
        release: a release folder.
        month: ``YYYY-MM``, the latest month to show; the one shown is the last that has a figure by then.

    Raises:
        FileNotFoundError: the folder holds no released database.
    """
    with _opened(release) as connection:
        kind = _kind(connection)
        # Literals and no bound values: binding one makes DuckDB import pandas, which takes longer than the query.
        until = f" where month <= date '{date.fromisoformat(f'{month}-01')}'" if month else ""
        (chosen,) = connection.execute(f"select max(month) from ({kind.months}){until}").fetchone() or (None,)
        return _brief(connection, kind, chosen)


def render_all(release: Path) -> list[Brief]:
    """The briefs of every month that has figures, the newest first.

    Raises:
        FileNotFoundError: the folder holds no released database.
    """
    with _opened(release) as connection:
        kind = _kind(connection)
        months = connection.execute(f"select distinct month from ({kind.months}) order by 1 desc").fetchall()
        return [_brief(connection, kind, month) for (month,) in months]


@dataclass(frozen=True)
class _Kind:
    """How a brief is told: by the targets of a plan or, where a pack has none, by its rankings."""

    name: str
    columns: dict[str, str]
    months: str
    rows: str


@contextmanager
def _opened(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    database = release / "marts.duckdb"
    if not database.is_file():
        raise FileNotFoundError(database)
    with duckdb.connect(database, read_only=True) as connection:
        yield connection


def _kind(connection: duckdb.DuckDBPyConnection) -> _Kind:
    (has_targets,) = connection.execute("select exists (select 1 from mart_monthly_brief)").fetchone() or (False,)
    return _BY_TARGETS if has_targets else _BY_RANKS


def _brief(connection: duckdb.DuckDBPyConnection, kind: _Kind, month: date | None) -> Brief:
    place, release_id = connection.execute(_HEAD).fetchone() or ("", "")
    answer = connection.execute(kind.rows.format(month=f"date '{month}'" if month else "null"))
    names = [column[0] for column in answer.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    notice = f"{SIMULATED_NOTICE} / simulated, not statistics · " if any(row["is_simulated"] for row in rows) else ""
    shown = f"{month:%Y-%m}" if month else ""
    said = f"{notice}{_ranks_said(rows)}release {release_id}"
    return Brief(f"{place or ''} {shown} {kind.name}", said, kind.columns, rows)


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
    (select release_id from release)
"""
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
    any_value(ranked_count) || '/' || any_value(member_count)
        || case when bool_or(is_table_held) then '（含待核数据）' else '' end as counted_text,
    string_agg(region_name || ' ' || ranked_value, '、' order by rank, region_name) filter (rank <= 3) as first_text,
    string_agg(region_name || ' ' || ranked_value, '、' order by rank desc, region_name)
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
_BY_TARGETS = _Kind(
    "月度进度",
    TARGET_COLUMNS,
    "select reference_month as month from mart_monthly_brief where actual_text <> '—'",
    _TARGETS,
)
_BY_RANKS = _Kind(
    "位次一览",
    RANK_COLUMNS,
    "select reference_month as month from mart_district_ranking where rank is not null",
    _RANKS,
)
