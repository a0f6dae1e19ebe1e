"""The financial work bureau's table: what stands at the end of the month, and the change since the year began."""

from __future__ import annotations

from demo import SIMULATED
from demo.figures import Figures
from demo.letters import Document
from demo.months import Month
from demo.places import DISTRICT
from demo.writers.sheet import Row, Sheet, Value, number, to_xlsx


def _cell(figures: Figures, series: str, month: Month, decimals: int) -> Value:
    return number(figures.find(series, DISTRICT, month.year, month.month), decimals)


def loan_report(figures: Figures, month: Month) -> Document:
    """Deposits, loans and their ratios at the end of the month."""
    rows: list[Row] = [
        ("北关区金融运行情况",),
        (f"{month.year}年{month.month}月末", None, None, SIMULATED),
        ("指标", "单位", "期末余额", "比年初增减"),
        ("各项存款余额", "亿元", _cell(figures, "deposits", month, 2), _cell(figures, "deposits.change", month, 2)),
        ("各项贷款余额", "亿元", _cell(figures, "loans", month, 2), _cell(figures, "loans.change", month, 2)),
        ("余额存贷比", "%", _cell(figures, "loan_ratio", month, 1), None),
        ("新增存贷比", "%", None, _cell(figures, "new_loan_ratio", month, 1)),
        ("省定重点上市后备企业", "家", _cell(figures, "listing_reserve", month, 0), None),
    ]
    if (risks := _cell(figures, "financial_risks", month, 0)) is not None:
        rows.append(("区域性系统性金融风险（累计）", "起", risks, None))
    return Document(
        f"北关区金融运行情况（{month.year}年{month.month}月末）.xlsx",
        to_xlsx([Sheet("金融运行", rows, [(0, 0, 0, 3)])]),
    )
