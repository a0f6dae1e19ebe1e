"""Rules that hold a cell against its own series: other sheets, earlier vintages, other months.

What the series teaches (medians and quartiles of the other months) is computed in ``raw/frames``; a series of
fewer than ``points`` other months teaches nothing and is not judged by it.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule
from expectations.vocabulary.cells import HAS_NUMBER, PRINTED
from expectations.vocabulary.copies import PRINTED as JUDGED_PRINTED
from expectations.vocabulary.sizes import BALANCE


def number(sql: str) -> str:
    """SQL: the number as the office would print it, with its unit."""
    return f"in_print({sql}, coalesce(printed_step, pow(10, -2)), canonical_unit_name)"


TAUGHT = "'（' || taught_by || '）'"
MEANT = f"'约 ' || {number('meant_value')} || {TAUGHT}"

# A level near a power of ten away from the value it replaces; not when the other months side with the new value.
IS_OFF_VINTAGE = (
    "(measure like 'level_%' and canonical_value > 0 and earlier_value > 0 "
    "and abs(round(log10(canonical_value / earlier_value))) between 1 and 4 "
    "and abs(log10(canonical_value / earlier_value) - round(log10(canonical_value / earlier_value))) < 0.02 "
    "and not coalesce(learnt_magnitudes >= <points> and abs(magnitude_shift) < 0.5, false))"
)
# A level near a power of ten away from what two years of its series tell, where neither its growth nor its neighbours
# confirm it.
IS_OFF_SERIES = (
    "(learnt_magnitudes >= <points> and abs(magnitude_shift) >= 3 * magnitude_spread "
    "and abs(round(magnitude_shift)) between 1 and 4 and abs(magnitude_shift - round(magnitude_shift)) "
    "<= case when abs(round(magnitude_shift)) = 1 then 0.15 else 0.3 end "
    "and not coalesce(contradiction < 0.7, false) "
    "and coalesce(neighbours_surprise, <spreads>) >= <spreads> "
    "and not coalesce(canonical_value / newer_value between 0.3 and 3, false) "
    "and not (abs(round(magnitude_shift)) = 1 and canonical_dimension not like 'money%' "
    "and canonical_value < 100 and canonical_value = round(canonical_value)))"
)


@dataclass(frozen=True)
class OneFileTellsOneValue(RowRule):
    """Two cells of one file for the same figure agree at the coarser of their printed precisions."""

    zh = "同一文件中同一数据出现两次时，数值一致"
    broken_if = "twin_most - twin_least > greatest(twin_step / 2, 1e-6 * greatest(abs(twin_most), abs(twin_least)))"
    observed = PRINTED
    expected = "twin_cells"


@dataclass(frozen=True)
class CumulativeDoesNotFall(RowRule):
    """A cumulative flow is not below its value of an earlier month of the year."""

    generality = 3
    zh = "累计数不低于当年上期"
    broken_if = f"{HAS_NUMBER} and measure = 'level_ytd' and canonical_value < earlier_month_value and not {BALANCE}"
    observed = PRINTED
    expected = f"'≥ ' || {number('earlier_month_value')} || '（' || strftime(earlier_month, '%Y-%m') || '）'"


@dataclass(frozen=True)
class MagnitudeOfVintageStays(RowRule):
    """A revised level is not ten, a hundred, a thousand or ten thousand times the value it replaces, or a fraction.

    Within 5 percent of a power of ten; not when the other months of the series side with the new value.
    """

    points: int
    zh = "修订后的数值与原数值不应相差 10、100、1000、10000 倍（万、亿错位）"
    broken_if = IS_OFF_VINTAGE
    observed = PRINTED
    expected = (
        f"'约 ' || {number('earlier_value')} || '（原报数；本次为其' "
        "|| times_in_words(-round(log10(canonical_value / earlier_value))) || '）'"
    )


@dataclass(frozen=True)
class MagnitudeFitsSeries(RowRule):
    """A figure is not about ten, a hundred, a thousand or ten thousand times what the other months tell, or a fraction.

    Either <spreads> spreads from its neighbours, and at the other magnitude it fits them all; or a level, as far from
    them if they tell anything, beside at least <points> other months, outside three interquartile ranges and near a
    power of ten (a lumpy flow reaches a tenth of its usual size, hardly a hundredth); or what the table itself tells
    (other regions and columns, the base that level and growth imply) would be so at the other magnitude. A level that
    its own printed growth confirms or a newer file repeats is believed, and a handful of things (one project after ten)
    may well change tenfold.
    """

    points: int
    spreads: float
    generality = 1
    zh = "数值与其他月份相比不应大约相差 10、100、1000、10000 倍（万、亿或小数点错位）"
    broken_if = (
        f"coalesce(cause = 'magnitude' and doubt >= <spreads>, false) or coalesce({IS_OFF_SERIES} "
        "and coalesce(cause, 'change') in ('magnitude', 'contradiction', 'change'), false) "
        "or coalesce(table_cause = 'magnitude', false)"
    )
    observed = PRINTED
    expected = (
        "case when cause = 'magnitude' "
        f"then '约 ' || {number('meant_value')} "
        "|| '（本格为其' || times_in_words(off_power) || '；' || taught_by || '）' "
        "when table_cause = 'magnitude' then told_by_table "
        "else '约 ' || "
        + number("pow(10, usual_magnitude) * case when measure = 'level_ytd' then months_covered else 1 end")
        + " || '（本格为其' || times_in_words(-round(magnitude_shift)) || '；由前后 24 个月中 ' || learnt_magnitudes "
        "|| ' 个月的中位数得出）' end"
    )


@dataclass(frozen=True)
class PercentIsNotAFraction(RowRule):
    """A percentage is not printed as a fraction (0.049 for 4.9 %).

    Where at least <points> other months are known: the series is steady, none of them was ever within one point of
    zero, a hundred times the figure is usual, and it has two decimals or more; or all percentages of a
    table of five or more are within one point of zero while the same series usually are not; or the figure is <spreads>
    spreads from its neighbours and fits them all as a percentage, or its level as one.
    """

    points: int
    spreads: float
    generality = 1
    zh = "百分数不应以小数形式填报（如 4.9% 填为 0.049）"
    broken_if = (
        f"{HAS_NUMBER} and canonical_unit_code = 'percent' and canonical_value <> 0 and abs(canonical_value) < 1 and ("
        "(learnt_points >= <points> and least_size >= 1 and upper_size <= 3 * lower_size "
        "and abs(10 * value_number - round(10 * value_number)) > 1e-6 "
        "and abs(canonical_value) * 100 between lower_size / 2 and upper_size * 2) "
        "or (fraction_cells >= 5 and fraction_usual_size >= 1) "
        "or coalesce(cause = 'fraction' and doubt >= <spreads>, false) or coalesce(table_cause = 'fraction', false))"
    )
    observed = PRINTED
    expected = "'约 ' || printf('%.6g', canonical_value * 100) || ' %'"


@dataclass(frozen=True)
class PercentMayBeAFraction(QueryRule):
    """A small percentage is not <bits> bits likelier a fraction by its digits and size: finer and smaller than others.

    Beside its own months, the other regions of its column, or the same measure in its table or report; read as a
    percentage it is as fine as they are, and not half as large again.
    """

    bits: float
    generality = 2
    zh = "百分数的小数位数和大小应与同列、同表或其他月份一致（疑以小数填报，如 93.6% 填为 0.936）"
    query = f"""
        with judged as (select * from {{batch}}), told as (
            select submission_id, source_sheet, source_cell, any_value(meant_size) as meant_size,
                max(bits) as bits, arg_max(others, bits) as others
            from fraction_sign
            group by all
        )
        select <judged key>, {JUDGED_PRINTED} as observed,
            '约 ' || case when judged.value_number < 0 then '-' else '' end || printf('%.6g', t.meant_size)
                || ' %（由另外 ' || t.others || ' 个百分数的位数和大小推断）' as expected
        from judged
        inner join told as t
            on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
            and judged.source_cell = t.source_cell
        where t.bits >= <bits>
    """


@dataclass(frozen=True)
class PercentTableIsNotAllFractions(RowRule):
    """A table of eight or more percentages is not entirely within one point of zero."""

    zh = "一张表的百分数不应全部小于 1（疑以小数填报）"
    broken_if = "fraction_cells >= 8 and fraction_usual_size is null"
    observed = PRINTED
    expected = "'百分数，而非小数'"
