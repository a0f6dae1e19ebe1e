"""The typed records of a pack: what another city would change, and nothing else.

Belongs here: the shape and the vocabulary of pack data. Does not belong here: reading YAML (``load.py``),
how a file layout is described (``ingest/spec.py``), or any rule that judges a figure (dbt).

Every model forbids unknown keys, so a misspelt key is an error and not a silent default.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_]+$")]
Stem = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*__[a-z][a-z0-9_]*$")]

Measure = Literal[
    "level_ytd", "level_month", "level_quarter", "level_eop", "change_ytd",
    "growth_ytd", "growth_month", "growth_eop", "index_month", "index_ytd",
    "rate_month", "rate_ytd", "rate_eop", "share_ytd", "share_eop", "completion_ytd",
]  # fmt: skip
GrowthBasis = Literal[
    "constant_price",  # 可比价
    "comparable_scope",  # 可比口径
    "nominal",  # 名义
    "same_scope",  # 同口径
    "natural_scope",  # 自然口径
    "unstated",
    "none",  # the measure is not a growth
]
Bound = Literal[
    "ge", "gt", "eq", "le", "lt", "about", "range", "stable_at", "direction_up", "rank_le",
    "linked", "relative", "zero", "coverage", "project_set", "not_assessable",
]  # fmt: skip
Direction = Literal["higher", "lower", "none"]
Frequency = Literal["monthly", "quarterly", "half_yearly", "annual", "irregular"]
RegionLevel = Literal[
    "nation", "province", "city", "district", "county", "county_level_city", "functional_zone",
    "collective",  # 市辖区: several districts in one row, never a member
    "group",  # 长株潭地区 and the like: a row of its own, never a member
    "historic",
]  # fmt: skip
Severity = Literal["critical", "warning", "info"]
DueShift = Literal["next_working_day", "previous_working_day", "none"]


def form_stem(bureau_code: str) -> str:
    """The stem of the form that a bureau fills in: it has no source spec of its own."""
    return f"{bureau_code}__form"


class Record(BaseModel):
    """Base of every pack record: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PackInfo(Record):
    """``pack.yaml``: whose warehouse this is."""

    name: Code
    title: str
    title_en: str
    region_code: RegionCode = Field(description="the region whose brief is printed")
    parent_region_code: RegionCode = Field(description="the whole (全市) it is compared with")
    timezone: str = "Asia/Shanghai"
    first_month: date = Field(description="first day of the first month the warehouse covers")
    rule_version: str = Field(description="version of the judgement parameters below")
    holidays: Literal["china", "none"] = Field(
        "china", description="whose public holidays count; none = weekends and working_days.yaml only"
    )
    due_shift: DueShift = Field("next_working_day", description="where a due day goes on which nobody works")


class Parameter(Record):
    """``parameters.yaml``: one number of the rules of judgement, with where it comes from."""

    parameter_code: Code
    value: Decimal
    unit_code: Code | None = None
    description: str
    description_en: str
    source: str


class Unit(Record):
    """``ingest/catalog/units.yaml``: a unit, its spellings and its factor to the base unit of its dimension."""

    unit_code: Code
    unit_name: str
    unit_name_en: str
    aliases: list[str] = []
    dimension: Code
    factor: Decimal


class Region(Record):
    """``regions.yaml``: one region over one validity; a code that changed its name or area has several."""

    region_code: RegionCode
    region_name: str
    region_name_en: str
    parent_code: RegionCode | None = None
    region_level: RegionLevel
    aliases: list[str] = []
    valid_from: date
    valid_to: date | None = Field(None, description="last day of validity; none = still valid")
    predecessor_codes: list[RegionCode] = []
    note: str | None = None


class RankSetMember(Record):
    """A member of a rank set over a span of days (both ends inclusive)."""

    region_code: RegionCode
    valid_from: date
    valid_to: date | None = None


class RankSetException(Record):
    """A member that leaves the set for one indicator, for instance because it has no such series (rule 24)."""

    region_code: RegionCode
    indicator_code: Code
    valid_from: date
    valid_to: date | None = None
    reason: str


