"""One located table to readings: headers, rows and values brought together.

Belongs here: the walk over a table of regions, indicators or both. Does not belong here: long tables (``long.py``),
single cells (``cells.py``), cells outside every table (``leftovers.py``).
"""

from __future__ import annotations

from datetime import date

from ingest.grids import Cell
from ingest.interpret.book import Book
from ingest.interpret.cells import Context, read_cell, read_heading
from ingest.interpret.empty_lines import empty_lines
from ingest.interpret.headers import Column, RegionFinder, claim_headers, missing_columns, read_columns
from ingest.interpret.labels import captured, expected_label, matches
from ingest.interpret.locate import Place, cell_saying, header_parts
from ingest.interpret.long import read_long
from ingest.interpret.periods import ReportMonth, apply_reference, read_period
from ingest.interpret.result import TableReading
from ingest.interpret.rows import Row, nearest_labels, read_rows, use_label
from ingest.interpret.sets import check_sets, hold_incomplete, set_repeats_aside
from ingest.interpret.timing import base_period, column_period, period_fault, set_older_aside
from ingest.periods import Period
from ingest.spec import NOTHING, Meaning


def read_table(book: Book, place: Place, table_no: int, report: ReportMonth) -> TableReading:
    """Read one table into the book; a table whose period cannot be is kept as findings."""
    base, base_label = base_period(place, report)
    regions = RegionFinder(book.pack, place.spec, book.labels, base.month if base else None)
    place.month = base.month if base else None
    year = base.month.year if base else report.year
    _name_region(book, place, regions)
    columns = read_columns(place, book.labels, regions, year)
    for column in columns:
        column.period, column.period_label = column_period(place, column, base, base_label, report)
    _claim(book, place, columns)
    if place.spec.orientation == "long":
        rows: list[Row] = []
        month, fault = read_long(book, place, table_no, columns, regions, base, report)
    else:
        rows = read_rows(book, place, columns, regions, year)
        rows = set_repeats_aside(book, place, table_no, columns, rows)
        month, fault = period_fault(book, place, columns, rows, base, report)
    reading = TableReading(table_no, place.spec.name, place.grid.name, place.title, month)
    if fault is not None:
        _quarantine(book, place, table_no, fault, month, columns, rows)
        return reading
    if place.spec.orientation not in ("long", "periods_down"):
        set_older_aside(place, columns, month)
    _check_columns(book, place, table_no, columns)
    if not hold_incomplete(book, place, table_no, columns, rows):
        _read_body(book, place, table_no, rows)
        check_sets(book, place, table_no, columns, rows)
        _keep_empty_lines(book, place, table_no, columns, rows)
    return reading


def _claim(book: Book, place: Place, columns: list[Column]) -> None:
    """Mark the header and those texts above it that were used: title, unit, period."""
    for cell in claim_headers(place, columns):
        book.use(place.sheet, cell)
    for cell in place.title_cells:
        label = book.labels(cell.text)
        is_title = cell.text.strip() == place.title or matches(place.spec.find.title, label)
        if is_title or label.units or read_period(cell.text, 2000) is not None:
            book.use(place.sheet, cell)


def _name_region(book: Book, place: Place, regions: RegionFinder) -> None:
    """The region that a line above the table names (地区：河南省)."""
    for cell in place.title_cells:
        name = captured(place.spec.region_above, book.labels(cell.text))
        if name is not None:
            place.region_code, place.region_label = regions.code(name), name
            book.use(place.sheet, cell)


def _title_units(book: Book, place: Place) -> list[str]:
    return [unit for cell in place.title_cells for unit in book.labels(cell.text).units]


def _quarantine(
    book: Book, place: Place, table_no: int, rule: str, month: date | None, columns: list[Column], rows: list[Row]
) -> None:
    """Keep a table whose period cannot be as findings: one sentence, every value marked."""
    printed = next((c.period_label for c in columns if c.period_label and c.period and c.period.month == month), None)
    printed = printed or next((c.period_label for c in columns if c.period_label), place.title)
    book.fault(place.sheet, cell_saying(place, printed), rule, observed=printed, expected=book.expected_period)
    for row in rows:
        use_label(book, place, row)
        for _, value in row.values:
            book.doubt(place.sheet, value, table_no, rule, report=False)


def _check_columns(book: Book, place: Place, table_no: int, columns: list[Column]) -> None:
    known = [pattern for spec in place.spec.columns for pattern in spec.match]
    for column in columns:
        if not column.is_known:
            is_unclear = column.fault == "header_period_unclear"
            similar = "如 2025年9月" if is_unclear else expected_label(column.cell.text, known)
            book.doubt(place.sheet, column.cell, table_no, column.fault, observed=column.label, expected=similar)
    anchor = place.grid.cell(place.row, place.column)
    for spec in missing_columns(place.spec, columns):
        book.fault(place.sheet, anchor, "column_missing", observed=place.title, expected="、".join(spec.match))


def _read_body(book: Book, place: Place, table_no: int, rows: list[Row]) -> None:
    title_units = _title_units(book, place)
    for row in rows:
        if not row.is_known:
            _unknown_row(book, place, table_no, row)
            continue
        use_label(book, place, row)
        for column, value in row.values:
            if not book.is_claimed(place.sheet, value):
                _read_one(book, place, table_no, row, column, value, title_units)


