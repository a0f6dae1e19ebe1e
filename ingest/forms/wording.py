"""The words of a form: periods, missing marks, frequencies, in Chinese with English beside.

Belongs here: words and nothing else. Does not belong here: which of them a form needs.
"""

from __future__ import annotations

from datetime import date

from ingest.measures import MEASURES

BASES: dict[str, str] = {
    "constant_price": "可比价", "comparable_scope": "可比口径", "nominal": "名义", "same_scope": "同口径",
    "natural_scope": "自然口径",
}  # fmt: skip
FREQUENCIES: dict[str, tuple[str, str]] = {
    "monthly": ("月度指标", "monthly"),
    "quarterly": ("季度指标", "quarterly"),
    "half_yearly": ("半年度指标", "half-yearly"),
    "annual": ("年度指标", "annual"),
    "irregular": ("不定期指标", "irregular"),
}
STATUSES: dict[str, tuple[str, str, str]] = {
    "初步数": ("P", "已填数，但尚未最后核实", "a figure is given and not final yet"),
    "无此数": ("M", "本期没有这个数，如制度不产生", "no such figure can exist this period"),
    "不统计": ("L", "有这个数，但按制度不收集或不公布", "it exists but is not collected or is withheld by rule"),
    "暂缺": ("O", "应报，现在还没有，以后补报", "due, not available yet, will follow"),
    "计入他处": ("K", "已包含在其他地区或指标中", "included in another region or indicator"),
    "不足单位": ("N", "有数，但小于所用单位的最小一位", "below the smallest unit shown"),
}
"""What a clerk may choose beside a cell: SDMX status and meaning. Only 初步数 goes with a figure."""
MARKS: dict[str, str] = {word: code for word, (code, _, _) in STATUSES.items() if code != "P"}
PROVISIONAL = next(word for word, (code, _, _) in STATUSES.items() if code == "P")

VALUE = ("本期填报", "to fill in")
LAST = ("上次认可数", "last accepted")
MONTH = ("其时期", "its period")
STATUS = ("情况", "status")
UNIT = ("单位", "unit")
NOTE = ("备注", "note")
NUMBER = ("序号", "No.")


def both(words: tuple[str, str], gap: str = "\n") -> str:
    """Chinese with English beside (or below) it."""
    return f"{words[0]}{gap}{words[1]}"


def measure_words(measure: str, growth_basis: str) -> tuple[str, str]:
    """How an office calls a measure: 累计增速（可比价）."""
    chinese, english = MEASURES[measure]
    basis = BASES.get(growth_basis)
    return (f"{chinese}（{basis}）" if basis else chinese), english


def period_words(measure: str, month: date) -> str:
    """The period that a measure covers, as printed: 2023年1-6月, 2023年6月末, 2023年第二季度."""
    if measure.endswith("_eop"):
        return f"{month.year}年{month.month}月末"
    if measure.endswith("_quarter"):
        return f"{month.year}年第{'一二三四'[(month.month - 1) // 3]}季度"
    if measure.endswith("_month") or month.month == 1:
        return f"{month.year}年{month.month}月"
    return f"{month.year}年1-{month.month}月"


def day_words(day: date) -> str:
    """A day as an office writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
