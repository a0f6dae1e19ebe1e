"""A form that came back, to the same readings as any other report.

Belongs here: the order of the steps, the cells to fill, what is left over. Does not belong here: finding the tables
(``locate``), the mark (``mark``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ingest.forms.heading import form_number
from ingest.forms.locate import Placed, place_blocks
from ingest.forms.mark import find_mark, lost_mark, number_fault, read_mark
from ingest.forms.model import Field, Form
from ingest.forms.questions import CRITICAL, INFO, QUESTIONS
from ingest.forms.validation import is_counted
from ingest.forms.wording import MARKS, PROVISIONAL, STATUSES
from ingest.interpret.book import ADVICE, Book
from ingest.interpret.cells import Context, read_cell
from ingest.interpret.doubts import examine
from ingest.interpret.labels import LabelReader
from ingest.interpret.leftovers import SIMULATED, report_strays
from ingest.interpret.periods import month_end
from ingest.interpret.result import CellReading, FileReading, Refusal, TableReading
from ingest.interpret.units import UnitChooser
from ingest.pack.models import form_stem
from ingest.periods import Period, parse_period
from ingest.spec import SourceSpec, TableSpec
from ingest.text import normalise

if TYPE_CHECKING:
    from ingest.grids import Cell, GridFile
    from ingest.pack import Pack

_STATUS = {normalise(word): word for word in STATUSES}


def read_form(file: GridFile, pack: Pack, today: date, labels: LabelReader) -> FileReading | None:
    """Read a file that carries the mark of a form; None when it carries none."""
    mark = find_mark(file)
    if mark is None:
        return None
    reading = FileReading(media_type=file.media_type)
    form = read_mark(mark, pack)
    if isinstance(form, Refusal):
        reading.refusal = form
        return reading
    reading.stem, reading.bureau_code, reading.reference_month = form_stem(form.bureau), form.bureau, form.month
    file.grids = [grid for grid in file.grids if grid is not mark]
    reading.is_simulated = _says_simulated(form, file)
    reading.refusal = number_fault(form, file) or _future(form, today)
    return reading if reading.refusal else _read(reading, form, file, pack, today, labels)


def refuse_without_mark(file: GridFile) -> Refusal | None:
    """What to say of a form whose mark is lost; None when the file never was a form."""
    return lost_mark(file)


def form_spec(form: Form, pack: Pack) -> SourceSpec:
    """A form as a source: the bureau's own, trusted as its other reports are."""
    ranks = [spec.source_rank for spec in pack.sources if spec.bureau_code == form.bureau]
    return SourceSpec.model_validate({
        "stem": form_stem(form.bureau), "title": "填报表", "title_en": "Form", "bureau_code": form.bureau,
        "source_rank": min(ranks, default=2), "recognise": {"contains": [form_number(form)]},
        "marks": MARKS, "tables": [{"name": "form", "find": {"corner": "序号"}, "orientation": "regions_down"}],
    })  # fmt: skip


def _says_simulated(form: Form, file: GridFile) -> bool:
    """Whether the sender marked it: the form's own word on earlier figures does not count."""
    own = {normalise(text) for text in form.printed()} | {normalise(f.last_month) for _, f in form.fields()}
    texts = (normalise(text) for grid in file.grids for text in (grid.name, *grid.texts()))
    return any(SIMULATED in text for text in texts if text not in own)


def _future(form: Form, today: date) -> Refusal | None:
    if month_end(form.month) <= today:
        return None
    advice, advice_en = ADVICE["period_in_future"]
    said = f"{form.month:%Y-%m}"
    return Refusal(
        "period_in_future", "填报表的时期尚未结束。", "The form's period is not over yet.", found=said, found_en=said,
        expected="已经结束的月份", expected_en="a month that is over", advice=advice, advice_en=advice_en,
    )  # fmt: skip


def _read(
    reading: FileReading, form: Form, file: GridFile, pack: Pack, today: date, labels: LabelReader
) -> FileReading:
    book = Book(
        file, form_spec(form, pack), pack, today, labels, UnitChooser(pack),
        {(i.indicator_code, m.measure): m for i in reversed(pack.indicators) for m in i.measures},
        reading.is_simulated, f"{form.month:%Y-%m}",
        advice={**ADVICE, **QUESTIONS}, grave={**dict.fromkeys(CRITICAL, "critical"), **dict.fromkeys(INFO, "info")},
    )  # fmt: skip
    filled = 0
    for number, placed in place_blocks(book, form.blocks, form.month.year, form.month.month):
        reading.tables.append(
            TableReading(number, f"form_{number}", placed.grid.name, placed.block.title, form.month)
        )  # fmt: skip
        filled += _Values(book, placed, number, form).read()
    examine(book)
    _sweep(book, form)
    reading.cells = [cell for _, cell in sorted(book.claims.items(), key=lambda item: item[0]) if cell is not None]
    reading.findings = book.findings
    for table in reading.tables:
        table.cell_count = sum(cell.table_no == table.table_no for cell in reading.cells)
    reading.refusal = _refusal(book, filled)
    return reading


