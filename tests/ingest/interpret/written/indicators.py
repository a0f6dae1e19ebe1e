"""Tables of indicators: one a row, for one region or several."""

from __future__ import annotations

import random
from typing import Any

from tests.ingest.interpret.written.case import INDICATORS, REGIONS
from tests.ingest.interpret.written.figures import draw_figure
from tests.ingest.interpret.written.headers import MEASURES, header, heads, levels_of
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.table import Written


def indicators_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    """One indicator a row, its measures across."""
    case = table.case
    regions = dice.sample(list(REGIONS), 2 if case.header_rows > 2 else 1)
    several = len(regions) > 1
    pairs = [(region, measure) for region in regions for measure in MEASURES]
    names = {region: hand.label(REGIONS[region][0]) for region in regions}
    lowest = [heads(case, hand, measure) for _, measure in pairs]
    levels = levels_of(
        case, hand, lowest, [[names[region] for region, _ in pairs]] if several else [], [m for _, m in pairs]
    )
    has_units = case.unit_place == "column"
    if has_units:
        levels = [[hand.label("计量单位"), *level] for level in levels]
    body = header(table, hand, row, left, "指标名称", levels)
    columns: list[dict[str, Any]] = [{"match": "计量单位", "role": "unit"}] if has_units else []
    for region in regions:
        for measure, word in MEASURES.items():
            columns.append(
                {
                    "match": word,
                    "measure": measure,
                    "region": region,
                    **({"over": REGIONS[region][0]} if several else {}),
                }
            )
    rows = [{"match": name, "indicator": code} for code, name in INDICATORS.items()]
    table.spec |= {"find": {"corner": "指标名称"}, "columns": columns, "rows": rows}
    for code in dice.sample(list(INDICATORS), 4):
        unit = f"（{case.unit}）" if case.unit_place == "row" else ""
        table.label(body, left, hand.row(INDICATORS[code] + unit))
        if has_units:
            table.text(body, left + 1, case.unit)
        for column, (region, measure) in enumerate(pairs, start=left + 1 + has_units):
            table.figure(body, column, (region, code, measure), draw_figure(case, dice, measure))
        body += 1
    table.bottom = body
