"""Nothing that we write and people open in a spreadsheet runs there."""

from __future__ import annotations

import ast
import csv
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ingest.formulas import harmless
from orchestration import page
from orchestration.brief import Brief

WRITERS = re.compile(r"\bcsv\.(?:Dict)?[wW]riter\b|\bxlsxwriter\b|\bxlwt\b|\.to_csv\(|\.to_excel\(|format csv|jinja2")
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "　=1", "\ufeff=1", "\u200b=1",
    "＝１＋１", "＋1+1", "－1+1", "＠SUM(A1)", "﹦1", "﹢1+A1", "﹣A1",
    "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+A1", "-A1", "-5.3+A1",
    "-1(SUM(A1))", "|cmd", "-5.3\t=1", "=", "@",
]  # fmt: skip
PLAIN = [
    "-5.3", "+0.4", "-5.3%", "－5.3", "-1,200", "+0.4个百分点", "-0.2百分点", "-12.5‰", "北关区", "3-4", "a@b", "", " ",
    "1=1", "—", "…", "10%",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("value", [-5.3, -1, None, True, date(2023, 6, 1)])
def test_numbers_stay_numbers(value: object) -> None:
    assert harmless(value) is value


@given(st.text(max_size=20))
def test_doing_it_twice_is_doing_it_once_and_nothing_is_lost(text: str) -> None:
    once = harmless(text)
    assert harmless(once) == once
    assert once.removeprefix("'") == text.removeprefix("'")


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 4))
def test_every_number_as_printed_stays_a_number(value: float, decimals: int) -> None:
    for text in (f"{value:.{decimals}f}", f"{value:,.{decimals}f}", f"{value:+.{decimals}f}%"):
        assert harmless(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_the_page_holds_no_cell_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    brief = Brief(text, text, {"indicator_name": text, "status_text": "判断"},
                  [{"indicator_name": text, "status_text": text, "status": text, "is_simulated": False}])  # fmt: skip
    monkeypatch.setattr(page, "render_all", lambda release: [brief])
    manifest = SimpleNamespace(notice=text, release_id=text, as_of="2023-06-30", pack=text, submissions=[])
    page.write_page(tmp_path, manifest)  # type: ignore[arg-type]
    assert dangerous(tmp_path / "index.html") == []


def dangerous(file: Path) -> list[str]:
    """Texts of an exported file that a spreadsheet would run."""
    if file.suffix == ".html":
        tree = html.fromstring(file.read_text(encoding="utf-8"))
        texts = [cell.text_content() for cell in tree.iter("td", "th", "title", "h1", "h2", "p")]
    elif file.suffix == ".csv":
        texts = [text for row in csv.reader(file.read_text(encoding="utf-8-sig").splitlines()) for text in row]
    else:
        import openpyxl

        book = openpyxl.load_workbook(file)
        texts = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"
        ]
    return [text for text in texts if harmless(text) != text]


def test_whoever_writes_for_spreadsheets_asks_the_one_rule(repo: Path) -> None:
    for package in ("ingest", "expectations", "orchestration"):
        for module in (repo / package).rglob("*.py"):
            source = module.read_text(encoding="utf-8")
            code = source.replace(ast.get_docstring(ast.parse(source), clean=False) or "", "")
            # a workbook's text cell is typed: it runs nowhere, as long as nothing guesses a formula from its text
            is_typed = '"strings_to_formulas": False' in code and not re.search(r"\.write(?:_row|_column)?\(", code)
            if WRITERS.search(code) and not is_typed and module.name != "formulas.py":
                assert "harmless" in code, f"{module.relative_to(repo)} writes for spreadsheets without harmless()"


def test_the_scan_of_what_we_write_sees_a_formula(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("甲,=1+1\n乙,-5.3\n", encoding="utf-8")
    assert dangerous(tmp_path / "a.csv") == ["=1+1"]
