"""Which unit a value is printed in, out of all the places where a unit may stand.

Belongs here: the order of trust (value, row, column, block, title, spec) and contradictions. Does not belong here:
conversion (dbt) and the spelling of units (``ingest/catalog/units.yaml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.interpret.labels import UNIT_SEPARATOR

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
    found: str | None = None
    expected: str | None = None


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
        self, measure: str, canonical_code: str, beside: str | None, printed: Sequence[Sequence[str]],
        default: str | None, override: str | None,
    ) -> UnitChoice:  # fmt: skip
        """The unit of one value.

        Args:
            measure: What the value measures.
            canonical_code: The warehouse's unit of that indicator and measure: fixes the dimension.
            beside: The unit words that stand beside the number itself; they must fit, or the value has no unit.
            printed: Unit texts from the most to the least specific other place: row, column, block, title.
            default: The spec's unit where nothing is printed.
            override: The spec's unit although another is printed.
        """
        places = [[piece for text in place for piece in self.pieces(text)] for place in printed]
        if override:
            unit = self.unit(override)
            first = next((text for text in (beside, *(t for place in places for t in place)) if text), override)
            return UnitChoice(first, unit.unit_code if unit else None)
        canonical = self._by_code[canonical_code]
        fitting = [(text, unit) for place in places for text in place if (unit := self._as(canonical, text))]
        if beside and (own := self._as(canonical, beside)):
            fitting.insert(0, (beside, own))
        elif beside:
            return self._multiplied(canonical, beside, fitting)
        clash = self._clash(measure, canonical, places, bool(fitting))
        if clash:
            return _mismatch(clash, canonical)
        if len({unit.unit_code for _, unit in fitting}) > 1:
            return _two(fitting, canonical)
        if fitting:
            return UnitChoice(fitting[0][0], fitting[0][1].unit_code)
        return self._unprinted(measure, canonical, default)

    def pieces(self, text: str) -> list[str]:
        """The units of one text: a unit column may name several (亿元、%)."""
        found = [piece for piece in UNIT_SEPARATOR.split(text) if piece]
        return found if self.unit(text) is None and len(found) > 1 and all(map(self.unit, found)) else [text]

    def _as(self, canonical: Unit, text: str) -> Unit | None:
        """The unit of a text if it fits the dimension; 元 of a figure per head is 元/人, as every office prints it."""
        unit = self.unit(text)
        if unit is not None and canonical.dimension == "money_cny_per_person" and unit.dimension == "money_cny":
            unit = self._by_code.get(f"{unit.unit_code}_per_person")
        return unit if unit is not None and unit.dimension == canonical.dimension else None

    def _multiplied(self, canonical: Unit, beside: str, fitting: Sequence[tuple[str, Unit]]) -> UnitChoice:
        """Words beside a number that are no unit of it: 万 alone multiplies the unit printed elsewhere."""
        if len({unit.unit_code for _, unit in fitting}) > 1:
            return _two(fitting, canonical)
        whole = beside + fitting[0][0] if fitting and self.unit(beside) is None else beside
        unit = self._as(canonical, whole)
        return UnitChoice(whole, unit.unit_code) if unit else _mismatch(beside, canonical)

    def _clash(self, measure: str, canonical: Unit, places: Sequence[Sequence[str]], fits: bool) -> str | None:
        """A unit that cannot be the value's: one that nobody knows, or one of the wrong dimension.

        A label may carry the units of several columns (亿元、%), and a more specific place excuses a less specific.
        """
        ratio = is_ratio(measure)
        unknown = [[text for text in place if self.unit(text) is None] for place in places]
        strange = unknown[1:2] if ratio else unknown[:3] if fits else unknown
        if any(strange):
            return next(text for texts in strange for text in texts)
        for texts in places[:3]:
            units = [(text, unit) for text in texts if (unit := self.unit(text))]
            if any(self._as(canonical, text) for text, _ in units):
                return None
            for text, unit in units:
                if self._is_percent(unit) == ratio:
                    return text
        return None

    def _is_percent(self, unit: Unit) -> bool:
        return unit.unit_code in ("percent", "permille", "fraction", "pp", "index")

    def _unprinted(self, measure: str, canonical: Unit, default: str | None) -> UnitChoice:
        unit = self._as(canonical, default) if default else None
        if unit is not None:
            return UnitChoice(None, unit.unit_code)
        if is_ratio(measure):
            return UnitChoice(None, canonical.unit_code)
        return UnitChoice(None, None, "unit_missing", None, canonical.unit_name)


def _mismatch(text: str, canonical: Unit) -> UnitChoice:
    return UnitChoice(text, None, "unit_mismatch", text, canonical.unit_name)


def _two(fitting: Sequence[tuple[str, Unit]], canonical: Unit) -> UnitChoice:
    both = " / ".join(dict.fromkeys(text for text, _ in fitting))
    return UnitChoice(fitting[0][0], None, "two_units", both, canonical.unit_name)
