"""The report's own month: the prevailing one of the first place, in the spec's order of trust, that prints any.

Belongs here: the places where a report says what it is for. Does not belong here: the period of a table or cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ingest.grids import GridFile
from ingest.interpret.headers import read_columns
from ingest.interpret.labels import LabelReader, captured, matches
from ingest.interpret.locate import Place, header_parts
from ingest.interpret.long import period_texts
from ingest.interpret.periods import ReportMonth, read_period, shift
from ingest.interpret.shown import header_text
from ingest.periods import Period, find_date
from ingest.spec import SourceSpec


@dataclass(frozen=True, slots=True)
class _Report:
    spec: SourceSpec
    file: GridFile
    places: list[Place]
    file_name: str
    labels: LabelReader


def report_month(
    spec: SourceSpec, file: GridFile, places: list[Place], file_name: str, labels: LabelReader
) -> ReportMonth:
    """The period that the report says it is for, from the places that the spec trusts, in that order."""
    report = _Report(spec, file, places, file_name, labels)
    texts = [list(_texts_of(where, report)) for where in spec.report_period.places]
    explicit = [Counter(p.month.year for t in group if (p := read_period(t, None))) for group in texts]
    # Where two years stand side by side the later one is the report's, the earlier one its comparison.
    year = next((max(y for y, n in c.items() if 2 * n >= max(c.values())) for c in explicit if c), None)
    found = [[(period, text) for text in group if (period := read_period(text, year))] for group in texts]
    # A bare year in a title (2023年主要指标) only says the year while months stand elsewhere.
    monthly = [[(period, text) for period, text in group if period.kind != "year"] for group in found]
    best = next((group for group in (*monthly, *found) if group), None)
    return ReportMonth(*_prevailing(best), year) if best else ReportMonth(None, None, year)


def _prevailing(found: list[tuple[Period, str]]) -> tuple[Period, str]:
    counts = Counter(period.month for period, _ in found)
    most = max(counts.values())
    latest = max(month for month, count in counts.items() if 2 * count >= most)
    return next((period, text.strip()) for period, text in found if period.month == latest)


def _texts_of(where: str, report: _Report) -> Iterable[str]:
    if where == "title":
        return (cell.text for place in report.places for cell in place.title_cells if cell.number is None)
    if where == "page":
        return report.file.page_lines
    if where == "sheet_name":
        return dict.fromkeys(place.grid.name for place in report.places)
    if where == "file_name":
        return (report.file_name.rsplit(".", 1)[0],)
    if where == "cell":
        return (t for t in _visible_texts(report) if matches(report.spec.report_period.match, report.labels(t)))
    if where == "date":
        return _months_of_dates(report)
    return _row_texts(report) if where == "rows" else _header_texts(report.places)


def _visible_texts(report: _Report) -> Iterator[str]:
    grids = (grid for grid in report.file.grids if grid.is_visible)
    return (cell.text for grid in grids for cell in grid.cells() if cell.number is None)


def _months_of_dates(report: _Report) -> Iterator[str]:
    """The month that the report's own date says, so many months earlier as the spec says."""
    wanted = report.spec.report_period.date
    if wanted is None:
        return
    for text in (*report.file.page_lines, *_visible_texts(report)):
        label = report.labels(text)
        if matches(wanted.match, label):
            found: date | None = find_date(captured(wanted.match, label) or text)
            if found is not None:
                month = shift(found.replace(day=1), -wanted.months_before)
                yield f"{month.year}年{month.month}月"


def _row_texts(report: _Report) -> Iterator[str]:
    """The latest period printed in the rows of each table whose rows carry periods."""
    for place in report.places:
        if place.spec.orientation == "long":
            texts = period_texts(place, read_columns(place, report.labels, None, None))
        else:
            texts = _label_texts(place)
        periods = {text: period for text in dict.fromkeys(texts) if (period := read_period(text, None))}
        if periods:
            yield max(periods, key=lambda text: periods[text].month)


def _label_texts(place: Place) -> Iterator[str]:
    cells = (place.grid.cell(row, place.column) for row in range(place.header_bottom + 1, place.body_end))
    return (cell.text for cell in cells if cell is not None and cell.number is None)


def _header_texts(places: list[Place]) -> Iterator[str]:
    """One text per table and distinct header period, so that a wide table does not outvote the others."""
    for place in places:
        columns = range(place.left, place.right + 1)
        parts = [[header_text(part) for part in header_parts(place, column)] for column in columns]
        joined = [text for texts in parts for text in ("".join(texts), *texts)]
        if place.spec.orientation == "periods_down":
            joined += _label_texts(place)
        seen: dict[str, str] = {}
        for text in joined:
            period = read_period(text, None) or read_period(text, 2000)
            if period is not None:
                seen.setdefault(period.label, text)
        yield from seen.values()
