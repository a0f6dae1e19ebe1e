"""The declarative source spec: how one file layout is read, as data.

Belongs here: the typed shape of ``sources/<stem>.yaml`` and the vocabulary of its keys (docs/source-specs.md says
how to write one). Does not belong here: finding a table, reading a cell, or any knowledge of one particular file.

A *pattern* is a text compared after normalisation (white space, full-width forms): equality, or a regular
expression searched for when it starts with ``~``. Wherever one pattern may stand, a list of spellings may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ingest.pack.models import Code, GrowthBasis, Measure, RegionCode, Stem

Orientation = Literal["regions_down", "indicators_down", "regions_across", "long"]
Role = Literal[
    "region", "indicator", "measure", "growth_basis", "period", "unit", "value",
    "rank", "rank_set", "is_break", "obs_status", "conf_status", "note", "source",
]  # fmt: skip
PeriodRef = Literal[
    "report",  # the period of the report
    "label",  # the period printed in this very label
    "same_period_last_year",  # 上年同期
    "previous_month",  # 上月数据: one month before the table's period
    "previous_year",  # 上年全年
    "previous_year_end",  # 上年末
]
PeriodPlace = Literal["title", "headers", "sheet_name", "page", "cell", "file_name"]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _compiles(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        if pattern.startswith("~"):
            try:
                re.compile(pattern[1:])
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r} ({error})") from error
    return patterns


Patterns = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), AfterValidator(_compiles)]


class SpecRecord(BaseModel):
    """Base of every part of a spec: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Meaning(SpecRecord):
    """What a label says about the values beside or below it. A cell's meaning is the sum of its labels' meanings."""

    indicator: Code | None = None
    region: RegionCode | None = None
    measure: Measure | None = None
    growth_basis: GrowthBasis | None = None
    rank_of: Measure | None = Field(None, description="the values are published ranks of this measure")
    rank_set: Code | None = None
    unit: str | None = Field(None, description="unit where nothing is printed; a printed unit wins")
    unit_override: str | None = Field(None, description="unit although another is printed (CPI printed in %)")
    period: PeriodRef | None = None
    lag_months: int | None = Field(None, ge=0, le=24, description="months the period may lie before the report's")
    obs_status: str | None = None
    conf_status: str | None = None
    direction_words: bool = Field(False, description="read 增长3.2% as 3.2 and 下降3.2% as -3.2")


class Override(SpecRecord):
    """What a row makes of a column's measure: ``as: {level_ytd: {measure: share_ytd}}``."""

    measure: Measure | None = None
    growth_basis: GrowthBasis | None = None
    unit: str | None = None
    unit_override: str | None = None
    ignore: str | None = None


class ColumnSpec(Meaning):
    """One column by its header; ``over`` asks for a text in a higher header row.

    Compared with the header's lowest text, then its texts joined, then any of them; each also without unit and period.
    """

    match: Patterns
    over: Patterns = ()
    role: Role | None = None
    values: dict[str, str] = Field({}, description="long tables: printed word → code (or unit), for role columns")
    ignore: str | None = Field(None, description="reason why the column is not read")
    optional: bool = False


class RowSpec(Meaning):
    """One row by its label; ``under`` tells equal labels apart by the nearest preceding label that it names."""

    match: Patterns
    under: Patterns = ()
    as_: dict[Measure, Override] = Field({}, alias="as")
    ignore: str | None = Field(None, description="reason why the row is not read (subheadings)")
    optional: bool = True


class BlockSpec(Meaning):
    """A run of rows with a meaning of its own, from a heading row (inclusive) up to ``until`` (exclusive).

    A period or unit printed in the heading counts for the block without being declared.
    """

    from_: Patterns = Field(alias="from")
    until: Patterns = ()


class Ignore(SpecRecord):
    """Cells that are not read, with the reason. All given conditions must hold."""

    match: Patterns = Field((), description="text of the cell itself")
    sheet: Patterns = ()
    row: Patterns = Field((), description="label of the row (inside a table)")
    column: Patterns = Field((), description="header of the column (inside a table)")
    reason: str

    @model_validator(mode="after")
    def _says_what(self) -> Ignore:
        if not (self.match or self.row or self.column or self.sheet):
            raise ValueError("an ignore rule needs at least one of match, row, column, sheet")
        return self


class IgnoredSheet(SpecRecord):
    """A sheet that is not read: by being hidden, by its name, or both."""

    hidden: bool | None = None
    name: Patterns = ()
    reason: str

    @model_validator(mode="after")
    def _says_which(self) -> IgnoredSheet:
        if self.hidden is None and not self.name:
            raise ValueError("an ignored sheet needs hidden or name")
        return self


