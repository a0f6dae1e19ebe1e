"""The city's offices: every county-level unit and the whole city, regions down in 2021, across from 2022 on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demo import SIMULATED
from demo.figures import Figures
from demo.letters import Document
from demo.months import Month
from demo.places import CITY, FULL, PADDED, SHORT, UNITS
from demo.writers.sheet import Row, Sheet, Value, number, to_xls, to_xlsx


@dataclass(frozen=True)
class Subject:
    """One sheet: an indicator, its level (if any is published) and its growth."""

    series: str
    sheet: str
    title: str
    level: str = ""
    level_decimals: int = 2
    with_rank: bool = False


STATISTICS = (
    Subject("gdp", "生产总值", "地区生产总值", "亿元"),
    Subject("industry", "规上工业", "规模以上工业增加值增速", with_rank=True),
    Subject("fai", "固定资产投资", "固定资产投资增速", with_rank=True),
    Subject("industrial_fai", "工业投资", "工业投资增速", with_rank=True),
    Subject("retail", "社会消费品零售", "社会消费品零售总额", "亿元"),
    Subject("trade", "进出口", "进出口总值", "万元", 0),
)
BUDGET = (
    Subject("revenue", "收入", "一般公共预算收入", "万元", 0),
    Subject("spending", "支出", "一般公共预算支出", "万元", 0),
)


def _ranks(figures: Figures, subject: Subject, month: Month) -> dict[str, Value]:
    series = f"{subject.series}.growth"
    ranks = {unit: figures.rank(series, unit, UNITS, month.year, month.month) for unit in UNITS}
    return {unit: number(rank, 0) for unit, rank in ranks.items()}


def regions_down(figures: Figures, subject: Subject, month: Month, names: Mapping[str, str]) -> Sheet:
    """A line per region; the rank in the last column."""
    ranks = _ranks(figures, subject, month)
    header: list[Value] = [
        "地区",
        *(["绝对额"] if subject.level else []),
        "增长（%）",
        *(["位次"] if subject.with_rank else []),
    ]
    unit = f"单位：{subject.level}" if subject.level else "单位：%"
    rows: list[Row] = [
        (f"各县（市、区）{subject.title}",),
        (f"{month.year}年{month.cumulative}", *[None] * (len(header) - 2), unit),
        header,
    ]
    for region in (CITY, *UNITS):
        line: list[Value] = [names[region]]
        if subject.level:
            level = figures.get(f"{subject.series}.level", region, month.year, month.month)
            line.append(number(level, subject.level_decimals))
        line.append(number(figures.get(f"{subject.series}.growth", region, month.year, month.month), 1))
        if subject.with_rank:
            line.append(ranks.get(region, "-"))
        rows.append(line)
    rows.append((f"注：{SIMULATED}。",))
    return Sheet(subject.sheet, rows, [(0, 0, 0, len(header) - 1)])


def regions_across(figures: Figures, subject: Subject, month: Month, names: Mapping[str, str]) -> Sheet:
    """A column per region; the level, the growth and the rank below each other."""
    regions = (CITY, *UNITS)

    def line(label: str, series: str, decimals: int) -> Row:
        values = (figures.get(series, region, month.year, month.month) for region in regions)
        return (label, *(number(value, decimals) for value in values))

    rows: list[Row] = [
        (f"{month.year}年{month.cumulative}各县（市、区）{subject.title}",),
        (SIMULATED,),
        ("指标", *(names[region] for region in regions)),
    ]
    if subject.level:
        rows.append(line(f"总量（{subject.level}）", f"{subject.series}.level", subject.level_decimals))
    rows.append(line("增速（%）", f"{subject.series}.growth", 1))
    if subject.with_rank:
        ranks = _ranks(figures, subject, month)
        rows.append(("增速位次", "-", *(ranks[unit] for unit in UNITS)))
    return Sheet(subject.sheet, rows, [(0, 0, 0, len(regions))])


def county_monthly(figures: Figures, month: Month) -> Document:
    """The city bureau of statistics' workbook: one sheet per subject, GDP only when a quarter ends."""
    subjects = [subject for subject in STATISTICS if month.is_quarter_end or subject.series != "gdp"]
    if month.year == 2021:
        sheets = [regions_down(figures, subject, month, PADDED) for subject in subjects]
        return Document(f"安阳市各县（市、区）主要指标{month.year}年{month.cumulative}.xlsx", to_xlsx(sheets))
    names = FULL if month.year == 2022 else SHORT
    sheets = [regions_across(figures, subject, month, names | {CITY: "全市"}) for subject in subjects]
    return Document(f"{month.year}年{month.cumulative}分县（市、区）主要经济指标（市统计局）.xlsx", to_xlsx(sheets))


def county_budget(figures: Figures, month: Month) -> Document:
    """The city finance bureau's table: xls until 2022, xlsx with regions across from 2023 on."""
    if month.year < 2023:
        names = FULL | {CITY: "全市合计"}
        sheets = [regions_down(figures, subject, month, names) for subject in BUDGET]
        return Document(f"各县（市、区）财政收支完成情况{month.year}年{month.month}月.xls", to_xls(sheets))
    sheets = [regions_across(figures, subject, month, SHORT) for subject in BUDGET]
    return Document(f"各县（市、区）财政收支完成情况{month.year}年{month.month}月.xlsx", to_xlsx(sheets))


def consumer_prices(figures: Figures, month: Month) -> Document:
    """The survey office's price index; every month has one, and there is none for a district."""
    year, last = month.year, month.month
    rows: list[Row] = [
        ("安阳市居民消费价格指数",),
        (f"{year}年{month.cumulative}", None, SIMULATED),
        ("指标", "平均指数（上年同期=100）", "涨跌幅（%）"),
        (
            "居民消费价格总指数",
            number(figures.get("cpi.average", CITY, year, last), 1),
            number(figures.get("cpi.rise", CITY, year, last), 1),
        ),
        (f"注：平均指数为1月至本月。{SIMULATED}。",),
    ]
    return Document(f"安阳市{year}年{last}月居民消费价格指数.xlsx", to_xlsx([Sheet("CPI", rows, [(0, 0, 0, 2)])]))


def household_income(figures: Figures, month: Month) -> Document:
    """The survey office's quarterly incomes of all residents: level, nominal and real growth."""
    year, last = month.year, month.month
    header = ("地区", "全体居民人均可支配收入（元）", "名义增长（%）", "实际增长（%）")
    rows: list[Row] = [
        ("安阳市各县（市、区）居民人均可支配收入",),
        (f"{year}年{month.cumulative}", None, None, SIMULATED),
        header,
    ]
    for region in (CITY, *UNITS):
        level = number(figures.get("income.level", region, year, last), 0)
        nominal = number(figures.get("income.growth", region, year, last), 1)
        rows.append((FULL[region], level, nominal, number(figures.get("income.real", region, year, last), 1)))
    return Document(f"安阳市居民收入{year}年{month.spoken}.xlsx", to_xlsx([Sheet("居民收入", rows, [(0, 0, 0, 3)])]))
