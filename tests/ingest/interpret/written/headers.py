"""Headers of one to three rows, and the columns of the spec that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.ingest.interpret.written.case import INDICATORS, Case
from tests.ingest.interpret.written.labels import Hand
from tests.ingest.interpret.written.table import Written

MEASURES = {"level_ytd": "绝对额", "growth_ytd": "增速"}


def heads(case: Case, hand: Hand, measure: str) -> str:
    """The heading of a measure, with its unit where the case wants it."""
    label = MEASURES[measure]
    if measure == "growth_ytd":
        return hand.label(label + ("（%）" if case.percent == "header" else ""))
    if case.unit_place == "header" or (case.unit_place == "header_row" and case.header_rows == 1):
        return hand.label(label + (f"（单位：{case.unit}）" if case.seed % 3 == 0 else f"（{case.unit}）"))
    return hand.label(label)


def header(table: Written, hand: Hand, row: int, corner_at: int, corner: str, groups: Sequence[Sequence[str]]) -> int:
    """A header of levels from the top down; gives the first row below it.

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
    return row + len(groups)


def levels_of(
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


def columns_of(case: Case, per_indicator: Sequence[str]) -> list[dict[str, Any]]:
    """The columns that a spec declares: the measures, or those of each indicator."""
    if not per_indicator:
        return [{"match": word, "measure": measure} for measure, word in MEASURES.items()]
    return [
        {"match": word, "over": INDICATORS[code], "indicator": code, "measure": measure}
        for code in per_indicator
        for measure, word in MEASURES.items()
    ]
