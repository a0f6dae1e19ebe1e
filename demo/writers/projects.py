"""The development and reform commission's export: one figure per line, UTF-8 without BOM."""

from __future__ import annotations

from demo import SIMULATED
from demo.figures import Figures
from demo.letters import Document
from demo.months import Month
from demo.places import DISTRICT
from demo.tasks import tasks_of
from demo.writers.sheet import Row, number, to_csv


def project_register(figures: Figures, month: Month) -> Document:
    """A long table: period, region, indicator, kind of figure, value, unit."""
    rows: list[Row] = [("报告期", "地区", "指标名称", "口径", "数值", "单位", "备注")]
    for task in tasks_of("fgw"):
        value = figures.find(task.code, DISTRICT, month.year, month.month)
        if value is not None:
            printed = number(value, task.decimals)
            rows.append(
                (f"{month.year}年{month.cumulative}", "北关区", task.label, "累计", printed, task.unit, SIMULATED)
            )
    return Document(f"重点项目台账导出_{month.year}{month.month:02d}.csv", to_csv(rows, "utf-8"))
