"""What stands where on a form: due figures laid out in tables, with the key of each cell to fill.

Belongs here: the layout as data. Does not belong here: what is due (``due``), how it looks (``sheets``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ingest.forms.due import Due, deadline, due_for, reported_by
from ingest.forms.heading import FILL_SHEET, NOTE_SHEET, REGION_SHEET, heading, no_form
from ingest.forms.model import Block, Column, Field, Form, FormError, LastValue, Role, Row, Text
from ingest.forms.notes import note_lines
from ingest.forms.wording import (
    FREQUENCIES,
    LAST,
    MONTH,
    NOTE,
    NUMBER,
    STATUS,
    UNIT,
    VALUE,
    both,
    measure_words,
    period_words,
)
from ingest.interpret.periods import month_end

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import Indicator

FIRST_ROW = 5
LONGEST_LIST, SUBJECT = 40, 5
"""Rows from which a list is parted by subject, and figures that make a subject worth a table."""
_LIST: tuple[tuple[tuple[str, str], Role], ...] = (
    (NUMBER, "label"), (("指标", "Indicator"), "label"), (("英文名", "Indicator in English"), "label"),
    (("计量", "measure"), "label"), (("时期", "period"), "label"), (UNIT, "unit"), (LAST, "last"), (MONTH, "month"),
    (VALUE, "value"), (STATUS, "status"), (NOTE, "note"),
)  # fmt: skip
_ACROSS: tuple[tuple[tuple[str, str], Role], ...] = (
    (LAST, "last"), (MONTH, "month"), (VALUE, "value"), (STATUS, "status"),
)  # fmt: skip


@dataclass
class _Layout:
    """A form that is being laid out."""

    pack: Pack
    month: date
    last: dict[tuple[str, str, str, str], LastValue]
    blocks: list[Block] = field(default_factory=list)
    next_row: dict[str, int] = field(default_factory=dict)

    def region_name(self, code: str) -> tuple[str, str]:
        """The name of a region at the end of the month."""
        day = month_end(self.month)
        spans = [r for r in self.pack.regions if r.region_code == code]
        now = next((r for r in spans if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to)), spans[-1])
        return now.region_name, now.region_name_en

    def place(self, sheet: str, height: int) -> int:
        """The first row of a block of that height, and room below it for the next."""
        top = self.next_row.get(sheet, FIRST_ROW)
        self.next_row[sheet] = top + height + 3
        return top

    @property
    def period(self) -> str:
        """The report's period, as it is spoken of."""
        return period_words("level_ytd", self.month)

    def number(self) -> int:
        """The number of the next table."""
        return len(self.blocks) + 1


def plan_form(pack: Pack, bureau: str, month: date, last: Iterable[LastValue] = ()) -> Form:
    """The form of one bureau for one month.

    Args:
        pack: indicators, regions, calendar.
        bureau: code or name.
        month: first day of the reference month.
        last: last accepted figures, one per key.

    Raises:
        FormError: no such bureau, or nothing is due from it for that month.
    """
    known = pack.bureau(bureau) or pack.bureau_by_label(bureau)
    if known is None:
        raise FormError(
            f"数据包 {pack.info.name} 中没有单位 {bureau} / pack {pack.info.name} has no bureau {bureau}",
            f"现有 / there are: {'、'.join(b.bureau_code for b in pack.bureaus)}",
        )
    due = due_for(pack, known, month)
    if not due:
        raise no_form(pack, known, month, reported_by(pack, known))
    keyed = {(one.region_code, one.indicator_code, one.measure, one.growth_basis): one for one in last}
    layout = _Layout(pack, month, keyed)
    for frequency in FREQUENCIES:
        _list_blocks(
            layout, frequency, [one for one in due if one.measure.frequency == frequency and not one.by_region]
        )
    across = [one for one in due if one.by_region]
    for code in dict.fromkeys(one.indicator.indicator_code for one in across):
        _region_block(layout, [one for one in across if one.indicator.indicator_code == code])
    form = Form(pack=pack.info.name, bureau=known.bureau_code, month=month, blocks=tuple(layout.blocks))
    day = deadline(pack, known, month, due)
    sheets = list(dict.fromkeys(block.sheet for block in form.blocks))
    texts = [text for sheet in sheets for text in heading(form, known, day, sheet)]
    texts += [
        Text(sheet=NOTE_SHEET, row=row, column=column, text=text)
        for row, (_, cells) in enumerate(note_lines(form, pack))
        for column, text in enumerate(cells)
        if text
    ]
    return form.model_copy(update={"texts": tuple(texts)})


def _list_blocks(layout: _Layout, frequency: str, due: list[Due]) -> None:
    """Per region one table, a row per figure; a long one is parted by subject."""
    for region in dict.fromkeys(code for one in due for code in one.regions):
        for subject, asked in _parted(layout.pack, [one for one in due if region in one.regions]):
            _list_block(layout, frequency, region, subject, asked)


