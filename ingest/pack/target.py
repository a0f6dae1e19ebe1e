"""The record of a target: one promise of a plan, as worded and as judged.

Belongs here: what a pack says about a promise. Does not belong here: the other records (``models.py``), whether a
promise can be judged (``meaning.py``), or the judgement (dbt).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ingest.pack.models import Bound, Code, Measure, Record, RegionCode


class PathPoint(Record):
    """From a month on, what a target must have reached: the path that lies between its base and its goal."""

    reference_month: date
    path_value: Decimal


class Target(Record):
    """``targets.yaml``: one version of one promise of the plan, as worded. Columns: CONTRACT, ``plan_target``."""

    target_id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9_]*$")]
    target_version: int = Field(1, ge=1)
    plan_year: int
    region_code: RegionCode
    measured_region_code: RegionCode
    indicator_code: Code
    measure: Measure
    bound: Bound = Field(description="as printed")
    effective_bound: Bound = Field(description="as judged (rules 16 and 17)")
    target_value: Decimal | None = None
    target_upper: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    unit_code: Code | None = None
    base_value: Decimal | None = None
    base_reference_month: date | None = None
    compare_indicator_code: Code | None = None
    compare_measure: Measure | None = None
    compare_region_code: RegionCode | None = None
    rank_set_code: Code | None = None
    rank_limit: int | None = Field(None, ge=1, description="the last place that counts: 3 = the first three")
    rank_limit_share_pct: Decimal | None = Field(None, gt=0, le=100, description="or the share of the members: 33.3")
    milestone: str | None = Field(None, description="project sets: what a project must have reached (rule 19)")
    milestone_en: str | None = None
    goal_month: date | None = Field(
        None, description="month whose figure decides, as its first day; none = December of the plan year"
    )
    path: list[PathPoint] = Field([], description="what must be reached from which month on (rule 15)")
    target_class: Literal["expected", "binding", "task", "red_line"]
    commitment: Literal["plan", "ensure", "strive"] = "plan"
    relation: Literal["none", "restates", "conflicts", "amends"] = "none"
    related_target_id: str | None = None
    lead_bureau_code: Code
    sort_order: int
    is_headline: bool = False
    wording: str
    plan_section: str
    fact_id: str | None = Field(None, description="row of the plan's fact list it was read from")
    approved_on: date
    valid_from: date
    valid_to: date | None = None
    close_on: date = Field(description="the verdict is frozen at the end of this day (rule 13)")
    is_judged: bool
    judged_reason: str = Field(description="Chinese: why it is judged as it is, or why it is not")
    judged_reason_en: str
    is_simulated: bool = Field(False, description="made up for the demonstration, in no plan")