def _refusal(book: Book, filled: int) -> Refusal | None:
    """A form in which nothing was filled in, or all of whose tables name another month."""
    contradiction = next((f for f in book.findings if f.rule == "period_contradiction"), None)
    if contradiction is not None and not filled:
        advice, advice_en = ADVICE["period_contradiction"]
        return Refusal(
            "period_contradiction", "表内标题的时期与填报表不符。", "A title names another period than the form.",
            found=contradiction.observed or "", found_en=contradiction.observed or "",
            expected=contradiction.expected or "", expected_en=contradiction.expected or "", advice=advice,
            advice_en=advice_en, sheet=contradiction.source_sheet, cell=contradiction.source_cell,
        )  # fmt: skip
    if filled or any(f.rule != "form_cell_empty" for f in book.findings):
        return None
    return Refusal(
        "empty", "填报表没有填写。", "The form has not been filled in.", found="黄色格全部为空",
        found_en="all yellow cells are empty", expected="填好的填报表", expected_en="the filled form",
        advice="请填写黄色格后重新报送；没有数的请在“情况”栏选择原因。",
        advice_en="Fill in the yellow cells and send it again; where there is no figure choose the reason.",
    )  # fmt: skip


@dataclass
class _Values:
    """The cells to fill of one placed block."""

    book: Book
    placed: Placed
    number: int
    form: Form

    def read(self) -> int:
        """Read them all; returns how many held something."""
        self._use_units()
        return sum(self._read_field(field) for field in self.placed.block.fields)

    def _use_units(self) -> None:
        for field in self.placed.block.fields:
            self.book.use(self.placed.sheet, self.placed.cell(field.unit_row, field.unit))

    def _read_field(self, field: Field) -> bool:
        placed, book = self.placed, self.book
        if field.row in placed.doubted:
            return self._doubt_row(field, placed.doubted[field.row], "form_label_changed")
        if field.row not in placed.rows or field.value not in placed.columns:
            return False
        value, status = placed.cell(field.row, field.value), placed.cell(field.row, field.status)
        value, status = _filled(value), _filled(status)
        self._use_beside(field, status)
        if not self._is_as_issued(field):
            self._doubt_row(field, placed.rows[field.row], "form_locked_changed")
        elif value is None and (status is None or self._word(status) == PROVISIONAL):
            book.fault(
                placed.sheet, placed.anchor(field.row, field.value), "form_cell_empty",
                observed="空", expected=self._due(field), reading=self._keyed(field),
            )  # fmt: skip
            return False
        elif status is not None and self._word(status) is None:
            book.doubt(placed.sheet, status, self.number, "form_status_unknown", expected="、".join(STATUSES))
            self._doubt_value(value, "form_status_unknown")
        elif value is not None and status is not None and self._word(status) != PROVISIONAL:
            book.doubt(
                placed.sheet, value, self.number, "form_value_and_status", observed=f"{value.text} / {status.text}"
            )
        elif value is not None and value.number is not None and value.number % 1 and is_counted(book.pack, field):
            book.doubt(placed.sheet, value, self.number, "form_not_whole")
        else:
            self._take(field, value or status, status)
        return True

    def _take(self, field: Field, cell: Cell | None, status: Cell | None) -> None:
        if cell is not None:
            is_provisional = status is not None and self._word(status) == PROVISIONAL
            read_cell(self.book, cell, self._context(field, "P" if is_provisional else None))

    def _context(self, field: Field, obs_status: str | None) -> Context:
        month = self._month(field)
        unit = _filled(self.placed.cell(field.unit_row, field.unit))
        note = _filled(self.placed.cell(field.row, field.note)) if field.note is not None else None
        table: TableSpec = self.book.spec.tables[0]
        row = self.placed.block.rows[field.row]
        return Context(
            table=table, table_no=self.number, sheet=self.placed.sheet, meanings=[table],
            period=Period("ytd", month.replace(month=1), month, field.period_label), period_label=field.period_label,
            row_units=(unit.text.strip(),) if unit else (), region_code=field.region, indicator_code=field.indicator,
            indicator_label=row.labels[1], measure=field.measure, growth_basis=field.growth_basis,
            obs_status=obs_status, note=note.text.strip() if note else None,
        )  # fmt: skip

    def _month(self, field: Field) -> date:
        """The last month of the field's printed period: 上月数据 lie before the form's own month."""
        period = parse_period(field.period_label, self.form.month.year)
        return period.month if isinstance(period, Period) else self.form.month

    def _keyed(self, field: Field) -> CellReading:
        """A reading with the field's key, for a question about an empty cell."""
        reading = self.book.reading(self.placed.sheet, self.placed.anchor(field.row, field.value), self.number)
        reading.region_code, reading.indicator_code, reading.measure = field.region, field.indicator, field.measure
        reading.reference_month = self._month(field)
        return reading

    def _due(self, field: Field) -> str:
        known = self.book.pack.indicator(field.indicator)
        return f"{known.indicator_name if known else field.indicator} {field.period_label} 的数，或“情况”栏中的原因"

    def _is_as_issued(self, field: Field) -> bool:
        """Whether the last accepted figure still stands beside the cell: a sort of part of a row shows here."""
        last, month = self.placed.cell(field.row, field.last), self.placed.cell(field.row, field.month)
        expected = field.last_value
        is_same = True
        if field.last in self.placed.columns and not _same_number(last, expected):
            self._report_locked(field, field.last, "" if expected is None else str(expected))
            is_same = False
        if field.month in self.placed.columns and normalise(month.text if month else "") != normalise(field.last_month):
            self._report_locked(field, field.month, field.last_month)
            is_same = False
        return is_same

    def _report_locked(self, field: Field, column: int, expected: str) -> None:
        cell = self.placed.anchor(field.row, column)
        if cell.is_blank:
            self.book.fault(self.placed.sheet, cell, "form_locked_changed", observed="空", expected=expected or "空")
        else:
            self.book.doubt(self.placed.sheet, cell, self.number, "form_locked_changed", expected=expected or "空")

    def _use_beside(self, field: Field, status: Cell | None) -> None:
        beside = [field.last, field.month] + ([field.note] if field.note is not None else [])
        for column in beside:
            self.book.use(self.placed.sheet, self.placed.cell(field.row, column))
        self.book.use(self.placed.sheet, status)

    def _word(self, status: Cell) -> str | None:
        return _STATUS.get(normalise(status.text))

    def _doubt_value(self, value: Cell | None, rule: str) -> None:
        if value is not None:
            self.book.doubt(self.placed.sheet, value, self.number, rule, report=False)

    def _doubt_row(self, field: Field, row: int, rule: str) -> bool:
        """Keep what stands in a row that is not as issued as questions; its labels say why."""
        found = False
        for column in dict.fromkeys((field.value, field.status, field.unit, field.last, field.month, field.note)):
            if column is None or column not in self.placed.columns:
                continue
            cell = self.placed.grid.cell(row, self.placed.columns[column])
            if cell is not None and column == field.value and not cell.is_blank:
                self._doubt_value(cell, rule)
                found = True
            elif cell is not None:
                self.book.use(self.placed.sheet, cell)
        return found


