"""What reading one file yields: plain records that mirror the raw tables, or a refusal.

Belongs here: the shapes that the reader hands to intake. Does not belong here: how they come about, or how they
are stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Disposition = Literal["observation", "published_rank", "ignored", "finding"]
Severity = Literal["critical", "warning", "info"]
RefusalCode = Literal[
    "unreadable", "too_large", "encrypted", "empty", "unknown_layout", "ambiguous_layout",
    "period_unresolved", "period_in_future", "period_contradiction", "form_unusable",
    "invalid_side_file", "outside_link",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file goes to quarantine, in sentences a clerk understands."""

    reason_code: RefusalCode
    reason: str
    reason_en: str
    found: str = ""
    found_en: str = ""
    expected: str = ""
    expected_en: str = ""
    advice: str = ""
    advice_en: str = ""
    sheet: str | None = None
    cell: str | None = None
    member: str | None = None
    """Its name within the archive that was sent."""


@dataclass(slots=True)
class TableReading:
    """One row of ``raw.submission_table``."""

    table_no: int
    table_name: str
    source_sheet: str
    title: str | None
    reference_month: date | None
    cell_count: int = 0


@dataclass(slots=True)
class CellReading:
    """One row of ``raw.cell`` without the columns that the submission gives."""

    table_no: int
    source_sheet: str
    source_cell: str
    disposition: Disposition
    rule: str | None = None
    value_printed: str | None = None
    value_number: float | None = None
    value_qualifier: str | None = None
    value_decimals: int | None = None
    unit_printed: str | None = None
    unit_code: str | None = None
    region_label: str | None = None
    region_code: str | None = None
    indicator_label: str | None = None
    indicator_code: str | None = None
    measure: str | None = None
    growth_basis: str | None = None
    rank_set_code: str | None = None
    period_label: str | None = None
    period_start: date | None = None
    reference_month: date | None = None
    obs_status: str | None = None
    conf_status: str | None = None
    is_break: bool = False
    is_simulated: bool = False
    source_rank: int = 2
    note: str | None = None
    table_precedence: int | None = None


@dataclass(slots=True)
class FindingReading:
    """One row of ``raw.reader_finding`` without the columns that the submission gives."""

    source_sheet: str | None
    source_cell: str | None
    severity: Severity
    rule: str
    observed: str | None
    expected: str | None
    advice: str
    advice_en: str
    region_code: str | None = None
    indicator_code: str | None = None
    measure: str | None = None
    reference_month: date | None = None


@dataclass(slots=True)
class FileReading:
    """All that one file said. With ``refusal`` the file is quarantined; findings may stand beside it.

    ``cells`` come in sheet order, then row by row; table 0 holds the cells outside every table.
    """

    media_type: str | None = None
    stem: str | None = None
    bureau_code: str | None = None
    is_simulated: bool = False
    reference_month: date | None = None
    tables: list[TableReading] = field(default_factory=list)
    cells: list[CellReading] = field(default_factory=list)
    findings: list[FindingReading] = field(default_factory=list)
    refusal: Refusal | None = None
