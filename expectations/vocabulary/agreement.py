"""Rules on figures that must agree inside one table: members with their total, printed ranks with their values.

Not here: two cells for one figure (``series.py``), ranks that are computed (``rankings.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_REGION = """
    left join (select region_code, any_value(region_name) as region_name from raw.pack_region group by all) as r
        on judged.region_code = r.region_code
"""


_BLAMED = """
    blamed as (
        select b.submission_id, b.source_sheet, b.source_cell, c.sheet, c.cell, c.value, c.correction, b.total, b.added,
            c.is_total, coalesce(k.is_innocent, false) as is_innocent, coalesce(
                case when k.has_culprit then k.is_culprit
                    else c.gain >= 2 and c.lead >= 1.5 and c.new_misfit <= 2 end, false
            ) as is_explained
        from total_balance as b
        inner join gap_candidate as c using (submission_id, source_sheet, source_cell)
        left join sum_candidate as k
            on concat_ws('!', b.submission_id, b.source_sheet, b.source_cell, 'region') = k.sum_id
            and c.sheet = k.source_sheet and c.cell = k.source_cell and k.what = 'level'
        where not b.is_balanced and (
            (b.other_months >= <months> and b.balanced_months >= 0.9 * b.other_months)
            or (b.other_months < <months> and b.balanced_months = b.other_months and b.is_declared
                and b.is_whole)
        )
    )
"""
_SUM = """
    printf('%.10g', (b.value + b.correction) / judged.to_canonical) || ' ' || coalesce(judged.unit_printed, '')
        || '（合计 ' || printf('%.10g', b.total / judged.to_canonical) || '，各地区之和 '
        || printf('%.10g', b.added / judged.to_canonical) || '）' as expected
"""


@dataclass(frozen=True)
class MembersAddUpToTotal(QueryRule):
    """Where members add up to their total, they do: within what rounding can explain.

    A sum is believed where it held in nine tenths of at least <months> other months with as many members, or where
    the pack declares it and no month contradicts. If one figure, and only that one, is told to be wrong by
    its growth, by another sum, by a likely slip or by its own months, that figure is held, else the total.
    """

    months: int
    generality = 2
    zh = "可加总的指标，各地区之和等于合计（四舍五入以内）"
    query = f"""
        with judged as (select * from {{batch}}), {_BLAMED}
        select <judged key>, {PRINTED} as observed, {_SUM}
        from judged
        inner join (
            select * from blamed
            qualify row_number() over (
                partition by submission_id, source_sheet, source_cell order by is_explained desc, is_total desc
            ) = 1
        ) as b
            on judged.submission_id = b.submission_id and judged.source_sheet = b.sheet and judged.source_cell = b.cell
        where b.is_explained or not b.is_innocent
    """


@dataclass(frozen=True)
class MemberOfAnOpenSum(QueryRule):
    """A member of a sum that does not come out, and that no single figure explains, is asked for.

    The sum is believed as for the total: <months> other months, or the pack.
    """

    months: int
    generality = 2
    zh = "各地区之和与合计不符且无法判断是哪一个数有误时，请核对各地区的数"
    query = f"""
        with judged as (select * from {{batch}}), {_BLAMED}
        select <judged key>, {PRINTED} as observed, {_SUM}
        from judged
        inner join (
            select *, bool_or(is_explained) over (partition by submission_id, source_sheet, source_cell) as has_cause
            from blamed
        ) as b
            on judged.submission_id = b.submission_id and judged.source_sheet = b.sheet and judged.source_cell = b.cell
        where not b.has_cause and not b.is_total and not b.is_innocent
    """


_CULPRITS = """
    culprits as (
        select c.*, coalesce(k.others_wrong = 0, false) as is_culprit, o.misfit,
            count(*) filter (where k.others_wrong = 0) over the_ranking as culprits,
            bool_and(c.printed = c.possible and c.unranked = 0) over the_ranking as is_possible
        from counted_rank as c
        left join rank_culprit as k using (submission_id, source_sheet, source_cell)
        left join own_fit as o
            on c.submission_id = o.submission_id and c.value_sheet = o.source_sheet and c.value_cell = o.source_cell
        where c.wrong > 0
        window the_ranking as (
            partition by c.submission_id, c.table_no, c.rank_set_code, c.indicator_code, c.measure, c.basis,
                c.reference_month
        )
    )
