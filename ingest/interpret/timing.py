"""A table's own period against the report's: what may differ, and what sends the table to quarantine (RULES 2).

Belongs here: the base period of tables and columns, and the three faults of time. Does not belong here: words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.interpret.book import Book
from ingest.interpret.headers import Column
from ingest.interpret.labels import matches
from ingest.interpret.locate import Place
from ingest.interpret.periods import ReportMonth, apply_reference, month_end, read_period
from ingest.interpret.rows import Row
from ingest.periods import Period


def base_period(place: Place, report: ReportMonth) -> tuple[Period | None, str | None]:
    """The period of a table as a whole; where the spec says so, one that lies so far from the printed one."""
    period, label = _printed_period(place, report)
    if period is None or place.spec.period in (None, "report", "label"):
        return period, label
    period = apply_reference(period, place.spec.period)
    return period, f"{period.month.year}年{period.month.month}月"


def _printed_period(place: Place, report: ReportMonth) -> tuple[Period | None, str | None]:
    """The title's, the sheet's, else the report's."""
    texts = [cell.text for cell in place.title_cells if cell.number is None] + [place.grid.name]
    lag = place.spec.lag_months or 0
    for text in texts:
        period = read_period(text, report.year)
        if period is not None and not _only_names_year(period, report.period):
            return _in_last_year(text, period, report, lag), text.strip()
    return report.period, report.label


def _only_names_year(period: Period, report: Period | None) -> bool:
    return period.kind == "year" and report is not None and report.month.year == period.month.year


def _in_last_year(text: str, period: Period, report: ReportMonth, lag: int) -> Period:
    """A label without a year that would lie after the report, in a table that may lag, is last year's."""
    if report.period is None or period.month <= report.period.month or read_period(text, None) is not None:
        return period
    earlier = _year_before(period)
    months = (report.period.month.year - earlier.month.year) * 12 + report.period.month.month - earlier.month.month
    return earlier if months <= lag else period


def _year_before(period: Period) -> Period:
    year = period.month.year - 1
    label = period.label.replace(str(period.month.year), str(year))
    return replace(period, start=period.start.replace(year=year), month=period.month.replace(year=year), label=label)


def column_period(
    place: Place, column: Column, base: Period | None, base_label: str | None, report: ReportMonth
) -> tuple[Period | None, str | None]:
    """The period of a column: its header's own, else the table's."""
    period = column.period
    if period is None or _only_names_year(period, base):
        return base, base_label
    lag = max(place.spec.lag_months or 0, (column.spec.lag_months or 0) if column.spec else 0)
    return _in_last_year(column.period_label or "", period, report, lag), column.period_label


def period_fault(
    book: Book, place: Place, columns: list[Column], rows: list[Row], base: Period | None, report: ReportMonth
) -> tuple[date | None, str | None]:  # fmt: skip
    """The month a table is for, and the rule it breaks, if any."""
    if place.spec.orientation == "periods_down":
        return _latest_row(book, place, rows, report)
    months = [(c.period.month, _lag(place, c)) for c in columns if c.period is not None and _carries_values(c)]
    if not months and base is not None:
        months = [(base.month, place.spec.lag_months or 0)]
    if not months:
        return None, "period_unresolved"
    month, lag = max(months)
    fault = month_fault(book, month, lag, report)
    return month, fault or ("period_contradiction" if _titles_disagree(book, place, lag, report) else None)


def _titles_disagree(book: Book, place: Place, lag: int, report: ReportMonth) -> bool:
    """Whether two lines above a table name months of one year further apart than the table may lag."""
    ignored = [rule for rule in book.spec.ignored if rule.match and not rule.sheet]
    texts = [cell.text for cell in place.title_cells if cell.number is None]
    read = [read_period(t, report.year) for t in texts if not any(matches(r.match, book.labels(t)) for r in ignored)]
    months = {period.month for period in read if period is not None and period.kind != "year"}
    return any(month.year == max(months).year and max(months).month - month.month > lag for month in months)


def _latest_row(
    book: Book, place: Place, rows: list[Row], report: ReportMonth
) -> tuple[date | None, str | None]:  # fmt: skip
    """The latest month among the row labels of a table of periods."""
    months = [row.period.month for row in rows if row.period is not None]
    if not months:
        return None, "period_unresolved"
    return max(months), month_fault(book, max(months), place.spec.lag_months or 0, report)


def set_older_aside(place: Place, columns: list[Column], latest: date | None) -> None:
    """Mark columns that stop before the table's month, further than their lag allows, as contradicting it.

    Not one that a later month stands beside (1-9月 and 1-8月 of one figure), nor one whose month the spec itself names.
    """
    newest: dict[tuple[int, str | None], Column] = {}
    for column in columns:
        if column.period is not None and _carries_values(column):
            first = newest.setdefault((id(column.spec), column.region_code), column)
            if first.period is not None and first.period.month < column.period.month:
                newest[id(column.spec), column.region_code] = column
    for column in newest.values():
        month = column.period.month if column.period is not None else None
        if latest is None or month is None or month.year != latest.year or _spec_names_month(column):
            continue
        if latest.month - month.month > _lag(place, column):
            column.is_known, column.fault = False, "period_contradiction"


def _spec_names_month(column: Column) -> bool:
    patterns = (*column.spec.match, *(column.spec.over or ())) if column.spec is not None else ()
    return any(read_period(pattern, 2000) is not None for pattern in patterns)


def month_fault(book: Book, month: date, lag: int, report: ReportMonth) -> str | None:
    """The rule that a table's latest month breaks: it is not over, or it is not the report's.

    A month of an earlier year is none: reports reprint last year's figures.
    """
    if month_end(month) > book.today:
        return "period_in_future"
    if report.period is None:
        return None
    due = report.period.month
    behind = (due.year - month.year) * 12 + due.month - month.month
    if behind < 0 or (month.year == due.year and behind > lag):
        return "period_contradiction"
    return None


def _carries_values(column: Column) -> bool:
    if column.spec is None:
        return column.is_known
    return column.spec.ignore is None and column.spec.role is None and column.spec.period is None


def _lag(place: Place, column: Column) -> int:
    own = column.spec.lag_months if column.spec is not None else None
    return own if own is not None else place.spec.lag_months or 0
