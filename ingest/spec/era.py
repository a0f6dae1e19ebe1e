"""Eras: from which report month to which a part of a spec holds, and the gaps and overlaps that are refused.

Belongs here: ranges of months. Does not belong here: which part of a spec has one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints, model_validator

from ingest.spec.vocabulary import SpecRecord

YearMonth = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")]


class Era(SpecRecord):
    """The months of reports for which a part of a spec holds; both ends are inclusive, an open end never ends."""

    from_: YearMonth | None = Field(None, alias="from", description="first month of a report (2019-01); none = ever")
    until: YearMonth | None = Field(None, description="last month of a report (2024-12); none = still")

    @model_validator(mode="after")
    def _says_something(self) -> Era:
        if self.from_ is None and self.until is None:
            raise ValueError("an era needs from or until")
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(f"the era ends ({self.until}) before it begins ({self.from_})")
        return self

    def holds(self, month: date) -> bool:
        """Whether a report of that month lies in the era."""
        text = month.strftime("%Y-%m")
        return (self.from_ or text) <= text <= (self.until or text)


class Dated(SpecRecord):
    """A part of a spec that may hold for one era of the report only."""

    era: Era | None = Field(None, description="months of the report for which this holds; none = all")

    def holds(self, month: date | None) -> bool:
        """Whether this part holds in a report of that month; a report without a month has all parts."""
        return self.era is None or month is None or self.era.holds(month)


D = TypeVar("D", bound=Dated)


def _next_month(text: str) -> str:
    year, month = int(text[:4]), int(text[5:])
    return f"{year + month // 12}-{month % 12 + 1:02d}"


def refuse_ambiguity(parts: Iterable[D], keys_of: Callable[[D], Iterable[Hashable]], name: str) -> None:
    """Refuse parts of one key whose eras overlap or leave months between them that no part reads."""
    by_key: dict[Hashable, list[D]] = {}
    for part in parts:
        for key in dict.fromkeys(keys_of(part)):
            by_key.setdefault(key, []).append(part)
    for key, same in by_key.items():
        if len(same) > 1 and any(part.era is not None for part in same):
            _check([part.era for part in same], f"{name} {key}")


def _check(eras: Sequence[Era | None], what: str) -> None:
    spans = sorted(((era.from_ or "", era.until or "9999-99") if era else ("", "9999-99")) for era in eras)
    for (_, until), (begin, _) in pairwise(spans):
        if begin <= until:
            raise ValueError(f"{what}: two eras overlap in {begin or '…'}; end one before the other begins")
        if begin != _next_month(until):
            raise ValueError(f"{what}: no era holds between {until} and {begin}; close the gap")
