"""Long tables: one figure or pair of figures a row, what it is in columns of its own."""

from __future__ import annotations

import random
from typing import Any

from tests.ingest.interpret.written.case import INDICATORS, REGIONS
from tests.ingest.interpret.written.figures import draw_figure
from tests.ingest.interpret.written.headers import MEASURES, columns_of, heads
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.table import Written


def long_table(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    """Region, indicator, period and unit in columns, in any order."""
    case = table.case
    own_period = case.period_place in ("header", "year_apart")
    period = f"2025年1-{case.month}月" if case.period_place == "year_apart" else case.period
    roles = [
        "region",
        "indicator",
        *(["period"] if own_period else []),
        *(["unit"] if case.unit_place == "column" else []),
    ]
    words = {"region": "区域", "indicator": "指标", "period": "报告期", "unit": "单位"}
    order = [*roles, *MEASURES]
    dice.shuffle(order)
    order.sort(key=lambda name: name != roles[0] if case.seed % 2 else 0)
    order = order if order[0] in roles else order[::-1] if order[-1] in roles else [*roles, *MEASURES]
    columns: list[dict[str, Any]] = [{"match": words[role], "role": role} for role in roles]
    table.spec |= {"columns": columns + columns_of(case, ())}
    for column, name in enumerate(order, start=left):
        table.text(row, column, hand.label(words[name]) if name in words else heads(case, hand, name))
    body = row + 1
    keys = [(region, code) for region in dice.sample(list(REGIONS), 3) for code in dice.sample(list(INDICATORS), 2)]
    for region, code in keys:
        texts = {
            "region": hand.label(dice.choice(REGIONS[region])), "indicator": hand.label(INDICATORS[code]),
            "period": period, "unit": case.unit,
        }  # fmt: skip
        for column, name in enumerate(order, start=left):
            if name == "region":
                table.label(body, column, texts[name])
            elif name in texts:
                table.text(body, column, texts[name])
            else:
                table.figure(body, column, (region, code, name), draw_figure(case, dice, name))
        body += 1
    table.bottom = body
