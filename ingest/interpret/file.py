"""Reading one file from its bytes to a ``FileReading``.

Belongs here: the order of the steps, and what makes a whole file be refused. Does not belong here: the steps.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.grids import GridError, GridFile, read_grids
from ingest.interpret.book import ADVICE, Book
from ingest.interpret.doubts import examine
from ingest.interpret.labels import LabelReader
from ingest.interpret.leftovers import SIMULATED, sweep
from ingest.interpret.locate import Locator, Place, cell_saying
from ingest.interpret.notes import sheet_notes
from ingest.interpret.periods import ReportMonth, month_end
from ingest.interpret.report import report_month
from ingest.interpret.result import CellReading, FileReading, Refusal, RefusalCode, TableReading
from ingest.interpret.tables import read_table
from ingest.interpret.units import UnitChooser
from ingest.recognise import Recognised, recognise
from ingest.text import normalise

if TYPE_CHECKING:
    from ingest.pack import Pack

_PERIOD_FAULTS: dict[RefusalCode, tuple[str, str, str, str]] = {
    "period_unresolved": (
        "无法确定报告的时期。", "The report's period cannot be told.",
        "标题或表头写明年份和月份", "year and month in a title or header",
    ),
    "period_in_future": (
        "报告的时期尚未结束。", "The report's period is not over yet.",
        "已经结束的月份", "a month that is over",
    ),
    "period_contradiction": (
        "表的时期与报告期不符。", "The tables' periods contradict the report's.",
        "各表时期与报告期一致", "tables of the report's own period",
    ),
}  # fmt: skip


def interpret_file(path: Path, file_name: str, pack: Pack, today: date) -> FileReading:
    """Read one file with the source specs of a pack.

    Args:
        path: Where the bytes are.
        file_name: What the sender called the file; never decides what it is.
        pack: Vocabulary and source specs.
        today: The clock's day in the pack's time zone; a period that is not over then is refused.
    """
    try:
        file = read_grids(path)
    except GridError as error:
        return FileReading(refusal=unopened(error))
    from ingest.forms.read import read_form, refuse_without_mark  # it builds on this package

    labels = LabelReader(pack)
    form = read_form(file, pack, today, labels)
    if form is not None:
        return form
    reading = FileReading(media_type=file.media_type, is_simulated=is_simulated(file))
    known = recognise(file, pack.sources, labels)
    if isinstance(known, Refusal):
        reading.refusal = refuse_without_mark(file) or known
        return reading
    reading.stem, reading.bureau_code = known.spec.stem, known.spec.bureau_code
    return _interpret(reading, file, known, file_name, pack, today, labels)


def is_simulated(file: GridFile) -> bool:
    """Whether the words 模拟数据 stand anywhere: a cell, a sheet's name, the text of the page."""
    if any(SIMULATED in normalise(line) for line in file.page_lines):
        return True
    return any(
        SIMULATED in normalise(grid.name) or any(SIMULATED in normalise(text) for text in grid.texts())
        for grid in file.grids
    )


def unopened(error: GridError) -> Refusal:
    """The refusal of a file that no reader can open."""
    return Refusal(
        error.reason_code, error.reason, error.reason_en, found=error.reason, found_en=error.reason_en,
        expected="可以打开的 Excel、CSV 或网页表格", expected_en="an Excel, CSV or HTML table that opens",
        advice=error.advice, advice_en=error.advice_en,
    )  # fmt: skip


