"""Colours, fonts and number formats of a form.

Belongs here: appearance. Does not belong here: what is written.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
_INK, _GREY, _LINE, _BAND, _PAPER, _YELLOW = "#1F3A4D", "#7A868F", "#B8C4CC", "#E8EEF2", "#F7F9FA", "#FFF8D6"


def number_format(decimals: int) -> str:
    """A number format with so many decimals and grouped thousands."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made = cache(lambda items: book.add_format(dict(items)))

    def _of(self, **changes: Any) -> Any:
        return self._made(tuple(sorted({**_FONT, **changes}.items())))

    def head(self, row: int, *, is_free: bool) -> Any:
        """A line above the tables."""
        if is_free:
            return self._of(bottom=1, bottom_color=_LINE, bg_color=_YELLOW, locked=False, num_format="@")
        styles: dict[int, dict[str, Any]] = {
            0: {"font_size": 18, "bold": True, "font_color": _INK},
            1: {"font_color": _GREY},
            2: {"font_color": _INK},
        }
        return self._of(**styles.get(row, {"align": "right", "font_color": _INK}))

    @property
    def progress(self) -> Any:
        """The count of filled cells."""
        return self._of(bold=True, font_color="#B25A00")

    @property
    def block_title(self) -> Any:
        """The line above a table."""
        return self._of(bold=True, font_size=11, font_color=_INK)

    def header(self, role: str) -> Any:
        """A column's header; those of cells to fill stand out."""
        is_asked = role in ("value", "status", "note")
        return self._of(
            bold=True, align="center", text_wrap=True, border=1, border_color=_LINE, font_color="#FFFFFF",
            bg_color="#B25A00" if is_asked else _INK,
        )  # fmt: skip

    def label(self, column: int) -> Any:
        """A row's label; English and numbers step back."""
        if column == 0:
            return self._of(border=1, border_color=_LINE, bg_color=_BAND, font_color=_GREY, align="center")
        if column == 2:
            return self._of(border=1, border_color=_LINE, bg_color=_BAND, font_color=_GREY, font_size=8, text_wrap=True)
        return self._of(border=1, border_color=_LINE, bg_color=_BAND, indent=1, text_wrap=True)

    @property
    def locked(self) -> Any:
        """A cell that is shown and not filled."""
        return self._of(
            border=1, border_color=_LINE, bg_color=_PAPER, font_color=_GREY, align="center", shrink=True
        )  # fmt: skip

    def last(self, code: str) -> Any:
        """The last accepted figure."""
        return self._of(border=1, border_color=_LINE, bg_color=_PAPER, font_color=_GREY, num_format=code)

    def input(self, code: str, *, is_text: bool = False) -> Any:
        """A cell to fill."""
        align = "left" if is_text else "center" if code == "@" else "right"
        return self._of(
            border=1, border_color="#D9A441", bg_color=_YELLOW, locked=False, num_format=code, align=align,
            text_wrap=is_text,
        )  # fmt: skip

    def note(self, style: str, column: int) -> Any:
        """A line of the note sheet."""
        if style == "title":
            return self._of(font_size=18 if column == 0 else 11, bold=column == 0, font_color=_INK)
        if style == "heading":
            return self._of(bold=True, font_size=11, font_color="#FFFFFF", bg_color=_INK)
        return self._of(
            text_wrap=True, border=1, border_color=_LINE, bold=column == 0, font_color=_GREY if column == 2 else _INK,
            bg_color=_BAND if column == 0 else "#FFFFFF",
        )  # fmt: skip
