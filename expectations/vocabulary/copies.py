"""Rules on figures that were copied: from another month, from another region or column, or down a column.

How surprising a coincidence is stands in bits, learnt from how often such figures coincide anyway (``raw/frames``):
twenty bits are one chance in a million. Not here: one value by itself (``series.py``), figures in a wrong place
(``places.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule

_JUDGED = "with judged as (select * from {batch})"
# a printed rank has the key of the figure that it ranks and shares its fate, unless it ranks another figure
SAME_FIGURE = """
    judged.submission_id = {0}.submission_id and judged.region_code = {0}.region_code
    and judged.indicator_code = {0}.indicator_code and judged.measure = {0}.measure
    and judged.basis = {0}.basis and judged.reference_month = {0}.reference_month
    and not judged.contradicts_its_value
"""
PRINTED = "coalesce(judged.value_printed, '') || coalesce(' ' || judged.unit_printed, '')"


@dataclass(frozen=True)
class OtherMonthIsNotSentAgain(QueryRule):
    """A report, a table, a column or a region's row does not repeat the figures of another month.

    Nine tenths of its figures, at least <figures>, are those of one earlier-told month; by chance this would happen
    less than once in 2^<bits>. A figure that seldom moves (an area, a count of one) says nothing.
    """

    bits: int
    figures: int = 4
    zh = "报表（整份、一张表、一列或一个地区的一行）的数据不应与另一个月份的数据相同（疑为旧表重报）"
    query = f"""
        {_JUDGED}
        select distinct <judged key>, {PRINTED} as observed,
            '不是 ' || strftime(r.other_month, '%Y-%m') || ' 的数据（' || r.repeated || '/' || r.compared
                || ' 个数相同）' as expected
        from judged
        inner join repeated_figure as r
            on {SAME_FIGURE.format("r")} and judged.table_no = r.table_no
        where r.bits >= <bits> and r.repeated >= <figures> and r.repeated >= 0.9 * r.compared
    """


@dataclass(frozen=True)
class RowIsNotAnotherRegions(QueryRule):
    """A region does not have the figures of another region of its table.

    All of them, at least <figures>, and by chance less than once in 2^<bits>; or some of them, of which those of one
    region fit its own months clearly worse, which is to be as unlikely for any of the pairs and parts that were
    compared. Not where the two are usually the same. The worse fitting is the copy; where none is, both are asked for.
    """

    bits: int
    figures: int = 4
    zh = "一个地区的整行（或部分）数据不应与同表另一地区相同（疑为误抄）"
    query = f"""
        {_JUDGED}, sided as (
            select *, one as region_code, other as original, one_misfit - other_misfit as worse,
                one_bits - other_bits as worse_bits from twin_row
            union all by name
            select *, other as region_code, one as original, other_misfit - one_misfit as worse,
                other_bits - one_bits as worse_bits from twin_row
        ), copied as (
            select * from sided
            where usually_same < 0.5 and (
                (bits >= <bits> and same >= <figures> and same >= 0.9 * compared and coalesce(worse > -1, true))
                or (worse_bits >= 3 and bits + worse_bits >= <bits> + log_choices)
            )
        )
        select distinct <judged key>, {PRINTED} as observed,
            '与' || coalesce(r.region_name, c.original) || '不同的数据（' || c.same || '/' || c.compared
                || ' 个数相同）' as expected
        from judged
        inner join copied as c
            on judged.submission_id = c.submission_id and judged.stem = c.stem
            and judged.reference_month = c.reference_month and judged.region_code = c.region_code
        inner join tied_pair as t
            on c.submission_id = t.submission_id and c.stem = t.stem and c.reference_month = t.reference_month
            and c.region_code in (t.one, t.other) and c.original in (t.one, t.other)
            and judged.indicator_code = t.indicator_code and judged.measure = t.measure and judged.basis = t.basis
            and not judged.contradicts_its_value
        left join (select region_code, any_value(region_name) as region_name from raw.pack_region group by all) as r
            on c.original = r.region_code
    """


@dataclass(frozen=True)
class ColumnIsNotAnother(QueryRule):
    """A column does not have all the figures of another column of its table.

    At least <figures> figures, and by chance less than once in 2^<bits>; not where the two are usually the same. Where
    one of the columns fits its own earlier months clearly worse it is the copy, else both are asked for.
    """

    bits: int
    figures: int = 4
    zh = "一列数据不应与同表另一列相同（疑为误抄）"
    query = f"""
        {_JUDGED}, copied as (
            select *, one as place, other as original from twin_column
            where coalesce(one_misfit - other_misfit > -1, true)
            union all
            select *, other as place, one as original from twin_column
            where coalesce(other_misfit - one_misfit > -1, true)
        )
        select distinct <judged key>, {PRINTED} as observed,
            '与列“' || c.original || '”不同的数据（' || c.same || '/' || c.compared || ' 个数相同）' as expected
        from judged
        inner join copied as c
            on judged.submission_id = c.submission_id and judged.stem = c.stem and judged.table_no = c.table_no
            and judged.reference_month = c.reference_month
            and concat_ws(' ', judged.indicator_code, judged.measure, judged.basis) = c.place
        where c.bits >= <bits> and c.same >= <figures> and c.same >= 0.9 * c.compared and c.usually_same < 0.5
    """


@dataclass(frozen=True)
class OtherMonthMayBeSentAgain(OtherMonthIsNotSentAgain):
    """Few figures are those of another month: at least <figures> of a part, by chance once in 2^<bits>.

    Of the months that are sent again by mistake only, the last ones and that of a year ago: among all some agree by
    chance. One figure told of several regions is one figure.
    """

    generality = 1
    zh = "少量数据与近期或上年同月相同的，请核对是否旧数重报"
    query = f"""
        {OtherMonthIsNotSentAgain.query}
            and r.different >= <figures> and datediff('month', r.other_month, judged.reference_month) in (1, 2, 3, 12)
    """


@dataclass(frozen=True)
class RowMayBeAnotherRegions(RowIsNotAnotherRegions):
    """Few figures of a region are another's: at least <figures>, by chance once in 2^<bits>."""

    generality = 1
    zh = "一个地区的少量数据与同表另一地区相同的，请核对是否误抄"


