"""Rules on how figures are printed, whatever they are.

Not here: units (``units.py``), the size of a figure (``series.py``, ``sizes.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED


@dataclass(frozen=True)
class FiguresKeepTheirDecimals(QueryRule):
    """A column is not printed with fewer decimals than in any other month of the two years around.

    At least <months> other months are known. Whole numbers happen: one figure in ten ends in a zero that a format
    drops, so a column is asked about where as many figures and lost decimals together make less than one in 10^<zeros>.
    """

    months: int
    zeros: int
    zh = "一列数据的小数位数不少于其他月份（疑被四舍五入）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed, '≥ ' || d.usual_decimals || ' 位小数' as expected
        from judged
        inner join column_decimals as d
            on judged.submission_id = d.submission_id and judged.stem = d.stem and judged.table_no = d.table_no
            and judged.indicator_code = d.indicator_code and judged.measure = d.measure and judged.basis = d.basis
            and judged.reference_month = d.reference_month
        where judged.disposition = 'observation' and judged.value_number <> 0
            and d.usual_months >= <months> and d.decimals < d.usual_decimals
            and d.figures * (d.usual_decimals - d.decimals) >= <zeros>
    """
