"""One figure as an office prints or stores it, and what must be read from it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.ingest.interpret.written.case import MARKS, Case

_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_QUALIFIED = [("{}以上", "≥"), ("近{}", "<"), ("超过{}", ">"), ("{}左右", "≈"), ("{}余", ">"), ("不低于{}", "≥")]


@dataclass(frozen=True)
class Put:
    """What goes into a cell: a text, or a number with a number format."""

    text: str
    number: float | None = None
    number_format: str = "General"


@dataclass(frozen=True)
class Figure:
    """What stands in a cell and what it says."""

    put: Put
    value: float | None
    decimals: int | None = None
    qualifier: str | None = "="
    status: str = "A"


def draw_figure(case: Case, dice: random.Random, measure: str) -> Figure | None:
    """A figure of a measure; None for an empty cell."""
    luck = dice.random()
    if luck < 0.06:
        return None
    if luck < 0.16:
        mark = dice.choice(list(MARKS))
        return Figure(Put(mark), None, status=MARKS[mark], qualifier="=")
    growth = measure.startswith("growth")
    places = dice.choice([0, 1, 1, 2])
    scale = 10**places
    largest = 300 if growth else 99_999_999
    value = Decimal(dice.randint(-largest * scale // 4, largest * scale)) / scale
    if abs(value) < 1:
        value += 3
    return printed(case, dice, value, places, growth)


def printed(case: Case, dice: random.Random, value: Decimal, places: int, growth: bool) -> Figure:
    """A number in the case's style, with its unit beside it where the case says so."""
    if case.style in ("stored", "raw"):
        return _stored(case, dice, value, places, growth)
    text, qualifier = f"{value:.{places}f}", "="
    if case.style in ("grouped", "full_width"):
        text = f"{value:,.{places}f}"
    if case.style == "full_width":
        text = text.translate(_WIDE)
    if case.style == "thin_spaces":
        text = f"{value:,.{places}f}".replace(",", dice.choice("\u2009\u202f\u00a0"))
    if case.style == "minus_signs":
        text = text.replace("-", dice.choice(case.minus_signs))
    wanted = case.style == "qualified"
    form, qualifier = dice.choice(_QUALIFIED) if wanted and dice.random() < 0.4 and value > 0 else ("{}", "=")
    if form == "{}余":
        text, places = f"{value:.0f}", 0
    unit = _beside(case, dice, growth)
    text = form.format(text + unit) if form != "{}余" else form.format(text) + unit
    return Figure(Put(text), float(text_value(text)), places, qualifier)


def text_value(text: str) -> Decimal:
    """The number in a text of ours."""
    plain = text.translate({v: k for k, v in _WIDE.items()})
    for sign in "\u2212\u2013负":
        plain = plain.replace(sign, "-")
    return Decimal("".join(char for char in plain if char in "0123456789.-"))


def _beside(case: Case, dice: random.Random, growth: bool) -> str:
    if growth:
        return dice.choice(["%", "％"]) if case.percent == "beside" else ""
    return dice.choice(["", " "]) + case.unit if case.unit_place == "beside" else ""


def _stored(case: Case, dice: random.Random, value: Decimal, places: int, growth: bool) -> Figure:
    code = f"0.{'0' * places}" if places else "0"
    if case.style == "raw":
        value = Decimal(f"{value + Decimal(dice.randint(0, 10**9)) / 10**13:.15g}")
    number = float(value)
    shown = f"{value:.{places}f}"
    if growth and case.percent == "beside":
        hundredth = float(f"{value / 100:.15g}")
        return Figure(Put(f"{shown}%", hundredth, code + "%"), float(Decimal(repr(hundredth)) * 100), places)
    if not growth and case.unit_place == "beside":  # a stored number has nothing beside it
        return Figure(Put(f"{shown}{case.unit}"), float(shown), places)
    return Figure(Put(shown, number, code if dice.random() < 0.7 else code + "_ "), number, places)