def _parted(pack: Pack, due: list[Due]) -> Iterator[tuple[str, list[Due]]]:
    """Figures by the indicator that they belong under, small subjects together; all of them when they are few."""
    if len(due) <= LONGEST_LIST:
        yield "", due
        return
    subjects: dict[str, list[Due]] = {}
    for one in due:
        subjects.setdefault(_root(pack, one.indicator).indicator_name, []).append(one)
    others = [one for asked in subjects.values() if len(asked) < SUBJECT for one in asked]
    yield from ((name, asked) for name, asked in subjects.items() if len(asked) >= SUBJECT)
    for at in range(0, len(others), LONGEST_LIST):
        yield "其他 others", others[at : at + LONGEST_LIST]


def _root(pack: Pack, indicator: Indicator) -> Indicator:
    above = pack.indicator(indicator.parent_indicator_code) if indicator.parent_indicator_code else None
    return _root(pack, above) if above is not None else indicator


def _list_block(layout: _Layout, frequency: str, region: str, subject: str, asked: list[Due]) -> None:
    name, name_en = layout.region_name(region)
    words, words_en = FREQUENCIES[frequency]
    top = layout.place(FILL_SHEET, len(asked) + 2)
    columns = tuple(Column(column=n, header=both(said), role=role) for n, (said, role) in enumerate(_LIST))
    rows = [
        Row(row=top + 2 + n, labels=(
            str(n + 1), one.indicator.indicator_name, one.indicator.indicator_name_en,
            both(measure_words(one.measure.measure, one.measure.growth_basis), " "),
            period_words(one.measure.measure, one.month),
        ))
        for n, one in enumerate(asked)
    ]  # fmt: skip
    at = {role: n for n, (_, role) in enumerate(_LIST)}
    fields = [_field(layout, one, region, n, n, at, at["unit"], at["note"]) for n, one in enumerate(asked)]
    number = layout.number()
    title = f"表{number}　{name}　{words}{f'　{subject}' if subject else ''}（{layout.period}）"
    layout.blocks.append(Block(
        sheet=FILL_SHEET, title=f"{title}　Table {number} · {name_en} · {words_en}", title_row=top, header_row=top + 1,
        columns=columns, rows=tuple(rows), fields=tuple(fields),
    ))  # fmt: skip


def _region_block(layout: _Layout, due: list[Due]) -> None:
    """One table per indicator: regions down, measures across, a row of units on top."""
    indicator, regions = due[0].indicator, due[0].regions
    columns = [
        Column(column=n, header=both(words), role="label")
        for n, words in enumerate((NUMBER, ("地区", "region"), ("英文名", "region in English")))
    ]
    firsts = []
    for one in due:
        firsts.append(len(columns))
        said = "".join(measure_words(one.measure.measure, one.measure.growth_basis)[:1])
        period = period_words(one.measure.measure, one.month)
        for words, role in _ACROSS:
            over = f"{said}\n{period}\n" if role == "value" else f"{said}\n"
            columns.append(Column(column=len(columns), header=over + both(words), role=role))
    columns.append(Column(column=len(columns), header=both(NOTE), role="note"))
    top = layout.place(REGION_SHEET, len(regions) + 3)
    rows = [Row(row=top + 2, labels=("", *UNIT))]
    rows += [Row(row=top + 3 + n, labels=(str(n + 1), *layout.region_name(r))) for n, r in enumerate(regions)]
    fields = []
    for first, one in zip(firsts, due, strict=True):
        at = {role: first + n for n, (_, role) in enumerate(_ACROSS)}
        fields += [
            _field(layout, one, region, n + 1, 0, at, at["value"], len(columns) - 1) for n, region in enumerate(regions)
        ]
    title = (
        f"表{layout.number()}　{indicator.indicator_name}（{layout.period}）　"
        f"Table {layout.number()} · {indicator.indicator_name_en}"
    )
    layout.blocks.append(Block(
        sheet=REGION_SHEET, title=title, title_row=top, header_row=top + 1, columns=tuple(columns), rows=tuple(rows),
        fields=tuple(fields),
    ))  # fmt: skip


def _field(
    layout: _Layout, due: Due, region: str, row: int, unit_row: int, at: dict[Role, int], unit: int, note: int
) -> Field:
    measure = due.measure
    last = layout.last.get((region, due.indicator.indicator_code, measure.measure, measure.growth_basis))
    simulated = "（模拟数据）" if last is not None and last.is_simulated else ""
    return Field(
        row=row, value=at["value"], status=at["status"], unit=unit, unit_row=unit_row, note=note, last=at["last"],
        month=at["month"], region=region, indicator=due.indicator.indicator_code, measure=measure.measure,
        growth_basis=measure.growth_basis, unit_code=measure.unit_code,
        period_label=period_words(measure.measure, due.month),
        last_value=last.value if last else None,
        last_month=period_words(measure.measure, last.reference_month) + simulated if last else "",
    )  # fmt: skip
