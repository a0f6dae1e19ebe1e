"""Rules on whole files and their tables: who sent it, is anything in it, was all of it kept."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule


@dataclass(frozen=True)
class BureauIsKnown(QueryRule):
    """A file that was read comes from one of the pack's bureaus; otherwise each of its cells waits."""

    zh = "已读文件来自目录中的报送单位"
    query = """
        with judged as (select * from {batch})
        select s.submission_id, c.source_sheet, c.source_cell, c.region_code, c.indicator_code, c.measure,
            c.reference_month, coalesce(s.bureau_code, '') as observed, '报送单位目录中的单位' as expected
        from judged as s
        left join judged_cell as c on s.submission_id = c.submission_id
        where s.outcome = 'read' and not s.is_promised_bureau
    """


_NO_CELL = """
    select submission_id, null::varchar as source_sheet, null::varchar as source_cell, null::varchar as region_code,
        null::varchar as indicator_code, null::varchar as measure, null::date as reference_month,
"""


@dataclass(frozen=True)
class FileHoldsFigures(QueryRule):
    """A file that was read holds at least one figure."""

    zh = "已读文件至少含有一个数据"
    query = f"""
        {_NO_CELL} file_name as observed, '至少一个数据' as expected
        from {{batch}}
        where outcome = 'read' and submission_id not in (
            select submission_id from raw.cell where disposition in ('observation', 'published_rank')
        )
    """


@dataclass(frozen=True)
class FileIsItsBytes(QueryRule):
    """The identity of a file is the beginning of the sha256 of its bytes."""

    zh = "文件编号为其内容 sha256 的前 16 位"
    query = f"""
        {_NO_CELL} submission_id as observed, left(sha256, 16) as expected
        from {{batch}}
        where submission_id <> left(sha256, 16)
    """


@dataclass(frozen=True)
class RefusalHasReason(QueryRule):
    """A file in quarantine says why, for the clerk, in Chinese and English."""

    zh = "退回的文件写明原因"
    query = f"""
        {_NO_CELL} file_name as observed, '原因代码和说明' as expected
        from {{batch}}
        where outcome = 'quarantined'
            and (coalesce(reason_code, '') = '' or coalesce(reason, '') = '' or coalesce(reason_en, '') = '')
    """


@dataclass(frozen=True)
class PublishedBeforeReceived(QueryRule):
    """A file is not received before it was published."""

    zh = "收到时间不早于发布时间"
    query = f"""
        {_NO_CELL} received_at::varchar as observed, '≥ ' || published_at::varchar as expected
        from {{batch}}
        where published_at > received_at
    """


@dataclass(frozen=True)
class LayoutIsKnown(RowRule):
    """A table was read by one of the pack's source specs, of the bureau that sent the file."""

    zh = "表格由目录中的源说明读取，且与报送单位一致"
    broken_if = "not is_promised_stem or promised_bureau_code is distinct from bureau_code"
    observed = "stem || ' ' || coalesce(bureau_code, '')"
    expected = "coalesce(promised_bureau_code, '目录中的源说明')"


@dataclass(frozen=True)
class EveryCellWasKept(RowRule):
    """A table has as many cells as the reader counted."""

    zh = "表格单元格无遗漏"
    broken_if = "stored_cells <> cell_count"
    observed = "stored_cells::varchar"
    expected = "cell_count::varchar"


@dataclass(frozen=True)
class ReportMonthIsOver(RowRule):
    """A report is not about a month after the one in which it came."""

    zh = "报表月份不晚于收到月份"
    broken_if = "reference_month > received_month"
    observed = "strftime(reference_month, '%Y-%m')"
    expected = "'≤ ' || strftime(received_month, '%Y-%m')"