class RankSet(Record):
    """``rank_sets.yaml``: 四区, 全市 … as a dated member list, never a number."""

    rank_set_code: Code
    rank_set_name: str
    rank_set_name_en: str
    sort_order: int
    members: list[RankSetMember]
    exceptions: list[RankSetException] = []
    assumption: str | None = Field(None, description="Chinese sentence: what is assumed; becomes a finding")
    assumption_en: str | None = None


class Bureau(Record):
    """``bureaus.yaml``: who reports."""

    bureau_code: Code
    bureau_name: str
    bureau_name_en: str
    aliases: list[str] = []
    contact: str | None = None
    channel: str | None = None
    rank_set_code: Code | None = Field(
        None, description="its form asks ranked indicators of each member of this set, also where no source spec does"
    )


class IndicatorMeasure(Record):
    """How one measure of an indicator is counted, published, shown and ranked."""

    measure: Measure
    unit_code: Code = Field(description="canonical unit of the warehouse")
    direction: Direction
    frequency: Frequency
    first_month: int = Field(1, ge=1, le=12, description="first month of a year that has a figure: 2 = no January")
    due_days: int = Field(25, ge=0, description="days after the end of the reference month when it is due")
    lag_months: int = Field(
        0, ge=0, le=12, description="months after its own in whose report it comes and is due (上月数据 = 1)"
    )
    display_decimals: int = Field(ge=0, le=6)
    rank_decimals: int | None = Field(None, description="decimals a rank is decided on; none = display_decimals")
    ranks_raw_value: bool = Field(False, description="rank the unrounded value (3 of 113 published tables)")
    is_primary: bool = False
    is_ranked: bool = False
    is_additive: bool = False
    is_derivable: bool = False
    growth_basis: GrowthBasis = "none"
    source_bureau_code: Code


class Indicator(Record):
    """``indicators.yaml``: one statistical concept and its measures."""

    indicator_code: Code
    indicator_name: str
    indicator_name_en: str
    aliases: list[str] = []
    lead_bureau_code: Code
    parent_indicator_code: Code | None = None
    components: list[Code] = Field([], description="indicators it is the sum of (rule 9)")
    breakdowns: list[list[Code]] = Field(
        [], description="other sets of indicators it is the sum of, by industry say: only the gate adds them up"
    )
    definition: str | None = None
    sort_order: int = 0
    measures: list[IndicatorMeasure]


class PlanFinding(Record):
    """``plan_findings.yaml``: a contradiction or gap in the plan's own text, recorded and not repaired."""

    finding_code: Code
    severity: Severity
    rule: Code
    description: str
    description_en: str
    observed: str
    expected: str
    plan_section: str | None = None
    target_ids: list[str] = []
    indicator_code: Code | None = None
    owner_bureau_code: Code
    question: str


class Correction(Record):
    """``corrections.yaml``: one known error of a source: where it stands, what is printed there, what becomes of it.

    Given fields must all fit. ``wrong_value`` and ``wrong_unit`` are the guard: what must be printed there. Once the
    source has been fixed the guard fails, the entry is not applied, and a critical finding says to delete it.
    """

    correction_code: Code
    stem: Stem
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="one file only"
    )
    source_sheet: str | None = None
    source_cell: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]*$")] | None = None
    region_code: RegionCode | None = None
    indicator_code: Code | None = None
    measure: Measure | None = None
    growth_basis: GrowthBasis | None = None
    reference_month: date | None = Field(None, description="as read, first day of the month")
    valid_from: date | None = Field(None, description="holds for reports published (else received) from this day on")
    valid_to: date | None = Field(None, description="holds for reports until this day")
    wrong_value: str | None = Field(None, description="guard: the value as printed")
    wrong_unit: str | None = Field(None, description="guard: the unit as printed")
    action: Literal["drop", "replace", "replace_unit", "move_period"]
    value: str | None = Field(None, description="replace: the right value, in the printed unit")
    unit_code: Code | None = Field(None, description="replace_unit: the unit that the value really is in")
    right_month: date | None = Field(None, description="move_period: the month that the value really is for")
    reason: str
    decided_by: str
    decided_on: date


class Waiver(Record):
    """``waivers.yaml``: a hold lifted by a named person, for a reason, until a day."""

    rule: Code
    stem: Stem | None = None
    region_code: RegionCode | None = None
    indicator_code: Code | None = None
    measure: Measure | None = None
    reference_month: date | None = None
    waived_by: str
    waived_until: date
    reason: str
