"""A column, a block or a unit of a table goes wrong as a whole."""

from __future__ import annotations

from benchmarks.gate.cells import Cell, typed_decimals
from benchmarks.gate.draft import Draft, kind

UNITS = {"亿元": ("万元", 1e-4), "万元": ("亿元", 1e4)}
CODES = {"亿元": "yi_yuan", "万元": "wan_yuan"}


def _column(draft: Draft, least: int, wanted: str = "") -> list[Cell]:
    """A column of one kind of figure (growth, level, index …) at random."""
    cell = draft.pick(lambda cell: cell.measure.startswith(wanted))
    if cell is None:
        return []
    column = [one for one in draft.grid.column(cell) if one.measure == cell.measure and one.unit == cell.unit]
    return column if len(column) >= least else []


def _shift(draft: Draft, cells: list[Cell], step: int) -> None:
    """Move contents along a line of cells; what moves in is empty, what moves out is lost."""
    contents = [draft.content(cell) for cell in cells]
    for at, cell in enumerate(cells):
        draft.write(cell, contents[at - step] if 0 <= at - step < len(cells) else None)


@kind("the figures of a table shifted by a row", "each figure stands beside another name; one place is empty",
      ("down", "up", "down from the middle", "one column down"))  # fmt: skip
def block_shifted_by_row(draft: Draft) -> bool:
    """Names stay, figures move."""
    cell = draft.pick()
    if cell is None:
        return False
    columns = draft.grid.columns(cell.sheet)
    for column in [draft.grid.column(cell)] if draft.size == "one column down" else columns:
        if len(column) < 3:
            continue
        start = len(column) // 2 if draft.size == "down from the middle" else 0
        _shift(draft, column[start:], -1 if draft.size == "up" else 1)
    return True


@kind("the figures of a table shifted by a column", "each figure stands below another heading; one column is empty")
def block_shifted_by_column(draft: Draft) -> bool:
    """Headings stay, figures move."""
    cell = draft.pick()
    if cell is None:
        return False
    for line in draft.grid.lines(cell.sheet):
        if len(line) >= 2:
            _shift(draft, line, 1)
    return True


@kind("a figure filled down its column", "several equal figures where none were equal", ("whole column", "five cells"))
def constant_filled_down(draft: Draft) -> bool:
    """The handle was dragged."""
    column = _column(draft, 4)
    if not column or all(cell.value == column[0].value for cell in column):
        return False
    start = 0 if draft.size == "whole column" else draft.rng.randrange(max(1, len(column) - 5))
    part = column[start:] if draft.size == "whole column" else column[start : start + 6]
    for cell in part[1:]:
        draft.write(cell, draft.content(part[0]))
    if len(draft.changes) < 3:
        return False
    draft.certain = "a run of equal figures"
    return True


@kind("a column left empty", "it has always been filled")
def column_emptied(draft: Draft) -> bool:
    """The figures of one heading are missing."""
    column = _column(draft, 2)
    for cell in column:
        draft.write(cell, None)
    return bool(column)


@kind("percentages as fractions, a whole column", "rates near 0.05 where they were near 5: series, ranks, levels",
      worlds=("demonstration", "shaoyang", "provinces"))  # fmt: skip
def column_as_fractions(draft: Draft) -> bool:
    """The column is formatted as percent in the bureau's own file."""
    column = [cell for cell in _column(draft, 3, "growth") if cell.unit == "percent"]
    for cell in column:
        draft.number(cell, cell.value / 100, decimals=typed_decimals(cell.printed) + 2)
    return bool(column)


@kind("indices as growth, or growth as indices, a whole column", "the figures are 100 off their series and their kind",
      ("index as growth", "growth as index"))  # fmt: skip
def column_index_and_growth(draft: Draft) -> bool:
    """104.5 down the column of growth rates."""
    to_growth = draft.size == "index as growth"
    column = _column(draft, 3, "index" if to_growth else "growth")
    for cell in column:
        draft.number(cell, cell.value - 100 if to_growth else cell.value + 100)
    return bool(column)


@kind("a column rounded to fewer decimals", "it always had decimals (four figures or more); rates all whole",
      ("one decimal less", "to whole numbers"))  # fmt: skip
def column_rounded(draft: Draft) -> bool:
    """The decimals are gone."""
    column = [cell for cell in _column(draft, 2) if cell.decimals >= 1 and typed_decimals(cell.printed) >= 1]
    if len(column) < 2:
        return False
    for cell in column:
        keep = cell.decimals - 1 if draft.size == "one decimal less" else 0
        draft.number(cell, round(cell.value, keep), decimals=keep)
    has_past = bool(draft.knowledge.history.of(column[0].key))
    if len(draft.changes) >= 4 and (has_past or (draft.size == "to whole numbers" and column[0].is_growth)):
        draft.certain = "no figure of the column has its usual decimals"
    return True


@kind("mixed units in one column", "some figures ten thousand times their neighbours and their series",
      ("one in four", "half"))  # fmt: skip
def mixed_units(draft: Draft) -> bool:
    """Some lines are in 万元, some in 亿元."""
    column = [cell for cell in _column(draft, 4, "level") if cell.value]
    if len(column) < 4:
        return False
    count = max(1, len(column) // (4 if draft.size == "one in four" else 2))
    factor = 1e4 if column[0].unit in ("yi_yuan", "yi_usd") else 1e-4
    for cell in draft.rng.sample(column, count):
        draft.exactly(cell, cell.value * factor)
    return True


@kind("figures in another unit, the label as before", "every amount is ten thousand times its series, or other prints")
def other_unit_same_label(draft: Draft) -> bool:
    """The office changed from 亿元 to 万元 and forgot to say so."""
    column = [cell for cell in _column(draft, 1, "level") if cell.unit in CODES.values()]
    for cell in column:
        draft.exactly(cell, cell.value * (1e4 if cell.unit == "yi_yuan" else 1e-4))
    return bool(column)


@kind("another unit in the label, figures as before", "every amount is ten thousand times its series, or other prints",
      worlds=("demonstration", "shaoyang", "provinces"))  # fmt: skip
def other_label_same_figures(draft: Draft) -> bool:
    """Somebody corrects the heading only."""
    cell = draft.pick(lambda cell: cell.unit in CODES.values())
    if cell is None:
        return False
    labels = [(row, column, text, unit) for row, column, text in draft.book.texts(cell.sheet)
              for unit in UNITS if unit in text and _governs(draft, cell, row, column, unit)]  # fmt: skip
    if not labels:
        return False
    row, column, text, unit = labels[-1]
    new, factor = UNITS[unit]
    draft.put_label(cell.sheet, row, column, text.replace(unit, new))
    governed = [one for one in draft.figures if one.sheet == cell.sheet and _governs(draft, one, row, column, unit)]
    draft.spoilt = {one.place for one in governed}
    draft.reads_as = {one.place: one.value * factor for one in governed}
    return True


def _governs(draft: Draft, cell: Cell, row: int, column: int, unit: str) -> bool:
    """Whether a label with a unit says what unit a figure has: in its row, above it, or for the whole sheet."""
    if cell.unit != CODES[unit]:
        return False
    in_rows = any(one.sheet == cell.sheet and one.row == row for one in draft.cells)
    in_columns = any(one.sheet == cell.sheet and one.column == column for one in draft.cells)
    text = str(draft.book.get(cell.sheet, row, column))
    is_whole = "单位" in text or (in_columns and row <= 2)
    if in_rows:
        return cell.row == row
    return is_whole or not in_columns or cell.column == column
