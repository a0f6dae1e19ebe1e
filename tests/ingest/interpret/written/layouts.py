"""Tables of each orientation: cells, merged ranges, the spec that reads them, and the observations to be read back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.ingest.interpret.written.case import INDICATORS, MARKS, REGIONS, Case
from tests.ingest.interpret.written.figures import Figure, Put, draw_figure
from tests.ingest.interpret.written.labels import Hand

MEASURES = {"level_ytd": "绝对额", "growth_ytd": "增速"}
Position = tuple[int, int]
Key = tuple[str, str, str]


@dataclass
class Written:
    """One table as it will stand on a sheet."""

    case: Case
    sheet: str = "Sheet1"
    cells: dict[Position, Put] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    figures: dict[Position, tuple[Key, Figure]] = field(default_factory=dict)
    spec: dict[str, Any] = field(default_factory=dict)
    bottom: int = 0
    title: Position = (0, 0)
    header_top: int = 0
    origin: Position = (0, 0)
    months: dict[Position, int] = field(default_factory=dict)
    labels: list[Position] = field(default_factory=list)

    def text(self, row: int, column: int, text: str) -> None:
        """Write a label."""
        self.cells[row, column] = Put(text)

    def label(self, row: int, column: int, text: str) -> None:
        """Write the label of a row."""
        self.text(row, column, text)
        self.labels.append((row, column))

    def span(self, row: int, left: int, right: int, text: str) -> None:
        """Write a label over several columns."""
        self.text(row, left, text)
        if right > left:
            self.merges.append((row, left, row, right))

    def figure(self, row: int, column: int, key: Key, figure: Figure | None) -> None:
        """Write a figure."""
        if figure is not None:
            self.cells[row, column] = figure.put
            self.figures[row, column] = (key, figure)


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
    {"regions_down": _regions_down, "indicators_down": _indicators_down, "regions_across": _regions_across,
     "periods_down": _periods_down, "long": _long}[case.orientation](table, hand, dice, row, left)  # fmt: skip
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


def _heads(case: Case, hand: Hand, measure: str) -> str:
    label = MEASURES[measure]
    if measure == "growth_ytd":
        return hand.label(label + ("（%）" if case.percent == "header" else ""))
    if case.unit_place == "header" or (case.unit_place == "header_row" and case.header_rows == 1):
        return hand.label(label + (f"（单位：{case.unit}）" if case.seed % 3 == 0 else f"（{case.unit}）"))
    return hand.label(label)


def _header(
    table: Written, hand: Hand, row: int, corner_at: int, corner: str, groups: Sequence[Sequence[str]]
) -> tuple[int, list[Position]]:
    """A header of levels from the top down; gives the first row below it and the cells of the corner.

    ``groups`` holds one text per column for each level; neighbours that are equal are merged.
    """
    for depth, texts in enumerate(groups):
        start = 0
        for index in range(1, len(texts) + 1):
            same = index < len(texts) and texts[index] == texts[start]
            above = depth == 0 or (index < len(texts) and groups[depth - 1][index] == groups[depth - 1][start])
            if same and above and depth < len(groups) - 1:
                continue
            table.span(row + depth, corner_at + 1 + start, corner_at + index, texts[start])
            start = index
    table.text(row, corner_at, hand.label(corner))
    if len(groups) > 1:
        table.merges.append((row, corner_at, row + len(groups) - 1, corner_at))
    return row + len(groups), []


def _levels(
    case: Case, hand: Hand, lowest: list[str], above: list[list[str]], measures: Sequence[str] = ()
) -> list[list[str]]:
    """Header levels: those given, a period where it belongs into the header, a unit in a row of its own."""
    levels = [*above, lowest]
    if case.unit_place == "header_row" and measures:
        levels.append([case.unit if measure == "level_ytd" else "%" for measure in measures])
    if case.period_place in ("header", "year_apart"):
        period = hand.line(case.period)
        if len(levels) < 3 and case.header_rows > 1:
            levels.insert(case.seed % len(levels), [period] * len(lowest))
        elif len(above) == len(levels) - 1:
            levels[-1] = [f"{text}（{period}）" if case.seed % 2 else f"{period}{text}" for text in levels[-1]]
        else:
            levels[0] = [f"{text}（{period}）" for text in levels[0]]
    return levels


def _columns(case: Case, per_indicator: Sequence[str]) -> list[dict[str, Any]]:
    if not per_indicator:
        return [{"match": word, "measure": measure} for measure, word in MEASURES.items()]
    return [
        {"match": word, "over": INDICATORS[code], "indicator": code, "measure": measure}
        for code in per_indicator
        for measure, word in MEASURES.items()
    ]


def _regions_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    case = table.case
    indicators = dice.sample(list(INDICATORS), 2 if case.header_rows > 1 else 1)
    several = len(indicators) > 1
    pairs = [(code, measure) for code in indicators for measure in MEASURES]
    names = {code: hand.label(INDICATORS[code]) for code in indicators}
    lowest = [_heads(case, hand, measure) for _, measure in pairs]
    levels = _levels(case, hand, lowest, [[names[code] for code, _ in pairs]] if several else [], [m for _, m in pairs])
    body, _ = _header(table, hand, row, left, "地区", levels)
    table.spec |= {"find": {"corner": "地区"}, "columns": _columns(case, indicators if several else ())}
    if not several:
        table.spec["indicator"] = indicators[0]
    for region in dice.sample(list(REGIONS), 5):
        table.label(body, left, hand.row(dice.choice(REGIONS[region])))
        for column, (code, measure) in enumerate(pairs, start=left + 1):
            table.figure(body, column, (region, code, measure), draw_figure(case, dice, measure))
        body += 1
    table.bottom = body


def _indicators_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    case = table.case
    regions = dice.sample(list(REGIONS), 2 if case.header_rows > 2 else 1)
    several = len(regions) > 1
    pairs = [(region, measure) for region in regions for measure in MEASURES]
    names = {region: hand.label(REGIONS[region][0]) for region in regions}
    lowest = [_heads(case, hand, measure) for _, measure in pairs]
    levels = _levels(
        case, hand, lowest, [[names[region] for region, _ in pairs]] if several else [], [m for _, m in pairs]
    )
    has_units = case.unit_place == "column"
    if has_units:
        levels = [[hand.label("计量单位"), *level] for level in levels]
    body, _ = _header(table, hand, row, left, "指标名称", levels)
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


def _regions_across(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    case = table.case
    regions = dice.sample(list(REGIONS), 4)
    names = [hand.label(dice.choice(REGIONS[region])) for region in regions]
    indicator = dice.choice(list(INDICATORS))
    by_measure = case.header_rows == 1
    if by_measure:
        body, _ = _header(table, hand, row, left, "项目", _levels(case, hand, names, []))
        table.spec |= {"find": {"corner": "项目"}, "indicator": indicator, "rows": _columns(case, ())}
        for measure in MEASURES:
            suffix = f"（{case.unit}）" if case.unit_place == "row" and measure == "level_ytd" else ""
            table.label(body, left, hand.row(MEASURES[measure] + suffix if suffix else _heads(case, hand, measure)))
            for column, region in enumerate(regions, start=left + 1):
                table.figure(body, column, (region, indicator, measure), draw_figure(case, dice, measure))
            body += 1
        table.bottom = body
        return
    pairs = [(number, measure) for number in range(len(regions)) for measure in MEASURES]
    levels = _levels(
        case, hand, [_heads(case, hand, m) for _, m in pairs], [[names[n] for n, _ in pairs]], [m for _, m in pairs]
    )
    body, _ = _header(table, hand, row, left, "项目", levels)
    rows = [{"match": name, "indicator": code} for code, name in INDICATORS.items()]
    table.spec |= {"find": {"corner": "项目"}, "rows": rows, "columns": _columns(case, ())}
    for code in dice.sample(list(INDICATORS), 3):
        unit = f"（{case.unit}）" if case.unit_place == "row" else ""
        table.label(body, left, hand.row(INDICATORS[code] + unit))
        for column, (number, measure) in enumerate(pairs, start=left + 1):
            table.figure(body, column, (regions[number], code, measure), draw_figure(case, dice, measure))
        body += 1
    table.bottom = body


def _periods_down(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
    case = table.case
    indicators = dice.sample(list(INDICATORS), 2 if case.header_rows > 1 else 1)
    several = len(indicators) > 1
    pairs = [(code, measure) for code in indicators for measure in MEASURES]
    names = {code: hand.label(INDICATORS[code]) for code in indicators}
    levels = [[names[code] for code, _ in pairs]] if several else []
    levels.append([_heads(case, hand, measure) for _, measure in pairs])
    if case.unit_place == "header_row" and case.header_rows > 1:
        levels.append([case.unit if measure == "level_ytd" else "%" for _, measure in pairs])
    body, _ = _header(table, hand, row, left, "时间", levels)
    region = dice.choice(list(REGIONS))
    table.spec |= {
        "find": {"corner": "时间"}, "region": region, "columns": _columns(case, indicators if several else ()),
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


def _long(table: Written, hand: Hand, dice: random.Random, row: int, left: int) -> None:
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
    table.spec |= {"columns": columns + _columns(case, ())}
    for column, name in enumerate(order, start=left):
        table.text(row, column, hand.label(words[name]) if name in words else _heads(case, hand, name))
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
