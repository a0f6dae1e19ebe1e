"""What is chosen for one table: everything that may vary, drawn by hypothesis, and the dice for the rest."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hypothesis import strategies as st

ORIENTATIONS = ("regions_down", "indicators_down", "regions_across", "periods_down", "long")
REGIONS = {
    "430500": ("邵阳市", "全市"),
    "430502": ("双清区", "双清", "邵阳市双清区", "湖南省邵阳市双清区", "双清（区）"),
    "430503": ("大祥区", "大祥", "邵阳市大祥区"),
    "430511": ("北塔区", "北塔"),
    "430529": ("城步苗族自治县", "城步县", "城步", "邵阳市城步县"),
    "430581": ("武冈市", "武冈", "邵阳市武冈市"),
    "430582": ("邵东市", "邵东"),
}
INDICATORS = {
    "gdp": "地区生产总值", "retail": "社会消费品零售总额", "industrial_revenue": "规模工业营业收入",
    "industrial_profit": "规模工业利润总额",
}  # fmt: skip
MONEY = {"亿元": "yi_yuan", "万元": "wan_yuan"}
MARKS = {"—": "L", "…": "N", "-": "O", "数据不详": "O"}
STYLES = ("plain", "grouped", "full_width", "thin_spaces", "minus_signs", "qualified", "stored", "raw")

_NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Case:
    """One table to be written."""

    orientation: str
    header_rows: int
    month: int
    period: str
    period_place: str
    unit: str
    unit_place: str
    percent: str
    style: str
    noise: int
    seed: int
    minus_signs: str = "\u2212\u2013－负"

    def dice(self) -> random.Random:
        """The dice for all that is not worth a choice of its own."""
        return random.Random(self.seed)


def wordings(month: int) -> list[str]:
    """Ways to print January to a month of 2025; each means the same for a cumulative figure."""
    last = {1: 31, 3: 31, 5: 31, 7: 31, 8: 31, 2: 28}.get(month, 30)
    chinese = _NUMERALS[month]
    found = [
        f"2025年1-{month}月", f"2025年1－{month}月", f"２０２５年１—{month}月", f"2025年1～{month}月",
        f"2025年1至{month}月", f"2025年1月至{month}月", f"2025 年 1 - {month} 月", f"2025年1-{month}月份",
        f"2025年1-{month}月累计",
        f"二〇二五年一至{chinese}月", f"二○二五年{chinese}月", f"2025年{month}月", f"2025年{month}月末",
        f"截至2025年{month}月{last}日", f"截止2025年{month}月底", f"2025年0{month}月", f"2025.1-{month}月",
    ]  # fmt: skip
    return found + {3: ["2025年一季度"], 6: ["2025年上半年"], 9: ["2025年前三季度", "2025年前3季度"]}.get(month, [])


BARE = {"month": "2025.0{month}", "dash": "2025-0{month}", "compact": "20250{month}"}
"""Wordings that are a period only where nothing else stands in the cell."""


@st.composite
def cases(draw: st.DrawFn, orientations: tuple[str, ...] = ORIENTATIONS) -> Case:
    """Any table."""
    month = draw(st.integers(2, 9))
    orientation = draw(st.sampled_from(orientations))
    place = draw(st.sampled_from(["title", "lone", "sheet", "header", "year_apart"]))
    if orientation == "periods_down" and place in ("header", "year_apart"):
        place = "title"  # the rows are the periods
    texts = wordings(month)
    if place == "lone" or (place == "header" and orientation == "long"):
        texts += [text.format(month=month) for text in BARE.values()]
    if place == "year_apart":
        texts = [f"1-{month}月", f"1—{month}月", f"{month}月末", f"1至{month}月累计"]
    return Case(
        orientation=orientation,
        header_rows=1 if orientation == "long" else draw(st.integers(1, 3)),
        month=month,
        period=draw(st.sampled_from(texts)),
        period_place=place,
        unit=draw(st.sampled_from(list(MONEY))),
        unit_place=draw(st.sampled_from(["title", "lone", "header", "header_row", "row", "beside", "column", "spec"])),
        percent=draw(st.sampled_from(["header", "nowhere", "beside"])),
        style=draw(st.sampled_from(STYLES)),
        noise=draw(st.integers(0, 3)),
        seed=draw(st.integers(0, 2**32 - 1)),
    )
