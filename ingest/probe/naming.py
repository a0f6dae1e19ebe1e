"""Which indicator a figure belongs to, by title, header and row label; its measure declared where it is new.

Belongs here: the name that the words of a table give an indicator. Does not belong here: whether a figure is read.
"""

from __future__ import annotations

import re

from ingest.grids import Cell
from ingest.pack.models import Indicator, Measure
from ingest.probe.areas import Area
from ingest.probe.draft import Desk
from ingest.probe.words import GENERIC, is_amount_of_money
from ingest.text import normalise

_LATIN = re.compile(r"\([A-Za-z0-9 .]+\)$")
_LONG = 5
"""From this length on a name stands for itself, whatever the title says."""


def indicator_of(desk: Desk, title: str, *topics: str) -> str:
    """The code of the indicator that a table's title and the topics of header and row name."""
    parts = [_plain(topic) for topic in topics if topic]
    whole = _plain(title)
    if not parts:
        known = desk.catalogue.known(whole)
        return known.indicator_code if known else desk.catalogue.propose(normalise(whole))
    above = desk.catalogue.known(whole) if whole else None
    for part in reversed(parts) if len(parts) == 1 else ():
        known = desk.catalogue.known(part)
        if known is not None and _belongs(desk, known, above, part):
            return known.indicator_code
    return desk.catalogue.propose(new_name(whole, *parts))


def new_name(title: str, *parts: str) -> str:
    """The name of an indicator that the catalogue lacks: with the title before it, unless that says nothing."""
    joined = "：".join(normalise(part) for part in parts)
    whole = normalise(title)
    if not whole or GENERIC.search(whole) or whole in joined or joined in whole:
        return joined
    return f"{whole}：{joined}"


def _plain(topic: str) -> str:
    return _LATIN.sub("", normalise(topic)) or normalise(topic)


def _belongs(desk: Desk, known: Indicator, above: Indicator | None, topic: str) -> bool:
    """Whether a name means the same here as in the catalogue: 第一产业 below 固定资产投资 is not that of GDP."""
    if above is None or desk.catalogue.is_family(known, above):
        return True
    return len(normalise(topic)) >= _LONG


def unit_code(desk: Desk, texts: tuple[str, ...] | list[str]) -> str | None:
    """The code of the first unit that is printed."""
    found = (desk.pack.unit_by_label(text) for text in texts)
    return next((unit.unit_code for unit in found if unit is not None), None)


def decimals_of(cells: list[Cell]) -> int:
    """How many decimals the cells print, as far as their formats tell."""
    shown = [c.decimals if c.number is not None else len(c.text.strip().rstrip("%").partition(".")[2]) for c in cells]
    return max((d for d in shown if d is not None), default=2)


def declare(desk: Desk, code: str, measure: Measure, units: tuple[str, ...] | list[str], cells: list[Cell]) -> bool:
    """Declare a measure in the catalogue's additions if the pack lacks it."""
    amounts = [text for text in units if text not in ("%", "‰")]
    unit = unit_code(desk, amounts or units)
    per_head = f"{unit}_per_person"
    if "人均" in desk.catalogue.name_of(code) and desk.pack.unit(per_head) is not None:
        unit = per_head  # 元 of a figure per head is 元/人, as every office prints it
    return desk.catalogue.declare(code, measure, unit, min(decimals_of(cells), 4))


def unit_contradicts(desk: Desk, topic: str, units: tuple[str, ...] | list[str]) -> bool:
    """Whether a name can only be money while the unit is not (商品房销售额 below 万平方米)."""
    found = [unit for text in units if (unit := desk.pack.unit_by_label(text)) is not None]
    return (
        bool(found)
        and is_amount_of_money(topic)
        and not any("money" in u.dimension or u.dimension == "ratio" for u in found)
    )


def title_units(desk: Desk, area: Area) -> tuple[str, ...]:
    """Units printed above a table."""
    return tuple(unit for cell in area.titles for unit in desk.labels(cell.text).units)