"""


@dataclass(frozen=True)
class RankIsNotMistyped(QueryRule):
    """Of a ranking that comes out otherwise, no single rank differs and no two ranks stand in each other's place.

    At least three other ranks come out (four beside two exchanged ones), the ranking is complete, and no value explains
    the contradiction as well, unless it fits its own months. Ties may be told apart by digits that are not printed.
    Held is the rank; the value stays.
    """

    generality = 1
    zh = "其余位次均与数值一致的排名中，个别位次与数值不符或两个位次互换的，为位次有误（数值不受影响）"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, '第 ' || c.printed::integer || ' 位' as observed,
            '第 ' || c.counted || ' 位（' || coalesce(r.region_name, '') || ' ' || c.value_cell || ' = '
                || printf('%.10g', c.value) || '）' as expected
        from judged
        inner join mistyped_rank as c
            on judged.submission_id = c.submission_id and judged.source_sheet = c.source_sheet
            and judged.source_cell = c.source_cell
        {_REGION}
    """


@dataclass(frozen=True)
class PrintedRankFollowsValue(QueryRule):
    """A printed rank is the place of the printed value: competition ranking, on printed decimals or on the raw value.

    Of a ranking that does not come out, the region is named with which all others agree once it is left out; if there
    is none, every rank that differs.
    """

    generality = 2
    zh = "公布的位次与同表公布的数值一致（并列同名次）"
    query = f"""
        with judged as (select * from {{batch}}), {_CULPRITS}
        select <judged key>, '第 ' || c.printed::integer || ' 位' as observed,
            '第 ' || c.counted || ' 位（' || coalesce(r.region_name, '') || ' ' || c.value_cell || ' = '
                || printf('%.10g', c.value) || '）' as expected
        from judged
        inner join culprits as c
            on judged.submission_id = c.submission_id and judged.source_sheet = c.source_sheet
            and judged.source_cell = c.source_cell
        {_REGION}
        where (c.culprits > 0 and c.is_culprit)
            or (c.culprits = 0 and c.printed - c.counted not between 0 and c.unranked)
    """


_VALUE_BESIDE_RANK = f"""
    with judged as (select * from {{batch}}), {_CULPRITS}
    select <judged key>, {PRINTED} as observed,
        '与公布的第 ' || c.printed::integer || ' 位相符的数（按此数为第 ' || c.counted || ' 位）' as expected
    from judged
    inner join culprits as c
        on judged.submission_id = c.submission_id and judged.source_sheet = c.value_sheet
        and judged.source_cell = c.value_cell
    where c.is_culprit and c.printed - c.counted not between 0 and c.unranked
"""


@dataclass(frozen=True)
class ValueFollowsPrintedRank(QueryRule):
    """A value that its own printed rank contradicts fits its own months.

    If all other ranks come out once the region is left out, and the value lies <misfit> usual movements or more from
    the months beside it, the value is wrong and not the rank. Where there are no such months it is, too, if the ranks
    are possible among themselves and no other region explains the contradiction.
    """

    misfit: int
    generality = 2
    zh = "数值与其公布的位次矛盾时，数值应与本地区历史数据吻合；无历史数据的，以自身完整一致的位次为准"
    query = (
        f"{_VALUE_BESIDE_RANK} and (c.misfit >= <misfit> or (c.misfit is null and c.culprits = 1 and c.is_possible))"
    )


@dataclass(frozen=True)
class ValueAgreesWithPrintedRank(QueryRule):
    """A value whose printed rank would be right if the value were another is asked for together with the rank."""

    generality = 3
    zh = "数值与其公布的位次矛盾而无法判断何者有误时，请一并核对数值"
    query = f"{_VALUE_BESIDE_RANK} and c.misfit is null"


@dataclass(frozen=True)
class RanksArePossible(QueryRule):
    """The ranks of a complete ranking are possible: each is one more than the number of ranks above it.

    A rank that is the place of its printed value is not asked about.
    """

    generality = 3
    zh = "位次完整的排名中，名次无重复、无跳空（并列除外）"
    query = """
        with judged as (select * from {batch}), counted as (
            select p.*, z.member_count, rank() over (
                partition by p.submission_id, p.table_no, p.rank_set_code, p.indicator_code, p.measure, p.basis,
                    p.reference_month
                order by p.printed
            ) as possible
            from printed_rank as p
            inner join rank_set_size as z using (rank_set_code, indicator_code, reference_month)
            where p.ranks = z.member_count and p.ranks >= 3
        )
        select <judged key>, '第 ' || c.printed::integer || ' 位' as observed, '第 ' || c.possible || ' 位' as expected
        from judged
        inner join counted as c
            on judged.submission_id = c.submission_id and judged.source_sheet = c.source_sheet
            and judged.source_cell = c.source_cell
        left join counted_rank as k
            on c.submission_id = k.submission_id and c.source_sheet = k.source_sheet and c.source_cell = k.source_cell
        where c.printed <> c.possible and c.printed is distinct from k.counted
    """
