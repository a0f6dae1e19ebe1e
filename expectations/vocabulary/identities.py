"""Rules on figures that tell each other exactly: an index and its growth, a stock and its change, a share and parts.

Which figures do, and how often it came out, is found in ``raw/frames/8_identity.sql``. Not here: sums of regions and
components (``sums.py``, ``agreement.py``), growth beside levels (``changes.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_BROKEN = f"""
    with judged as (select * from {{batch}}), told as (
        select *, bool_or(lead >= <lead> and not is_decided) over (partition by identity, region_code, reference_month)
            as has_culprit
        from identity_suspect
    )
    select <judged key>, {PRINTED} as observed,
        case split_part(t.identity, ' ', 1)
            when 'index' then '指数 − 100 = 增速' when 'stock' then '余额之差 = 比年初增加额之差'
            when 'plan' then '完成率 = 累计数 ÷ 计划数' when 'months' then '累计数与当月数相符'
            else '占比 = 两数之比' end
            || '（差 ' || printf('%.4g', t.gap) || '）' as expected
    from judged
    inner join told as t
        on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
        and judged.source_cell = t.source_cell
    where <which>
    qualify row_number() over (
        partition by judged.submission_id, judged.source_sheet, judged.source_cell order by t.lead desc, t.identity
    ) = 1
"""


@dataclass(frozen=True)
class IdentityHolds(QueryRule):
    """Figures that tell each other exactly, in nine tenths of six other cases or more, do so again.

    They are an index and its growth, a stock and its change since New Year, a flow, its completion and the plan, the
    months of a year and their sum or mean, a share and the two figures it is made of. Held is the one that its months
    and its growth doubt by <lead> nats more than all others; one of another identity that comes out is innocent.
    """

    lead: int
    generality = 2
    zh = "历来可由其他数据准确推得的数（指数与增速、余额与增加额、完成率、当月与累计、占比）仍应相符"
    query = _BROKEN.replace("<which>", "t.lead >= <lead> and not t.is_innocent")


@dataclass(frozen=True)
class IdentityIsOpen(QueryRule):
    """Where such figures do not tell each other and none is <lead> nats ahead, all of them are asked about."""

    lead: int
    generality = 3
    zh = "历来可相互推得的数不相符而无法判断何者有误时，请一并核对"
    query = _BROKEN.replace("<which>", "not t.has_culprit and not t.is_innocent")
