"""What labels mean: columns, rows and blocks of a table, each with the meaning it lends to its cells.

Belongs here: the keys of columns, rows and blocks. Does not belong here: the table around them (``table.py``).
"""

from __future__ import annotations

from pydantic import Field

from ingest.pack.models import Code, GrowthBasis, Measure, RegionCode
from ingest.spec.era import Dated
from ingest.spec.vocabulary import Patterns, PeriodRef, Role, SpecRecord


class Meaning(Dated):
    """What a label says about the values beside or below it. A cell's meaning is the sum of its labels' meanings."""

    indicator: Code | None = Field(None, description="code of the indicator (indicators.yaml)")
    region: RegionCode | None = Field(None, description="code of the region (regions.yaml)")
    measure: Measure | None = Field(None, description="what the values measure")
    growth_basis: GrowthBasis | None = Field(
        None, description="basis of a growth, where it is not the one in indicators.yaml"
    )
    rank_of: Measure | None = Field(None, description="the values are published ranks of this measure")
    rank_set: Code | None = Field(None, description="code of the set that published ranks are of (rank_sets.yaml)")
    unit: str | None = Field(None, description="unit where nothing is printed; a printed unit wins")
    unit_override: str | None = Field(None, description="unit although another is printed (CPI printed in %)")
    period: PeriodRef | None = Field(None, description="the period in relation to the table's")
    at_month: int | None = Field(
        None, ge=1, le=12, description="a label that prints only a year means this month of it (10月1日現在)"
    )
    lag_months: int | None = Field(None, ge=0, le=24, description="months the period may lie before the report's")
    obs_status: str | None = Field(None, description="SDMX observation status of the values")
    conf_status: str | None = Field(None, description="SDMX confidentiality status of the values")
    direction_words: bool = Field(False, description="read 增长3.2% as 3.2 and 下降3.2% as -3.2")


NOTHING = Meaning()
"""The meaning of a part that says nothing."""


class Override(SpecRecord):
    """What a row makes of a column's measure: ``as: {level_ytd: {measure: share_ytd}}``."""

    measure: Measure | None = Field(None, description="the measure instead of the column's")
    growth_basis: GrowthBasis | None = Field(None, description="the basis instead of the column's")
    unit: str | None = Field(None, description="unit where nothing is printed")
    unit_override: str | None = Field(None, description="unit although another is printed")
    ignore: str | None = Field(None, description="reason why this row's cells of that measure are not read")


class ColumnSpec(Meaning):
    """One column by its header; ``over`` asks for a text in a higher header row.

    Compared with the header's lowest text, then its texts joined, then any of them; each also without unit and period.
    """

    match: Patterns = Field(description="the header's text or spellings; ~ begins a regular expression")
    over: Patterns = Field((), description="a text that must stand in a higher header row above the column")
    role: Role | None = Field(None, description="what the column holds besides values (note, unit; all of long tables)")
    values: dict[str, str] = Field({}, description="long tables: printed word → code (or unit), for role columns")
    ignore: str | None = Field(None, description="reason why the column is not read")
    optional: bool = Field(False, description="the column may be absent without a finding")


class RowSpec(Meaning):
    """One row by its label; ``under`` tells equal labels apart by the nearest preceding label that it names."""

    match: Patterns = Field(description="the row's label or spellings; ~ begins a regular expression")
    under: Patterns = Field((), description="tells equal labels apart: the nearest label above that one of them names")
    as_: dict[Measure, Override] = Field({}, alias="as", description="what the row makes of a column's measure")
    ignore: str | None = Field(None, description="reason why the row is not read (subheadings)")
    optional: bool = Field(True, description="false: a table without this row gets a finding")


class BlockSpec(Meaning):
    """A run of rows with a meaning of its own, from a heading row (inclusive) up to ``until`` (exclusive).

    A period or unit printed in the heading counts for the block without being declared.
    """

    from_: Patterns = Field(alias="from", description="label of the heading row with which the block begins")
    until: Patterns = Field((), description="label before which the block ends; none = the next block or the end")
