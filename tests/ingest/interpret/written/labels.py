"""The same label as different hands type it."""

from __future__ import annotations

import random

_GAPS = [" ", "\u3000", "\u00a0", "\u200b", "\n", "\t", "\u2003"]
_WIDE = str.maketrans({"(": "（", ")": "）", "%": "％", ":": "：", **{str(n): chr(0xFF10 + n) for n in range(10)}})
_NARROW = str.maketrans({"（": "(", "）": ")", "％": "%", "：": ":"})
_NUMBERS = ["一、", "（一）", "1．", "2、", "(3)", "其中：", "#", "\u3000\u3000", "①", "其中：#", "  "]
_NOTES = ["*", "①", "※", "²"]


class Hand:
    """A typist with a degree of untidiness from 0 to 3."""

    def __init__(self, dice: random.Random, noise: int) -> None:
        self._dice = dice
        self._noise = noise

    def label(self, text: str, gaps: list[str] | None = None) -> str:
        """A label with gaps inside and brackets of either width."""
        if not self._noise:
            return text
        text = text.translate(self._dice.choice([_WIDE, _NARROW, {}]))
        share = 0.12 * self._noise
        return "".join(
            char + (self._dice.choice(gaps or _GAPS) if self._dice.random() < share else "") for char in text
        )

    def row(self, text: str) -> str:
        """A row's label, perhaps numbered or with a note mark."""
        label = self.label(text)
        if self._noise > 1 and self._dice.random() < 0.4:
            label = self._dice.choice(_NUMBERS) + label
        if self._noise > 2 and self._dice.random() < 0.2:
            label += self._dice.choice(_NOTES)
        return label

    def line(self, text: str) -> str:
        """A line above the table, with gaps but on one line."""
        return self.label(text, [" ", "\u3000", "\u00a0"])
