"""One file layout of one bureau: how it is recognised, when it is for, which tables it has.

Belongs here: the keys of a whole spec. Does not belong here: the keys of one table (``table.py``).
"""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from ingest.pack.models import Code, Stem
from ingest.spec.era import refuse_ambiguity
from ingest.spec.table import Ignore, TableSpec
from ingest.spec.vocabulary import Patterns, PeriodPlace, SpecRecord


class IgnoredSheet(SpecRecord):
    """A sheet that is not read: by being hidden, by its name, or both."""

    hidden: bool | None = Field(None, description="true: sheets that are hidden; false: sheets that are shown")
    name: Patterns = Field((), description="name of the sheet")
    reason: str = Field(description="why the sheet is not read")

    @model_validator(mode="after")
    def _says_which(self) -> IgnoredSheet:
        if self.hidden is None and not self.name:
            raise ValueError("an ignored sheet needs hidden or name")
        return self


class Recognise(SpecRecord):
    """What makes a file this source's: sheet names and texts; never the file name alone."""

    sheets: Patterns = Field((), description="each must be the name of a sheet")
    contains: Patterns = Field((), description="each must stand in the first rows of some sheet (part of a text)")
    absent: Patterns = Field((), description="none of these may stand there")
    top_rows: int = Field(8, ge=1, description="how many rows of each sheet are looked at")

    @model_validator(mode="after")
    def _says_something(self) -> Recognise:
        if not (self.sheets or self.contains):
            raise ValueError("recognise needs sheets or contains")
        return self


class ReportDate(SpecRecord):
    """The report's own date (発表日, 发布日期, 現在), from which its month follows."""

    match: Patterns = Field(description="the text that carries the date; a group of a regular expression is the date")
    months_before: int = Field(0, ge=0, le=24, description="the report is for so many months before that date's month")


class ReportPeriod(SpecRecord):
    """Where the report's own month stands: places in order of trust; ``headers`` = the latest of the majority year."""

    places: tuple[PeriodPlace, ...] = Field(
        ("title", "page", "headers", "sheet_name"), description="places in order of trust"
    )
    match: Patterns = Field((), description="place cell: the text of the cell that carries the period")
    date: ReportDate | None = Field(None, description="place date: the report's own date")

    @model_validator(mode="after")
    def _has_its_date(self) -> ReportPeriod:
        if ("date" in self.places) != (self.date is not None):
            raise ValueError("the place date and the key date belong together")
        return self


class SourceSpec(SpecRecord):
    """``sources/<stem>.yaml``: one file layout of one bureau."""

    stem: Stem = Field(description="<bureau>__<dataset>; the file is named after it")
    layout: str | None = Field(None, description="name of this layout when a stem has several (form drift)")
    title: str = Field(description="what it is, in Chinese")
    title_en: str = Field(description="what it is, in English")
    bureau_code: Code = Field(description="who sends it (bureaus.yaml)")
    source_rank: int = Field(2, ge=1, le=3, description="1 higher office, 2 own report, 3 estimate")
    conf_status: str = Field("F", description="SDMX confidentiality status of all figures")
    recognise: Recognise = Field(description="what makes a file this source's")
    report_period: ReportPeriod = Field(ReportPeriod(), description="where the report's own month stands")
    ignored_sheets: tuple[IgnoredSheet, ...] = Field((), description="sheets that are not read, each with a reason")
    ignored: tuple[Ignore, ...] = Field((), description="cells outside tables that are not read, each with a reason")
    marks: dict[str, str] = Field({}, description="missing marks of this source → OBS_STATUS, or skip")
    # Not min_length: a faulty table would then be reported twice, the second time as none.
    tables: tuple[TableSpec, ...] = Field(description="the tables of the file", json_schema_extra={"minItems": 1})

    @model_validator(mode="after")
    def _table_names_differ(self) -> SourceSpec:
        if not self.tables:
            raise ValueError("a spec needs at least one table")
        names = [table.name for table in self.tables if table.era is None]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"table names stand twice: {', '.join(twice)}")
        refuse_ambiguity(self.tables, lambda t: [t.name], "table")
        refuse_ambiguity(self.tables, lambda t: [t.find.model_dump_json()], "tables found by")
        return self

    @property
    def is_dated(self) -> bool:
        """Whether any part holds for an era only."""
        return any(table.is_dated for table in self.tables) or any(rule.era for rule in self.ignored)

    def in_era(self, month: date | None) -> SourceSpec:
        """The spec with only the parts that hold in a report of that month."""
        if not self.is_dated or month is None:
            return self
        tables = tuple(table.in_era(month) for table in self.tables if table.holds(month))
        return self.model_copy(
            update={"tables": tables, "ignored": tuple(rule for rule in self.ignored if rule.holds(month))}
        )
