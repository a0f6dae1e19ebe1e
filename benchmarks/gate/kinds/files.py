"""A whole table or file goes wrong: the wrong month, missing and doubled regions, one table under another's title."""

from __future__ import annotations

import re
from datetime import date

from benchmarks.gate.books import open_book
from benchmarks.gate.cells import Cell, months_back
from benchmarks.gate.draft import Draft, kind

ROUNDS = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


def _last_before(draft: Draft, cell: Cell) -> float | None:
    """The figure that stood in this cell in the last report; nothing for a cell that shows last year."""
    series = draft.delivery.history.of(cell.key)
    earlier = [month for month in series if months_back(cell.month, 3) <= month < cell.month]
    return series[max(earlier)] / cell.factor if earlier and cell.month.year == max(earlier).year else None


@kind("an old file sent again as the new month", "all of its figures repeat the last report's",
      ("whole file", "one sheet"), worlds=("demonstration", "provinces", "cities"))  # fmt: skip
def stale_file(draft: Draft) -> bool:
    """The title was changed, the figures were not."""
    newest = max(cell.month for cell in draft.cells)
    cells = [cell for cell in draft.cells if cell.month == newest and _last_before(draft, cell) is not None]
    if draft.size == "one sheet" and cells:
        sheet = draft.rng.choice(sorted({cell.sheet for cell in cells}))
        cells = [cell for cell in cells if cell.sheet == sheet]
    for cell in cells:
        draft.number(cell, _last_before(draft, cell) or 0.0)
    if len(draft.changes) < 2:
        return False
    if _stood_still(draft, cells):
        draft.hidden = "such a table has stood still before"
    else:
        draft.certain = "the table repeats the last report, as it never did"
    return True


def _stood_still(draft: Draft, cells: list[Cell]) -> bool:
    """Whether all these figures repeated the month before at some time."""
    history = draft.delivery.history
    months = {month for cell in cells for month in history.of(cell.key)}
    for month in months:
        before = months_back(month, 1)
        both = [(history.of(cell.key).get(before), history.of(cell.key).get(month)) for cell in cells]
        known = [pair for pair in both if None not in pair]
        if len(known) >= 2 and all(then == now for then, now in known):
            return True
    return False


def _spoken(month: date) -> list[str]:
    """The ways in which files write a month, longest first."""
    year, number = month.year, month.month
    return [
        f"{year}年1-{number}月", f"{year}年{number}月", f"{year}年{ROUNDS.get(number, f'1-{number}月')}",
        f"{year}{number:02d}", f"1-{number}月",
    ]  # fmt: skip


def _reword(text: str, old: date, new: date) -> str:
    pairs = dict(zip(_spoken(old), _spoken(new), strict=True))
    pattern = "|".join(rf"(?<!\d){re.escape(words)}" for words in pairs)
    return re.sub(pattern, lambda match: pairs[match.group()], text)


@kind("right figures under a wrong month", "the file's name, or the figures printed for that month before",
      ("last month", "last year", "next month"), worlds=("demonstration", "cities"))  # fmt: skip
def wrong_month_in_title(draft: Draft) -> bool:
    """The title of an old file was kept, or changed one month too far. The file's name is right."""
    old = max(cell.month for cell in draft.cells)
    new = {"last month": months_back(old, 1), "last year": months_back(old, 12), "next month": months_back(old, -1)}
    if min(old.month, new[draft.size].month) < 2 or old.month == 2 or new[draft.size].year < 2022:
        return False
    before = draft.book.payload()
    draft.is_reworded, sheets = True, draft.book.sheets
    draft.book.reword(lambda text: _reword(text, old, new[draft.size]))
    draft.renamed = dict(zip(sheets, draft.book.sheets, strict=True))
    draft.whole = {*sheets, *draft.book.sheets}
    draft.certain = "the name of the file and what was printed for that month"
    return draft.book.payload() != before


@kind("a region's row missing", "the set of regions is known", ("row deleted", "row left empty"))
def region_missing(draft: Draft) -> bool:
    """One region is not there."""
    found = _region_lines(draft, least=3)
    if found is None:
        return False
    lines, labels = found
    at = draft.rng.randrange(len(lines))
    draft.missing = {cell.place for cell in lines[at]}
    draft.spoilt = draft.missing if draft.size == "row left empty" else {cell.place for cell in lines[-1]}
    draft.tolerated = {lines[at][0].sheet}
    if draft.size == "row left empty":
        _copy_line(draft, lines[at], labels[at], None, None)
    else:
        for number in range(at, len(lines)):
            following = number + 1 < len(lines)
            _copy_line(draft, lines[number], labels[number], lines[number + 1] if following else None,
                       labels[number + 1] if following else None)  # fmt: skip
    draft.certain = "a region is missing"
    return True


