"""What a table must hold: every expected region once, no region, indicator or period twice.

Belongs here: gaps and repetitions of rows. Does not belong here: single cells (``cells.py``), the walk (``tables.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from ingest.interpret.book import Book
from ingest.interpret.headers import Column
from ingest.interpret.locate import Place
from ingest.interpret.rows import Row, use_label


def missing_regions(book: Book, place: Place, columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """Codes of the expected regions that have no row (column)."""
    if place.spec.orientation == "indicators_down":
        return []
    across = place.spec.orientation in ("regions_across", "periods_down")
    here = {c.region_code for c in columns} if across else {r.region_code for r in rows}
    return [code for code in _expected_regions(book, place) if code not in here]


def set_repeats_aside(
    book: Book, place: Place, table_no: int, columns: list[Column], rows: list[Row]
) -> list[Row]:  # fmt: skip
    """The rows without those that say word for word what an earlier row of the same key says, if the spec allows.

    In a table that must be complete and is not, repetition is no harmless habit but part of the damage.
    """
    if not place.spec.repeated_rows:
        return rows
    kept, repeats = _part(rows)
    is_damaged = place.spec.complete and bool(missing_regions(book, place, columns, kept))
    rule = "region_duplicate" if is_damaged else "repeated_row"
    for row in repeats:
        use_label(book, place, row)
        for _, value in row.values:
            if is_damaged:
                book.doubt(place.sheet, value, table_no, rule, report=False)
            else:
                book.ignore(place.sheet, value, table_no, rule, "与前面同一地区的行逐格相同，只读一次")
    if repeats:
        book.fault(place.sheet, repeats[0].cell, rule, observed=f"{len(repeats)} × {place.title or ''}")
    return kept


def _part(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    said: dict[Hashable, list[str]] = {}
    kept: list[Row] = []
    repeats: list[Row] = []
    for row in rows:
        key, printed = _key(row), [value.text.strip() for _, value in row.values]
        is_repeat = key is not None and said.setdefault(key, printed) is not printed and said[key] == printed
        (repeats if is_repeat else kept).append(row)
    return kept, repeats


def hold_incomplete(book: Book, place: Place, table_no: int, columns: list[Column], rows: list[Row]) -> bool:
    """Hold all values of a table that must be complete and is not; says whether it did."""
    missing = missing_regions(book, place, columns, rows) if place.spec.complete else []
    if not missing:
        return False
    names = "、".join(_name(book, place, code) for code in missing)
    anchor = place.grid.cell(place.row, place.column)
    book.fault(place.sheet, anchor, "table_incomplete", observed=place.title, expected=names)
    for row in rows:
        use_label(book, place, row)
        for _, value in row.values:
            book.doubt(place.sheet, value, table_no, "table_incomplete", report=False)
    return True


def check_sets(book: Book, place: Place, table_no: int, columns: list[Column], rows: list[Row]) -> None:
    """Every expected region once; no region, indicator or period twice; no declared row absent."""
    anchor = place.grid.cell(place.row, place.column)
    for code in missing_regions(book, place, columns, rows):
        book.fault(place.sheet, anchor, "region_missing", observed=place.title, expected=_name(book, place, code))
    found = {id(row.spec) for row in rows}
    for spec in place.spec.rows:
        if not spec.optional and id(spec) not in found:
            book.fault(place.sheet, anchor, "row_missing", observed=place.title, expected="、".join(spec.match))
    if place.spec.orientation != "regions_across":
        _refuse_twice(book, place, table_no, rows)


def _key(row: Row) -> Hashable:
    """What a row is about; None for one that is not known or not read."""
    if row.region_code is not None:
        return row.region_code
    if row.spec is None or row.spec.ignore:
        return None
    if row.spec.period == "label":
        return (id(row.spec), row.period.kind, row.period.month) if row.period else None
    return id(row.spec)


def _refuse_twice(book: Book, place: Place, table_no: int, rows: list[Row]) -> None:
    counts = Counter(key for row in rows if (key := _key(row)) is not None)
    for row in rows:
        key = _key(row)
        if key is None or counts[key] < 2 or not any(not v.is_blank for _, v in row.values):
            continue
        rule = "region_duplicate" if row.region_code else "indicator_duplicate"
        if row.spec is not None and row.spec.period == "label":
            rule = "period_duplicate"
        book.fault(place.sheet, row.cell, rule)
        for _, value in row.values:
            if not value.is_blank:
                book.doubt(place.sheet, value, table_no, rule, report=False)


def _expected_regions(book: Book, place: Place) -> Iterable[str]:
    expected = place.spec.expected_regions
    if expected is None:
        return ()
    if isinstance(expected, tuple):
        return expected
    day = place.month or book.today
    members = next((s.members for s in book.pack.rank_sets if s.rank_set_code == expected), [])
    return [m.region_code for m in members if m.valid_from <= day and (m.valid_to is None or day <= m.valid_to)]


def _name(book: Book, place: Place, code: str) -> str:
    day = place.month or book.today
    named = [region for region in book.pack.regions if region.region_code == code]
    then = [r for r in named if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to)]
    return (then or named)[-1].region_name if named else code
