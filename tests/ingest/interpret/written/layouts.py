"""Any table of a case: what stands above it, its orientation, the spec that reads it."""

from __future__ import annotations

import random
from typing import Any

from tests.ingest.interpret.written.case import MARKS, Case
from tests.ingest.interpret.written.indicators import indicators_down
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.long import long_table
from tests.ingest.interpret.written.periods import periods_down
from tests.ingest.interpret.written.regions import regions_across, regions_down
from tests.ingest.interpret.written.table import Written


def write(case: Case) -> Written:
    """The table of a case."""
    dice = case.dice()
    table = Written(case)
    hand = Hand(dice, case.noise)
    left, top = dice.choice([0, 0, 1]), dice.choice([0, 0, 1, 2])
    row = _above(table, hand, dice, top, left)
    table.header_top = row
    spec = {"name": "table", "orientation": case.orientation}
    if case.unit_place == "spec" or _nowhere(case):
        spec["unit"] = case.unit
    table.spec = spec
    if case.header_rows > 1 and dice.random() < 0.3:
        spec["spread_headers"] = True
    {"regions_down": regions_down, "indicators_down": indicators_down, "regions_across": regions_across,
     "periods_down": periods_down, "long": long_table}[case.orientation](table, hand, dice, row, left)  # fmt: skip
    if dice.random() < 0.3:
        table.text(table.bottom + dice.choice([0, 1]), left, "注：本表为初步核算数。")
    return table


def _nowhere(case: Case) -> bool:
    """Whether a case's place for the unit does not exist in its layout."""
    no_columns, no_rows = ("regions_down", "regions_across", "periods_down"), ("regions_down", "long", "periods_down")
    return (case.unit_place == "column" and case.orientation in no_columns) or (
        case.unit_place == "row" and case.orientation in no_rows
    )


def source_of(table: Written) -> dict[str, Any]:
    """The whole source spec of a table."""
    return {
        "stem": "sytjj__test", "title": "测试", "title_en": "Test", "bureau_code": "sytjj",
        "recognise": {"contains": ["测试表"]}, "marks": MARKS, "ignored": [{"match": "~^注[:]", "reason": "附注"}],
        "tables": [table.spec],
    }  # fmt: skip


def _above(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> int:
    """Title, unit and period above a table; gives the first row below them."""
    case = table.case
    title = "主要指标测试表"
    if case.period_place == "title":
        title = dice.choice([f"{case.period}{title}", f"{title}（{case.period}）", f"{case.period} {title}"])
    if case.period_place == "year_apart":
        title = f"2025年{title}"
    if case.period_place == "sheet":
        table.sheet = case.period + dice.choice(["", " ", "分县"])
    units = "、".join([case.unit, *(["%"] if case.percent == "header" else [])])
    if case.unit_place == "title":
        title += f"（单位：{units}）"
    table.text(row, left, hand.line(title))
    table.title = (row, left)
    row += 1
    if case.period_place == "lone":
        apart = case.period.isdigit() or "-0" in case.period or case.period.startswith("2025.0")
        table.text(
            row, left, hand.line(case.period if apart else dice.choice(["", "时间：", "报告期："]) + case.period)
        )
        row += dice.choice([0, 1])
    if case.unit_place == "lone":
        lone = dice.choice(["单位：{}", "（单位：{}）", "计量单位：{}", "单位 {}", "（{}）"]).format(units)
        table.text(row, left + 2, hand.line(lone))
    return row + 1 + dice.choice([0, 0, 1])
