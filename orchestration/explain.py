"""One figure traced through a release: verdicts and ranks → observation → file, sheet, cell, sha256 → release.

Reads only the released database, so it explains what readers see and not what the pipeline is doing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.clock import SHANGHAI

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

_OBSERVATION = (
    "measure", "growth_basis", "period_label", "value", "value_qualifier", "decimals", "unit_code", "value_printed",
    "unit_printed", "obs_status", "is_held", "is_simulated", "source_rank", "source_file", "source_sheet",
    "source_cell", "submission_id", "received_at", "published_at", "accepted_at", "vintage_at",
)  # fmt: skip
_TARGET = ("target_id", "status", "gap", "gap_unit", "is_judged", "rule_version", "status_reason", "status_reason_en")
_RANK = ("rank_set_code", "rank", "tied_count", "ranked_count", "member_count", "is_provisional", "published_rank",
         "agrees_with_published", "withheld_reason", "is_simulated")  # fmt: skip


_PLACE = ("submission_id", "source_sheet", "source_cell")


class NoSuchFigureError(LookupError):
    """The release holds no such figure; the message names what was looked for and what is nearest."""


@dataclass(frozen=True)
class Explanation:
    """A figure of one region, indicator and month, by measure, with all that leads to and from it."""

    head: dict[str, Any]
    figures: list[dict[str, Any]]
    release: dict[str, Any]

    def as_document(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        return {**self.head, "figures": self.figures, "release": self.release}

    def show(self, console: Console) -> None:
        """Print the trace as a tree."""
        from rich.text import Text
        from rich.tree import Tree

        title = f"{self.head['region_name']} · {self.head['indicator_name']} · {self.head['reference_month']:%Y-%m}"
        tree = Tree(Text(title, style="bold"))
        for figure in self.figures:
            branch = tree.add(Text(_headline(figure)))
            for line in _lines(figure):
                branch.add(Text(line))
        tree.add(Text(f"发布 release {self.release['release_id']} · 规则 rules as of {self.release['as_of']}"))
        console.print(tree, highlight=False)


def explain_figure(release: Path, region: str, indicator: str, period: str, measure: str | None = None) -> Explanation:
    """Trace the figures of a region, indicator and reference month.

    Args:
        release: a release folder.
        region: code or Chinese name.
        indicator: code or Chinese name.
        period: ``2023-06`` (also ``2023-6``, ``202306``).
        measure: one measure; None = all that were reported.

    Raises:
        NoSuchFigureError: no such region, indicator, month or figure.
    """
    import duckdb

    with duckdb.connect(release / "marts.duckdb", read_only=True) as connection:
        month = _month(period)
        region_code, region_name = _find(connection, "dim_region", "region", region)
        indicator_code, indicator_name = _find(connection, "dim_indicator", "indicator", indicator)
        key = {"region": region_code, "indicator": indicator_code, "month": month}
        figures = _figures(connection, key, measure)
        if not figures:
            raise NoSuchFigureError(_nothing(connection, key, region_name, indicator_name))
        (said,) = _rows(connection, "select * from release")
    head = {
        "region_code": region_code,
        "region_name": region_name,
        "indicator_code": indicator_code,
        "indicator_name": indicator_name,
        "reference_month": month,
    }
    return Explanation(head, figures, said)


def _figures(connection: duckdb.DuckDBPyConnection, key: dict[str, Any], measure: str | None) -> list[dict[str, Any]]:
    where = "region_code = $region and indicator_code = $indicator and reference_month = $month"
    observations = _rows(
        connection,
        f"select {', '.join('o.' + name for name in _OBSERVATION)}, s.sha256 from fct_observation as o "
        f"left join dim_submission as s using (submission_id) where {where} "
        "and ($measure is null or measure = $measure) order by measure, growth_basis, period_start",
        {**key, "measure": measure},
    )
    targets = _rows(
        connection,
        f"select measure, {', '.join(_TARGET)} from mart_target_attainment "
        "where region_code = $region and indicator_code = $indicator and reference_month = $month "
        "order by target_id, target_version",
        key,
    )
    ranks = _rows(
        connection, f"select measure, {', '.join(_RANK)} from mart_district_ranking where {where} order by 2", key
    )
    vintages = _rows(
        connection,
        f"select measure, growth_basis, count(*) as vintages from fct_observation_vintage where {where} group by all",
        key,
    )
    counts = {(row["measure"], row["growth_basis"]): row["vintages"] for row in vintages}
    corrections = _rows(
        connection,
        "select submission_id, source_sheet, source_cell, observed as was, expected as became, rule_description as said"
        " from mart_quality_finding where rule = 'correction_applied'",
    )
    corrected = {tuple(row[name] for name in _PLACE): row for row in corrections}
    return [
        {
            **observation,
            "vintages": counts.get((observation["measure"], observation["growth_basis"]), 1),
            "targets": [row for row in targets if row["measure"] == observation["measure"]],
            "correction": corrected.get(tuple(observation[name] for name in _PLACE)),
            "ranks": [row for row in ranks if row["measure"] == observation["measure"]],
        }
        for observation in observations
    ]


def _headline(figure: dict[str, Any]) -> str:
    basis = "" if figure["growth_basis"] == "none" else f" ({figure['growth_basis']})"
    marks = [
        mark
        for mark, said in (
            ("模拟数据", figure["is_simulated"]),
            ("待核", figure["is_held"]),
            ("已更正", figure["correction"]),
        )
        if said
    ]
    shown = f"{figure['value_printed']} {figure['unit_printed'] or ''}".strip()
    return " · ".join([f"{figure['measure']}{basis} {figure['period_label'] or ''}: {shown}", *marks])


def _lines(figure: dict[str, Any]) -> list[str]:
    lines = [
        f"来源 {figure['source_file']} · 表 sheet {figure['source_sheet']} · 单元格 cell {figure['source_cell']}",
        f"sha256 {figure['sha256']} · 收到 received {_when(figure['received_at'])} · "
        f"发布 published {_when(figure['published_at'])} · 审核通过 accepted {_when(figure['accepted_at'])}",
        f"数值 value {figure['value']} {figure['unit_code']} · OBS_STATUS {figure['obs_status']} · "
        f"{figure['vintages']} 个版本 vintage(s)",
    ]
    if figure["correction"]:
        correction = figure["correction"]
        lines.append(f"更正 corrected: {correction['was']} → {correction['became'] or '—'} · {correction['said']}")
    for target in figure["targets"]:
        head = f"目标 {target['target_id']} · {target['status']} · 规则 {target['rule_version']}"
        lines.append(f"{head}\n{target['status_reason']}")
    for rank in figure["ranks"]:
        place = f"第{rank['rank']}" if rank["rank"] else rank["withheld_reason"] or "—"
        published = f"，公布位次 published {rank['published_rank']}" if rank["published_rank"] else ""
        lines.append(
            f"位次 {rank['rank_set_code']} · {place}（{rank['ranked_count']}/{rank['member_count']}）{published}"
        )
    return lines


def _when(moment: Any) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment is not None else "—"


def _month(period: str) -> date:
    found = re.fullmatch(r"\s*(\d{4})\D?(\d{1,2})\D*", period)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise NoSuchFigureError(f"看不懂时期 {period!r}，请写成 2023-06 / not a month: {period!r}; write 2023-06")
    return date(int(found[1]), int(found[2]), 1)


def _find(connection: duckdb.DuckDBPyConnection, table: str, kind: str, wanted: str) -> tuple[str, str]:
    """The code and name of a region or indicator given by either.

    Raises:
        NoSuchFigureError: neither a code nor a name; the nearest names are listed.
    """
    rows = connection.execute(f"select distinct {kind}_code, {kind}_name from {table}").fetchall()
    for code, name in rows:
        if wanted in {code, name}:
            return str(code), str(name)
    import difflib

    names = [name for _, name in rows] + [code for code, _ in rows]
    near = "、".join(difflib.get_close_matches(wanted, names, n=5, cutoff=0.3)) or "—"
    raise NoSuchFigureError(f"没有 {wanted} / no {kind} {wanted}；相近的有 / nearest: {near}")


def _nothing(connection: duckdb.DuckDBPyConnection, key: dict[str, Any], region: str, indicator: str) -> str:
    months = _rows(
        connection,
        "select measure, min(reference_month) as first, max(reference_month) as last, count(*) as figures "
        "from fct_observation where region_code = $region and indicator_code = $indicator and $month is not null "
        "group by 1 order by 1",
        key,
    )
    have = "；".join(f"{row['measure']} {row['first']:%Y-%m}…{row['last']:%Y-%m}" for row in months) or "—"
    return f"{region} {indicator} {key['month']:%Y-%m} 没有数据 / no such figure；现有 / there are: {have}"


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    answer = connection.execute(query, values or {})
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
