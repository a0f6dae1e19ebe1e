"""Rules on the form in which a whole column is told: growth or index, percentages or fractions.

Not here: one figure in another form (``changes.py``, ``series.py``), the unit of levels (``units.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_FORM = """case f.told_as
    when 'index' then '增速（疑填成指数，应减 100）'
    when 'growth' then '指数（疑填成增速，应加 100）'
    else '百分数（疑填成小数，应乘 100）' end"""


@dataclass(frozen=True)
class ColumnIsToldInItsForm(QueryRule):
    """A column of growth, indices or percentages does not fit its own months only once it is read in another form.

    Two figures or more, nine tenths of them save a nat or more each, and together <gain> nats; none fits worse, and
    what is left is a usual movement. The column may be the percentages that a table of one region tells of a month.
    """

    gain: int
    generality = 1
    zh = "一列增速、指数或百分数不应整列以另一种形式填报（如增速填成指数、百分数填成小数）"
    query = f"""
        with judged as (select * from {{batch}}), told as (
            select o.*, l.gain as line_gain, l.figures
            from other_form as o
            inner join other_form_line as l using (submission_id, table_no, form, told_as, line)
            where l.figures >= 2 and l.compared = l.figures and 10 * l.figures >= 9 * l.all_figures
                and 10 * l.fitting >= 9 * l.figures and l.losing = 0 and l.gain >= <gain> and l.left_misfit <= 2.5
            qualify row_number() over (
                partition by o.submission_id, o.source_sheet, o.source_cell order by l.gain desc, o.line
            ) = 1
        )
        select <judged key>, {PRINTED} as observed,
            '约 ' || printf('%.6g', f.meant) || '：整列 ' || f.figures || ' 个数应为' || {_FORM} as expected
        from judged
        inner join told as f
            on judged.submission_id = f.submission_id and judged.source_sheet = f.source_sheet
            and judged.source_cell = f.source_cell
    """


@dataclass(frozen=True)
class ColumnLooksLikeItsForm(QueryRule):
    """Without other months: a column of growth is not all around 100, nor a column of percentages all below 1.

    <figures> figures or more between 70 and 140; or below 1 in a file whose other such columns are above 2. One
    finding for the column, at its first figure.
    """

    figures: int
    zh = "一列增速不应全部在 100 左右（疑填成指数），一列百分数不应全部小于 1（疑填成小数）"
    query = f"""
        with judged as (select * from {{batch}}), other_column as (
            select l.submission_id, l.table_no, l.form, l.line, median(u.size) as size, count(u.size) as columns
            from other_form_line as l
            inner join usual_percentage as u on l.submission_id = u.submission_id and l.form = u.form
            where l.line <> 'column ' || u.column_code
            group by all
        ), told as (
            select o.*, l.figures
            from other_form as o
            inner join other_form_line as l using (submission_id, table_no, form, told_as, line)
            left join other_column as u using (submission_id, table_no, form, line)
            where l.compared < l.figures and l.figures >= <figures> and l.figures = l.all_figures and (
                (l.told_as = 'index' and l.least >= 70 and l.most <= 140)
                or (
                    l.told_as = 'fraction' and greatest(abs(l.least), abs(l.most)) < 1
                    and u.size >= 2 and u.columns >= 2
                )
            )
            qualify row_number() over (
                partition by o.submission_id, o.table_no, o.line order by o.sheet_row, o.sheet_column_no
            ) = 1
        )
        select distinct <judged key>, {PRINTED} as observed,
            '整列 ' || f.figures || ' 个数应为' || {_FORM} as expected
        from judged
        inner join told as f
            on judged.submission_id = f.submission_id and judged.source_sheet = f.source_sheet
            and judged.source_cell = f.source_cell
    """
