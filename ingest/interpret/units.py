"""Which unit a value is printed in, out of all the places where a unit may stand.

Belongs here: the order of trust (value, row, column, block, title, spec) and contradictions. Does not belong here:
conversion (dbt) and the spelling of units (``ingest/catalog/units.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import Unit

_RATIOS = ("growth_", "rate_", "share_", "index_", "completion_")


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """The unit of a value as printed and as a code, or the rule it breaks."""

    printed: str | None
    unit_code: str | None
    problem: str | None = None
    detail: str = ""


def is_ratio(measure: str) -> bool:
    """Measures that are not amounts: a money unit in the row label says nothing about them."""
    return measure.startswith(_RATIOS)


class UnitChooser:
    """Chooses units with the spellings and dimensions of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._by_code = {unit.unit_code: unit for unit in pack.units}
        self._by_text: dict[str, Unit | None] = {}

    def unit(self, text: str) -> Unit | None:
        """The unit of a spelling or of a code."""
        if text not in self._by_text:
            self._by_text[text] = self._by_code.get(text) or self._pack.unit_by_label(text)
        return self._by_text[text]

    def choose(
        self, measure: str, canonical_code: str, printed: Sequence[Sequence[str]], default: str | None,
        override: str | None,
    ) -> UnitChoice:  # fmt: skip
        """The unit of one value.

        Args:
            measure: What the value measures.
            canonical_code: The warehouse's unit of that indicator and measure: fixes the dimension.
            printed: Unit texts from the most to the least specific place: value, row, column, block, title.
            default: The spec's unit where nothing is printed.
            override: The spec's unit although another is printed.
        """
        texts = [text for place in printed for text in place]
        if override:
            unit = self.unit(override)
            return UnitChoice(texts[0] if texts else override, unit.unit_code if unit else None)
        canonical = self._by_code[canonical_code]
        fitting = [(text, unit) for text in texts if (unit := self._as(canonical, text)) is not None]
        clash = self._clash(measure, canonical, printed)
        if clash:
            return UnitChoice(clash, None, "unit_mismatch", f"{clash} ≠ {canonical.unit_name}")
        if len({unit.unit_code for _, unit in fitting}) > 1:
            both = " / ".join(dict.fromkeys(text for text, _ in fitting))
            return UnitChoice(fitting[0][0], None, "two_units", both)
        if fitting:
            return UnitChoice(fitting[0][0], fitting[0][1].unit_code)
        return self._unprinted(measure, canonical, default)

    def _as(self, canonical: Unit, text: str) -> Unit | None:
        """The unit of a text if it fits the dimension; 元 of a figure per head is 元/人, as every office prints it."""
        unit = self.unit(text)
        if unit is not None and canonical.dimension == "money_cny_per_person" and unit.dimension == "money_cny":
            unit = self._by_code.get(f"{unit.unit_code}_per_person")
        return unit if unit is not None and unit.dimension == canonical.dimension else None

    def _clash(self, measure: str, canonical: Unit, printed: Sequence[Sequence[str]]) -> str | None:
        """A unit of the wrong dimension in the value, row or column, unless a more specific place says it right."""
        for texts in printed[:3]:
            units = [(text, self.unit(text)) for text in texts]
            if any(self._as(canonical, text) for text in texts):
                return None
            for text, unit in units:
                if unit is None or self._is_percent(unit) == is_ratio(measure):
                    return text
        return None

    def _is_percent(self, unit: Unit) -> bool:
        return unit.unit_code in ("percent", "pp", "index", "permille")

    def _unprinted(self, measure: str, canonical: Unit, default: str | None) -> UnitChoice:
        unit = self._as(canonical, default) if default else None
        if unit is not None:
            return UnitChoice(None, unit.unit_code)
        if is_ratio(measure):
            return UnitChoice(None, canonical.unit_code)
        return UnitChoice(None, None, "unit_missing", canonical.unit_name)
