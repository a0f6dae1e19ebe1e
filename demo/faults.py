"""The disturbances of ordinary office life, planted where a test can find them.

A late bureau, a month never sent, three corrections, a file cut off on its way, the same bytes under another name, and
a notice among the reports.
"""

from __future__ import annotations

from demo import SIMULATED
from demo.figures import Figures, Key
from demo.letters import Document
from demo.months import Month
from demo.places import DISTRICT
from demo.writers.sheet import to_html

DAYS_LATE: dict[tuple[str, Month], int] = {
    ("swj__trade", Month(2023, 6)): 14,
    ("swj__trade", Month(2023, 7)): 14,
}
NEVER_SENT = {("fgw__projects", Month(2023, 10))}
TRUNCATED = ("aydcd__cpi", Month(2022, 8))
RESENT = ("tjj__yuebao", Month(2022, 4))
NOTICE_MONTH = Month(2023, 3)
DAYS_TO_REPAIR = 3
DAYS_TO_CORRECT: dict[tuple[str, Month], int] = {
    ("aytjj__county_monthly", Month(2023, 5)): 12,
    ("rsj__jobs", Month(2023, 6)): 12,
    ("rsj__jobs", Month(2023, 12)): 100,  # verified after the targets of the year have closed
}


def before_correction(figures: Figures, stem: str, month: Month) -> Figures:
    """The figures as first sent: 龙安区's investment across 北关区's, jobs counted twice, movers left out."""
    changes: dict[Key, float] = {}
    if stem == "aytjj__county_monthly":
        own = figures.get("fai.growth", DISTRICT, month.year, month.month)
        key = ("fai.growth", "410506", month.year, month.month)
        changes[key] = round(own + (0.8 if figures.values[key] <= own else -0.8), 1)
    elif month.month == 12:
        changes["rural_jobs", DISTRICT, month.year, month.month] = 298
    else:
        key = ("jobs", DISTRICT, month.year, month.month)
        changes[key] = figures.values[key] + 186
    return figures.changed(changes)


def truncated(document: Document) -> Document:
    """The first part of a file whose transfer broke off."""
    return Document(document.name, document.payload[: len(document.payload) * 2 // 3])


def renamed(document: Document) -> Document:
    """The same bytes under another name."""
    stem, dot, suffix = document.name.rpartition(".")
    return Document(f"{stem}（重发）{dot}{suffix}", document.payload)


def corrected(document: Document) -> Document:
    """A corrected file says so in its name."""
    stem, dot, suffix = document.name.rpartition(".")
    return Document(f"{stem}（更正）{dot}{suffix}", document.payload)


def notice(month: Month) -> Document:
    """A notice about reporting dates: a table, but no figures of any source."""
    rows = [
        ("单位", "联系方式", "报送方式"),
        ("各街道、镇", "内网邮箱", "电子版"),
        ("区直各部门", "内网邮箱", "电子版"),
    ]
    title = "关于进一步做好统计月报报送工作的通知"
    page = to_html(title, ["各有关单位：请按时报送。"], rows, [f"（{SIMULATED}，演示文件）"])
    return Document(f"{title}（{month.year}年{month.month}月）.html", page)
