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


def test_a_sign_that_the_font_lacks_is_not_lost_beside_its_digits(opened, texts) -> None:
    """U+2212 has no glyph in the Chinese fonts of PDF: 49.5 would be read for −49.5."""
    rows = [["地区", "增速"], ["甲", "\u221249.5"], ["乙", "-0.2"], ["丙", "8500\u00a08550"], ["丁", "3.\u200b2"]]
    grid = opened(printed(line("2023年6月"), ruled(rows))).grids[0]
    assert [row[1] for row in texts(grid)] == ["增速", "(cid:0)49.5", "-0.2", "8500 8550", "3.2"]


def test_a_code_that_no_letter_begins_with_does_not_shift_those_after_it(opened, texts) -> None:
    grid = opened(printed(line("2023年6月"), ruled([["地区", "增速"], ["甲", "\ue00049.5"]]))).grids[0]
    assert texts(grid)[1] == ["甲", "(cid:0)49.5"]


def test_a_letter_that_the_font_calls_nothing_is_still_seen(opened, texts) -> None:
    whole = _with_names(b"<2d> <>")
    assert texts(opened(whole).grids[0])[1] == ["a", "\ufffd49.5"]


def _with_names(pair: bytes) -> bytes:
    """A table in Helvetica whose font says what its codes are called: all as usual but one."""
    stream = BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    table = Table([["b", "c"], ["a", "-49.5"]], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    table.wrapOn(canvas, 200, 200)
    table.drawOn(canvas, 50, 700)
    canvas.save()
    names = b"begincmap 1 beginbfchar " + pair + b" endbfchar endcmap"
    added = b"90 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(names), names)
    content = stream.getvalue().replace(b"/Type /Font\n", b"/Type /Font /ToUnicode 90 0 R\n")
    return content.replace(b"xref\n", added + b"xref\n", 1)