def _interpret(
    reading: FileReading, file: GridFile, known: Recognised, file_name: str, pack: Pack, today: date,
    labels: LabelReader,
) -> FileReading:  # fmt: skip
    report = report_month(known.spec, file, known.places, file_name, labels)
    if report.period is not None and report.period.kind == "year" and report.period.month.year == today.year:
        report = replace(report, period=None)  # the title of a year that is not over says only the year
    reading.reference_month = report.period.month if report.period else None
    if report.period is not None and month_end(report.period.month) > today:
        reading.refusal = _period_refusal("period_in_future", report.label, report.period.label, known.places)
        return reading
    if report.period is None and known.spec.is_dated:  # which era it lies in cannot be told
        reading.refusal = _period_refusal("period_unresolved", report.label, None, known.places)
        return reading
    known = _in_era(known, file, report, labels)
    if not known.places:
        reading.refusal = _no_such_era(report)
        return reading
    book = Book(
        file, known.spec, pack, today, labels, UnitChooser(pack),
        {(i.indicator_code, m.measure): m for i in reversed(pack.indicators) for m in i.measures},
        reading.is_simulated, report.period.label if report.period else None,
    )  # fmt: skip
    for sheet in {place.sheet for place in known.places}:
        here = [place for place in known.places if place.sheet == sheet]
        book.notes[sheet] = sheet_notes(file.grids[sheet], here, file.page_lines)
    reading.tables = [read_table(book, place, number, report) for number, place in enumerate(known.places, start=1)]
    _check_tables(book, known)
    examine(book)
    sweep(book, known.places)
    reading.cells, reading.findings = _in_order(book), book.findings
    _count_cells(reading)
    reading.refusal = _refusal_of(book, reading, report, known.places)
    return reading


def _in_era(known: Recognised, file: GridFile, report: ReportMonth, labels: LabelReader) -> Recognised:
    """The spec with the parts that hold in the report's month, and its tables where they stand."""
    if not known.spec.is_dated or report.period is None:
        return known
    spec = known.spec.in_era(report.period.month)
    return Recognised(spec, Locator(spec, file, labels).places())


def _no_such_era(report: ReportMonth) -> Refusal:
    label = report.label or ""
    return Refusal(
        "unknown_layout",
        "登记的版式不适用于该报告期。", "The layout that is known does not hold for the month of this report.",
        found=label, found_en=label, expected="报告期在登记版式的适用范围内",
        expected_en="a report of a month for which the layout is registered",
        advice="请核对报告期；如为新版式，请联系统计部门登记。",
        advice_en="Check the report's month; a new layout needs a new era in the source spec.",
    )  # fmt: skip


def _check_tables(book: Book, known: Recognised) -> None:
    found = {place.spec.name for place in known.places}
    for table in known.spec.tables:
        if not table.optional and table.name not in found:
            wanted = "、".join(table.find.title or table.find.corner or table.find.sheet) or table.name
            book.fault(None, None, "table_missing", observed=table.name, expected=wanted)


def _in_order(book: Book) -> list[CellReading]:
    return [reading for _, reading in sorted(book.claims.items(), key=lambda item: item[0]) if reading is not None]


def _count_cells(reading: FileReading) -> None:
    tables: dict[int, TableReading] = {table.table_no: table for table in reading.tables}
    for cell in reading.cells:
        if cell.table_no in tables:
            tables[cell.table_no].cell_count += 1


def _refusal_of(book: Book, reading: FileReading, report: ReportMonth, places: list[Place]) -> Refusal | None:
    """A refusal when no table is left: each broke a rule of time."""
    faults = [finding.rule for finding in book.findings if finding.rule in _PERIOD_FAULTS]
    if any(cell.disposition in ("observation", "published_rank") for cell in reading.cells) or not faults:
        return None
    rule: RefusalCode = next(code for code in _PERIOD_FAULTS if code in faults)
    first = next(finding for finding in book.findings if finding.rule == rule)
    refusal = _period_refusal(rule, first.observed, report.period.label if report.period else None, places)
    return replace(refusal, sheet=first.source_sheet, cell=first.source_cell)


def _period_refusal(rule: RefusalCode, found: str | None, resolved: str | None, places: list[Place]) -> Refusal:
    reason, reason_en, expected, expected_en = _PERIOD_FAULTS[rule]
    advice, advice_en = ADVICE[rule]
    first = next((place for place in places if found and any(found in c.text for c in place.title_cells)), None)
    first = first or (places[0] if places else None)
    cell = cell_saying(first, found) if first else None
    if rule == "period_contradiction":
        printed, printed_en = f"{found}，而报告期是 {resolved}", f"{found}, while the report's period is {resolved}"
    else:
        printed = " → ".join(dict.fromkeys(text for text in (found, resolved) if text)) or "没有写时期"
        printed_en = printed if found or resolved else "no period is printed"
    return Refusal(
        rule, reason, reason_en, found=printed, found_en=printed_en,
        expected=expected, expected_en=expected_en, advice=advice, advice_en=advice_en,
        sheet=first.grid.name if first else None, cell=cell.address if cell else None,
    )  # fmt: skip
