"""The words and patterns that every part of a spec uses.

A *pattern* is a text compared after normalisation (white space, full-width forms): equality, or a regular
expression searched for when it starts with ``~``. Wherever one pattern may stand, a list of spellings may stand.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

Orientation = Literal["regions_down", "indicators_down", "regions_across", "periods_down", "long"]
Role = Literal[
    "region", "indicator", "measure", "growth_basis", "period", "year", "month", "unit", "value",
    "rank", "rank_set", "is_break", "obs_status", "conf_status", "note", "source",
]  # fmt: skip
PeriodRef = Literal[
    "report",  # the period of the report
    "label",  # the period printed in this very label
    "same_period_last_year",  # 上年同期
    "previous_month",  # 上月数据: one month before the table's period
    "previous_year",  # 上年全年
    "previous_year_end",  # 上年末
]
PeriodPlace = Literal["title", "headers", "rows", "sheet_name", "page", "cell", "date", "file_name"]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _compiles(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        if pattern.startswith("~"):
            try:
                re.compile(pattern[1:])
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern!r} ({error})") from error
    return patterns


_ONE_OR_MANY = WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
Patterns = Annotated[tuple[str, ...], BeforeValidator(_as_tuple), AfterValidator(_compiles), _ONE_OR_MANY]


class SpecRecord(BaseModel):
    """Base of every part of a spec: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
