"""Which measure the figures of a row and column are: the sum of what row, column, title and period say.

Belongs here: the order in which words count. Does not belong here: the words themselves (``words.py``), or codes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.pack.models import Measure
from ingest.periods import Period
from ingest.probe.catalogue import Catalogue, measure_of
from ingest.probe.draft import Head
from ingest.probe.words import Family, Span, Words

_KINDS: dict[str, Span] = {"ytd": "ytd", "year": "ytd", "month": "month", "quarter": "quarter", "eop": "eop"}
NOTHING = Words("", "")
_UNSAID = "没有写明是当月、累计还是期末 / whether of the month, since January or at its end is not said"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure is: a kind over a span; ``reason``: why it is not read, ``guess``: what was taken for granted."""

    family: Family = "level"
    span: Span = "ytd"
    reason: str | None = None
    guess: str | None = None
    is_percent: bool = False
    doubt: str | None = None
    """Why it is read only if the catalogue knows the indicator in one measure alone."""


def kind_of(row: Words, head: Head, title: Words, near: Span | None, around: Period | None) -> Kind:
    """Decide by row, column and title; ``near`` is the span of the column beside, ``around`` the table's period."""
    column = head.words
    for words in (row, column):
        if words.ignore:
            return Kind(reason=words.ignore)
    own = row.units if column.family in (None, "level") else ()
    units = own or column.units or row.units or title.units
    is_percent = replace(column, units=units).is_percent
    family = _family(row, column, title, is_percent, bool(units))
    if family is None:
        return Kind(reason="百分数没有说明是什么率 / a percentage that does not say of what")
    said = row.span or column.span
    above = _KINDS[head.period.kind] if head.period is not None else None
    if family == "growth" and said is None:
        said = above if above not in (None, "month") else (near or above)
    span = said or above or title.span
    guess = doubt = None
    if span is None:
        span = _KINDS[around.kind] if around is not None else "ytd"
        doubt = _UNSAID if family in ("level", "growth") and span in ("month", "eop") else None
        guess = "时间口径由报告期推定 / the span is taken from the report's period"
    if family in ("rate", "share") and not is_percent:
        guess = guess or "没有写单位，按百分数 / no unit is printed: taken as percent"
    if family == "index" and said == "quarter":
        span = "month"
    return Kind(family, span, None, guess, is_percent, doubt)


def _family(row: Words, column: Words, title: Words, is_percent: bool, has_unit: bool) -> Family | None:
    for family in ("rank", "growth", "change", "completion"):
        if family in (row.family, column.family):
            return family
    found = next((w.family for w in (row, column) if w.family not in (None, "level")), None)
    if found is None and "level" not in (row.family, column.family):
        found = title.family
    if found in ("rate", "share"):
        return found if is_percent or not has_unit else "level"
    if found in (None, "level") and is_percent:
        return "share" if row.topic.endswith("面") else "rate" if row.topic or column.topic else None
    return found or "level"


def measure_for(catalogue: Catalogue, code: str | None, kind: Kind) -> Measure | None:
    """The measure: what the catalogue declares for a known indicator, else what the words say."""
    if code is not None:
        guessed = kind.guess is not None
        declared = catalogue.fitting(
            code, kind.family, kind.span, kind.is_percent, is_guessed=guessed, is_doubtful=kind.doubt is not None
        )
        if declared is not None:
            return declared
    if kind.doubt is not None:
        return None
    if kind.family == "change" and kind.is_percent:
        return None
    if kind.family in ("share", "rate") and kind.span == "quarter":
        return None
    measure = measure_of(kind.family, kind.span)
    return measure or (measure_of("rate", kind.span) if kind.family == "share" else None)


def spans_beside(heads: list[Head], around: Period | None) -> dict[int, Span]:
    """For each column the span of the nearest column to the left that says one: 增速 beside 累计 is of 累计."""
    found: dict[int, Span] = {}
    near: Span | None = None
    for head in heads:
        own = head.words.span
        if own is None and head.period is not None and head.period.kind != "month":
            own = _KINDS[head.period.kind]
        if own is not None and head.words.family not in ("growth", "rank", "change"):
            near = own
        if near is not None:
            found[head.column] = near
    if near is None and around is not None and around.kind not in ("month", "eop"):
        found = dict.fromkeys((head.column for head in heads), _KINDS[around.kind])
    return found
