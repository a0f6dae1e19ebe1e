"""The whole mail of the demonstration years, in the order in which it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from demo import faults
from demo.figures import Figures
from demo.letters import Document, Letter
from demo.months import Month, months_between
from demo.schedule import DATASETS, Arrival, Dataset, arrival
from demo.series import simulate
from demo.writers import city, district, finance, progress, projects

Layout = Callable[[Figures, Month], Document]

LAYOUTS: dict[str, Layout] = {
    "tjj__yuebao": district.monthly_report,
    "czj__budget": district.budget_report,
    "rsj__jobs": district.jobs_report,
    "swj__trade": district.trade_report,
    "kjj__innovation": district.science_report,
    "fgw__projects": projects.project_register,
    "jrj__loans": finance.loan_report,
    "aytjj__county_monthly": city.county_monthly,
    "ayczj__county_budget": city.county_budget,
    "aydcd__cpi": city.consumer_prices,
    "aydcd__income": city.household_income,
    **{f"{bureau}__progress": partial(progress.progress_report, bureau) for bureau in progress.BUREAU_NAMES},
}


def letters(seed: int, first: Month, last: Month) -> Iterator[Letter]:
    """Every letter whose reference month lies in the span."""
    figures = simulate(seed)
    for month in months_between(first, last):
        for dataset in DATASETS:
            if dataset.is_expected(month) and (dataset.stem, month) not in faults.NEVER_SENT:
                yield from _letters_of(dataset, month, figures, seed)
        if month == faults.NOTICE_MONTH:
            when = arrival(Dataset("", 10, ""), month, seed)
            yield Letter(str(month), faults.notice(month), when, "北关区人民政府办公室")


def _letters_of(dataset: Dataset, month: Month, figures: Figures, seed: int) -> Iterator[Letter]:
    layout, key = LAYOUTS[dataset.stem], (dataset.stem, month)
    when = arrival(dataset, month, seed, faults.DAYS_LATE.get(key, 0))
    letter = Letter(str(month), layout(figures, month), when, dataset.sender, dataset.stem)
    if key in faults.DAYS_TO_CORRECT:
        first = layout(faults.before_correction(figures, *key), month)
        yield replace(letter, document=first)
        yield replace(
            letter, document=faults.corrected(letter.document), arrival=_later(when, faults.DAYS_TO_CORRECT[key])
        )
    elif key == faults.TRUNCATED:
        yield replace(letter, document=faults.truncated(letter.document))
        again = faults.renamed(letter.document)
        yield replace(letter, document=again, arrival=_later(when, faults.DAYS_TO_REPAIR))
    else:
        yield letter
        if key == faults.RESENT:
            again = faults.renamed(letter.document)
            yield replace(letter, document=again, arrival=_later(when, faults.DAYS_TO_REPAIR))


def _later(when: Arrival, days: int) -> Arrival:
    published = None if when.published_at is None else when.published_at + timedelta(days=days)
    return Arrival(when.received_at + timedelta(days=days), published)
