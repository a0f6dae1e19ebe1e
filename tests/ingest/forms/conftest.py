"""Forms as they go out, and a way to send them back changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from ingest.forms import Form, LastValue, plan_form, write_form
from ingest.interpret import CellReading, FileReading, interpret_file
from ingest.pack import Pack, load_pack

TODAY = date(2023, 8, 1)
JUNE = date(2023, 6, 1)
MAY = date(2023, 5, 1)
LAST = [
    LastValue("410503", "budget_revenue", "level_ytd", "none", MAY, 7.31),
    LastValue("410503", "budget_revenue", "growth_ytd", "nominal", MAY, 8.25),
    LastValue("410502", "resident_income", "level_ytd", "none", date(2023, 3, 1), 9876.0),
]
FILL, REGIONS = "填报表", "分地区填报表"
"""The names of the sheets to fill."""


@dataclass
class Issued:
    """A form that went out."""

    form: Form
    path: Path
    pack: Pack
    folder: Path

    def at(self, indicator: str, measure: str, region: str = "410503", role: str = "value") -> str:
        """Address of a cell that belongs to a figure."""
        for block, field in self.form.fields():
            if (field.indicator, field.measure, field.region) == (indicator, measure, region):
                row = field.unit_row if role == "unit" else field.row
                column = block.columns[getattr(field, role)].column
                return f"{openpyxl.utils.get_column_letter(column + 1)}{block.rows[row].row + 1}"
        raise LookupError(indicator, measure, region)

    def filled(self, book: Workbook) -> None:
        """Enter a figure in every cell that is due: 1, 2, 3 …."""
        for number, (block, field) in enumerate(self.form.fields(), start=1):
            book[block.sheet].cell(
                block.rows[field.row].row + 1, block.columns[field.value].column + 1
            ).value = number  # fmt: skip

    def sent_back(self, *changes: Callable[[Workbook], object], name: str = "back.xlsx", fill: bool = True) -> Path:
        """The form filled in, then changed."""
        book = openpyxl.load_workbook(self.path)
        if fill:
            self.filled(book)
        for change in changes:
            change(book)
        book.save(self.folder / name)
        return self.folder / name

    def read(self, *changes: Callable[[Workbook], object], fill: bool = True, today: date = TODAY) -> FileReading:
        """What the reader makes of the form filled in and changed."""
        path = self.sent_back(*changes, fill=fill)
        return interpret_file(path, path.name, self.pack, today)


def issue(folder: Path, bureau: str, month: date = JUNE, pack: Pack | None = None) -> Issued:
    known = pack or load_pack("beiguan")
    form = plan_form(known, bureau, month, LAST)
    path = folder / f"{bureau}.xlsx"
    write_form(form, known, path)
    return Issued(form, path, known, folder)


@pytest.fixture
def finance(tmp_path: Path) -> Issued:
    """The finance bureau's form of June 2023: lists."""
    return issue(tmp_path, "czj")


@pytest.fixture
def survey(tmp_path: Path) -> Issued:
    """The survey office's form of June 2023: lists and a table by region."""
    return issue(tmp_path, "aydcd")


def figures(reading: FileReading) -> dict[tuple[str | None, str | None, str | None], CellReading]:
    """The accepted cells by region, indicator and measure."""
    assert reading.refusal is None, reading.refusal
    cells = [cell for cell in reading.cells if cell.disposition == "observation"]
    return {(cell.region_code, cell.indicator_code, cell.measure): cell for cell in cells}


def asked(reading: FileReading) -> list[tuple[str, str | None, str | None]]:
    """Rule and place of every question."""
    return [(finding.rule, finding.source_sheet, finding.source_cell) for finding in reading.findings]
