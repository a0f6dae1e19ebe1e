"""Figures stand where others belong: old ones, another region's, another column's."""

from __future__ import annotations

from benchmarks.gate.cells import Cell, months_back
from benchmarks.gate.draft import Draft, kind


def _from_past(draft: Draft, cell: Cell, lag: int) -> float | None:
    past = draft.delivery.history.of(cell.key).get(months_back(cell.month, lag))
    return None if past is None or past == cell.amount else past / cell.factor


def _copy_past(draft: Draft, lag: int) -> bool:
    cell = draft.pick(lambda cell: _from_past(draft, cell, lag) is not None)
    if cell is None:
        return False
    cells = {"one cell": [cell], "a row": draft.grid.line(cell), "a column": draft.grid.column(cell)}[draft.size]
    fitting = [one for one in cells if one.month == cell.month and _from_past(draft, one, lag) is not None]
    if draft.size != "one cell" and len(fitting) < 2:
        return False
    for one in fitting:
        draft.number(one, _from_past(draft, one, lag) or 0.0)
    return True


@kind("last month's figure left standing", "a cumulative amount that does not move; rates only if they never repeat",
      ("one cell", "a row", "a column"), worlds=("demonstration", "provinces", "cities"))  # fmt: skip
def last_month_copied(draft: Draft) -> bool:
    """The cell was not updated."""
    return _copy_past(draft, 1)


@kind("last year's figure of the month", "growth and levels, ranks, or a figure that never repeated a year later",
      ("one cell", "a row", "a column"), worlds=("demonstration", "provinces"))  # fmt: skip
def last_year_copied(draft: Draft) -> bool:
    """The figure is taken from last year's table."""
    return _copy_past(draft, 12)


@kind("another region's figure", "series, ranks or levels; or four digits that equal a neighbour's", ("one cell",))
def other_region_copied(draft: Draft) -> bool:
    """The line above or below is copied, in one cell."""

    def others(cell: Cell) -> list[Cell]:
        return [one for one in draft.grid.column(cell) if one.value != cell.value and one.key[2:] == cell.key[2:]]

    cell = draft.pick(lambda cell: len(others(cell)) >= 2)
    if cell is None:
        return False
    draft.write(cell, draft.content(draft.rng.choice(others(cell))))
    return True


@kind("the neighbouring column's figure", "another quantity: series, column, ranks, levels")
def neighbour_column_copied(draft: Draft) -> bool:
    """The figure of another indicator is copied."""
    cell = draft.pick()
    if cell is None:
        return False
    line = draft.grid.line(cell) if len(draft.grid.line(cell)) > 1 else draft.grid.column(cell)
    near = [other for other in line if other.key != cell.key and other.value != cell.value]
    if not near:
        return False
    near.sort(key=lambda other: abs(other.row - cell.row) + abs(other.column - cell.column))
    draft.write(cell, draft.content(near[0]))
    return True


@kind("two rows exchanged", "series, ranks and levels, if the two differ by more than is usual",
      ("neighbours", "anywhere"))  # fmt: skip
def rows_exchanged(draft: Draft) -> bool:
    """Two regions (or indicators) have each other's figures."""
    cell = draft.pick()
    if cell is None:
        return False
    lines = draft.grid.lines(cell.sheet)
    at = next(number for number, line in enumerate(lines) if cell in line)
    choices = [at - 1, at + 1] if draft.size == "neighbours" else list(range(len(lines)))
    other = draft.rng.choice([number for number in choices if 0 <= number < len(lines) and number != at] or [at])
    if other == at:
        return False
    for one in lines[at]:
        partner = draft.grid.partner(one, lines[other])
        if partner is not None:
            draft.exchange(one, partner)
    return True


@kind("a row pasted over another", "several figures equal to another region's", worlds=("demonstration", "shaoyang",
                                                                                      "cities"))  # fmt: skip
def row_pasted(draft: Draft) -> bool:
    """A region's figures stand twice."""
    cell = draft.pick()
    if cell is None or len(draft.grid.lines(cell.sheet)) < 3:
        return False
    lines = draft.grid.lines(cell.sheet)
    at = next(number for number, line in enumerate(lines) if cell in line)
    other = draft.rng.choice([number for number in range(len(lines)) if number != at])
    pairs = [(one, draft.grid.partner(one, lines[other])) for one in lines[at]]
    fitting = [(one, two) for one, two in pairs if two is not None]
    if len(fitting) < 2:
        return False
    for one, two in fitting:
        draft.write(one, draft.content(two))
    return True


@kind("two columns exchanged", "each is another quantity: series, columns, ranks, levels")
def columns_exchanged(draft: Draft) -> bool:
    """Two indicators, or a level and its growth, have each other's figures."""
    cell = draft.pick()
    if cell is None:
        return False
    columns = draft.grid.columns(cell.sheet)
    at = next(number for number, column in enumerate(columns) if cell in column)
    near = [number for number in (at - 1, at + 1) if 0 <= number < len(columns)]
    if not near:
        return False
    partners = {draft.grid.subject(one): one for one in columns[draft.rng.choice(near)]}
    for one in columns[at]:
        if draft.grid.subject(one) in partners:
            draft.exchange(one, partners[draft.grid.subject(one)])
    return True
