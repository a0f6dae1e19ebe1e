"""A small vocabulary to read with, and a reader of tables written on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack, load_pack
from ingest.spec import SourceSpec

Rows = Sequence[Sequence[object]]
Reader = Callable[..., FileReading]


@pytest.fixture(scope="session")
def vocabulary() -> Pack:
    """Regions, units and indicators to write tests with; the specs are the tests' own."""
    return load_pack("shaoyang")


def spec_of(*tables: dict[str, Any], **rest: Any) -> SourceSpec:
    whole = {
        "stem": "sytjj__test", "title": "测试", "title_en": "Test", "bureau_code": "sytjj",
        "recognise": {"contains": ["测试表"]}, "tables": list(tables), **rest,
    }  # fmt: skip
    return SourceSpec.model_validate(whole)


def write_sheets(path: Path, sheets: dict[str, Rows], merges: dict[str, list[str]] | None = None) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "m月d日"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for area in (merges or {}).get(name, []):
            sheet.merge_range(area, "")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in (None, ""):
                    sheet.write(number, column, value)
    book.close()
    return path


@pytest.fixture
def read(tmp_path: Path, vocabulary: Pack) -> Reader:
    """``read(rows or {sheet: rows}, table spec, ...)``: write a workbook and interpret it."""

    def run(content: Rows | dict[str, Rows], *tables: dict[str, Any], today: date = date(2025, 11, 1),
            merges: dict[str, list[str]] | None = None, **rest: Any) -> FileReading:  # fmt: skip
        sheets = content if isinstance(content, dict) else {"Sheet1": content}
        path = write_sheets(tmp_path / "any.bin", sheets, merges)
        pack = replace(vocabulary, sources=[spec_of(*tables, **rest)])
        return interpret_file(path, "any.xlsx", pack, today)

    return run
