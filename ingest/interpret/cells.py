"""One value cell: number, unit, period and codes put together, or the fault that prevents it.

Belongs here: the sum of what row, column, block and table say about one cell. Does not belong here: walking a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.grids import Cell
from ingest.interpret.book import Book
from ingest.interpret.periods import apply_reference, month_end, span
from ingest.interpret.result import CellReading
from ingest.numbers import SOFT_HYPHEN, UNCHANGED, ParsedNumber, parse_number
from ingest.periods import Period
from ingest.spec import Meaning, Override, RowSpec, TableSpec
from ingest.text import normalise

_RISE = re.compile(r"^(?:同比)?(?:增长|上升|提高|增加|上涨)")
_FALL = re.compile(r"^(?:同比)?(?:下降|降低|减少|下跌|回落)")
_GROWTH = "growth_"
_CHANGES = ("growth_", "change_")  # what words of direction and 持平 can be said of
_ERROR = re.compile(r"#(?:REF|N/A|DIV/0|VALUE|NAME|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|BUSY)[!?]?$", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?|\d{1,2}:\d\d:\d\d(?:\.\d+)?")


@dataclass(slots=True)
class Context:
    """What stands around a value cell."""

    table: TableSpec
    table_no: int
    sheet: int
    meanings: Sequence[Meaning]  # from the most to the least specific: row, column, block, table
    period: Period | None = None
    period_label: str | None = None
    row_units: Sequence[str] = ()
    column_units: Sequence[str] = ()
    block_units: Sequence[str] = ()
    title_units: Sequence[str] = ()
    region_code: str | None = None
    region_label: str | None = None
    indicator_code: str | None = None
    indicator_label: str | None = None
    measure: str | None = None
    growth_basis: str | None = None
    rank_set: str | None = None
    is_rank: bool = False
    is_break: bool = False
    obs_status: str | None = None
    conf_status: str | None = None
    note: str | None = None
    unit_printed: str | None = None  # as it stands in a unit column whose words the spec translates


def _said(context: Context, name: str) -> str | None:
    for meaning in context.meanings:
        value: str | None = getattr(meaning, name)
        if value is not None:
            return value
    return None


def _override(context: Context, measure: str | None) -> Override | None:
    for meaning in context.meanings:
        if isinstance(meaning, RowSpec) and measure in meaning.as_:
            return meaning.as_[measure]  # type: ignore[index]
    return None


def read_cell(book: Book, cell: Cell, context: Context) -> None:
    """Give one value cell its fate."""
    if cell.is_blank:
        book.ignore(context.sheet, cell, context.table_no, "blank")
        return
    rank_of = None if context.measure else _said(context, "rank_of")
    measure = context.measure or rank_of or _said(context, "measure")
    override = _override(context, measure)
    if override is not None and override.ignore:
        book.ignore(context.sheet, cell, context.table_no, "spec", override.ignore)
        return
    if override is not None and override.measure:
        measure = override.measure
    reading = _identified(book, cell, context, measure, override)
    if rank_of or context.is_rank:
        _read_rank(book, cell, context, reading)
    else:
        _read_value(book, cell, context, reading, override)


def read_heading(book: Book, cell: Cell, context: Context, rule: str) -> CellReading:
    """Keep a heading without figures as a cell that is not read, with the meaning that its figures would have."""
    reading = _identified(book, cell, context, _said(context, "measure"), None)
    reading.disposition, reading.rule = "ignored", rule
    reading.is_break, reading.table_precedence = False, None
    book.put(context.sheet, cell, reading)
    return reading


def _identified(
    book: Book, cell: Cell, context: Context, measure: str | None, override: Override | None
) -> CellReading:
    """The reading with everything but its number and unit."""
    reading = book.reading(context.sheet, cell, context.table_no)
    reading.region_code = context.region_code or _said(context, "region")
    reading.region_label = context.region_label
    reading.indicator_code = context.indicator_code or _said(context, "indicator")
    reading.indicator_label = context.indicator_label
    reading.measure = measure
    reading.table_precedence = context.table.precedence
    reading.is_break, reading.note = context.is_break, context.note
    reading.conf_status = context.conf_status or _said(context, "conf_status") or book.spec.conf_status
    reading.growth_basis = _growth_basis(book, context, reading, override)
    if context.period is not None and measure is not None:
        period = context.period
        for meaning in context.meanings[1::-1]:  # the column's reference, then the row's
            period = apply_reference(period, meaning.period)
        reading.period_start, reading.reference_month = span(period, measure)
        reading.period_label = context.period_label or period.label
    return reading


def _growth_basis(book: Book, context: Context, reading: CellReading, override: Override | None) -> str:
    if not (reading.measure or "").startswith(_GROWTH):
        return "none"
    said = context.growth_basis or (override.growth_basis if override else None) or _said(context, "growth_basis")
    if said:
        return said
    declared = book.measures.get((reading.indicator_code or "", reading.measure or ""))
    return declared.growth_basis if declared and declared.growth_basis != "none" else "unstated"


def _fault(
    book: Book, cell: Cell, context: Context, reading: CellReading, rule: str,
    observed: str | None = None, expected: str | None = None,
) -> None:  # fmt: skip
    book.put(context.sheet, cell, reading)
    book.doubt(context.sheet, cell, context.table_no, rule, observed=observed, expected=expected)


def _is_placed(book: Book, cell: Cell, context: Context, reading: CellReading) -> bool:
    """Whether the cell has a key: region, indicator, measure, period, all known."""
    if reading.region_code is None or reading.indicator_code is None or reading.measure is None:
        missing = [n for n in ("region_code", "indicator_code", "measure") if getattr(reading, n) is None]
        _fault(book, cell, context, reading, "incomplete_meaning", expected=", ".join(missing))
    elif reading.reference_month is None:
        _fault(book, cell, context, reading, "period_unresolved")
    elif month_end(reading.reference_month) > book.today:
        _fault(book, cell, context, reading, "period_in_future", expected=f"≤ {book.today}")
    else:
        return True
    return False


def _read_rank(book: Book, cell: Cell, context: Context, reading: CellReading) -> None:
    reading.disposition = "published_rank"
    reading.rank_set_code = context.rank_set or _said(context, "rank_set")
    if not _is_placed(book, cell, context, reading):
        return
    if reading.rank_set_code is None:
        _fault(book, cell, context, reading, "incomplete_meaning", expected="rank_set")
        return
    parsed = parse_number(_without_footnotes(book, cell, context, reading).text, book.spec.marks)
    if parsed.problem is None and parsed.value is None:
        reading.disposition, reading.rule, reading.note = "ignored", "missing_mark", parsed.obs_status
        book.put(context.sheet, cell, reading)
        return
    if parsed.value is None or parsed.value < 1 or parsed.value != int(parsed.value) or parsed.qualifier != "=":
        rule = number_rule(cell) if parsed.value is None else "rank_not_integer"
        _fault(book, cell, context, reading, "rank_not_integer" if rule == "text_in_number" else rule,
               expected="从 1 起的整数")  # fmt: skip
        return
    reading.value_number, reading.value_qualifier, reading.value_decimals = parsed.value, "=", 0
    reading.obs_status = "A"
    book.put(context.sheet, cell, reading)


def parse_printed(cell: Cell, marks: dict[str, str], direction_words: bool) -> ParsedNumber:
    """The number of a cell; decimals of a stored number come from its format."""
    if cell.number is not None:
        parsed = parse_number(cell.number, marks)
        unit = "%" if cell.text.endswith("%") else None
        return replace(parsed, decimals=cell.decimals, unit_text=unit)
    plain = normalise(cell.text)
    direction_words = direction_words and SOFT_HYPHEN not in cell.text
    if direction_words and _FALL.match(plain):
        parsed = parse_number("-" + _FALL.sub("", plain), marks)
        # 下降3%以上 is at most -3: the qualifier turns round, so nothing but the plain number is certain.
        return parsed if parsed.qualifier == "=" else replace(parsed, value=None, problem="", problem_en="")
    return parse_number(_RISE.sub("", plain) if direction_words and _RISE.match(plain) else cell.text, marks)


def number_rule(cell: Cell) -> str:
    """The rule that a cell breaks which holds no number."""
    text = normalise(cell.text)
    if _ERROR.match(text):
        return "error_value"
    return "date_in_number" if _DATE.fullmatch(cell.text.strip()) else "text_in_number"


def _not_a_number(book: Book, cell: Cell, context: Context, reading: CellReading) -> None:
    marks = "、".join(mark for mark in book.spec.marks if mark.strip())
    expected = f"一个数，或缺报符号 {marks}" if marks else "一个数"
    _fault(book, cell, context, reading, number_rule(cell), expected=expected)


def _read_value(book: Book, cell: Cell, context: Context, reading: CellReading, override: Override | None) -> None:
    if not _is_placed(book, cell, context, reading):
        return
    moves = (reading.measure or "").startswith(_CHANGES)
    words = moves and any(meaning.direction_words for meaning in context.meanings)
    parsed = parse_printed(_without_footnotes(book, cell, context, reading), book.spec.marks, words)
    if parsed.problem is not None or (not moves and normalise(cell.text) in UNCHANGED):
        _not_a_number(book, cell, context, reading)
        return
    if parsed.value is None and parsed.obs_status is None:
        reading.disposition, reading.rule = "ignored", "missing_mark"
        book.put(context.sheet, cell, reading)
        return
    reading.value_number, reading.value_qualifier = parsed.value, parsed.qualifier
    reading.value_decimals = parsed.decimals
    reading.obs_status = context.obs_status or _said(context, "obs_status") or parsed.obs_status
    if _set_unit(book, cell, context, reading, override, parsed.unit_text):
        book.put(context.sheet, cell, reading)


def _without_footnotes(book: Book, cell: Cell, context: Context, reading: CellReading) -> Cell:
    """The cell without the footnote marks beside its number; what they say becomes the reading's note."""
    footnotes = book.footnotes(context.sheet)
    if cell.number is not None or not footnotes or normalise(cell.text) in map(normalise, book.spec.marks):
        return cell
    text, marks = footnotes.off(cell.text)
    if not marks:
        return cell
    reading.note = "；".join(filter(None, (reading.note, footnotes.words(marks))))
    return replace(cell, text=text)


def _set_unit(
    book: Book, cell: Cell, context: Context, reading: CellReading, override: Override | None, beside: str | None
) -> bool:
    declared = book.measures.get((reading.indicator_code or "", reading.measure or ""))
    if declared is None:
        known = sorted(measure for indicator, measure in book.measures if indicator == reading.indicator_code)
        _fault(book, cell, context, reading, "undeclared_measure",
               observed=f"{reading.indicator_code} / {reading.measure}", expected="、".join(known) or None)  # fmt: skip
        return False
    printed = [context.row_units, context.column_units, context.block_units, context.title_units]
    choice = book.units.choose(
        declared.measure, declared.unit_code, beside, printed,
        (override.unit if override else None) or _said(context, "unit"),
        (override.unit_override if override else None) or _said(context, "unit_override"),
    )  # fmt: skip
    reading.unit_printed, reading.unit_code = context.unit_printed or choice.printed, choice.unit_code
    if choice.problem and reading.value_number is not None:
        _fault(book, cell, context, reading, choice.problem, observed=choice.found, expected=choice.expected)
        return False
    return True
