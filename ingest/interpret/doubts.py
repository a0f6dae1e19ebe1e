"""What only several cells together show: one key printed twice, a fraction among percentages, a total among members.

Belongs here: doubts about cells that each look right alone, and the settling of rule 5. Does not belong here: single
cells (``cells.py``), plausibility against other months (``expectations``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.interpret.book import Book
from ingest.interpret.result import CellReading
from ingest.text import normalise

_FEWEST_PARTS = 3
_AMOUNTS = ("level_", "change_")


@dataclass(frozen=True, slots=True)
class _Read:
    """One cell with its place and its number, as a decimal, and the decimals printed."""

    at: tuple[int, int, int]
    reading: CellReading
    value: Decimal
    decimals: int


def examine(book: Book) -> None:
    """Look at all cells that were read once more, together."""
    read = list(_read_cells(book))
    _doubt_fractions(book, read)
    _doubt_ranks_of_outsiders(book, read)
    _doubt_totals(book, read)
    _settle_keys(book, read)


def _read_cells(book: Book) -> Iterator[_Read]:
    for at, reading in book.claims.items():
        if reading is not None and reading.value_number is not None and _stands(reading):
            value = Decimal(repr(reading.value_number))
            exponent = value.normalize().as_tuple().exponent
            digits = max(-exponent, 0) if isinstance(exponent, int) else 0
            yield _Read(at, reading, value, digits if reading.value_decimals is None else reading.value_decimals)


def _stands(reading: CellReading) -> bool:
    return reading.disposition in ("observation", "published_rank")


def _doubt(book: Book, one: _Read, rule: str, expected: str | None) -> None:
    sheet, row, column = one.at
    cell = book.file.grids[sheet].cell(row, column)
    if cell is not None and _stands(one.reading):
        book.doubt(sheet, cell, one.reading.table_no, rule, expected=expected)


def _grouped(read: Iterable[_Read], *names: str) -> list[list[_Read]]:
    groups: dict[tuple[object, ...], list[_Read]] = defaultdict(list)
    for one in read:
        groups[tuple(getattr(one.reading, name) for name in names)].append(one)
    return list(groups.values())


def _doubt_fractions(book: Book, read: Sequence[_Read]) -> None:
    """0.075 where percentages belong: 0.075 % or 7.5 %?

    Two things tell that it may be a fraction: its neighbours show a % and it is a stored number without, or a finer
    text; or it is printed finer than the indicator by two digits, and all such figures of the table are below 1.
    """
    percents = [one for one in read if one.reading.unit_code == "percent"]
    plain = [one for one in percents if not normalise(one.reading.value_printed or "").endswith("%")]
    suspects = []
    for group in _grouped(plain, "table_no", "measure"):
        fine = [one for one in group if one.decimals >= _display_decimals(book, one) + 2]
        suspects += fine if all(abs(one.value) < 1 for one in fine) else []
    bare = {id(one) for one in plain}
    for group in _grouped(percents, "table_no", "measure", "indicator_code"):
        finest = max((one.decimals for one in group if id(one) not in bare), default=None)
        if finest is not None:
            suspects += [one for one in group if id(one) in bare and (_is_stored(book, one) or one.decimals > finest)]
    for one in suspects:
        if 0 < abs(one.value) < 1:
            _doubt(book, one, "percent_or_fraction", f"{one.value:f}% 或 {(one.value * 100).normalize():f}%")


def _is_stored(book: Book, one: _Read) -> bool:
    sheet, row, column = one.at
    cell = book.file.grids[sheet].cell(row, column)
    return cell is not None and cell.number is not None


def _display_decimals(book: Book, one: _Read) -> int:
    declared = book.measures.get((one.reading.indicator_code or "", one.reading.measure or ""))
    return declared.display_decimals if declared else 1


def _doubt_ranks_of_outsiders(book: Book, read: Sequence[_Read]) -> None:
    """A total or a group of regions has no rank (RULES 10)."""
    members = {s.rank_set_code: {m.region_code for m in s.members} for s in book.pack.rank_sets}
    names = {s.rank_set_code: s.rank_set_name for s in book.pack.rank_sets}
    for one in read:
        code = one.reading.rank_set_code
        if one.reading.disposition == "published_rank" and one.reading.region_code not in members.get(code or "", ()):
            _doubt(book, one, "rank_of_outsider", f"无排名（{names.get(code or '', code)}不含该地区）")


def _doubt_totals(book: Book, read: Sequence[_Read]) -> None:
    """A member whose amount is the sum of all the others is their total under a member's name.

    Not where the table prints the whole beside them and the sum of all, this one included, is that whole.
    """
    parents = {region.region_code: region.parent_code for region in book.pack.regions if region.valid_to is None}
    amounts = [one for one in read if (one.reading.measure or "").startswith(_AMOUNTS)]
    names = ("table_no", "indicator_code", "measure", "growth_basis", "period_start", "reference_month", "unit_code")
    for group in _grouped(amounts, *names):
        by_parent: dict[str, list[_Read]] = defaultdict(list)
        for one in group:
            if parent := parents.get(one.reading.region_code or ""):
                by_parent[parent].append(one)
        for parent, members in by_parent.items():
            wholes = [one.value for one in group if one.reading.region_code == parent]
            _doubt_total_of(book, members, wholes)


def _doubt_total_of(book: Book, members: Sequence[_Read], wholes: Sequence[Decimal]) -> None:
    largest = max(members, key=lambda one: abs(one.value))
    if sum(1 for one in members if one is not largest and one.value != 0) < _FEWEST_PARTS:
        return
    rest = sum((one.value for one in members if one is not largest), Decimal(0))
    unit = Decimal(1).scaleb(-max(one.decimals for one in members))
    if abs(largest.value - rest) <= 2 * unit <= abs(rest) / 1000 and not any(
        abs(whole - rest - largest.value) <= 2 * unit for whole in wholes
    ):
        _doubt(book, largest, "total_as_member", f"一个成员的数；其余 {len(members) - 1} 个成员之和为 {rest:f}")


def _settle_keys(book: Book, read: Sequence[_Read]) -> None:
    """Rule 5: two cells for one key may differ by rounding, or the pack names the winner; else neither is taken."""
    names = ("disposition", "region_code", "indicator_code", "measure", "growth_basis", "period_start",
             "reference_month", "rank_set_code")  # fmt: skip
    for group in _grouped([one for one in read if _stands(one.reading)], *names):
        first = min(one.reading.table_precedence or 0 for one in group)
        winners = [one for one in group if (one.reading.table_precedence or 0) == first]
        if len(winners) < 2 or _agree(book, winners):
            continue
        for one in group:
            other = next(o for o in winners if o is not one and (o.value != one.value or one not in winners))
            place = f"{other.reading.source_sheet}!{other.reading.source_cell}"
            _doubt(book, one, "key_contradiction", f"{other.reading.value_printed}（{place}）")


def _agree(book: Book, group: Sequence[_Read]) -> bool:
    """Whether all values are equal at the coarsest printed precision, in one unit."""
    scaled = []
    for one in group:
        unit = book.units.unit(one.reading.unit_code) if one.reading.unit_code else None
        factor = unit.factor if unit else 1
        scaled.append((one.value * Decimal(str(factor)), one.decimals - round(math.log10(factor))))
    coarsest = Decimal(1).scaleb(-min(decimals for _, decimals in scaled))
    return len({(value / coarsest).quantize(Decimal(1), ROUND_HALF_UP) for value, _ in scaled}) == 1
