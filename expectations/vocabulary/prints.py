"""Rules on how figures are printed, whatever they are.

Not here: units (``units.py``), the size of a figure (``series.py``, ``sizes.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED


@dataclass(frozen=True)
class FiguresKeepTheirDecimals(QueryRule):
    """The figures of a column are not all told more coarsely than usual: with fewer decimals, or in tens or hundreds.

    Zeros at the end do not count as told. By chance one figure in ten ends in a zero, or as many as the other reports
    of the source show: all of a column together less than once in 2^<learnt>; for whole numbers in tens or hundreds, or
    where only the other columns of the report or the printed decimals tell what is usual, once in 2^<told>. Not where
    other months of it were as coarse. Nor is a part of a column, figures that follow each other, told more coarsely
    than the rest of it: one in ten for each decimal, or as many as in the rest and elsewhere; together less than once
    in 2^<learnt>. One finding for the column or the run, at its first figure.
    """

    learnt: int
    told: int
    zh = "一列数据不应整体比以往（或同表他列）取舍得更粗（疑被四舍五入）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            case d.source when 'run' then '（相连 ' else '整列（' end || d.figures || ' 个数）' || case
                when d.usual_fineness > 0 then '通常有 ' || d.usual_fineness || ' 位小数'
                else '通常不都以 ' || repeat('0', greatest(d.line_lost, 1)::integer) || ' 结尾' end as expected
        from judged
        inner join coarse_line as d
            on judged.submission_id = d.submission_id and judged.source_sheet = d.source_sheet
            and judged.source_cell = d.source_cell
        where d.bits >= case
            when d.source = 'run' then <learnt>
            when d.source <> 'reports' or d.usual_fineness <= 0 then <told>
            -- a region has many months and kinds of figures that could be so by chance
            when starts_with(d.line, 'region') then <learnt> + 3
            else <learnt>
        end
    """
