"""However a table is spoilt, reading it never raises and never drops a number in silence."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.grids import read_grids
from ingest.interpret import interpret_file
from ingest.pack import Pack
from ingest.spec import SourceSpec

SPEC = SourceSpec.model_validate({
    "stem": "sytjj__test", "title": "测试", "title_en": "Test", "bureau_code": "sytjj",
    "recognise": {"contains": ["测试表"]},
    "tables": [
        {
            "name": "down", "find": {"corner": "地区"}, "orientation": "regions_down", "indicator": "gdp",
            "expected_regions": "city_counties", "columns": [
                {"match": "~^绝对额", "measure": "level_ytd"}, {"match": "~^增速", "measure": "growth_ytd"},
                {"match": "排名", "rank_of": "growth_ytd", "rank_set": "city_counties"},
            ],
        },
        {
            "name": "rows", "find": {"corner": "指标"}, "orientation": "indicators_down", "region": "430500",
            "columns": [{"match": "~", "measure": "level_ytd"}],
            "rows": [{"match": "出口", "indicator": "exports"}, {"match": "进口", "indicator": "imports"}],
        },
    ],
})  # fmt: skip
ROWS = [
    ["2025年1-9月测试表", "", "", ""], ["", "", "", "单位：亿元"], ["地区", "绝对额", "增速（%）", "排名"],
    ["全市", "100.5", "5.1", ""], ["双清", "10.5", "4.0", "2"], ["大祥", "11", "4.1", "1"], ["", "", "", ""],
    ["贸易", "", "", ""], ["指标", "1-9月", "", ""], ["出口（亿元）", "5", "", ""], ["其中：进口（亿元）", "6", "", ""],
]  # fmt: skip
CELLS = [(row, column) for row in range(len(ROWS)) for column in range(4)]
SPOILT = st.one_of(
    st.sampled_from(["", " ", "1-10月", "1-8月", "2026年", "排名", "地区", "指标", "双清", "万元", "（万人）", "-"]),
    st.sampled_from(["3.5%", "63亿元"]),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt=st.dictionaries(st.sampled_from(CELLS), SPOILT, max_size=6))
def test_every_number_ends_somewhere(tmp_path: Path, vocabulary: Pack, spoilt: dict[tuple[int, int], str]) -> None:
    rows = [[spoilt.get((r, c), text).replace("\x00", "") for c, text in enumerate(row)] for r, row in enumerate(ROWS)]
    text = StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "t.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig", errors="ignore")
    reading = interpret_file(path, "t.csv", replace(vocabulary, sources=[SPEC]), date(2025, 11, 1))
    if reading.refusal is not None:
        assert reading.refusal.reason
        assert reading.refusal.advice_en
        return
    read = {c.source_cell for c in reading.cells}
    assert len(read) == len(reading.cells)
    for cell in read_grids(path).grids[0].cells():
        if cell.address not in read:
            assert cell.text.strip(), "white space has a row"
            is_label = cell.column == 0 or cell.row <= 8 or cell.text in ("地区", "指标")
            assert is_label, f"{cell.address} {cell.text!r} beside the labels is unaccounted for"
    faulty = {c.source_cell for c in reading.cells if c.disposition == "finding"}
    assert not faulty or reading.findings
    for cell in reading.cells:
        if cell.disposition == "observation":
            assert cell.region_code
            assert cell.indicator_code
            assert cell.reference_month
            assert cell.unit_code or cell.value_number is None
