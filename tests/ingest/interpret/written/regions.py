"""Tables of regions: one a row, or one a column."""

from __future__ import annotations

import random

from tests.ingest.interpret.written.case import INDICATORS, REGIONS
from tests.ingest.interpret.written.figures import draw_figure
from tests.ingest.interpret.written.headers import MEASURES, columns_of, header, heads, levels_of
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.table import Written


def regions_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    """One region a row, its indicators and measures across."""
    case = table.case
    indicators = dice.sample(list(INDICATORS), 2 if case.header_rows > 1 else 1)
    several = len(indicators) > 1
    pairs = [(code, measure) for code in indicators for measure in MEASURES]
    names = {code: hand.label(INDICATORS[code]) for code in indicators}
    lowest = [heads(case, hand, measure) for _, measure in pairs]
    levels = levels_of(
        case, hand, lowest, [[names[code] for code, _ in pairs]] if several else [], [m for _, m in pairs]
    )
    body = header(table, hand, row, left, "地区", levels)
    table.spec |= {"find": {"corner": "地区"}, "columns": columns_of(case, indicators if several else ())}
    if not several:
        table.spec["indicator"] = indicators[0]
    for region in dice.sample(list(REGIONS), 5):
        table.label(body, left, hand.row(dice.choice(REGIONS[region])))
        for column, (code, measure) in enumerate(pairs, start=left + 1):
            table.figure(body, column, (region, code, measure), draw_figure(case, dice, measure))
        body += 1
    table.bottom = body


def regions_across(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    """One region a column, or a group of columns; measures or indicators down."""
    case = table.case
    regions = dice.sample(list(REGIONS), 4)
    names = [hand.label(dice.choice(REGIONS[region])) for region in regions]
    indicator = dice.choice(list(INDICATORS))
    by_measure = case.header_rows == 1
    if by_measure:
        body = header(table, hand, row, left, "项目", levels_of(case, hand, names, []))
        table.spec |= {"find": {"corner": "项目"}, "indicator": indicator, "rows": columns_of(case, ())}
        for measure in MEASURES:
            suffix = f"（{case.unit}）" if case.unit_place == "row" and measure == "level_ytd" else ""
            table.label(body, left, hand.row(MEASURES[measure] + suffix if suffix else heads(case, hand, measure)))
            for column, region in enumerate(regions, start=left + 1):
                table.figure(body, column, (region, indicator, measure), draw_figure(case, dice, measure))
            body += 1
        table.bottom = body
        return
    pairs = [(number, measure) for number in range(len(regions)) for measure in MEASURES]
    levels = levels_of(
        case, hand, [heads(case, hand, m) for _, m in pairs], [[names[n] for n, _ in pairs]], [m for _, m in pairs]
    )
    body = header(table, hand, row, left, "项目", levels)
    rows = [{"match": name, "indicator": code} for code, name in INDICATORS.items()]
    table.spec |= {"find": {"corner": "项目"}, "rows": rows, "columns": columns_of(case, ())}
    for code in dice.sample(list(INDICATORS), 3):
        unit = f"（{case.unit}）" if case.unit_place == "row" else ""
        table.label(body, left, hand.row(INDICATORS[code] + unit))
        for column, (number, measure) in enumerate(pairs, start=left + 1):
            table.figure(body, column, (regions[number], code, measure), draw_figure(case, dice, measure))
        body += 1
    table.bottom = body