@kind("one region twice, another missing", "one name stands twice with different figures")
def region_twice(draft: Draft) -> bool:
    """A name is copied one line too far."""
    found = _region_lines(draft, least=3)
    if found is None:
        return False
    lines, labels = found
    one, other = draft.rng.sample(range(len(lines)), 2)
    sheet = lines[one][0].sheet
    draft.put_label(sheet, *labels[other], draft.book.get(sheet, *labels[one]))
    draft.spoilt = {cell.place for cell in (*lines[one], *lines[other])}
    draft.tolerated = {sheet}
    draft.certain = "a region stands twice"
    return True


@kind("part of a table replaced by a copy of another part", "regions stand twice, others are missing (70 cities 2023)",
      ("a fifth", "a half"))  # fmt: skip
def part_copied_over(draft: Draft) -> bool:
    """As published for February 2023: names and figures of some lines over others."""
    found = _region_lines(draft, least=6)
    if found is None:
        return False
    lines, labels = found
    count = max(2, len(lines) // (5 if draft.size == "a fifth" else 2))
    start = draft.rng.randrange(len(lines) - count + 1)
    source = 0 if start >= count else len(lines) - count
    if abs(source - start) < count:
        return False
    copies = [([draft.content(cell) for cell in lines[source + n]], draft.book.get(lines[0][0].sheet,
               *labels[source + n])) for n in range(count)]  # fmt: skip
    draft.spoilt = set()
    for number, (contents, label) in enumerate(copies):
        target = lines[start + number]
        for cell, content in zip(target, contents, strict=False):
            draft.write(cell, content)
        draft.put_label(target[0].sheet, *labels[start + number], label)
        draft.spoilt |= {cell.place for cell in target}
    draft.tolerated = {lines[0][0].sheet}
    draft.certain = "regions stand twice, others are missing"
    return True


@kind("two tables under each other's titles", "every figure leaves its series; ranks and totals move along",
      ("two sheets", "another region's file"))  # fmt: skip
def tables_exchanged(draft: Draft) -> bool:
    """Two tables of one shape are pasted into each other's place."""
    if draft.size == "another region's file":
        return _other_file(draft)
    shapes: dict[str, list[tuple[str, str]]] = {}
    for cell in draft.cells:
        shapes.setdefault(cell.sheet, []).append((cell.address, cell.measure))
    sheets = sorted(shapes)
    pairs = [(one, two) for one in sheets for two in sheets if one < two and set(shapes[one]) == set(shapes[two])]
    if not pairs:
        return False
    one, two = draft.rng.choice(pairs)
    for cell in [cell for cell in draft.cells if cell.sheet == one]:
        draft.exchange(cell, draft.grid.at[two, cell.address])
    return True


def _other_file(draft: Draft) -> bool:
    """The figures of a file of the same shape under this file's name."""
    places = {cell.place for cell in draft.cells}
    shapes: dict[str, set[tuple[str, str]]] = {}
    for cell in draft.delivery.cells:
        shapes.setdefault(cell.file, set()).add(cell.place)
    others = sorted(file for file, shape in shapes.items() if file != draft.file and shape == places)
    if not others:
        return False
    letter = draft.delivery.letter(draft.rng.choice(others))
    book = open_book(letter.path, letter.payload)
    for cell in draft.cells:
        draft.write(cell, book.get(cell.sheet, cell.row, cell.column))
    return True


def _region_lines(draft: Draft, least: int) -> tuple[list[list[Cell]], list[tuple[int, int]]] | None:
    """The lines of a table with one line per region, and where the regions' names stand; a sheet at random."""
    cell = draft.pick()
    if cell is None:
        return None
    lines = draft.grid.lines(cell.sheet)
    labels = [draft.label_of(line[0]) for line in lines]
    known = [(line, label) for line, label in zip(lines, labels, strict=True) if label is not None]
    if len(known) < least or len({line[0].region for line, _ in known}) != len(known):
        return None
    return [line for line, _ in known], [label for _, label in known]


def _copy_line(
    draft: Draft, line: list[Cell], label: tuple[int, int], source: list[Cell] | None, name: tuple[int, int] | None
) -> None:
    """A line's name and figures become another's; or nothing."""
    sheet, across = line[0].sheet, draft.grid.runs_across(line[0].sheet)
    columns = {(cell.row if across else cell.column) for one in draft.grid.lines(sheet) for cell in one}
    target, origin = (line[0].column if across else line[0].row), None
    if source is not None:
        origin = source[0].column if across else source[0].row
    for at in sorted(columns):
        here = (at, target) if across else (target, at)
        there = None if origin is None else ((at, origin) if across else (origin, at))
        draft.put(sheet, *here, None if there is None else draft.book.get(sheet, *there))
    draft.put_label(sheet, *label, None if name is None else draft.book.get(sheet, *name))
