"""The shared form in which bureaus report the plan's tasks once a quarter."""

from __future__ import annotations

from demo import SIMULATED
from demo.figures import Figures
from demo.letters import Document
from demo.months import Month
from demo.places import DISTRICT
from demo.tasks import tasks_of
from demo.writers.sheet import Row, Sheet, Value, number, to_xlsx

BUREAU_NAMES = {
    "rsj": "北关区人力资源和社会保障局",
    "gxj": "北关区工业和信息化局",
    "zjj": "北关区住房和城乡建设局",
    "nyj": "北关区农业农村局",
    "jtyj": "北关区教育体育局",
    "jtj": "北关区交通运输局",
    "zwfwj": "北关区政务服务和大数据管理局",
    "wjw": "北关区卫生健康委员会",
    "sthjj": "安阳市生态环境局北关分局",
    "yjglj": "北关区应急管理局",
    "xczxj": "北关区乡村振兴局",
}


def progress_report(bureau: str, figures: Figures, month: Month) -> Document:
    """One line per task: the year's goal as worded, what was done since January, what stands now."""
    rows: list[Row] = [
        (f"{BUREAU_NAMES[bureau]}重点任务进展表",),
        (f"{month.year}年{month.cumulative}", None, None, None, None, SIMULATED),
        ("序号", "任务指标", "计量单位", "年度目标", "本年累计", "期末数"),
    ]
    shared_form = [task for task in tasks_of(bureau) if bureau != "rsj" or task.goal]
    for task in shared_form:
        value = figures.find(task.code, DISTRICT, month.year, month.month)
        if value is None:
            continue
        cell: Value = number(value, task.decimals)
        done, stands = (cell, None) if task.kind == "flow" else (None, cell)
        goal = task.goal if month.year == 2023 else None
        rows.append((str(len(rows) - 2), task.label, task.unit, goal or None, done, stands))
    name = f"{BUREAU_NAMES[bureau]}重点任务进展（{month.year}年{month.cumulative}）.xlsx"
    return Document(name, to_xlsx([Sheet("进展表", rows, [(0, 0, 0, 5)])]))
