"""The workbook of open questions for each bureau, written into a release: what is asked, where, and by when.

Belongs here: the paper the questions are printed on. Does not belong here: the questions (``mart_quality_finding``).
"""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import Any

from ingest.formulas import harmless
from orchestration.brief import MEASURE
from orchestration.releases.manifest import SIMULATED_NOTICE

FOLDER = "questions"
_OPEN = """
select owner_bureau_code as bureau_code, bureau_name, severity, source_file, source_sheet, source_cell, region_name,
    indicator_name, measure, strftime(reference_month, '%Y-%m') as month, observed, expected, question,
    strftime(answer_due_date, '%Y-%m-%d') as answer_due_date, finding.is_simulated
from mart_quality_finding as finding
left join dim_bureau on owner_bureau_code = bureau_code
left join (select region_code, arg_max(region_name, valid_from) as region_name from dim_region group by all)
    using (region_code)
left join dim_indicator using (indicator_code)
where status = 'open' and severity in ('critical', 'warning') and owner_bureau_code is not null
order by owner_bureau_code, severity, source_file, source_sheet, finding_id
"""
_SEVERITY = {"critical": "严重", "warning": "提醒"}
_LINE_POINTS = 15
_COLUMNS = (
    ("序号 no.", 7), ("级别 severity", 10), ("文件 file", 34), ("工作表 sheet", 16), ("单元格 cell", 9),
    ("地区 region", 12), ("指标 indicator", 26), ("口径 measure", 12), ("月份 month", 9), ("现为 found", 18),
    ("应为 expected", 26), ("问题 question", 60), ("答复期限 answer by", 18), ("答复 answer", 30),
)  # fmt: skip


def write_questions(release: Path) -> list[Path]:
    """Write ``questions/<bureau>.xlsx`` for every bureau that is asked something; none is written where none is."""
    import duckdb

    with duckdb.connect(release / "marts.duckdb", read_only=True) as connection:
        answer = connection.execute(_OPEN)
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    by_bureau: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_bureau.setdefault(row["bureau_code"], []).append(row)
    if by_bureau:
        (release / FOLDER).mkdir()
    return [_write(release / FOLDER / f"{code}.xlsx", asked) for code, asked in by_bureau.items()]


def _write(path: Path, asked: list[dict[str, Any]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("待答复问题")
        font = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
        head = book.add_format({**font, "bold": True, "bg_color": "#1F3A4D", "font_color": "#FFFFFF", "border": 1})
        plain = book.add_format({**font, "text_wrap": True, "border": 1, "border_color": "#B8C4CC"})
        free = book.add_format({**font, "text_wrap": True, "border": 1, "bg_color": "#FFF8D6"})
        title = f"{asked[0]['bureau_name'] or asked[0]['bureau_code']}：待答复问题 {len(asked)} 项 open questions"
        sheet.write_string(0, 0, title, book.add_format({**font, "bold": True, "font_size": 14}))
        if any(row["is_simulated"] for row in asked):
            sheet.write_string(1, 0, SIMULATED_NOTICE, book.add_format({**font, "font_color": "#B25A00"}))
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, name, head)
        for number, row in enumerate(asked, start=1):
            _write_row(sheet, number, row, plain, free)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    return path


def _write_row(sheet: Any, number: int, row: dict[str, Any], plain: Any, free: Any) -> None:
    texts = [
        _SEVERITY.get(row["severity"], row["severity"]), row["source_file"], row["source_sheet"], row["source_cell"],
        row["region_name"], row["indicator_name"], MEASURE.get(row["measure"], row["measure"]), row["month"],
        row["observed"], row["expected"], row["question"], row["answer_due_date"],
    ]  # fmt: skip
    sheet.set_row(number + 2, _LINE_POINTS * _lines(texts))
    sheet.write_number(number + 2, 0, number, plain)
    for column, text in enumerate(texts, start=1):
        sheet.write_string(number + 2, column, str(harmless(text or "")), plain)
    sheet.write_blank(number + 2, len(_COLUMNS) - 1, None, free)


def _lines(texts: list[Any]) -> int:
    """Lines that the longest text of a row takes, as not every office program fits a wrapped row on opening."""
    widths = (width - 1 for _, width in _COLUMNS[1:])  # a character of Chinese takes two columns' worth
    return max(
        ceil(len(str(text or "").encode("gb18030", "replace")) / width)
        for text, width in zip(texts, widths, strict=False)
    )