@dataclass(frozen=True)
class ColumnMayBeAnother(ColumnIsNotAnother):
    """Few figures of a column are another's: at least <figures>, by chance once in 2^<bits>."""

    generality = 1
    zh = "一列的少量数据与同表另一列相同的，请核对是否误抄"


@dataclass(frozen=True)
class LongFigureStandsOnce(QueryRule):
    """A figure of many digits stands once in its row and column of the sheet, unless it always stands there twice.

    By chance less than once in 2^<bits>: its digits, less the number of pairs. Asked about is the one that fits its own
    months worse by two nats, else both.
    """

    bits: int
    generality = 1
    zh = "位数较多的数值不应在同一行或同一列出现两次，请核对是否误抄"
    query = f"""
        {_JUDGED}
        select <judged key>, {PRINTED} as observed,
            '与单元格 ' || any_value(t.other_cell) || ' 不同的数据（' || any_value(t.digits)
            || ' 位数字全部相同）' as expected
        from judged
        inner join twin_figure as t
            on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
            and judged.source_cell = t.source_cell
        where t.bits >= <bits> and t.lead > -2
        group by all
    """


@dataclass(frozen=True)
class ColumnIsNotFilledDown(QueryRule):
    """A column does not say the same figure in region after region.

    At least four in a row, and by chance less than once in 2^<bits>, as the other months of the column tell. The
    cell among them that fits its own earlier months best may be the one that was copied, and stays.
    """

    bits: int
    with_history: str
    zh = "一列中不应有多个地区连续填报同一数值（疑为向下填充）"
    query = f"""
        {_JUDGED}, filled as (
            select u.*, unnest(u.cells) as cell from filled_run as u
            where u.bits >= <bits> and u.same >= 4 and (u.other_pairs >= 20) = <with_history>
        ),
        told as (
            select f.*, row_number() over (
                partition by f.submission_id, f.table_no, f.indicator_code, f.measure, f.basis, f.reference_month,
                    f.value
                order by coalesce(e.misfit, 9), f.cell
            ) as fit
            from filled as f
            left join own_fit as e
                on f.submission_id = e.submission_id and f.cell = e.source_sheet || '!' || e.source_cell
        )
        select <judged key>, {PRINTED} as observed,
            '各地区各自的数据（连续 ' || t.same || ' 个地区相同）' as expected
        from judged
        inner join told as t
            on judged.submission_id = t.submission_id and judged.source_sheet || '!' || judged.source_cell = t.cell
        where t.fit > 1
    """


@dataclass(frozen=True)
class OneFigureIsNotEverywhere(QueryRule):
    """A figure of few digits does not stand in region after region of a short column.

    Four in a row by chance less than once in 2^<bits>, by how far the other figures of the column lie apart; or three,
    where the months of all but one tell against it too and both together say as much. One finding, at the second cell.
    """

    bits: int
    generality = 1
    zh = "较短的一列中不应有多个地区连续填报同一数值（疑为向下填充，请核实）"
    query = f"""
        {_JUDGED}
        select <judged key>, {PRINTED} as observed,
            '各地区各自的数据（连续 ' || f.same || ' 个地区相同）' as expected
        from judged
        inner join filled_run as f
            on judged.submission_id = f.submission_id
            and judged.source_sheet || '!' || judged.source_cell = f.cells[2]
        where (f.same >= 4 and f.range_bits >= <bits>)
            or (f.misfits >= f.same - 1 and f.range_bits + f.misfit_bits >= <bits>)
    """
