"""The county-level units of the demonstration and the ways in which offices write their names."""

from __future__ import annotations

CITY = "410500"
DISTRICT = "410503"

# In the order in which city offices list them.
UNITS: dict[str, str] = {
    "410502": "文峰区",
    "410503": "北关区",
    "410505": "殷都区",
    "410506": "龙安区",
    "410522": "安阳县",
    "410523": "汤阴县",
    "410526": "滑县",
    "410527": "内黄县",
    "410581": "林州市",
}
FOUR_DISTRICTS = ("410502", "410503", "410505", "410506")

# Typists pad names so that they line up: half-width spaces, ideographic spaces (U+3000).
PADDED: dict[str, str] = {
    CITY: "全  市",
    "410502": "文 峰 区",
    "410503": "北 关 区",
    "410505": "殷 都 区",
    "410506": "龙 安 区",
    "410522": "安 阳 县",
    "410523": "汤 阴 县",
    "410526": "滑\u3000县",
    "410527": "内 黄 县",
    "410581": "林 州 市",
}
SHORT: dict[str, str] = {
    CITY: "全市",
    "410502": "文峰",
    "410503": "北关",
    "410505": "殷都",
    "410506": "龙安",
    "410522": "安阳县",
    "410523": "汤阴",
    "410526": "滑县",
    "410527": "内黄",
    "410581": "林州",
}
FULL: dict[str, str] = {CITY: "安阳市", **UNITS}
