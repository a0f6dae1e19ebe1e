"""The form as a workbook: tables, widths, colours, drop-downs, validation, protection, print set-up.

Belongs here: how a form looks and what Excel or WPS lets a clerk do. Does not belong here: what it asks
(``contents``), the words of the note sheet (``notes``). Sheets are protected without a password: against slips, not
against people.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.forms.heading import FILL_SHEET, NOTE_SHEET, PROGRESS
from ingest.forms.look import Look, number_format
from ingest.forms.mark import SHEET, lines
from ingest.forms.model import Block, Field, Form
from ingest.forms.notes import note_lines
from ingest.forms.validation import status_choice, unit_choices, value_rule
from ingest.formulas import harmless
from ingest.grids.grid import address

if TYPE_CHECKING:
    from ingest.pack import Pack

_WIDTHS = {"label": 22, "unit": 10, "last": 15, "month": 20, "value": 16, "status": 13, "note": 24}
_FIRST_WIDTHS = {FILL_SHEET: (6, 32, 26, 31, 15)}
_REGION_WIDTHS = (6, 14, 20)
_PAPER_A4 = 9
_WPS_PROTECT = {
    "select_locked_cells": True, "select_unlocked_cells": True, "format_cells": False, "format_columns": True,
    "format_rows": True, "insert_rows": False, "sort": False,
}  # fmt: skip


def write_form(form: Form, pack: Pack, path: Path) -> None:
    """Write the workbook that a bureau fills in; an ``OSError`` when the file cannot be written."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            _write(book, form, pack)
    except XlsxWriterException as error:
        raise OSError(str(error)) from error


def _write(book: Any, form: Form, pack: Pack) -> None:
    look = Look(book)
    bureau = pack.bureau(form.bureau)
    book.set_properties({
        "title": f"{bureau.bureau_name if bureau else form.bureau} {form.month:%Y-%m} 统计填报表",
        "comments": "Jindu 进度",
    })  # fmt: skip
    _note_sheet(book, look, form, pack)
    names = list(dict.fromkeys(block.sheet for block in form.blocks))
    for name in names:
        _fill_sheet(book, look, form, pack, name)
    hidden = book.add_worksheet(SHEET)
    for row, text in enumerate(lines(form)):
        hidden.write_string(row, 0, text)
    hidden.write_string(0, 1, "填报表的内部标识，请勿改动或删除 mark of the form: do not change or delete")
    hidden.protect()
    hidden.very_hidden()
    book.get_worksheet_by_name(names[0]).activate()


def _note_sheet(book: Any, look: Look, form: Form, pack: Pack) -> None:
    sheet = book.add_worksheet(NOTE_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 62)
    for row, (style, cells) in enumerate(note_lines(form, pack)):
        height = max((_wrapped(text, 20 if n == 0 else 62) for n, text in enumerate(cells)), default=1)
        sheet.set_row(row, 30 if style == "title" else max(20, 15 * height + 5))
        for column, text in enumerate(cells):
            sheet.write_string(row, column, harmless(text), look.note(style, column))
    sheet.set_landscape()
    _print_on_a4(sheet, NOTE_SHEET)
    sheet.protect("", _WPS_PROTECT)


