"""``composites.yaml`` of a pack: composite evaluations (综合考评), item by item, and what only they can get wrong.

Does not belong here: how many points a rank or an attainment earns (dbt).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from ingest.pack.models import Code, Measure, Record, RegionCode
from ingest.pack.problems import PackProblem, Wording

if TYPE_CHECKING:
    from ingest.pack.draft import Draft


class _Item(Record):
    """What every item has: its name and the points it can earn."""

    item_code: Code
    item_name: str
    item_name_en: str
    weight: Decimal = Field(gt=0, description="full points")


class RankItem(_Item):
    """Points by the place among the rank set: full points for the first, fewer for each further place."""

    indicator_code: Code
    measure: Measure
    points_per_place: Decimal | None = Field(
        None, gt=0, description="lost per place; none = weight / number of members"
    )


class AttainmentItem(_Item):
    """Points by the attainment of a target; only the target's own region can earn them."""

    target_id: str


class Composite(Record):
    """``composites.yaml``: one composite evaluation of the members of a rank set, or of one of them."""

    composite_code: Code
    composite_name: str
    composite_name_en: str
    plan_year: int
    rank_set_code: Code = Field(description="who is evaluated, and among whom ranks count")
    region_code: RegionCode | None = Field(None, description="only this member is evaluated")
    is_example: bool = Field(False, description="made up to show how it works: nobody decided it")
    source: str = Field(description="the document that decides it")
    by_rank: list[RankItem] = Field(default_factory=list)
    by_attainment: list[AttainmentItem] = Field(default_factory=list)


def check(draft: Draft) -> Iterator[PackProblem]:
    """Items that stand twice, and measures that an indicator does not have."""
    for item in draft.of("composites"):
        composite: Composite = item.record
        codes = [one.item_code for one in (*composite.by_rank, *composite.by_attainment)]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield draft.note(item, ("composite_code",), _twice(code))
        for number, one in enumerate(composite.by_rank):
            if not _has_measure(draft, one):
                yield draft.note(item, ("by_rank", number, "measure"), _no_measure(one))


def _has_measure(draft: Draft, item: RankItem) -> bool:
    """Whether the indicator has the measure; an unknown indicator is reported as such elsewhere."""
    known = {one.record.indicator_code: one.record.measures for one in draft.of("indicators")}
    measures = known.get(item.indicator_code)
    return measures is None or any(item.measure == each.measure and each.is_ranked for each in measures)


def _twice(code: str) -> Wording:
    return Wording(
        f"考评项“{code}”出现两次。", "每项的 item_code 各不相同。",
        f"Item '{code}' stands twice.", "Give each item its own item_code.",
    )  # fmt: skip


def _no_measure(item: RankItem) -> Wording:
    return Wording(
        f"指标“{item.indicator_code}”的口径“{item.measure}”没有位次。", "请改用参加排名的口径（is_ranked: true）。",
        f"Measure '{item.measure}' of '{item.indicator_code}' is not ranked.", "Name a measure with is_ranked: true.",
    )  # fmt: skip
