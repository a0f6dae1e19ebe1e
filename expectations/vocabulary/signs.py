"""Rules on what many views tell together: none of them finds a figure surprising enough, all of them do.

What each view says against a figure, in nats, is found in ``raw/frames/8_added_signs.sql``. Not here: what one
view tells alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED


@dataclass(frozen=True)
class SignsDoNotAddUp(QueryRule):
    """What speaks against a figure does not add up to <nats> nats: one chance in e to the power of it.

    Counted are its own months, the other regions of its column, the columns that go with it, growth beside levels, and
    a sum that does not come out; the sum is held beside what as many views add up to by chance.
    """

    nats: float
    generality = 5
    zh = "多方面的轻微疑点（自身历史、同列各地区、相关各列、增速与绝对额、合计）合在一起不应过多，请核对"
    query = f"""
        with judged as (select * from {{batch}})
        select <judged key>, {PRINTED} as observed,
            '与下列各方面相符（疑点分值）：' || concat_ws('，',
                '历史 ' || printf('%.1f', s.by_months), '同列 ' || printf('%.1f', s.among_regions),
                '相关列 ' || printf('%.1f', s.among_related), '增速 ' || printf('%.1f', s.by_growth),
                '合计 ' || printf('%.1f', s.by_sum::double)) as expected
        from judged
        inner join sign as s
            on judged.submission_id = s.submission_id and judged.source_sheet = s.source_sheet
            and judged.source_cell = s.source_cell
        where s.against >= <nats>
    """
