"""Which region, unit, indicator or bureau a printed label names.

Belongs here: the forms a name takes in print and the lookup by them. Does not belong here: labels that mean something
in one table only (source specs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from ingest.pack.models import Region
from ingest.text import normalise

T = TypeVar("T")

_AUTONOMOUS = re.compile(r"(?P<base>.{2,}?)(?:[\u4e00-\u9fff]{1,5}?族)*自治(?P<kind>[区州县旗])")
_SUFFIXED = re.compile(r"(?P<base>.{2,})[省市区县州旗盟]")


def fold(label: str) -> str:
    """The form in which names are compared: normalised, letters without case."""
    return normalise(label).casefold()


class Labels(Generic[T]):
    """Records by any of their labels; a label of two different records names neither."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """Index the records."""
        self._found: dict[str, T | None] = {}
        for label, record in entries:
            key = fold(label)
            known = self._found.get(key, record)
            self._found[key] = record if known is record else None

    def get(self, text: str) -> T | None:
        """The one record with this label."""
        return self._found.get(fold(text))


def given_labels(region: Region) -> list[str]:
    """The labels that the pack gives a region."""
    return [region.region_code, region.region_name, region.region_name_en, *region.aliases]


def short_labels(region: Region) -> set[str]:
    """The shorter forms of a region's Chinese name: 北关 for 北关区, 城步县 and 城步 for 城步苗族自治县."""
    name = normalise(region.region_name)
    autonomous = _AUTONOMOUS.fullmatch(name)
    if autonomous is not None:
        return {autonomous["base"], autonomous["base"] + autonomous["kind"]}
    suffixed = _SUFFIXED.fullmatch(name)
    return {suffixed["base"]} if suffixed is not None else set()


class RegionLabels:
    """Regions by printed label at a date: given labels first, then short forms, then a leading parent's name."""

    def __init__(self, regions: Sequence[Region]) -> None:
        """Index the regions."""
        self._regions = regions
        self._given: dict[str, list[Region]] = {}
        self._short: dict[str, list[Region]] = {}
        for region in regions:
            for label in {fold(one) for one in given_labels(region)}:
                self._given.setdefault(label, []).append(region)
            for label in {fold(one) for one in short_labels(region)}:
                self._short.setdefault(label, []).append(region)
        parents = {region.parent_code for region in regions}
        labels = {(label, r.region_code) for by in (self._given, self._short) for label, rs in by.items() for r in rs}
        self._prefixes = sorted((pair for pair in labels if pair[1] in parents), key=lambda p: (-len(p[0]), p))
        self._parents: dict[str, set[str]] = {}
        for region in regions:
            if region.parent_code:
                self._parents.setdefault(region.region_code, set()).add(region.parent_code)

    def code(self, text: str, on: date | None) -> str | None:
        """The code that a label names on a day; without a day, the only one ever or the only one now."""
        return self._code(fold(text), on, None)

    def _code(self, label: str, on: date | None, within: str | None) -> str | None:
        for index in (self._given, self._short):
            codes = self._choose(index.get(label, []), on, within)
            if codes:
                return codes.pop() if len(codes) == 1 else None
        for prefix, ancestor in self._prefixes:
            if (
                label.startswith(prefix)
                and len(label) > len(prefix)
                and (within is None or self._is_in(ancestor, within))
            ):
                code = self._code(label.removeprefix(prefix), on, ancestor)
                if code is not None:
                    return code
        return None

    def _choose(self, found: list[Region], on: date | None, within: str | None) -> set[str]:
        inside = [r for r in found if within is None or self._is_in(r.region_code, within)]
        if on is not None:
            return {r.region_code for r in inside if r.valid_from <= on and (r.valid_to is None or on <= r.valid_to)}
        ever = {r.region_code for r in inside}
        now = {r.region_code for r in inside if r.valid_to is None}
        return now if len(ever) > 1 and now else ever

    def _is_in(self, code: str, ancestor: str) -> bool:
        above = self._parents.get(code, set())
        return ancestor in above or any(self._is_in(parent, ancestor) for parent in above if parent != code)
