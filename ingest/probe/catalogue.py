"""Indicators, measures and rank sets: those the pack has, and those proposed so that a file can be read.

Belongs here: names of indicators, choosing a measure that the catalogue declares, entries to add, the pack extended
in memory. Does not belong here: what a label's words mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import get_args

from ingest.interpret.labels import LabelReader, nearest
from ingest.pack import Pack
from ingest.pack.labels import fold
from ingest.pack.models import Indicator, IndicatorMeasure, Measure, RankSet, RankSetMember, Region
from ingest.probe.regions import FIRST_DAY, OWN
from ingest.probe.words import Family, Span
from ingest.text import normalise

_MEASURES = set(get_args(Measure))
_UNITS = {"growth": "percent", "rate": "percent", "share": "percent", "completion": "percent", "index": "index"}
_SLUG = re.compile(r"[^a-z0-9]+")
UNSTATED = "unstated"
"""Code of the unit of amounts whose unit is printed nowhere (``ingest/catalog/units.yaml``)."""


def measure_of(family: Family, span: Span) -> Measure | None:
    """The measure of a kind of figure over a span; None where there is none."""
    name = {"change": "change_ytd", "completion": "completion_ytd"}.get(family, f"{family}_{span}")
    if family == "growth" and span == "quarter":
        name = "growth_ytd"
    return name if name in _MEASURES else None  # type: ignore[return-value]


@dataclass
class Catalogue:
    """The pack's indicators with what a file adds to them."""

    pack: Pack
    labels: LabelReader
    bureau: str
    names: dict[str, str] = field(default_factory=dict)  # name of a new indicator → its code
    measures: dict[str, dict[Measure, IndicatorMeasure]] = field(default_factory=dict)  # code → new measures
    rank_sets: dict[tuple[str, ...], RankSet] = field(default_factory=dict)

    def known(self, topic: str) -> Indicator | None:
        """The indicator of the pack that a topic names by itself."""
        label = self.labels(topic)
        for form in (topic, *sorted(label.forms, key=len, reverse=True)):
            found = self.pack.indicator_by_label(form)
            if found is not None:
                return found
        return None

    def is_family(self, one: Indicator, other: Indicator) -> bool:
        """Whether an indicator is another or lies below it."""
        above: Indicator | None = one
        while above is not None and above is not other:
            above = self.pack.indicator(above.parent_indicator_code) if above.parent_indicator_code else None
        return above is other

    def propose(self, name: str) -> str:
        """The code of a new indicator; the same name gives the same code."""
        if self.pack.indicator_by_label(name) is not None or self._is_ambiguous(name):
            name = f"{name}{OWN}"
        if name not in self.names:
            taken = {one.indicator_code for one in self.pack.indicators} | set(self.names.values())
            code = _SLUG.sub("_", name.casefold()).strip("_")[:40].strip("_") if name.isascii() else ""
            number = len(self.names) + 1
            while not code or not code[0].isalpha() or code in taken:
                code, number = f"ind_{number:03d}", number + 1
            self.names[name] = code
        return self.names[name]

    def _is_ambiguous(self, name: str) -> bool:
        """Whether the pack gives that name to several indicators, so that it names none of them."""
        wanted = fold(name)
        return any(wanted in {fold(n) for n in (i.indicator_name, *i.aliases)} for i in self.pack.indicators)

    def name_of(self, code: str) -> str:
        """The name of an indicator, the pack's or a new one."""
        known = self.pack.indicator(code)
        return known.indicator_name if known else next((n for n, c in self.names.items() if c == code), "")

    def declare(self, code: str, measure: Measure, unit: str | None, decimals: int) -> bool:
        """See to it that an indicator has a measure; whether it was proposed for this file."""
        known = self.pack.indicator(code)
        if known is not None and any(one.measure == measure for one in known.measures):
            return False
        family = measure.split("_")[0]
        wanted = _UNITS.get(family, unit or UNSTATED)
        own = self.measures.setdefault(code, {})
        decimals = max(decimals, own[measure].display_decimals if measure in own else 0)
        own[measure] = IndicatorMeasure(
            measure=measure, unit_code=own[measure].unit_code if measure in own else wanted, direction="none",
            frequency="monthly", display_decimals=min(decimals, 6), source_bureau_code=self.bureau,
            growth_basis="unstated" if family == "growth" else "none",
        )  # fmt: skip
        return True

    def fitting(
        self, code: str, family: Family, span: Span, is_percent: bool, *, is_guessed: bool, is_doubtful: bool
    ) -> Measure | None:
        """The measure of a known indicator that a figure can only be; None when the catalogue does not decide.

        A span that is printed (本月) is never given up for one that is declared (累计); one that is guessed is.
        """
        known = self.pack.indicator(code)
        if known is None:
            return None
        declared = {one.measure for one in known.measures}
        exact = measure_of(family, span)
        if exact in declared and not is_doubtful:
            return exact
        free = is_guessed or family == "change"
        declared = {m for m in declared if free or m.endswith(f"_{span}")}
        ratios = [m for m in declared if m.startswith(("rate_", "share_", "completion_"))]
        if is_percent and family not in ("growth", "index"):
            return ratios[0] if len(ratios) == 1 else None
        same = [m for m in declared if m.startswith(f"{family}_")]
        return same[0] if len(same) == 1 else None

    def rank_set(self, regions: tuple[str, ...], proposed: dict[str, Region]) -> str:
        """The code of the rank set whose members are these regions, a proposed one if the pack has none."""
        wanted = set(regions)
        for one in self.pack.rank_sets:
            members = {m.region_code for m in one.members if m.valid_to is None}
            if members == wanted:
                return one.rank_set_code
        key = tuple(sorted(regions))
        if key not in self.rank_sets:
            taken = {one.rank_set_code for one in self.pack.rank_sets}
            number = len(self.rank_sets) + 1
            while (code := f"rank_set_{number:03d}") in taken:
                number += 1
            starts = {r.region_code: r.valid_from for r in self.pack.regions if r.valid_to is None}
            starts |= dict.fromkeys((r.region_code for r in proposed.values()), FIRST_DAY)
            self.rank_sets[key] = RankSet(
                rank_set_code=code, rank_set_name=f"{len(key)} 个地区", rank_set_name_en=f"{len(key)} regions",
                sort_order=100 + number,
                members=[RankSetMember(region_code=one, valid_from=starts.get(one, FIRST_DAY)) for one in regions],
            )  # fmt: skip
        return self.rank_sets[key].rank_set_code

    def new_indicators(self) -> list[Indicator]:
        """Indicators to add, with the measures that the file prints."""
        return [
            Indicator(
                indicator_code=code, indicator_name=name, indicator_name_en=name if name.isascii() else code,
                lead_bureau_code=self.bureau, measures=list(self.measures[code].values()),
            )
            for name, code in self.names.items() if code in self.measures
        ]  # fmt: skip

    def extended(self, regions: list[Region]) -> Pack:
        """The pack with all that is proposed, in memory."""
        added = [
            one.model_copy(update={"measures": [*one.measures, *self.measures[one.indicator_code].values()]})
            if one.indicator_code in self.measures else one
            for one in self.pack.indicators
        ]  # fmt: skip
        return replace(
            self.pack, indicators=[*added, *self.new_indicators()], regions=[*self.pack.regions, *regions],
            rank_sets=[*self.pack.rank_sets, *self.rank_sets.values()], sources=[],
        )  # fmt: skip

    def similar(self, topic: str) -> list[str]:
        """Names of the pack that look like a topic."""
        return nearest(
            normalise(topic), [n for one in self.pack.indicators for n in (one.indicator_name, *one.aliases)]
        )
