"""What a probe found as plain values: for ``--json``, for the terminal, and to cross from one process to another.

Belongs here: the report's shape. Does not belong here: how it looks (``orchestration/probing.py``).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from ingest.grids import GridError
from ingest.interpret.book import ADVICE
from ingest.interpret.file import unopened
from ingest.interpret.result import CellReading, FindingReading, Refusal
from ingest.pack import Pack
from ingest.probe.draft import TableDraft
from ingest.probe.probe import Probe, probe_file
from ingest.probe.write import additions_text, spec_text


def probe_document(path: Path, file_name: str, pack: Pack, today: date) -> dict[str, Any] | Refusal:
    """Probe a file and say all in plain values; a refusal when it cannot be opened."""
    try:
        return as_document(probe_file(path, file_name, pack, today))
    except GridError as error:
        return unopened(error)


def as_document(probe: Probe) -> dict[str, Any]:
    """The report of a probe."""
    trial = probe.trial
    reading = trial.reading if trial else None
    tables = [_table(probe, draft) for draft in probe.drafts]
    return {
        "file": probe.file_name,
        "media_type": probe.media_type,
        "reference_month": reading.reference_month if reading else None,
        "figures": trial.figures if trial else 0,
        "observations": trial.observations if trial else 0,
        "published_ranks": trial.ranks if trial else 0,
        "labels": trial.labels if trial else 0,
        "share": round(trial.share, 4) if trial else 0.0,
        "refusal": vars_of(reading.refusal) if reading and reading.refusal else None,
        "tables": tables,
        "unread": [{"reason": _why(rule), "cells": n} for rule, n in trial.left.most_common()] if trial else [],
        "findings": _findings(reading.findings) if reading else [],
        "doubts": [
            {"sheet": d.sheet, "cell": d.cell, "said": d.said, "said_en": d.said_en} for d in probe.doubts
        ],
        "new_regions": [[r.region_code, r.region_name, probe.similar.get(r.region_name, [])] for r in probe.regions],
        "new_indicators": [
            [i.indicator_code, i.indicator_name, probe.similar.get(i.indicator_name, [])] for i in probe.indicators
        ],
        "new_rank_sets": [one.rank_set_code for one in probe.rank_sets],
        "spec": spec_text(probe),
        "additions": additions_text(probe),
    }  # fmt: skip


def _why(rule: str) -> str:
    """Why figures were not read: the reader's rule in words, or the reason that the proposal gives."""
    advice = ADVICE.get(rule)
    return f"{advice[0]} / {advice[1]}" if advice else rule


def vars_of(refusal: Refusal) -> dict[str, Any]:
    """A refusal as plain values."""
    from dataclasses import asdict

    return asdict(refusal)


def _table(probe: Probe, draft: TableDraft) -> dict[str, Any]:
    cells = [c for c in probe.trial.reading.cells if c.source_sheet == draft.area.grid.name] if probe.trial else []
    names = {t.table_no for t in probe.trial.reading.tables if t.table_name == draft.name} if probe.trial else set()
    own = [cell for cell in cells if cell.table_no in names]
    read = [cell for cell in own if cell.disposition in ("observation", "published_rank")]
    lost = [cell for cell in own if cell.disposition == "finding"]
    corner = draft.area.corner
    return {
        "name": draft.name,
        "sheet": draft.area.grid.name,
        "title": (draft.title or "").strip(),
        "corner": corner.address if corner else None,
        "orientation": draft.orientation,
        "header_rows": [draft.area.top + 1, draft.area.bottom + 1],
        "rows": [draft.area.body[0] + 1, draft.area.body[-1] + 1],
        "indicators": len({cell.indicator_code for cell in read}),
        "regions": len({cell.region_code for cell in read}),
        "measures": sorted({str(cell.measure) for cell in read}),
        "units": sorted({str(cell.unit_code) for cell in read if cell.unit_code}),
        "months": _months(read),
        "read": len(read),
        "findings": len(lost),
        "sure": _sure(draft, read, lost),
    }


def _months(cells: list[CellReading]) -> list[str]:
    months = sorted({cell.reference_month for cell in cells if cell.reference_month})
    return [month.isoformat()[:7] for month in (months[:1] + months[-1:] if len(months) > 1 else months)]


def _sure(draft: TableDraft, read: list[CellReading], lost: list[CellReading]) -> str:
    """How sure the understanding is: nothing guessed and nothing left, something guessed, little read."""
    if not read or len(lost) > len(read) / 9:
        return "low"
    return "medium" if draft.doubts or lost else "high"


def _findings(findings: list[FindingReading]) -> list[dict[str, Any]]:
    """Findings of the trial, in sum: rule, sheet, how many, the first cell."""
    counts = Counter((finding.rule, finding.source_sheet) for finding in findings)
    first: dict[tuple[str, str | None], FindingReading] = {}
    for finding in findings:
        first.setdefault((finding.rule, finding.source_sheet), finding)
    return [
        {"rule": rule, "sheet": sheet, "count": n, "cell": one.source_cell, "found": one.observed, "advice": one.advice,
         "advice_en": one.advice_en}
        for (rule, sheet), n in counts.most_common() if (one := first[(rule, sheet)])
    ]  # fmt: skip
