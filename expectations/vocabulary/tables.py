"""Rules that any table may be asked to keep: it has rows, its keys are unique, its codes are known, it refers well."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.rule import QueryRule, RowRule


@dataclass(frozen=True)
class TableHasRows(QueryRule):
    """The table is not empty where rows are due."""

    given: str = "true"
    zh = "应有数据的表不为空"
    query = """
        select '0' as observed, '> 0' as expected
        from {batch}
        having count(*) = 0 and (<given>)
    """


@dataclass(frozen=True)
class KeyIsUnique(QueryRule):
    """One row per key: <columns>."""

    columns: str
    zh = "主键唯一：<columns>"
    query = """
        select <columns>, count(*)::varchar as observed, '1' as expected
        from {batch}
        group by <columns>
        having count(*) > 1
    """


@dataclass(frozen=True)
class CodeIsListed(RowRule):
    """<column> is one of: <codes>."""

    column: str
    codes: str
    zh = "<column> 取值在代码表中：<codes>"
    broken_if = "<column> is null or <column> not in (select unnest(string_split('<codes>', ' ')))"
    observed = "coalesce(<column>::varchar, 'NULL')"
    expected = "'<codes>'"


@dataclass(frozen=True)
class IsGiven(RowRule):
    """<column> is given where <where>."""

    column: str
    where: str = "true"
    zh = "<column> 不为空（条件：<where>）"
    broken_if = "(<where>) and coalesce(trim(<column>::varchar), '') = ''"
    observed = "'NULL'"
    expected = "'<column>'"


@dataclass(frozen=True)
class RefersTo(RowRule):
    """<column> is found in <table>."""

    column: str
    table: str
    zh = "<column> 可在 <table> 中找到"
    broken_if = "<column> is not null and <column> not in (select <column> from <table> where <column> is not null)"
    observed = "<column>::varchar"
    expected = "'<table>.<column>'"


@dataclass(frozen=True)
class ValidityDoesNotOverlap(QueryRule):
    """Of one <columns>, at most one validity holds on any day."""

    columns: str
    zh = "同一 <columns> 的有效期不重叠"
    query = """
        select <key>, valid_to::varchar as observed, '< ' || next_from::varchar as expected
        from (
            select *, lead(valid_from) over (partition by <columns> order by valid_from) as next_from
            from {batch}
        ) as followed
        where next_from <= coalesce(valid_to, date '9999-12-31') or valid_to < valid_from
    """


@dataclass(frozen=True)
class MonthIsItsFirstDay(RowRule):
    """A month is written as its first day."""

    zh = "月份以当月第一日表示"
    broken_if = "day(reference_month) <> 1"
    observed = "reference_month::varchar"
    expected = "date_trunc('month', reference_month)::date::varchar"


@dataclass(frozen=True)
class MonthHasBegun(RowRule):
    """Nothing is released for a month after the calendar's today."""

    zh = "不发布未来月份的数据"
    broken_if = "reference_month > (select as_of from clock)"
    observed = "reference_month::varchar"
    expected = "(select '≤ ' || as_of::varchar from clock)"
