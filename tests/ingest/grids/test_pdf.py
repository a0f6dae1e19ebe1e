"""PDF: ruled tables, tables without rules, tables over two sheets of paper, and scans that are refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest.grids import EncryptedError, UnreadableError

FONT = "STSong-Light"
GRID = [("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")]


@pytest.fixture(autouse=True)
def _font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def line(text: str) -> Flowable:
    return Paragraph(text, ParagraphStyle("正文", fontName=FONT, fontSize=11, leading=16))


def printed(*parts: Flowable) -> bytes:
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(list(parts))
    return stream.getvalue()


def ruled(rows: list[list[str]], *more: tuple, repeat: int = 0) -> Flowable:
    return Table(rows, style=TableStyle([*GRID, *more]), repeatRows=repeat)


def test_ruled_tables_and_the_titles_above_them(opened, texts) -> None:
    head = [["地区", "1-6月", ""], ["", "总量", "增速"], ["滑 县", "12.50", "-0.2"], ["殷都区", "1,234", "…"]]
    file = opened(
        printed(
            line("2023年6月统计月报"), line("一、生产总值（亿元）"),
            ruled(head, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))),
            line("二、财政收入"), ruled([["地区", "值"], ["甲", "3"]]), line("注：初步数"),
        )
    )  # fmt: skip
    first, second = file.grids
    assert file.media_type == "application/pdf"
    assert texts(first) == [["地区", "1-6月", "1-6月"], ["地区", "总量", "增速"], *head[2:]]
    assert first.lines_above == ["2023年6月统计月报", "一、生产总值（亿元）"]
    assert second.lines_above == ["二、财政收入"]
    assert file.page_lines[-1] == "注：初步数"


def test_a_table_that_goes_on_over_the_next_sheet_is_one_table(opened, texts) -> None:
    rows = [["地区", "值"], *([f"第{number}县", f"{number}.5"] for number in range(1, 91))]
    for repeat in (0, 1):
        file = opened(printed(line("2023年6月"), ruled(rows, repeat=repeat), line("注：初步数")))
        assert [texts(grid) for grid in file.grids] == [rows]


def test_two_tables_on_two_sheets_stay_two(opened) -> None:
    rows = [["地区", "值"], *([f"第{number}县", f"{number}.5"] for number in range(1, 41))]
    file = opened(printed(line("一、甲"), ruled(rows), line("二、乙"), ruled([["单位", "值"], ["甲", "3"]])))
    assert len(file.grids) == 2


def test_columns_without_rules_are_told_by_position(opened, texts) -> None:
    rows = [["地区", "总量", "增速"], ["北关区", "12.5", "1.5"], ["滑县", "", "-2.0"], ["殷都区", "1,008.25", "3"]]
    table = Table(rows, colWidths=35 * mm, style=TableStyle([("FONT", (0, 0), (-1, -1), FONT, 10)]))
    file = opened(printed(line("2023年6月主要指标"), table))
    assert texts(file.grids[0]) == rows
    assert file.grids[0].lines_above == ["2023年6月主要指标"]


def test_a_scan_is_refused_as_a_scan(opened) -> None:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.rect(50, 50, 200, 300, fill=1)
    canvas.save()
    with pytest.raises(UnreadableError, match="扫描件"):
        opened(stream.getvalue())


def test_a_password_is_named(opened) -> None:
    stream = BytesIO()
    canvas = Canvas(stream, encrypt="geheim")
    canvas.drawString(50, 50, "1")
    canvas.save()
    with pytest.raises(EncryptedError):
        opened(stream.getvalue())


@pytest.mark.parametrize("keep", [20, 400, 0.5, 0.9])
def test_a_cut_off_document_is_refused_and_not_raised(opened, keep: float) -> None:
    whole = printed(line("2023年6月"), ruled([["地区", "值"], ["甲", "3"]]))
    with pytest.raises(UnreadableError):
        opened(whole[: int(keep if keep > 1 else keep * len(whole))])
