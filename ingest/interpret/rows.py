"""The rows of a table: which label means what, which block a row lies in, where the table ends.

Belongs here: labels down the side. Does not belong here: the values beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.grids import Cell
from ingest.interpret.book import Book
from ingest.interpret.headers import Column, RegionFinder
from ingest.interpret.labels import Label, equals, expected_label, matches
from ingest.interpret.locate import Place, is_empty
from ingest.interpret.row_periods import RowPeriods
from ingest.interpret.shown import month_text
from ingest.periods import Period
from ingest.spec import BlockSpec, RowSpec

A_PERIOD = RowSpec(match=(), period="label")
"""What a row is whose label is a period, in a table of periods."""


@dataclass(slots=True)
class Row:
    """One labelled row: ``spec`` or ``region_code`` says what it is; neither = not known.

    ``period`` is the one that the label prints, ``names`` are the further cells of a label of several columns.
    """

    number: int
    cell: Cell
    label: Label
    spec: RowSpec | None = None
    region_code: str | None = None
    block: BlockSpec | None = None
    block_label: Label | None = None
    period: Period | None = None
    names: tuple[Cell, ...] = ()
    values: list[tuple[Column, Cell]] = field(default_factory=list)

    @property
    def label_cells(self) -> tuple[Cell, ...]:
        """All cells of the label."""
        return (self.cell, *self.names)

    @property
    def is_known(self) -> bool:
        """Whether the spec or the pack knows the label."""
        return self.spec is not None or self.region_code is not None


def read_rows(
    book: Book, place: Place, columns: list[Column], regions: RegionFinder, year: int | None
) -> list[Row]:  # fmt: skip
    """All labelled rows of a table, in order, up to its end; ``year`` is what a period's label leaves out."""
    rows: list[Row] = []
    history: list[Label] = []
    periods = RowPeriods(year)
    block: tuple[BlockSpec | None, Label | None] = (None, None)
    for number in range(place.header_bottom + 1, place.body_end):
        cell = place.grid.cell(number, place.column)
        if cell is None or cell.is_blank:
            if is_empty(place.grid, number) and not _goes_on(book, place, regions, number):
                break
            continue
        label = book.labels(cell.text)
        if matches(place.spec.end, label):
            break
        block = _block_at(place, label, block)
        row = Row(number, cell, label, block=block[0], block_label=block[1])
        _identify(row, place, regions, history)
        _read_label_period(row, place, periods)
        row.names = tuple(n for c in place.label_columns[1:] if (n := place.grid.cell(number, c)) is not None)
        row.values = [(c, v) for c in columns if (v := place.grid.cell(number, c.number)) is not None]
        history.append(label)
        rows.append(row)
    while rows and not rows[-1].is_known and all(value.is_blank for _, value in rows[-1].values):
        rows.pop()  # a note below the table, not a row of it
    return rows


def _goes_on(book: Book, place: Place, regions: RegionFinder, empty_row: int) -> bool:
    """Whether known labels follow after an empty row."""
    for number in range(empty_row + 1, place.body_end):
        cell = place.grid.cell(number, place.column)
        if cell is not None and not cell.is_blank:
            row = Row(number, cell, book.labels(cell.text))
            _identify(row, place, regions, [])
            _read_label_period(row, place, RowPeriods(2000))
            if row.is_known:
                return True
    return False


def _block_at(
    place: Place, label: Label, current: tuple[BlockSpec | None, Label | None]
) -> tuple[BlockSpec | None, Label | None]:
    for block in place.spec.blocks:
        if matches(block.from_, label):
            return block, label
    if current[0] is not None and matches(current[0].until, label):
        return None, None
    return current


def _identify(row: Row, place: Place, regions: RegionFinder, history: list[Label]) -> None:
    row.spec = _pick(place.spec.rows, row.label, history)
    if row.spec is None and place.spec.orientation == "regions_down":
        row.region_code = regions.code(row.cell.text)
    if row.spec is None and row.block_label is row.label:
        row.spec = RowSpec(match=(row.label.norm,), ignore="块标题")


def _read_label_period(row: Row, place: Place, periods: RowPeriods) -> None:
    """The period that the label prints, where the spec says that it prints one."""
    if row.spec is None and row.region_code is None and place.spec.orientation == "periods_down":
        row.period = periods.read(month_text(row.cell), place.spec.at_month)
        row.spec = A_PERIOD if row.period else None
    elif row.spec is not None and row.spec.period == "label":
        row.period = periods.read(month_text(row.cell), row.spec.at_month or place.spec.at_month)


def _pick(specs: tuple[RowSpec, ...], label: Label, history: list[Label]) -> RowSpec | None:
    """The declared row of a label; equal labels are told apart by the nearest label above that one of them names."""
    fitting = [spec for spec in specs if matches(spec.match, label)]
    exact = [spec for spec in fitting if equals(spec.match, label)]
    fitting = exact or fitting
    if len(fitting) > 1 or any(spec.under for spec in fitting):
        for above in reversed(history):
            for spec in fitting:
                if spec.under and matches(spec.under, above):
                    return spec
        fitting = [spec for spec in fitting if not spec.under]
    return fitting[0] if fitting else None


def use_label(book: Book, place: Place, row: Row) -> None:
    """Mark all cells of a row's label as used."""
    for cell in row.label_cells:
        book.use(place.sheet, cell)


def nearest_labels(book: Book, place: Place, label: Label) -> str | None:
    """The known labels that look most like one that is not known."""
    known = [pattern for spec in place.spec.rows for pattern in spec.match]
    if place.spec.orientation == "regions_down":
        known += [name for region in book.pack.regions for name in (region.region_name, *region.aliases)]
    return expected_label(label.bare, known)