def _keep_empty_lines(book: Book, place: Place, table_no: int, columns: list[Column], rows: list[Row]) -> None:
    """Keep the heading of each row and column without a figure, with what it says of the figures that are not there."""
    empty = empty_lines(columns, rows)
    if empty is None:
        return
    has_rows_of = place.spec.orientation in ("indicators_down", "regions_across")
    for row in empty.rows:
        heading = read_heading(book, row.cell, _context(book, place, table_no, row, empty.column, []), "empty_row")
        heading.measure = None
        if not has_rows_of:
            heading.indicator_code = None
        if place.spec.orientation == "regions_across":
            heading.region_code = None
    for column in empty.columns:
        context = _context(book, place, table_no, empty.row, column, [])
        heading = read_heading(book, column.cell, context, "empty_column")
        if has_rows_of:
            heading.indicator_code = None
        if place.spec.orientation == "regions_down":
            heading.region_code = None


def _unknown_row(book: Book, place: Place, table_no: int, row: Row) -> None:
    rule = "unknown_region" if place.spec.orientation == "regions_down" else "unknown_label"
    book.doubt(place.sheet, row.cell, table_no, rule, expected=nearest_labels(book, place, row.label))
    use_label(book, place, row)
    for _, value in row.values:
        book.doubt(place.sheet, value, table_no, rule, report=False)


def _read_one(
    book: Book, place: Place, table_no: int, row: Row, column: Column, value: Cell, title_units: list[str]
) -> None:
    reason = _ignored(book, place, row, column, value)
    if reason is not None:
        book.ignore(place.sheet, value, table_no, "blank" if value.is_blank else "spec", reason)
    elif not column.is_known:
        book.doubt(place.sheet, value, table_no, column.fault, report=False)
    elif column.spec is None or column.spec.role is None:
        read_cell(book, value, _context(book, place, table_no, row, column, title_units))
    else:
        book.use(place.sheet, value)  # 备注 and other words beside the values


def _ignored(book: Book, place: Place, row: Row, column: Column, value: Cell) -> str | None:
    if row.spec is not None and row.spec.ignore:
        return row.spec.ignore
    if column.spec is not None and column.spec.ignore:
        return column.spec.ignore
    for rule in place.spec.ignored:
        fits = (
            (not rule.match or matches(rule.match, book.labels(value.text)))
            and (not rule.sheet or matches(rule.sheet, book.labels(place.grid.name)))
            and (not rule.row or matches(rule.row, row.label))
            and (not rule.column or matches(rule.column, book.labels(column.label)))
        )
        if fits:
            return rule.reason
    return None


def _context(
    book: Book, place: Place, table_no: int, row: Row, column: Column, title_units: list[str]
) -> Context:  # fmt: skip
    meanings: list[Meaning] = [
        row.spec or NOTHING, column.spec or NOTHING, row.block or NOTHING, place.spec,
    ]  # fmt: skip
    period, label = _block_period(row, column)
    if row.spec is not None and row.spec.period == "label":
        period = row.period
    if row.spec is not None and row.spec.period not in (None, "report"):
        label = row.cell.text.strip()
    by_region = place.spec.orientation == "regions_down"
    return Context(
        table=place.spec, table_no=table_no, sheet=place.sheet, meanings=meanings, period=period, period_label=label,
        row_units=(*row.label.units, *_units_beside(row)), column_units=column.units,
        block_units=row.block_label.units if row.block_label else (), title_units=title_units,
        region_code=row.region_code or column.region_code or place.region_code,
        region_label=row.cell.text.strip() if by_region else column.region_label or place.region_label,
        indicator_label=_indicator_label(place, row, column),
        note=_note(book, place, row, column),
    )  # fmt: skip


def _block_period(row: Row, column: Column) -> tuple[Period | None, str | None]:
    """The column's period, unless the row's block prints one or says how far it lags."""
    if row.block is None or column.period is None:
        return column.period, column.period_label
    printed = read_period(row.block_label.text, column.period.month.year) if row.block_label else None
    if printed is not None:
        return printed, row.block_label.text.strip() if row.block_label else None
    if row.block.period is None:
        return column.period, column.period_label
    shifted = apply_reference(column.period, row.block.period)
    return shifted, row.block_label.text.strip() if row.block_label else None


def _units_beside(row: Row) -> list[str]:
    """The unit in a row's own unit column (计量单位)."""
    in_unit_columns = (v for c, v in row.values if c.spec is not None and c.spec.role == "unit")
    return [value.text.strip() for value in in_unit_columns if not value.is_blank]


def _indicator_label(place: Place, row: Row, column: Column) -> str | None:
    if place.spec.orientation == "regions_down":
        return place.title
    return column.label if place.spec.orientation == "periods_down" else row.cell.text.strip()


def _note(book: Book, place: Place, row: Row, column: Column) -> str | None:
    """Remarks in a column of their own, and what the footnote marks of the row's label and the header say."""
    notes = [v.text.strip() for c, v in row.values if c.spec is not None and c.spec.role == "note" and not v.is_blank]
    said = None
    if footnotes := book.footnotes(place.sheet):
        labels = (*row.label_cells, *header_parts(place, column.number))
        said = footnotes.words(mark for label in labels for mark in footnotes.marks_of(label.text))
    return "；".join([*notes, said] if said else notes) or None