class Find(SpecRecord):
    """Where a table is: never by position. All given conditions must hold.

    ``corner`` is the header's first cell (地区, 指标). Without it the header is the row in which all required
    columns are found. ``title`` is a text above the header, compared also without its period and unit.
    """

    title: Patterns = ()
    corner: Patterns = ()
    sheet: Patterns = ()
    headers: Patterns = Field((), description="texts that must stand in the header rows")
    title_rows: int = Field(6, ge=1, description="how many rows above the header are searched for the title")


class TableSpec(Meaning):
    """One table: where it is, which way it runs, what its columns and rows mean."""

    name: Code
    find: Find = Find()
    orientation: Orientation
    columns: tuple[ColumnSpec, ...] = ()
    rows: tuple[RowSpec, ...] = ()
    blocks: tuple[BlockSpec, ...] = ()
    ignored: tuple[Ignore, ...] = ()
    region_above: Patterns = Field((), description="regular expression whose group is the region named above the table")
    region_labels: dict[str, RegionCode] = Field({}, description="labels that mean a region in this table only")
    expected_regions: Code | tuple[RegionCode, ...] | None = Field(
        None, description="rank set or codes that must each have exactly one row (column); a gap is a finding"
    )
    header_rows: int | None = Field(None, ge=1, le=8, description="header height; none = found from merges and text")
    header_above: int = Field(0, ge=0, le=4, description="header rows above the corner's row")
    end: Patterns = Field((), description="label before which the table ends")
    optional: bool = False
    repeated: bool = Field(False, description="the table may stand several times (one sheet per month, for instance)")
    precedence: int = Field(100, description="which table wins when two print one key differently; lower wins")

    @model_validator(mode="after")
    def _is_readable(self) -> TableSpec:
        if self.orientation in ("indicators_down", "regions_across") and not self.rows:
            raise ValueError(f"table {self.name}: orientation {self.orientation} needs rows")
        if self.orientation == "long" and not any(c.role for c in self.columns):
            raise ValueError(f"table {self.name}: a long table needs columns with roles")
        if not (self.find.corner or self.columns):
            raise ValueError(f"table {self.name}: give find.corner or columns, else it cannot be found")
        return self


class Recognise(SpecRecord):
    """What makes a file this source's: sheet names and texts; never the file name alone."""

    sheets: Patterns = Field((), description="each must be the name of a sheet")
    contains: Patterns = Field((), description="each must stand in the first rows of some sheet (part of a text)")
    absent: Patterns = Field((), description="none of these may stand there")
    top_rows: int = Field(8, ge=1)

    @model_validator(mode="after")
    def _says_something(self) -> Recognise:
        if not (self.sheets or self.contains):
            raise ValueError("recognise needs sheets or contains")
        return self


class ReportPeriod(SpecRecord):
    """Where the report's own month stands: places in order of trust; ``headers`` = the latest of the majority year."""

    places: tuple[PeriodPlace, ...] = ("title", "page", "headers", "sheet_name")
    match: Patterns = Field((), description="place cell: the text of the cell that carries the period")


class SourceSpec(SpecRecord):
    """``sources/<stem>.yaml``: one file layout of one bureau."""

    stem: Stem
    layout: str | None = Field(None, description="name of this layout when a stem has several (form drift)")
    title: str
    title_en: str
    bureau_code: Code
    source_rank: int = Field(2, ge=1, le=3, description="1 higher office, 2 own report, 3 estimate")
    conf_status: str = "F"
    recognise: Recognise
    report_period: ReportPeriod = ReportPeriod()
    ignored_sheets: tuple[IgnoredSheet, ...] = ()
    ignored: tuple[Ignore, ...] = ()
    marks: dict[str, str] = Field({}, description="missing marks of this source → OBS_STATUS, or skip")
    tables: tuple[TableSpec, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _table_names_differ(self) -> SourceSpec:
        names = [table.name for table in self.tables]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"table names stand twice: {', '.join(twice)}")
        return self

    def meanings(self) -> Iterator[Meaning]:
        """Every part of the spec that carries a meaning, for cross-checks against the pack."""
        for table in self.tables:
            yield table
            yield from table.columns
            yield from table.rows
            yield from table.blocks

    def indicator_codes(self) -> set[str]:
        """Codes of all indicators that the spec names."""
        return {m.indicator for m in self.meanings() if m.indicator}

    def region_codes(self) -> set[str]:
        """Codes of all regions that the spec names."""
        named = {m.region for m in self.meanings() if m.region}
        for table in self.tables:
            named.update(table.region_labels.values())
            if isinstance(table.expected_regions, tuple):
                named.update(table.expected_regions)
        return named

    def rank_set_codes(self) -> set[str]:
        """Codes of all rank sets that the spec names."""
        named = {m.rank_set for m in self.meanings() if m.rank_set}
        named.update(t.expected_regions for t in self.tables if isinstance(t.expected_regions, str))
        return named
