"""The columns of a table: what each header says, and which columns belong to the table at all.

Belongs here: joining header rows, regions in headers, columns that only seem to have a header. Does not belong here:
the values below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ingest.grids import Cell
from ingest.interpret.labels import Label, LabelReader, is_aside, matches
from ingest.interpret.locate import Place, header_parts, is_number
from ingest.interpret.periods import dated_past, header_period, is_impossible, read_period
from ingest.interpret.shown import header_text, is_date_like
from ingest.periods import Period, parse_period
from ingest.spec import ColumnSpec, TableSpec
from ingest.text import normalise

if TYPE_CHECKING:
    from ingest.pack import Pack

_KIND = re.compile(r"(?<=.)\(([省市区县旗])\)$")  # 北关(区)


@dataclass(slots=True)
class Column:
    """One column with its meaning; ``spec`` is None when only the table says what its values are."""

    number: int
    cell: Cell
    label: str
    spec: ColumnSpec | None
    period: Period | None
    period_label: str | None
    units: tuple[str, ...]
    region_code: str | None = None
    region_label: str | None = None
    is_known: bool = True
    fault: str = "unknown_column"  # what is wrong with one that is not known


class RegionFinder:
    """Region codes by label: the table's own labels first, then the pack's names and aliases."""

    def __init__(self, pack: Pack, table: TableSpec, labels: LabelReader, on: date | None) -> None:
        self._pack = pack
        self._own = {normalise(label): code for label, code in table.region_labels.items()}
        self._labels = labels
        self._on = on
        self._codes: dict[str, str | None] = {}

    def code(self, text: str) -> str | None:
        """The code of a label, also without its numbering (其中：市辖区); None when nobody is called so."""
        if text not in self._codes:
            self._codes[text] = self._find(text)
        return self._codes[text]

    def _find(self, text: str) -> str | None:
        label = self._labels(text)
        forms = [label.norm, *sorted(label.forms - {label.norm}, key=len, reverse=True)]
        for form in (*forms, *(bare for form in forms if (bare := _KIND.sub(r"\1", form)) != form)):
            found = self._own.get(form) or self._pack.region_by_label(form, self._on)
            if found:
                return found
        return None


def read_columns(place: Place, labels: LabelReader, regions: RegionFinder | None, year: int | None) -> list[Column]:
    """All columns of a table but the label column, left to right; columns without any header are left out."""
    columns: list[Column] = []
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    for number in range(place.left, place.right + 1):
        if number in place.label_columns:
            continue
        parts = [part for part in header_parts(place, number) if part.column >= place.left]
        if not parts or parts[-1].column in place.label_columns:
            continue
        if all(is_number(part) and not isinstance(parse_period(part.text, None), Period) for part in parts):
            continue  # a number above numbers is no heading: they are strays
        key = tuple((part.row, part.column) for part in parts)
        if key in seen:  # a second column under one merged header: the first with values owns it
            first = columns[seen[key]]
            if _has_values(place, first.number) or not _has_values(place, number):
                continue
            first.number = number
            continue
        seen[key] = len(columns)
        columns.append(_column(place, number, parts, labels, regions, year))
    return columns


def _has_values(place: Place, number: int) -> bool:
    rows = range(place.header_bottom + 1, place.body_end)
    return any((cell := place.grid.cell(row, number)) is not None and not cell.is_blank for row in rows)


def _column(
    place: Place, number: int, parts: list[Cell], labels: LabelReader, regions: RegionFinder | None, year: int | None
) -> Column:
    period, period_label = header_period(place, number, year)
    read = [labels(header_text(part)) for part in parts]
    column = Column(
        number, parts[-1], "".join(part.text.strip() for part in parts), None, period, period_label,
        next((label.units for label in reversed(read) if label.units), ()),
    )  # fmt: skip
    rest, spec = parts, place.spec
    may_name_regions = spec.orientation in ("regions_across", "periods_down") and spec.region is None
    if may_name_regions and regions is not None and place.region_code is None:
        rest = _take_region(column, parts, regions)
    column.spec = _spec_for(spec, [labels(header_text(part)) for part in rest], labels)
    declared = column.spec is not None
    if column.region_code is not None or spec.orientation == "regions_across":
        column.is_known = declared or (column.region_code is not None and (not rest or not spec.columns))
    else:
        # Without declared columns the headers are periods, or the table says what all of its values are.
        column.is_known = declared or (not spec.columns and (spec.measure is not None or period is not None))
    if column.period is None and (column.spec is None or column.spec.period is None):
        column.period = next((past for part in parts if (past := dated_past(header_text(part)))), None)
    if any(_is_no_month(part, year) for part in parts):
        _set_aside(column)
    return column


def _is_no_month(part: Cell, year: int | None) -> bool:
    """Whether a heading means a time that cannot be told, or that is none."""
    text = header_text(part)
    return read_period(text, year) is None and (is_date_like(part) or is_impossible(text, year))


def _set_aside(column: Column) -> None:
    """A header that means some month which cannot be told: the table's own month is not taken in its place."""
    if column.spec is None or (column.spec.ignore is None and column.spec.role is None):
        column.spec, column.is_known, column.fault = None, False, "header_period_unclear"


def _take_region(column: Column, parts: list[Cell], regions: RegionFinder) -> list[Cell]:
    for part in parts:
        code = regions.code(part.text)
        if code:
            column.region_code, column.region_label = code, part.text.strip()
            return [other for other in parts if other is not part]
    return parts


def _spec_for(table: TableSpec, parts: list[Label], labels: LabelReader) -> ColumnSpec | None:
    """The first declared column that fits: by the lowest text, the texts joined, or any text without a period."""
    if not parts:
        return None
    joined = labels("".join(part.text.strip() for part in parts))
    words = [part for part in parts if not is_aside(part)] or parts  # 绝对额 above 亿元 or above 1-9月
    for spec in table.columns:
        if spec.over and not any(matches(spec.over, upper) for upper in parts[:-1]):
            continue
        if any(matches(spec.match, label) for label in (parts[-1], joined)):
            return spec
    for spec in table.columns:
        if spec.over and any(matches(spec.over, upper) for upper in words[:-1]) and matches(spec.match, words[-1]):
            return spec
    for spec in table.columns:
        if not spec.over and any(matches(spec.match, label) for label in parts):
            return spec
    return None


def missing_columns(table: TableSpec, columns: list[Column]) -> list[ColumnSpec]:
    """Declared columns, not optional and not ignored, that no header of the table fits."""
    found = {id(column.spec) for column in columns}
    return [s for s in table.columns if not s.optional and s.ignore is None and id(s) not in found]


def claim_headers(place: Place, columns: list[Column]) -> list[Cell]:
    """Header cells of the label column and of the columns that were read."""
    cells: list[Cell] = []
    labelled = place.label_columns or (place.column,)
    for number in (*labelled, *(column.number for column in columns if column.is_known)):
        cells.extend(header_parts(place, number))
    return cells
