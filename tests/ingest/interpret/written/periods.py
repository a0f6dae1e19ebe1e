"""Tables of periods: one a row, newest or oldest first."""

from __future__ import annotations

import random

from tests.ingest.interpret.written.case import INDICATORS, REGIONS
from tests.ingest.interpret.written.figures import draw_figure
from tests.ingest.interpret.written.headers import MEASURES, columns_of, header, heads
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.table import Written


def periods_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    """One period a row, the indicators of one region across."""
    case = table.case
    indicators = dice.sample(list(INDICATORS), 2 if case.header_rows > 1 else 1)
    several = len(indicators) > 1
    pairs = [(code, measure) for code in indicators for measure in MEASURES]
    names = {code: hand.label(INDICATORS[code]) for code in indicators}
    levels = [[names[code] for code, _ in pairs]] if several else []
    levels.append([heads(case, hand, measure) for _, measure in pairs])
    if case.unit_place == "header_row" and case.header_rows > 1:
        levels.append([case.unit if measure == "level_ytd" else "%" for _, measure in pairs])
    body = header(table, hand, row, left, "时间", levels)
    region = dice.choice(list(REGIONS))
    table.spec |= {
        "find": {"corner": "时间"}, "region": region, "columns": columns_of(case, indicators if several else ()),
    }  # fmt: skip
    if not several:
        table.spec["indicator"] = indicators[0]
    form = dice.choice(["2025年1-{}月", "2025年1—{}月", "２０２５年1～{}月", "2025年{}月", "2025-0{}", "2025年0{}月"])
    months = list(range(case.month, 1, -1))[:4]
    for month in months if dice.random() < 0.6 else months[::-1]:
        table.label(body, left, hand.line(form.format(month)))
        for column, (code, measure) in enumerate(pairs, start=left + 1):
            table.figure(body, column, (region, code, measure), draw_figure(case, dice, measure))
            table.months[body, column] = month
        body += 1
    table.bottom = body
