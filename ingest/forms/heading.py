"""What stands above the tables: title, number of the form, the day it is due, who filled it in.

Belongs here: those lines, and the refusal to make a form that would ask nothing. Does not belong here: the tables.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from ingest.forms.model import Form, FormError, Text
from ingest.forms.wording import FREQUENCIES, day_words, period_words

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import Bureau, Indicator, IndicatorMeasure

NOTE_SHEET, FILL_SHEET, REGION_SHEET = "填报说明", "填报表", "分地区填报表"
NUMBER_PREFIX = "JINDU-FORM-"
ASKED_OF_PERSON = (("填报人 filled in by", 1), ("联系电话 telephone", 3), ("审核人 checked by", 6))
"""Label and column; what is written right of it is kept and read as nothing."""
PROGRESS = (3, 8)
"""Where the count of filled cells stands."""


def form_number(form: Form) -> str:
    """What a form is called on paper, and by what a form without its mark is told."""
    return f"{NUMBER_PREFIX}{form.version}-{form.pack}-{form.bureau}-{form.month:%Y-%m}"


def heading(form: Form, bureau: Bureau, day: date, sheet: str) -> list[Text]:
    """The lines above the tables of one sheet."""
    month = form.month

    def line(row: int, column: int, text: str, is_free: bool = False) -> Text:
        return Text(sheet=sheet, row=row, column=column, text=text, is_free=is_free)

    lines = [
        line(0, 0, f"{bureau.bureau_name}　{period_words('level_ytd', month)}统计填报表"),
        line(1, 0, f"{bureau.bureau_name_en} · figures to report for {month:%Y-%m}"),
        line(2, 0, "　　".join((
            f"表号 form {form_number(form)}", f"报送期限 due by：{day_words(day)} ({day})",
            "只填黄色格 fill in yellow cells only",
        ))),
        line(*PROGRESS, "", is_free=True),
    ]  # fmt: skip
    for label, column in ASKED_OF_PERSON:
        lines += [line(3, column, label + "："), line(3, column + 1, "", is_free=True)]
    return lines


def no_form(pack: Pack, bureau: Bureau, month: date, reported: list[tuple[Indicator, IndicatorMeasure]]) -> FormError:
    """Why there is nothing to ask of a bureau for a month, and what there would be."""
    if reported:
        counts = Counter((m.frequency, m.first_month) for _, m in reported)
        has = "；".join(f"{FREQUENCIES[f][0]} {n} 项，{first} 月起" for (f, first), n in sorted(counts.items()))
        return FormError(
            f"{bureau.bureau_name} 在 {month:%Y-%m} 没有应报的指标"
            f" / nothing is due from {bureau.bureau_code} for {month:%Y-%m}",
            f"该单位应报 / it reports: {has}",
        )  # fmt: skip
    others = sorted({m.source_bureau_code for i in pack.indicators for m in i.measures})
    return FormError(
        f"{bureau.bureau_name} 没有作为来源单位的指标 / no indicator has {bureau.bureau_code} as its source bureau",
        f"有指标的单位 / bureaus that report: {'、'.join(others)}",
    )
