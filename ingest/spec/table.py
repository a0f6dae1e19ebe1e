"""One table of a file: where it is, which way it runs, what it must hold, what of it is not read.

Belongs here: the keys of tables. Does not belong here: what their labels mean (``meaning.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field, model_validator

from ingest.pack.models import Code, RegionCode
from ingest.spec.era import Dated, refuse_ambiguity
from ingest.spec.meaning import BlockSpec, ColumnSpec, Meaning, RowSpec
from ingest.spec.vocabulary import Orientation, Patterns, SpecRecord

_NEED_ROWS = ("indicators_down", "regions_across")


class Ignore(Dated):
    """Cells that are not read, with the reason. All given conditions must hold."""

    match: Patterns = Field((), description="text of the cell itself")
    sheet: Patterns = Field((), description="name of the sheet")
    row: Patterns = Field((), description="label of the row (inside a table)")
    column: Patterns = Field((), description="header of the column (inside a table)")
    reason: str = Field(description="why these cells are not read")

    @model_validator(mode="after")
    def _says_what(self) -> Ignore:
        if not (self.match or self.row or self.column or self.sheet):
            raise ValueError("an ignore rule needs at least one of match, row, column, sheet")
        return self


class Find(SpecRecord):
    """Where a table is: never by position. All given conditions must hold.

    ``corner`` is the header's first cell (地区, 指标). Without it the header is the row in which all required
    columns are found. ``title`` is a text above the header, compared also without its period and unit.
    """

    title: Patterns = Field((), description="a text above the header, or the caption of a table on a page")
    corner: Patterns = Field((), description="the header's first cell (地区, 指标)")
    sheet: Patterns = Field((), description="name of the sheet")
    headers: Patterns = Field((), description="texts that must stand in the header rows")
    title_rows: int = Field(6, ge=1, description="how many rows above the header are searched for the title")


class TableSpec(Meaning):
    """One table: where it is, which way it runs, what its columns and rows mean."""

    name: Code = Field(description="name of the table, by which findings call it")
    find: Find = Field(Find(), description="how the table is found")
    orientation: Orientation = Field(description="what runs down and what across")
    columns: tuple[ColumnSpec, ...] = Field((), description="what the headers mean")
    rows: tuple[RowSpec, ...] = Field((), description="what the row labels mean")
    blocks: tuple[BlockSpec, ...] = Field((), description="runs of rows with a meaning of their own")
    ignored: tuple[Ignore, ...] = Field((), description="cells of the table that are not read, each with a reason")
    region_above: Patterns = Field((), description="regular expression whose group is the region named above the table")
    region_labels: dict[str, RegionCode] = Field({}, description="labels that mean a region in this table only")
    expected_regions: Code | tuple[RegionCode, ...] | None = Field(
        None, description="rank set or codes that must each have exactly one row (column); a gap is a finding"
    )
    complete: bool = Field(False, description="a table without one of its expected_regions is held as a whole")
    repeated_rows: bool = Field(
        False, description="rows that say exactly what an earlier row of the same region said are read once"
    )
    header_rows: int | None = Field(None, ge=1, le=8, description="header height; none = found from merges and text")
    header_above: int = Field(0, ge=0, le=4, description="header rows above the corner's row")
    spread_headers: bool = Field(
        False, description="an upper header text holds for the empty cells to its right (centred, not merged)"
    )
    label_columns: int = Field(
        1, ge=1, le=4, description="columns that the row labels take (a translation, a year); the first one counts"
    )
    end: Patterns = Field((), description="label before which the table ends")
    optional: bool = Field(False, description="the table may be absent without a finding")
    repeated: bool = Field(False, description="the table may stand several times (one sheet per month, for instance)")
    precedence: int = Field(100, description="which table wins when two print one key differently; lower wins")

    @model_validator(mode="after")
    def _is_readable(self) -> TableSpec:
        if self.orientation in _NEED_ROWS and not self.rows:
            raise ValueError(f"table {self.name}: orientation {self.orientation} needs rows")
        if self.orientation == "long" and not any(c.role for c in self.columns):
            raise ValueError(f"table {self.name}: a long table needs columns with roles")
        if not (self.find.corner or self.columns):
            raise ValueError(f"table {self.name}: give find.corner or columns, else it cannot be found")
        if self.complete and not self.expected_regions:
            raise ValueError(f"table {self.name}: complete needs expected_regions")
        return self

    @model_validator(mode="after")
    def _eras_are_clear(self) -> TableSpec:
        where = f"table {self.name}:"
        refuse_ambiguity(self.columns, lambda c: [(p, c.over) for p in c.match], f"{where} column")
        refuse_ambiguity(self.rows, lambda r: [(p, r.under) for p in r.match], f"{where} row")
        refuse_ambiguity(self.blocks, lambda b: b.from_, f"{where} block")
        return self

    def indicator_codes(self) -> Iterator[str]:
        """Every indicator that the table, a column, a row, a block or a word of a role column names."""
        for part in (self, *self.columns, *self.rows, *self.blocks):
            if part.indicator is not None:
                yield part.indicator
        for column in self.columns:
            if column.role == "indicator":
                yield from column.values.values()

    @property
    def is_dated(self) -> bool:
        """Whether the table or any part of it holds for an era only."""
        parts = (self, *self.columns, *self.rows, *self.blocks, *self.ignored)
        return any(part.era is not None for part in parts)

    def in_era(self, month: date | None) -> TableSpec:
        """The table with only the parts that hold in a report of that month."""
        if not self.is_dated or month is None:
            return self
        kept = {name: _holding(getattr(self, name), month) for name in ("columns", "rows", "blocks", "ignored")}
        return self.model_copy(update={**kept, "era": None})


def _holding(parts: tuple[Dated, ...], month: date) -> tuple[Dated, ...]:
    return tuple(part.model_copy(update={"era": None}) if part.era else part for part in parts if part.holds(month))
