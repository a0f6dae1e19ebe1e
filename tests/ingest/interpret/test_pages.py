"""Documents with several tables: title, period and unit are those of the lines above a table, not of its neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import docx
import pytest

from ingest.interpret import FileReading, interpret_file
from ingest.pack import Pack
from tests.ingest.interpret.conftest import spec_of

TABLES = [("一、地区生产总值", "单位：万元", "2025年1-9月"), ("二、社会消费品零售总额", "单位：亿元", "2025年1-8月")]
ROWS = [["地区", "总量", "增速"], ["双清区", "12.50", "4.9"], ["大祥区", "8", "-0.2"]]
HEADING = "邵阳市测试表"


def as_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading(HEADING)
    document.add_paragraph("全市经济总体平稳。规模以上工业实现利润12亿元，增长3.5%。")
    for lines in TABLES:
        for line in lines:
            document.add_paragraph(line)
        table = document.add_table(len(ROWS), 3)
        for cell, text in zip((c for row in table.rows for c in row.cells), chain(*ROWS), strict=True):
            cell.text = text
    document.save(str(path))


def as_html(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    parts = "".join(f"<p>{'</p><p>'.join(lines)}</p><table>{rows}</table>" for lines in TABLES)
    path.write_text(f"<html><body><h1>{HEADING}</h1>{parts}</body></html>", encoding="gb18030")


def read(path: Path, vocabulary: Pack) -> FileReading:
    columns: list[dict[str, Any]] = [
        {"match": "总量", "measure": "level_ytd"}, {"match": "增速", "measure": "growth_ytd"},
    ]  # fmt: skip
    spec = spec_of(
        *(
            {"name": code, "find": {"title": f"~{title}", "corner": "地区"}, "orientation": "regions_down",
             "indicator": code, "columns": columns, "lag_months": 1}
            for code, title in (("retail", "零售总额$"), ("gdp", "生产总值$"))
        )
    )  # fmt: skip
    return interpret_file(path, "a", replace(vocabulary, sources=[spec]), date(2025, 11, 1))


@pytest.mark.parametrize("write", [as_docx, as_html])
def test_each_table_has_the_title_the_unit_and_the_period_above_it(
    tmp_path: Path, vocabulary: Pack, write: Any
) -> None:
    write(tmp_path / "a")
    reading = read(tmp_path / "a", vocabulary)
    assert not reading.findings
    found = {
        (c.indicator_code, c.unit_code, c.reference_month, c.value_printed)
        for c in reading.cells
        if c.measure == "level_ytd"
    }
    assert found == {
        ("gdp", "wan_yuan", date(2025, 9, 1), "12.50"), ("gdp", "wan_yuan", date(2025, 9, 1), "8"),
        ("retail", "yi_yuan", date(2025, 8, 1), "12.50"), ("retail", "yi_yuan", date(2025, 8, 1), "8"),
    }  # fmt: skip
