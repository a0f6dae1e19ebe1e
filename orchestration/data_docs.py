"""The data docs of a release: every expectation that was checked, where its bound comes from, and what came out.

One page that needs no network. The pages that Great Expectations writes itself load nine files from the web and take
longer than the audit (DECISIONS.md). Belongs here: the paper. Does not belong here: any check (``expectations``).
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.formulas import harmless
from orchestration.releases.manifest import Manifest

if TYPE_CHECKING:
    from orchestration.gate import Verdict

FOLDER = "data_docs"
_SEVERITIES = ("critical", "warning", "info")
SHOWN_ROWS = 50
"""Rows that break an expectation, shown on the page; all of them are in ``mart_quality_finding``."""


def write_data_docs(release: Path, manifest: Manifest, verdicts: list[Verdict]) -> None:
    """Write ``data_docs/index.html``: one section for each table, what failed first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    paper = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, finalize=harmless
    )
    ordered = sorted(verdicts, key=lambda one: (one.boundary == "raw", one.boundary, one.table, _worst_first(one)))
    grouped = [(key, list(group)) for key, group in groupby(ordered, key=lambda one: (one.boundary, one.table))]
    tables = sorted(grouped, key=lambda group: min(_worst_first(one) for one in group[1]))
    page = paper.get_template("data_docs.html.j2").render(tables=tables, manifest=manifest, shown=SHOWN_ROWS)
    (release / FOLDER).mkdir()
    (release / FOLDER / "index.html").write_text(page, encoding="utf-8")


def _worst_first(verdict: Verdict) -> tuple[bool, int]:
    """What failed before what passed, by severity."""
    return verdict.passed, _SEVERITIES.index(verdict.severity)
