"""Long tables: one figure a row, its region, indicator, measure and period in columns of their own.

Belongs here: columns with roles. Does not belong here: tables whose labels are headers (``tables.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.grids import Cell
from ingest.interpret.book import Book
from ingest.interpret.cells import Context, read_cell
from ingest.interpret.headers import Column, RegionFinder
from ingest.interpret.labels import expected_label, matches
from ingest.interpret.locate import Place, is_empty
from ingest.interpret.periods import ReportMonth, read_period
from ingest.interpret.shown import month_text
from ingest.interpret.timing import month_fault
from ingest.periods import Period
from ingest.spec import NOTHING, ColumnSpec, RowSpec
from ingest.text import normalise

_TIMES = {"period", "year"}
_YES = {"是", "1", "true", "y", "yes", "b", "√"}


@dataclass(slots=True)
class _Line:
    number: int
    roles: dict[str, tuple[ColumnSpec, Cell]]
    values: list[tuple[Column, Cell]]
    period: Period | None
    period_label: str | None

    def text(self, role: str) -> str | None:
        """What the row prints in a role's column, put through the column's word list."""
        if role not in self.roles:
            return None
        spec, cell = self.roles[role]
        printed = month_text(cell).strip()
        if not spec.values:
            return printed or None
        words = {normalise(word): code for word, code in spec.values.items()}
        return words.get(normalise(printed), printed) or None

    def printed_period(self) -> str | None:
        """The period that the row prints, in one column or with year and month in two."""
        printed, year, month = self.text("period"), self.text("year"), self.text("month")
        if printed is not None or year is None:
            return printed
        return f"{year.removesuffix('年')}年" + (f"{month.removesuffix('月')}月" if month is not None else "")


def read_long(
    book: Book, place: Place, table_no: int, columns: list[Column], regions: RegionFinder, base: Period | None,
    report: ReportMonth,
) -> tuple[date | None, str | None]:  # fmt: skip
    """Read a long table; gives the latest month in it and the rule that this month breaks."""
    periods = _Periods(base)
    rows = range(place.header_bottom + 1, place.body_end)
    lines = [line for n in rows if (line := _line(place, n, columns, periods))]
    months = [line.period.month for line in lines if line.period is not None]
    if not months:
        return None, "period_unresolved"
    units = [unit for cell in place.title_cells for unit in book.labels(cell.text).units]
    month = max(months)
    fault = month_fault(book, month, place.spec.lag_months or 0, report)
    for line in lines:
        for _, cell in line.roles.values():
            book.use(place.sheet, cell)
        if fault is None:
            _read_line(book, place, table_no, line, regions, units)
        else:
            for _, cell in line.values:
                book.doubt(place.sheet, cell, table_no, fault, report=False)
    return month, fault


class _Periods:
    """The periods that the rows of one table print, each read once; ``base`` where a row prints none."""

    def __init__(self, base: Period | None) -> None:
        self.base = base
        self._known: dict[str, Period | None] = {}

    def read(self, text: str) -> Period | None:
        if text not in self._known:
            self._known[text] = read_period(text, self.base.month.year if self.base else None)
        return self._known[text]


def _line(place: Place, number: int, columns: list[Column], periods: _Periods) -> _Line | None:
    if is_empty(place.grid, number):
        return None
    line = _Line(number, {}, [], periods.base, periods.base.label if periods.base else None)
    for column in columns:
        spec = column.spec
        if spec is None:
            continue
        own = place.grid.cell(number, column.number)
        cell = own or place.grid.filled(number, column.number)
        if cell is None or cell.is_blank:
            continue
        if spec.role is None or spec.role in ("value", "rank"):
            if own is not None:
                line.values.append((column, own))
        else:
            line.roles[spec.role] = (spec, cell)
    printed = line.printed_period()
    if printed is not None:
        line.period, line.period_label = periods.read(printed), printed
    # Labels without a figure beside them are a row that has none, not strays.
    return line if line.values or len(line.roles) > 1 else None


def period_texts(place: Place, columns: list[Column]) -> Iterator[str]:
    """The periods that the rows of a table print, as printed, top to bottom."""
    timed = [
        column for column in columns if column.spec is not None and column.spec.role in ("period", "year", "month")
    ]
    for number in range(place.header_bottom + 1, place.body_end):
        cells = ((column.spec, place.grid.filled(number, column.number)) for column in timed)
        roles = {
            str(spec.role): (spec, cell) for spec, cell in cells if spec and cell is not None and not cell.is_blank
        }
        printed = _Line(number, roles, [], None, None).printed_period()
        if printed is not None:
            yield printed


def _read_line(
    book: Book, place: Place, table_no: int, line: _Line, regions: RegionFinder, units: list[str]
) -> None:  # fmt: skip
    region_label, indicator_label = line.text("region"), line.text("indicator")
    region = regions.code(region_label) if region_label else None
    row = _row_spec(place, book, indicator_label)
    indicator = row.indicator if row else _indicator(book, indicator_label)
    for label, found, role, rule in (
        (region_label, region, "region", "unknown_region"),
        (indicator_label, indicator or row, "indicator", "unknown_label"),
    ):
        if label and not found:
            _unknown(book, place, table_no, line, role, rule)
            return
    for column, cell in line.values:
        spec = column.spec or ColumnSpec(match=())
        ignore = spec.ignore or (row.ignore if row else None)
        if ignore:
            book.ignore(place.sheet, cell, table_no, "spec", ignore)
            continue
        context = _context(place, table_no, line, column, row)
        context.title_units = units
        context.region_code, context.region_label = region, region_label
        context.indicator_code, context.indicator_label = indicator, indicator_label
        context.is_rank = spec.role == "rank"
        if context.measure is not None and not _is_measure(context.measure):
            book.doubt(place.sheet, cell, table_no, "unknown_measure", observed=context.measure)
        else:
            read_cell(book, cell, context)


def _context(place: Place, table_no: int, line: _Line, column: Column, row: RowSpec | None) -> Context:
    spec = column.spec or NOTHING
    unit, printed = line.text("unit"), line.roles.get("unit")
    printed_break = normalise(line.text("is_break") or "").casefold()
    period, label = line.period, line.period_label
    if column.period is not None and _TIMES.isdisjoint(line.roles):
        period, label = column.period, column.period_label
    return Context(
        table=place.spec, table_no=table_no, sheet=place.sheet,
        meanings=[row or NOTHING, spec, NOTHING, place.spec], period=period, period_label=label,
        row_units=[unit] if unit else (), column_units=column.units,
        measure=line.text("measure"), growth_basis=line.text("growth_basis"), rank_set=line.text("rank_set"),
        is_break=printed_break in _YES, obs_status=line.text("obs_status"), conf_status=line.text("conf_status"),
        note=line.text("note"), unit_printed=printed[1].text.strip() if printed else None,
    )  # fmt: skip


def _is_measure(text: str) -> bool:
    from typing import get_args

    from ingest.pack.models import Measure

    return text in get_args(Measure)


def _row_spec(place: Place, book: Book, label: str | None) -> RowSpec | None:
    if label is None:
        return None
    return next((spec for spec in place.spec.rows if matches(spec.match, book.labels(label))), None)


def _indicator(book: Book, label: str | None) -> str | None:
    if label is None:
        return None
    for form in (label, *sorted(book.labels(label).forms, key=len, reverse=True)):
        found = book.pack.indicator_by_label(form)
        if found is not None:
            return found.indicator_code
    return None


def _unknown(book: Book, place: Place, table_no: int, line: _Line, role: str, rule: str) -> None:
    cell = line.roles[role][1]
    if role == "region":
        known = [name for region in book.pack.regions for name in (region.region_name, *region.aliases)]
    else:
        known = [one.indicator_name for one in book.pack.indicators] + [p for s in place.spec.rows for p in s.match]
    similar = expected_label(cell.text.strip(), known)
    book.doubt(place.sheet, cell, table_no, rule, expected=similar)
    for _, value in line.values:
        book.doubt(place.sheet, value, table_no, rule, report=False)
