"""Rules on the unit of a whole column: levels that jump by a power of ten, with or without their printed unit.

Not here: one figure against its own months (``series.py``), units that cannot be converted (``cells.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_JOIN = """
    inner join column_jump as j
        on judged.submission_id = j.submission_id and judged.source_sheet = j.source_sheet
        and judged.source_cell = j.source_cell
"""


@dataclass(frozen=True)
class ColumnKeepsItsMagnitude(QueryRule):
    """The levels of a column do not all jump by the same power of ten against the month before.

    Three regions or more, within a factor of two around a power of ten (a seventh for ten itself); or fewer, where the
    printed unit changed and the figure jumped by just that: the unit was changed and the numbers were not, or the
    other way round.
    """

    zh = "一列数据不应整体比上期相差 10、100、1000、10000 倍（计量单位或数值未一同更改）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            '整列约为上期的 10^' || round(case when j.figures >= 3 then j.column_jump else j.jump end)::integer || ' 倍'
                || case when j.unit_code is distinct from j.usual_unit_code
                    then '（单位由 ' || coalesce(j.usual_unit_code, '') || ' 改为 ' || coalesce(j.unit_code, '') || '）'
                    else '' end as expected
        from judged
        {_JOIN}
        where (
            j.figures >= 3 and abs(round(j.column_jump)) between 1 and 6 and j.column_spread <= 0.6
            and abs(j.column_jump - round(j.column_jump))
                <= case when abs(round(j.column_jump)) = 1 then 0.15 else 0.3 end
        ) or (
            j.figures < 3 and abs(j.unit_jump) >= 0.9 and abs(j.jump - j.unit_jump) <= 0.15
        )
    """


@dataclass(frozen=True)
class FigureKeepsItsColumnsScale(QueryRule):
    """One level does not jump by a hundred, a thousand or ten thousand times while its column stays.

    Four regions or more, within a fourth of the power of ten, two digits or more on both sides. A handful of
    things (one project after ten) is not judged.
    """

    zh = "同一列中个别地区的数不应与其他地区相差 100、1000、10000 倍（单位混用）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            '约为上期的 10^' || round(j.jump)::integer || ' 倍，而整列未变' as expected
        from judged
        {_JOIN}
        where j.figures >= 4 and abs(j.column_jump) < 0.3 and abs(round(j.jump)) between 2 and 6
            and abs(j.jump - round(j.jump)) <= 0.1 and j.digits >= 2
            and not (judged.canonical_dimension not like 'money%' and judged.canonical_value < 100
                and judged.canonical_value = round(judged.canonical_value))
    """


@dataclass(frozen=True)
class UnitIsTheUsual(QueryRule):
    """A figure is printed in the unit of the months before; another unit is fine where the number followed it."""

    zh = "计量单位与以往相同（单位改变而数值已换算的，仅作提示）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed, j.usual_unit_code as expected
        from judged
        {_JOIN}
        where j.unit_code is distinct from j.usual_unit_code and j.usual_unit_code is not null and abs(j.jump) < 0.5
    """
