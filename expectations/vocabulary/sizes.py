"""Rules on the size of one figure: what a count, a stock, a rate or a growth can be at all.

Not here: what is usual for this very series (``series.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import RowRule
from expectations.vocabulary.cells import HAS_NUMBER, PRINTED

BALANCE = "is_balance(indicator_name, measure)"
IS_MONEY = "canonical_dimension like 'money%'"
IS_PERCENT = "canonical_unit_code = 'percent'"


@dataclass(frozen=True)
class CountsAndStocksAreNotNegative(RowRule):
    """Counts, quantities and stocks are not negative."""

    zh = "数量、存量指标不为负"
    broken_if = (
        f"{HAS_NUMBER} and measure like 'level_%' and value_number < 0 and not {BALANCE} "
        f"and (not {IS_MONEY} or measure = 'level_eop')"
    )
    observed = PRINTED
    expected = "'≥ 0'"


@dataclass(frozen=True)
class FlowsOfMoneyAreNotNegative(RowRule):
    """A flow of money is rarely negative: a refund or a correction must be behind it."""

    generality = 2
    zh = "金额累计数一般不为负（退库、冲减除外）"
    broken_if = (
        f"{HAS_NUMBER} and measure like 'level_%' and measure <> 'level_eop' and value_number < 0 "
        f"and not {BALANCE} and {IS_MONEY}"
    )
    observed = PRINTED
    expected = "'≥ 0'"


@dataclass(frozen=True)
class ShareIsPartOfAWhole(RowRule):
    """A share lies between 0 and 100 percent."""

    zh = "比重在 0–100% 之间"
    broken_if = f"{HAS_NUMBER} and measure like 'share_%' and {IS_PERCENT} and canonical_value not between 0 and 100"
    observed = PRINTED
    expected = "'0–100 %'"


@dataclass(frozen=True)
class RateWithin(RowRule):
    """A rate in percent lies between <low> and <high>."""

    low: float
    high: float
    zh = "比率（%）在 <low> 至 <high> 之间"
    broken_if = (
        f"{HAS_NUMBER} and measure like 'rate_%' and {IS_PERCENT} and canonical_value not between <low> and <high>"
    )
    observed = PRINTED
    expected = "'<low>–<high> %'"


@dataclass(frozen=True)
class UnemploymentRateWithin(RowRule):
    """An unemployment rate lies between <low> and <high> percent."""

    low: float
    high: float
    zh = "失业率在 <low>–<high>% 之间"
    broken_if = (
        f"{HAS_NUMBER} and measure like 'rate_%' and indicator_name like '%失业率%' "
        "and canonical_value not between <low> and <high>"
    )
    observed = PRINTED
    expected = "'<low>–<high> %'"


@dataclass(frozen=True)
class IndexWithin(RowRule):
    """An index with the same period of last year as 100 lies between <low> and <high>."""

    low: float
    high: float
    zh = "指数（上年同期=100）在 <low>–<high> 之间"
    broken_if = f"{HAS_NUMBER} and measure like 'index_%' and value_number not between <low> and <high>"
    observed = PRINTED
    expected = "'<low>–<high>'"


@dataclass(frozen=True)
class GrowthNotBelowMinusHundred(RowRule):
    """Nothing but a balance can fall by more than 100 percent."""

    zh = "除利润等差额指标外，降幅不超过 100%"
    broken_if = (
        f"{HAS_NUMBER} and measure like 'growth_%' and {IS_PERCENT} and canonical_value < -100 and not {BALANCE}"
    )
    observed = PRINTED
    expected = "'≥ -100 %'"


@dataclass(frozen=True)
class GrowthIsSizeable(RowRule):
    """A growth beyond <high> percent is worth a question."""

    high: float
    zh = "增速超过 <high>% 的，请核实"
    broken_if = f"{HAS_NUMBER} and measure like 'growth_%' and {IS_PERCENT} and canonical_value > <high>"
    observed = PRINTED
    expected = "'≤ <high> %'"


@dataclass(frozen=True)
class CompletionIsNotNegative(RowRule):
    """The share of a yearly plan that was completed is not negative."""

    zh = "完成年度计划的百分比不为负"
    broken_if = f"{HAS_NUMBER} and measure = 'completion_ytd' and canonical_value < 0"
    observed = PRINTED
    expected = "'≥ 0'"
