"""Rules that hold a figure against the same figure of another file.

Which files tell the same figures, and how often they agreed, is found in ``raw/frames/7_two_files.sql``. Not here: two
cells of one file (``series.py``), a report that is told anew as a whole (``months.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule
from expectations.vocabulary.copies import PRINTED

_TOLD = f"""
    with judged as (select * from {{batch}}), told as (
        select t.*, coalesce(a.nats, 0) - coalesce(b.nats, 0) as lead
        from told_twice as t
        left join told_against as a using (submission_id, source_sheet, source_cell)
        left join told_against as b
            on t.other_submission = b.submission_id and t.other_sheet = b.source_sheet and t.other_cell = b.source_cell
        where t.same_elsewhere >= <pairs> and t.different_elsewhere <= 0.05 * t.same_elsewhere
            and t.different_then <= greatest(12, 0.2 * (t.same_then + t.different_then))
    )
    select <judged key>, {PRINTED} as observed,
        printf('%.10g', t.other_value / judged.to_canonical) || ' ' || coalesce(judged.unit_printed, '') || '（'
            || coalesce(s.file_name, t.other_stem) || ' ' || t.other_sheet || '!' || t.other_cell || '）' as expected
    from judged
    inner join told as t
        on judged.submission_id = t.submission_id and judged.source_sheet = t.source_sheet
        and judged.source_cell = t.source_cell
    left join raw.submission as s on t.other_submission = s.submission_id
    where <which>
    qualify row_number() over (
        partition by judged.submission_id, judged.source_sheet, judged.source_cell order by t.lead desc, t.other_cell
    ) = 1
"""


@dataclass(frozen=True)
class FileIsNotContradicted(QueryRule):
    """A figure is what another file tells, where the two told the same at least <pairs> times and hardly ever differed.

    Not where a fifth of the month was told otherwise: that is a revision. Held is the one of the two that its own
    months, its growth or a sum doubt by <lead> nats more than the other. A report that is sent again corrects: it is
    asked about, not held.
    """

    pairs: int
    lead: int
    generality = 2
    zh = "与另一文件历来一致的同一数据仍应一致；与自身历史、增速或合计不符的一方有误"
    query = _TOLD.replace("<which>", "t.lead >= <lead> and not t.is_correction")


@dataclass(frozen=True)
class FilesTellOneValue(QueryRule):
    """Two files that told the same at least <pairs> times, and hardly ever differed, do so again."""

    pairs: int
    generality = 3
    zh = "历来一致的两个文件，同一数据不一致时请核对（修订的请说明）"
    query = _TOLD.replace("<which>", "true")
