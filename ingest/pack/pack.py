"""The pack as the rest of the line uses it: records, lookups, tables, and a digest of what it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.pack.alerts import AlertChannel
from ingest.pack.calendar import CalendarEntry, SpecialDay
from ingest.pack.composites import Composite
from ingest.pack.labels import Labels, RegionLabels, fold
from ingest.pack.models import (
    Bureau,
    Correction,
    Indicator,
    IndicatorMeasure,
    PackInfo,
    Parameter,
    PlanFinding,
    RankSet,
    Region,
    Unit,
    Waiver,
)
from ingest.pack.target import Target

if TYPE_CHECKING:
    import pyarrow as pa

    from ingest.spec import SourceSpec


@dataclass(frozen=True)
class Pack:
    """A valid pack; lists keep the order of the files."""

    root: Path
    digest: str
    info: PackInfo
    parameters: list[Parameter]
    units: list[Unit]
    regions: list[Region]
    rank_sets: list[RankSet]
    bureaus: list[Bureau]
    indicators: list[Indicator]
    targets: list[Target]
    calendar: list[CalendarEntry]
    working_days: list[SpecialDay]
    plan_findings: list[PlanFinding]
    corrections: list[Correction]
    waivers: list[Waiver]
    composites: list[Composite]
    alerts: list[AlertChannel]
    sources: list[SourceSpec]
    documents: list[Path]

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code."""
        return self._indicators.get(code)

    def measure(self, indicator_code: str, measure: str) -> IndicatorMeasure | None:
        """How one measure of an indicator is counted."""
        indicator = self.indicator(indicator_code)
        return next((one for one in indicator.measures if one.measure == measure), None) if indicator else None

    def bureau(self, code: str) -> Bureau | None:
        """The bureau with this code."""
        return self._bureaus.get(code)

    def unit(self, code: str) -> Unit | None:
        """The unit with this code."""
        return self._units.get(code)

    def indicators_of(self, stem: str) -> list[str]:
        """The indicators that the layouts of a stem name; a label that the catalogue resolves is not among them."""
        specs = [spec for spec in self.sources if spec.stem == stem]
        return list(dict.fromkeys(code for spec in specs for table in spec.tables for code in table.indicator_codes()))

    def source(self, stem: str) -> SourceSpec | None:
        """The first source spec of a stem."""
        return next((spec for spec in self.sources if spec.stem == stem), None)

    def region_by_label(self, text: str, on: date | None = None) -> str | None:
        """The code of the region that a printed label names on a day; None when none or more than one."""
        return self._region_labels.code(text, on)

    def unit_by_label(self, text: str) -> Unit | None:
        """The unit that a printed text names: 万元, （万元）, 单位：万元."""
        bare = fold(text)
        if bare.startswith("(") and bare.endswith(")"):
            bare = bare[1:-1]
        return self._unit_labels.get(bare.removeprefix("单位").removeprefix(":"))

    def indicator_by_label(self, text: str) -> Indicator | None:
        """The indicator that a printed label names by itself, without the table around it."""
        return self._indicator_labels.get(text)

    def bureau_by_label(self, text: str) -> Bureau | None:
        """The bureau that a printed name means."""
        return self._bureau_labels.get(text)

    def tables(self) -> dict[str, pa.Table]:
        """The ``raw.pack_*`` tables by name."""
        from ingest.pack.tables import tables_of

        return tables_of(self)

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {one.indicator_code: one for one in self.indicators}

    @cached_property
    def _bureaus(self) -> dict[str, Bureau]:
        return {one.bureau_code: one for one in self.bureaus}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {one.unit_code: one for one in self.units}

    @cached_property
    def _region_labels(self) -> RegionLabels:
        return RegionLabels(self.regions)

    @cached_property
    def _unit_labels(self) -> Labels[Unit]:
        return Labels((t, u) for u in self.units for t in (u.unit_code, u.unit_name, u.unit_name_en, *u.aliases))

    @cached_property
    def _indicator_labels(self) -> Labels[Indicator]:
        return Labels(
            (text, one)
            for one in self.indicators
            for text in (one.indicator_code, one.indicator_name, one.indicator_name_en, *one.aliases)
        )

    @cached_property
    def _bureau_labels(self) -> Labels[Bureau]:
        return Labels(
            (text, one)
            for one in self.bureaus
            for text in (one.bureau_code, one.bureau_name, one.bureau_name_en, *one.aliases)
        )
