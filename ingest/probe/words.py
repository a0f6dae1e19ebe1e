"""What the words of a header, a row label or a title say about the figures: measure, span, unit, rank, or a topic.

Belongs here: the statistician's vocabulary, in Chinese and some English. Does not belong here: the words of any one
file, codes of a pack, or where a word stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.interpret.labels import Label
from ingest.interpret.periods import read_period
from ingest.pack.models import GrowthBasis
from ingest.spec import PeriodRef

Family = Literal["level", "growth", "change", "index", "rate", "share", "completion", "rank"]
Span = Literal["ytd", "month", "quarter", "eop"]

PERIOD = (
    r"(?:截[至止])?(?:(?:19|20)?\d\d年(?:度)?)?(?:1[-—–~至到]\d{1,2}月份?|\d{1,2}月份?|上半年|前[二三]季度|第?[一二三四]季度|全年)"
    r"(?:末|底|累计)?|(?:19|20)\d\d年(?:度)?"
)
_PERIOD = re.compile(PERIOD)
_PURE = re.compile(
    r"(?:绝对[额量值]|总[量额]|数[值量额]|金额|规模|实绩|完成[额数量值]?|合计|累计[数值额]?|自年初|本年|本期|本月|当月|本季|实际|名义|"
    r"期末[数值]?|月末|季末|年末|余额|平均|指数|同比|同期|比上年|较上年|比去年|较去年|上年|去年|同月|增长|增速|增幅|增减[额数幅]?|涨跌幅?|"
    r"升降幅?|变动|幅度|率|比年初|较年初|年初|位次|排名|名次|排序|排位|环比|比上月|较上月|数|值|额|total|number|value|\W)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:(?:累计|当月|本月|期末|同比|比上年同期|较上年同期|比上年|较上年|比去年同期)?(?:名义|实际)?(?:增长率|增长|增速|增幅|增减幅?|涨跌幅)"
    r"|累计[数值额]?|当月[数值额]?|本月[数值额]?|期末[数值]?|绝对[额量值]|增速位次|位次|排名|名次)+$"
)
_ROLES = (
    ("unit", re.compile(r"(?:计量)?单位|units?", re.IGNORECASE)),
    ("note", re.compile(r"备注|说明|附注|notes?|remarks?", re.IGNORECASE)),
    ("serial", re.compile(r"序号|编号|行次|代码|no\.?|code|fips(code)?|.{0,6}code", re.IGNORECASE)),
)
_RANK = re.compile(r"排名|位次|名次|排序|排位|^rank$", re.IGNORECASE)
_TARGET = re.compile(r"(?:年度|全年|年|预期|目标)(?:目标|计划|任务)|目标值?$|年初预算|调整预算|预算数|计划数|任务数")
_COMPLETION = re.compile(r"完成率|完成年?度?(?:计划|预算|目标)|占年?度?(?:计划|预算|目标)|为年?度?(?:计划|预算|目标)")
_CHANGE = re.compile(r"[比较]年初")
_POINTS = re.compile(r"百分点")
_PREVIOUS = re.compile(r"环比|[比较]上[月期季]")
_GROWTH = re.compile(r"增长|增速|增幅|增减|同比|[比较](?:上年|去年)|涨跌|升降|growth", re.IGNORECASE)
_RATE_OF_GROWTH = re.compile(r"增长|增速|幅|率|同比|growth", re.IGNORECASE)
_LAST_YEAR = re.compile(r"(?:上年|去年)(?:同期|同月)")
_OTHER_TIME = re.compile(r"^(?:上年|去年|上月|上期|前年|上年末|上年底|年初)(?:数|值|额|全年|实绩|完成)?$")
_BASES: tuple[tuple[str, GrowthBasis], ...] = (
    ("名义", "nominal"), ("实际增", "constant_price"), ("可比价", "constant_price"), ("不变价", "constant_price"),
    ("同口径", "same_scope"), ("自然口径", "natural_scope"), ("可比口径", "comparable_scope"),
)  # fmt: skip
_SPANS: tuple[tuple[re.Pattern[str], Span], ...] = (
    (
        re.compile(r"期末|[月季年]末|余额|时点|現在|现在|存量|保有量|存货|应收|库存|资产总|负债|(?:户籍|常住|总)人口"),
        "eop",
    ),
    (re.compile(r"累计|自年初|平均指数|1-本月"), "ytd"),
    (re.compile(r"本月|当月|対前|増加数|\bchange\b|changefrom", re.IGNORECASE), "month"),
    (re.compile(r"本季|当季"), "quarter"),
    (re.compile(r"本年"), "ytd"),
)
_SHARE = re.compile(r"比重|占比|比例|份额|构成|亏损面$|占.*比")
_RATE = re.compile(r"率$|率\(|存贷比|Rate$|(?<![a-z])rate$|[Pp]ercent")
_AMOUNT = re.compile(r"(?:额|产值|增加值|收入|支出|投资|存款|贷款|利润|税|税金|费用|成本)$")
_PERCENT = {"%", "‰", "百分比", "percent"}
NOTE = re.compile(
    r"^(?:附?注\d?|说明|备注|(?:数据)?(?:资料)?来源|资料|单位负责人|填[报表]|制表|审核|联系)[人日]?期?[:.、]|^[*※①a-c]\)?\s|^\*"
)
TOTAL = re.compile(r"^(?:合计|总计|小计|总和|共计|平均|其他|total|all|sum)$", re.IGNORECASE)
GENERIC = re.compile(r"指标|情况|进展|一览|统计|月报|概况|主要|简表|数据|表$")


@dataclass(frozen=True, slots=True)
class Words:
    """What one text says; ``topic`` is what remains when measure, span, period and unit are taken away."""

    text: str
    topic: str
    units: tuple[str, ...] = ()
    family: Family | None = None
    span: Span | None = None
    basis: GrowthBasis | None = None
    reference: PeriodRef | None = None
    role: str | None = None
    ignore: str | None = None

    @property
    def is_percent(self) -> bool:
        """Whether the unit is a percentage."""
        return _is_percent(self.units)


def read_words(label: Label) -> Words:
    """Take a label apart."""
    bare = strip_period(label.bare)
    role = next((name for name, pattern in _ROLES if pattern.fullmatch(bare)), None)
    if role:
        return Words(label.text, "", role=role)
    topic = "" if not bare or _PURE.fullmatch(bare) else (_TAIL.sub("", bare) or bare)
    family, ignore = _family(bare, label.norm, label.units)
    reference: PeriodRef | None = None
    if family in (None, "level", "change") and _LAST_YEAR.search(bare) and not ignore:
        reference, topic = "same_period_last_year", "" if _PURE.fullmatch(bare) else topic
        family = family or "level"
    if _OTHER_TIME.fullmatch(bare):
        ignore = "另一时期的数，待人确认 / of another time, to be decided"
    span = next((span for pattern, span in _SPANS if pattern.search(label.norm)), None)
    basis = next((basis for word, basis in _BASES if word in label.norm), None)
    if "=100" in label.norm:
        topic = "" if _PURE.fullmatch(re.sub(r"\([^()]*=100[^()]*\)", "", bare)) else topic
    return Words(
        label.text, topic, label.units, family, span, basis if family == "growth" else None, reference, None, ignore
    )


def strip_period(text: str) -> str:
    """A text without the periods printed in it."""
    return _PERIOD.sub("", text)


def _family(bare: str, norm: str, units: tuple[str, ...]) -> tuple[Family | None, str | None]:
    """The kind of figure, and the reason why such figures are not read, if so."""
    plain: tuple[tuple[bool, Family | None, str | None], ...] = (
        (bool(_RANK.search(bare)), "rank", None),
        (bool(_COMPLETION.search(bare)), "completion", None),
        (bool(_TARGET.search(bare)), None, "目标值，不是统计数 / a target, not a figure"),
        ("=100" in norm or bare.endswith("指数"), "index", None),
        (bool(_POINTS.search(norm)), None, "百分点差，没有对应的计量 / a difference in points has no measure"),
        (bool(_CHANGE.search(bare)) and _is_percent(units), None, "比年初的百分比，没有对应的计量 / no measure for it"),
        (bool(_CHANGE.search(bare)), "change", None),
        (bool(_PREVIOUS.search(bare)), None, "环比，没有对应的计量 / month on month has no measure"),
    )
    for holds, family, reason in plain:
        if holds:
            return family, reason
    return _growth_or_level(bare, units)


def _growth_or_level(bare: str, units: tuple[str, ...]) -> tuple[Family | None, str | None]:
    is_amount = bool(units) and not _is_percent(units)
    if _GROWTH.search(bare) and not (_LAST_YEAR.fullmatch(bare) or bare.endswith("增加值")):
        if is_amount or not (_RATE_OF_GROWTH.search(bare) or _is_percent(units)):
            return None, "增减额，没有对应的计量 / an absolute change has no measure"
        return "growth", None
    if _SHARE.search(bare):
        return "share", None
    if _RATE.search(bare):
        return "rate", None
    return ("level", None) if bare and _PURE.fullmatch(bare) else (None, None)


def _is_percent(units: tuple[str, ...]) -> bool:
    return bool(units) and all(unit in _PERCENT for unit in units)


def is_amount_of_money(topic: str) -> bool:
    """Whether a name can only be counted in money (销售额), so that 万平方米 cannot be its unit."""
    return bool(_AMOUNT.search(topic))


def names_period(text: str) -> bool:
    """Whether a text names a period."""
    return read_period(text, 2000) is not None
