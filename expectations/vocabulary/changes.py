"""Rules that hold a figure against its neighbours: the months beside it, the year before, its growth, its table.

How far a figure lies beyond what its neighbours allow is learnt in ``raw/frames`` and counted in spreads; the likeliest
cause is named there too, so that one slip breaks one rule and only what no cause explains is told as an unusual change.
Not here: what a figure can be at all (``sizes.py``), its size among two years of its series (``series.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import RowRule
from expectations.vocabulary.cells import PRINTED
from expectations.vocabulary.series import MEANT, TAUGHT, number

ALLOWED = f"{number('allowed_low')} || ' 至 ' || {number('allowed_high')} || {TAUGHT}"
TOLD_BY_GROWTH = f"'约 ' || {number('told_by_growth')} || '（由增速与本期、上年同期绝对额推算）'"
GRAVE = (
    "(doubt >= <held> and (contradiction >= case when has_nominal_growth then <nominal> "
    "else <other> end or (change_surprise >= <held> and not is_confirmed)))"
)


@dataclass(frozen=True)
class FigureIsItsOwn(RowRule):
    """A figure <spreads> spreads from its neighbours is not, to the last digit, that of another month or cell."""

    spreads: float
    generality = 1
    zh = "异常变动的数值不应与其他月份或同表其他单元格完全相同（疑为误抄或未更新）"
    broken_if = "cause in ('another_month', 'another_cell') and doubt >= <spreads> and not is_confirmed"
    observed = PRINTED
    expected = (
        "'不是 ' || case cause when 'another_month' then strftime(copied_month, '%Y-%m') else copied_cell end "
        f"|| ' 的数据；' || {ALLOWED}"
    )


@dataclass(frozen=True)
class SignFitsSeries(RowRule):
    """A figure <spreads> spreads from its neighbours does not fit all of them with the other sign."""

    spreads: float
    generality = 1
    zh = "正负号与前后各期、绝对额相符（升降未填反）"
    broken_if = "coalesce(cause = 'sign' and doubt >= <spreads>, false) or coalesce(table_cause = 'sign', false)"
    observed = PRINTED
    expected = f"case when cause = 'sign' then {MEANT} else told_by_table end"


@dataclass(frozen=True)
class IndexIsNotGrowth(RowRule):
    """A growth is not printed as an index (103.2 for 3.2 %), nor an index as a growth."""

    spreads: float
    generality = 1
    zh = "增速与指数未混填（如增长 3.2% 填为 103.2）"
    broken_if = (
        "coalesce(cause in ('index', 'growth') and doubt >= <spreads>, false) or coalesce(table_cause = 'index', false)"
    )
    observed = PRINTED
    expected = f"case when cause in ('index', 'growth') then {MEANT} else told_by_table end"


@dataclass(frozen=True)
class CumulativeIsNotOneMonth(RowRule):
    """A cumulative figure is not that of its newest month alone."""

    spreads: float
    generality = 1
    zh = "累计数未填成当月数"
    broken_if = "cause = 'month' and doubt >= <spreads>"
    observed = PRINTED
    expected = f"{MEANT} || '，即本格加前期累计'"


@dataclass(frozen=True)
class ZeroFitsSeries(RowRule):
    """A figure is not zero <spreads> spreads from its neighbours, unless growth and level both tell so."""

    spreads: float
    generality = 1
    zh = "各期均不为零的指标未填 0（未报送的请留空或注明原因）"
    broken_if = (
        "coalesce(cause = 'zero' and doubt >= <spreads> and is_moving and not is_confirmed, false) "
        "or coalesce(table_cause = 'zero', false)"
    )
    observed = PRINTED
    expected = f"case when cause = 'zero' then {ALLOWED} else told_by_table end"


@dataclass(frozen=True)
class GrowthAgreesWithLevels(RowRule):
    """Growth, level and the level a year before contradict each other by no more than a revised base explains.

    Beyond <held> times their usual disagreement, and by <nominal> of the level on a nominal basis or <other> on
    another, unless the figure also leaves its own series. Named is the figure that its own series doubts most.
    """

    held: float
    nominal: float
    other: float
    generality = 2
    zh = "增速与本期、上年同期绝对额相符"
    broken_if = f"cause = 'contradiction' and {GRAVE}"
    observed = PRINTED
    expected = TOLD_BY_GROWTH


@dataclass(frozen=True)
class GrowthIsNearLevels(RowRule):
    """Growth, level and the level a year before contradict each other by less than <asked> times what is usual.

    Asked about is the figure that its own series doubts most; where it does not tell them apart, growth and level.
    """

    asked: float
    generality = 3
    zh = "增速与本期、上年同期绝对额的差距在常见范围内（基数调整的请说明）"
    broken_if = "(cause = 'contradiction' and doubt >= <asked>) or open_doubt >= <asked>"
    observed = PRINTED
    expected = TOLD_BY_GROWTH


@dataclass(frozen=True)
class ImpliedBaseIsRound(RowRule):
    """Where unrounded growth leads the levels of a column back to bases of as few decimals, every row's does.

    If no likely slip and no sum tells which of level and growth was altered, both are held.
    """

    generality = 3
    zh = "同列由增速（未取舍）推得的上年同期数均为整齐数时，每行都应如此（绝对额或增速疑被改动）"
    broken_if = "coalesce(table_cause = 'base', false)"
    observed = PRINTED
    expected = "told_by_table"


@dataclass(frozen=True)
class ChangeFitsSeries(RowRule):
    """A figure lies within <held> spreads of what both the months beside it and the year before allow.

    Growth and level that move together are believed.
    """

    held: float
    generality = 3
    zh = "与相邻月份、上年同期相比，变动未远超该指标的常见范围"
    broken_if = "cause = 'change' and change_surprise >= <held> and is_moving and not is_confirmed"
    observed = PRINTED
    expected = ALLOWED


@dataclass(frozen=True)
class ChangeIsUsual(RowRule):
    """A figure lies within <asked> spreads of what the months beside it, or the year before, allow."""

    asked: float
    generality = 4
    zh = "与相邻月份或上年同期相比，变动在该指标的常见范围内"
    broken_if = "cause is not null and largest_change_surprise >= <asked> and not is_confirmed"
    observed = PRINTED
    expected = ALLOWED
