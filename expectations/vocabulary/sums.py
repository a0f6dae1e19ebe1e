"""Rules on parts of a whole: the components of an indicator, and the bases that levels and their growth imply.

Which figure of a sum is to blame is found in ``raw/frames/7_total_parts.sql``. Not here: the levels of the members of
a region (``agreement.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_TOLD = f"""
    with judged as (select * from {{batch}}), told as (
        select c.*, g.total, g.added
        from sum_candidate as c
        inner join sum_gap as g using (sum_id)
        where <which>
    )
    select <judged key>, {PRINTED} as observed,
        printf('%.10g', t.meant / t.to_canonical) || ' ' || coalesce(judged.unit_printed, '') || <why> as expected
    from judged
    inner join told as t
        on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
        and judged.source_cell = t.source_cell
    where <blame>
    qualify row_number() over (
        partition by judged.submission_id, judged.source_sheet, judged.source_cell order by t.is_culprit desc, t.sum_id
    ) = 1
"""
_COMPONENTS = _TOLD.replace("<which>", "c.kind = 'component' and c.what = 'level'").replace(
    "<why>",
    "'（合计 ' || printf('%.10g', t.total / t.to_canonical) || '，各组成部分之和 ' "
    "|| printf('%.10g', t.added / t.to_canonical) || '）'",
)
_GROWTH = _TOLD.replace("<which>", "c.what = 'growth'").replace("<why>", "'（由各部分与合计的绝对额和增速推算）'")


@dataclass(frozen=True)
class ComponentsAddUpToTotal(QueryRule):
    """The components that the pack declares add up to their indicator, within what rounding can explain.

    Held is the one figure of which the bases, another sum or a likely slip (a power of ten, the sign) tell that it is
    to blame, else the total.
    """

    generality = 2
    zh = "指标的各组成部分之和等于合计（四舍五入以内）"
    query = _COMPONENTS.replace("<blame>", "t.is_culprit or (not t.has_culprit and t.is_total and not t.is_innocent)")


@dataclass(frozen=True)
class ComponentOfAnOpenSum(QueryRule):
    """A component of a sum that does not come out, and that no single figure explains, is asked for."""

    generality = 2
    zh = "各组成部分之和与合计不符且无法判断是哪一个数有误时，请核对各组成部分"
    query = _COMPONENTS.replace("<blame>", "not t.has_culprit and not t.is_total and not t.is_innocent")


@dataclass(frozen=True)
class GrowthAddsUpToTotal(QueryRule):
    """Where levels add up, so do the bases that growth implies: the one growth that a slip explains is held.

    Growth on a nominal basis may miss by a thousandth of the total, other growth by a hundredth.
    """

    generality = 2
    zh = "绝对额可加总的，由增速推算的上年同期数也应可加总（某一增速疑填错）"
    query = _GROWTH.replace("<blame>", "t.is_culprit")


@dataclass(frozen=True)
class GrowthOfAnOpenSum(QueryRule):
    """Where the bases that growth implies do not add up and no single growth explains it, each is asked for."""

    generality = 3
    zh = "由增速推算的上年同期数加总后与合计不符时，请核对各增速"
    query = _GROWTH.replace("<blame>", "not t.has_culprit and not t.is_innocent")


@dataclass(frozen=True)
class PartIsNotAboveWhole(QueryRule):
    """A part is not above the whole that the pack puts it under; where most parts are, the whole is held instead."""

    generality = 3
    zh = "其中项不大于总项（多数其中项都大于总项的，疑总项有误）"
    query = f"""
        with judged as (select * from {{batch}}), told as (
            select submission_id, source_sheet, source_cell, '≤ ' || printf('%.10g', whole / to_canonical) as expected
            from part_above_whole
            where is_above and (parts_above = 1 or 2 * parts_above <= parts)
            union
            select submission_id, whole_sheet, whole_cell, '不小于其各其中项'
            from part_above_whole
            where parts_above > 1 and 2 * parts_above > parts
        )
        select <judged key>, {PRINTED} as observed, min(t.expected) as expected
        from judged
        inner join told as t
            on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
            and judged.source_cell = t.source_cell
        group by all
    """
