"""Who sends what, when it is due, and when it arrives.

The due days repeat the pack's ``calendar.yaml`` on purpose: the demonstration is kept apart from the product and a
test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from demo.months import Month
from demo.paths import stream

SHANGHAI = timezone(timedelta(hours=8))


FIRST_MONTH = Month(2021, 1)
YEAR_END = Month(2022, 12)
PLAN_YEAR = Month(2023, 1)


@dataclass(frozen=True)
class Dataset:
    """One dataset of one bureau in the reporting calendar."""

    stem: str
    due_days: int
    sender: str
    quarterly: bool = False
    first_month: int = 1
    valid_from: Month = FIRST_MONTH
    states_publication: bool = False

    def is_expected(self, month: Month) -> bool:
        """Whether the calendar expects a file for this month."""
        if month < self.valid_from or month.month < self.first_month:
            return False
        return month.is_quarter_end or not self.quarterly


DATASETS: tuple[Dataset, ...] = (
    Dataset("tjj__yuebao", 20, "北关区统计局综合股", first_month=2),
    Dataset("czj__budget", 12, "北关区财政局预算股", first_month=2),
    Dataset("rsj__jobs", 12, "北关区人社局就业办"),
    Dataset("swj__trade", 20, "北关区商务局"),
    Dataset("fgw__projects", 15, "北关区发改委项目股"),
    Dataset("jrj__loans", 18, "北关区金融工作局"),
    Dataset("kjj__innovation", 20, "北关区科技局", quarterly=True),
    Dataset("rsj__progress", 20, "北关区人社局人才中心", quarterly=True, valid_from=YEAR_END),
    Dataset("gxj__progress", 20, "北关区工信局", valid_from=YEAR_END),
    Dataset("zjj__progress", 20, "北关区住建局", valid_from=YEAR_END),
    Dataset("nyj__progress", 20, "北关区农业农村局", quarterly=True, valid_from=YEAR_END),
    Dataset("jtyj__progress", 20, "北关区教体局", quarterly=True, valid_from=YEAR_END),
    Dataset("jtj__progress", 20, "北关区交通运输局", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("zwfwj__progress", 20, "北关区政务服务和大数据管理局", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("wjw__progress", 20, "北关区卫健委", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("sthjj__progress", 20, "市生态环境局北关分局", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("yjglj__progress", 20, "北关区应急管理局", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("xczxj__progress", 20, "北关区乡村振兴局", quarterly=True, valid_from=PLAN_YEAR),
    Dataset("aytjj__county_monthly", 20, "安阳市统计局", first_month=2, states_publication=True),
    Dataset("ayczj__county_budget", 15, "安阳市财政局", first_month=2, states_publication=True),
    Dataset("aydcd__cpi", 15, "国家统计局安阳调查队", states_publication=True),
    Dataset("aydcd__income", 22, "国家统计局安阳调查队", quarterly=True, states_publication=True),
)


@dataclass(frozen=True)
class Arrival:
    """When a file came and, where its source states it, when its figures became known."""

    received_at: datetime
    published_at: datetime | None


def arrival(dataset: Dataset, month: Month, seed: int, days_late: int = 0) -> Arrival:
    """One to six days before it is due, on a working day; or so many days after it was due."""
    rng = stream(seed, "arrival", dataset.stem, month)
    due = month.last_day + timedelta(days=dataset.due_days)
    day = due + timedelta(days=days_late) if days_late else due - timedelta(days=rng.randint(1, 6))
    if not days_late:
        day -= timedelta(days=max(0, day.weekday() - 4))
    received = datetime(day.year, day.month, day.day, rng.randint(8, 17), rng.randint(0, 59), tzinfo=SHANGHAI)
    published = (received - timedelta(days=1)).replace(hour=10, minute=0) if dataset.states_publication else None
    return Arrival(received, published)