def _filled(cell: Cell | None) -> Cell | None:
    return None if cell is None or cell.is_blank else cell


def _same_number(cell: Cell | None, expected: float | None) -> bool:
    if expected is None or cell is None or cell.is_blank:
        return expected is None and (cell is None or cell.is_blank)
    return cell.number is not None and abs(cell.number - expected) <= 1e-9 * max(1.0, abs(expected))


def _sweep(book: Book, form: Form) -> None:
    """Give every cell that has no fate yet its fate: printed by the form, free to write, changed, or a stray."""
    printed = {normalise(text) for text in form.printed()}
    issued = {(t.sheet, t.row, t.column): t for t in form.texts}
    sheets = {text.sheet for text in form.texts}
    for number, grid in enumerate(book.file.grids):
        if not grid.is_visible:
            book.fault(number, None, "hidden_sheet", observed=grid.name)
            continue
        strays = []
        for cell in [cell for cell in grid.cells() if not book.is_claimed(number, cell)]:
            text = issued.get((grid.name, cell.row, cell.column))
            if normalise(cell.text) in printed or SIMULATED in normalise(cell.text):
                book.use(number, cell)
            elif text is not None and text.is_free:
                book.ignore(number, cell, 0, "spec", "填报人、联系电话等")
            elif text is not None:
                book.doubt(number, cell, 0, "form_locked_changed", expected=text.text)
            else:
                strays.append(cell)
        report_strays(book, number, strays, is_known_sheet=grid.name in sheets or not strays)