def _wrapped(text: str, width: int) -> int:
    """Lines that a text takes in a column; a Chinese character is as wide as two Latin ones."""
    return sum(-(-sum(2 if ord(c) > 0x2E7F else 1 for c in line) // width) or 1 for line in text.split("\n"))


def _fill_sheet(book: Any, look: Look, form: Form, pack: Pack, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    blocks = [block for block in form.blocks if block.sheet == name]
    _set_widths(sheet, name, blocks)
    for row, height in ((0, 32), (1, 17), (2, 20), (3, 22)):
        sheet.set_row(row, height)
    for text in form.texts:
        if text.sheet == name and (text.row, text.column) != PROGRESS:
            sheet.write_string(text.row, text.column, text.text, look.head(text.row, is_free=text.is_free))
    _write_progress(sheet, look, blocks)
    for block in blocks:
        _write_block(sheet, look, block, pack)
    sheet.freeze_panes(4, 3)
    sheet.set_landscape()
    sheet.repeat_rows(0, 2)
    sheet.set_h_pagebreaks(_breaks(blocks))
    _print_on_a4(sheet, name)
    sheet.protect("", _WPS_PROTECT)


def _set_widths(sheet: Any, name: str, blocks: list[Block]) -> None:
    for column in (column for block in blocks for column in block.columns):
        sheet.set_column(column.column, column.column, _WIDTHS[column.role])
    for number, width in enumerate(_FIRST_WIDTHS.get(name, _REGION_WIDTHS)):
        sheet.set_column(number, number, width)


def _breaks(blocks: list[Block]) -> list[int]:
    """Page breaks between tables, so that a table of one page is not torn."""
    found, used = [], 0
    for block in blocks:
        height = len(block.rows) + 5
        if used and used + height > 40:
            found.append(block.title_row)
            used = 0
        used += height
    return found


def _print_on_a4(sheet: Any, name: str) -> None:
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(f"&L{name}&C第 &P 页，共 &N 页&R&D")


def _write_progress(sheet: Any, look: Look, blocks: list[Block]) -> None:
    """How many of the cells are filled; a count that the clerk watches, read as nothing."""
    parts, total = [], 0
    for block in blocks:
        for value, status in dict.fromkeys((f.value, f.status) for f in block.fields):
            rows = [block.rows[f.row].row for f in block.fields if f.value == value]
            at = [f"{address(rows[0], block.columns[c].column)}:{address(rows[-1], block.columns[c].column)}"
                  for c in (value, status)]  # fmt: skip
            parts.append(f'SUMPRODUCT(--(({at[0]}<>"")+({at[1]}<>"")>0))')
            total += len(rows)
    formula = f'="已填 done "&({"+".join(parts)})&" / {total}"'
    if len(formula) < 8000:
        sheet.write_formula(*PROGRESS, formula, look.progress, f"已填 done 0 / {total}")


def _write_block(sheet: Any, look: Look, block: Block, pack: Pack) -> None:
    sheet.set_row(block.title_row, 24)
    sheet.write_string(block.title_row, 0, block.title, look.block_title)
    lines_ = max(column.header.count("\n") + 1 for column in block.columns)
    sheet.set_row(block.header_row, 15 * lines_ + 6)
    for column in block.columns:
        sheet.write_string(block.header_row, column.column, column.header, look.header(column.role))
    labels = [column for column in block.columns if column.role == "label"]
    widths = _FIRST_WIDTHS.get(block.sheet, _REGION_WIDTHS)
    for row in block.rows:
        height = max(_wrapped(text, widths[column.column] - 2) for column, text in zip(labels, row.labels, strict=True))
        sheet.set_row(row.row, max(21, 13 * height + 4))
        for column, text in zip(labels, row.labels, strict=True):
            sheet.write_string(row.row, column.column, text, look.label(column.column))
    unit_rows = {f.unit_row for f in block.fields} - {f.row for f in block.fields}
    for number in unit_rows:
        for column in block.columns[len(labels) :]:
            sheet.write_blank(block.rows[number].row, column.column, None, look.locked)
    for field in block.fields:
        _write_field(sheet, look, block, field, pack)


def _write_field(sheet: Any, look: Look, block: Block, field: Field, pack: Pack) -> None:
    row = block.rows[field.row].row
    measure = pack.measure(field.indicator, field.measure)
    decimals = measure.display_decimals if measure else 2

    def at(position: int) -> tuple[int, int]:
        return row, block.columns[position].column

    if field.last_value is None:
        sheet.write_blank(*at(field.last), None, look.locked)
    else:
        sheet.write_number(*at(field.last), field.last_value, look.last(number_format(decimals)))
    sheet.write_string(*at(field.month), field.last_month, look.locked)
    sheet.write_blank(*at(field.value), None, look.input(number_format(decimals)))
    choices = unit_choices(pack, field)
    sheet.data_validation(*at(field.value), *at(field.value), value_rule(pack, field))
    sheet.write_blank(*at(field.status), None, look.input("@"))
    sheet.data_validation(*at(field.status), *at(field.status), status_choice())
    if field.note is not None:
        sheet.write_blank(*at(field.note), None, look.input("@", is_text=True))
    place = block.rows[field.unit_row].row, block.columns[field.unit].column
    sheet.write_string(*place, choices[0], look.input("@") if len(choices) > 1 else look.locked)
    if len(choices) > 1:
        sheet.data_validation(*place, *place, {
            "validate": "list", "source": choices, "error_title": "单位",
            "error_message": "请从列表中选择单位。Choose a unit from the list.",
        })  # fmt: skip
