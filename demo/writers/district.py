"""北关区's bureaus of statistics, finance, people and commerce: indicators down, each in its own format."""

from __future__ import annotations

from demo import SIMULATED
from demo.figures import Figures
from demo.letters import Document
from demo.months import Month
from demo.places import DISTRICT
from demo.tasks import Task, tasks_of
from demo.writers.sheet import Row, Sheet, number, to_csv, to_html, to_xls, to_xlsx


def _at(figures: Figures, series: str, month: Month) -> float | None:
    return figures.find(series, DISTRICT, month.year, month.month)


def _task_row(figures: Figures, task: Task, month: Month) -> Row | None:
    """Label, unit, cumulative figure, end-of-period figure; None when it has none for this month."""
    value = _at(figures, task.code, month)
    if value is None:
        return None
    cell = number(value, task.decimals)
    return (task.label, task.unit, cell, None) if task.kind == "flow" else (task.label, task.unit, None, cell)


def monthly_report(figures: Figures, month: Month) -> Document:
    """The bureau of statistics' monthly report: a merged header of two rows; GDP only when a quarter ends."""
    new_wording = month.year >= 2023

    def line(label: str, unit: str, series: str) -> Row:
        level = number(_at(figures, f"{series}.level", month), 2, mark="-")
        return (label, unit, level, number(_at(figures, f"{series}.growth", month), 1))

    rows: list[Row] = [
        ("北关区主要经济指标",),
        (f"{month.year}年{month.cumulative}", None, None, SIMULATED),
        ("指标名称", "计量单位", month.cumulative, None),
        (None, None, "累计", "增速（%）" if new_wording else "同比增长（%）"),
    ]
    if month.is_quarter_end:
        rows.append(line("地区生产总值（GDP）" if new_wording else "地区生产总值", "亿元", "gdp"))
    rows += [
        line("规上工业增加值" if new_wording else "规模以上工业增加值", "%", "industry"),
        line("固定资产投资（不含农户）", "%", "fai"),
        line("  其中：工业投资", "%", "industrial_fai"),
        line("社会消费品零售总额", "亿元", "retail"),
    ]
    rows += [(task.label, task.unit, number(_at(figures, task.code, month), 0), None) for task in tasks_of("tjj")]
    rows.append((f"注：1.{SIMULATED}；2.地区生产总值、规模以上工业增加值增速按可比价格计算，“-”表示不发布总量。",))
    merges = [(0, 0, 0, 3), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3)]
    return Document(
        f"北关区统计局{month.year}年{month.cumulative}主要经济指标.xlsx", to_xlsx([Sheet("主要经济指标", rows, merges)])
    )


def budget_report(figures: Figures, month: Month) -> Document:
    """The finance bureau's table, in 万元, with last year's figure beside this year's."""
    last_year = Month(month.year - 1, month.month)

    def line(label: str, series: str) -> Row:
        now, before = (number(_at(figures, f"{series}.level", when), 0) for when in (month, last_year))
        return (label, now, before, number(_at(figures, f"{series}.growth", month), 1))

    rows: list[Row] = [
        ("北关区一般公共预算收支情况表",),
        (f"{month.year}年{month.cumulative}", None, None, "单位：万元"),
        ("项目", "本年累计", "上年同期", "同比增长（%）"),
        line("一、一般公共预算收入", "revenue"),
        line("二、一般公共预算支出", "spending"),
        ("其中：民生支出", number(_at(figures, "livelihood", month), 0), None, None),
        ("民生支出占比（%）", number(_at(figures, "livelihood.share", month), 1), None, None),
        ("三、争取专项债券资金", number(_at(figures, "special_bonds", month), 0), None, None),
    ]
    if (debt := _at(figures, "hidden_debt", month)) is not None:
        rows.append(("四、新增地方政府隐性债务", number(debt, 0), None, None))
    rows.append((f"说明：{SIMULATED}。",))
    name = f"财政收支情况{month.year}年{month.month}月（北关区财政局）.xls"
    return Document(name, to_xls([Sheet("收支情况", rows, [(0, 0, 0, 3)])]))


def jobs_report(figures: Figures, month: Month) -> Document:
    """The human-resources bureau's CSV in GB18030, as its business system exports it."""
    rows: list[Row] = [
        ("北关区就业和技能人才情况", None, None, None),
        (f"{month.year}年{month.cumulative}", None, None, None),
        ("指标", "单位", "本年累计", "期末数"),
    ]
    rows += [row for task in tasks_of("rsj") if not task.goal and (row := _task_row(figures, task, month)) is not None]
    rows.append((f"注：{SIMULATED}", None, None, None))
    return Document(f"就业技能人才月报_{month.year}{month.month:02d}.csv", to_csv(rows, "gb18030"))


def trade_report(figures: Figures, month: Month) -> Document:
    """The commerce bureau's web page: foreign trade and the projects that were brought in."""
    trade: Row = (
        "进出口总值",
        "万元",
        number(_at(figures, "trade.level", month), 0),
        number(_at(figures, "trade.growth", month), 1),
    )
    rows: list[Row] = [("指标", "单位", "累计", "同比增长（%）"), trade]
    rows += [row for task in tasks_of("swj") if (row := _task_row(figures, task, month)) is not None]
    title = f"北关区{month.year}年{month.cumulative}外贸和招商引资情况"
    notes = [f"说明：{SIMULATED}。"]
    return Document(f"外贸和招商引资情况（{month.year}年{month.cumulative}）.html", to_html(title, [], rows, notes))


def science_report(figures: Figures, month: Month) -> Document:
    """The science bureau's quarterly CSV (UTF-8 with BOM); research spending only once a year."""
    rows: list[Row] = [
        ("北关区科技创新主要指标", None, None, None, None),
        (f"{month.year}年{month.cumulative}", None, None, None, SIMULATED),
        ("指标名称", "计量单位", "本年累计", "期末数", "同比增长（%）"),
    ]
    for task in tasks_of("kjj"):
        if task.kind == "growth":
            growth = _at(figures, task.code, month)
            if growth is not None:
                rows.append((task.label, task.unit, None, None, number(growth, task.decimals)))
        elif (row := _task_row(figures, task, month)) is not None:
            rows.append((*row, None))
    return Document(f"科技创新指标（{month.year}年{month.spoken}）.csv", to_csv(rows, "utf-8-sig"))
