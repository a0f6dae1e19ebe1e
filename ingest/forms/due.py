"""What a bureau owes for a month: indicators, measures, regions, and the day.

Belongs here: the pack's calendar and frequencies applied to one bureau and month. Does not belong here: where any of
it stands on a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ingest.interpret.periods import month_end
from ingest.pack.calendar import WorkingDays, due_dates, is_published, later

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import Bureau, Indicator, IndicatorMeasure, RankSetException, RankSetMember


@dataclass(frozen=True)
class Due:
    """One measure that is due, and the regions that it is due for."""

    indicator: Indicator
    measure: IndicatorMeasure
    regions: tuple[str, ...]
    month: date
    """The month of the figure: one of 上月数据 lies before the report's."""
    by_region: bool
    """Whether it is asked for region by region, in a table of its own."""


def reported_by(pack: Pack, bureau: Bureau) -> list[tuple[Indicator, IndicatorMeasure]]:
    """All that the pack expects from a bureau, in the pack's order."""
    ordered = sorted(enumerate(pack.indicators), key=lambda item: (item[1].sort_order, item[0]))
    return [
        (indicator, measure)
        for _, indicator in ordered
        for measure in indicator.measures
        if measure.source_bureau_code == bureau.bureau_code
    ]


def due_for(pack: Pack, bureau: Bureau, month: date) -> list[Due]:
    """What the bureau owes in its report of the month."""
    sets = _sets_in_reports(pack, bureau)
    found = []
    for indicator, measure in reported_by(pack, bureau):
        own = later(month, -measure.lag_months)
        if not is_published(measure.frequency, measure.first_month, own):
            continue
        ranked = bureau.rank_set_code if any(one.is_ranked for one in indicator.measures) else None
        wanted = sets.get((indicator.indicator_code, measure.measure)) or ranked
        if wanted is None:
            found.append(Due(indicator, measure, _own_regions(pack, indicator, own), own, False))
            continue
        members = wanted if isinstance(wanted, tuple) else _members(pack, wanted, indicator, month_end(own))
        regions = tuple(dict.fromkeys((pack.info.parent_region_code, *members)))
        found.append(Due(indicator, measure, regions, own, True))
    return found


def _sets_in_reports(pack: Pack, bureau: Bureau) -> dict[tuple[str, str], str | tuple[str, ...]]:
    """The regions that the bureau's own reports give a figure for, where they give it region by region."""
    found: dict[tuple[str, str], str | tuple[str, ...]] = {}
    for table in (t for spec in pack.sources if spec.bureau_code == bureau.bureau_code for t in spec.tables):
        for part in (table, *table.columns, *table.rows):
            indicator, measure = part.indicator or table.indicator, part.measure or table.measure
            if table.expected_regions is not None and indicator is not None and measure is not None:
                found.setdefault((indicator, measure), table.expected_regions)
    return found


def _members(pack: Pack, code: str, indicator: Indicator, day: date) -> list[str]:
    """The set's members on a day, without those that have no such series (rule 24)."""
    rank_set = next(one for one in pack.rank_sets if one.rank_set_code == code)

    def holds(one: RankSetMember | RankSetException) -> bool:
        return one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)

    without = {
        one.region_code for one in rank_set.exceptions if one.indicator_code == indicator.indicator_code and holds(one)
    }
    return [one.region_code for one in rank_set.members if holds(one) and one.region_code not in without]


def _own_regions(pack: Pack, indicator: Indicator, month: date) -> tuple[str, ...]:
    """Where the plan measures the figure (prices of a district are the city's, rule 18), else the pack's region."""
    measured = {
        target.measured_region_code: None
        for target in pack.targets
        if target.indicator_code == indicator.indicator_code and target.plan_year == month.year
    }
    return tuple(measured) or (pack.info.region_code,)


def deadline(pack: Pack, bureau: Bureau, month: date, due: list[Due]) -> date:
    """The day by which the form is due: the calendar's earliest for this bureau and month, else the indicators'."""
    days = due_dates(pack, bureau.bureau_code, month).values()
    by_rule = month_end(month) + timedelta(days=min(one.measure.due_days for one in due))
    return min(days, default=None) or WorkingDays(pack).shifted(by_rule, pack.info.due_shift)
