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
    period = f"{month.year}年{month.cumulative}"

    def add(label: str, kind: str, series: str, unit: str, decimals: int) -> None:
        value = figures.find(series, DISTRICT, month.year, month.month)
        if value is not None:
            rows.append((period, "北关区", label, kind, number(value, decimals), unit, SIMULATED))

    for task in tasks_of("fgw"):
        add(task.label, "期末" if task.kind == "stock" else "累计", task.code, task.unit, task.decimals)
    add("省市重点项目完成投资", "年度计划完成率", "city_key_completion", "%", 1)
    add("滚动实施“三个一批”项目", "累计", "batches", "个", 0)
    return Document(f"重点项目台账导出_{month.year}{month.month:02d}.csv", to_csv(rows, "utf-8"))
