"""The gate's word in the warehouse: which cells are accepted, which are held, and what was told without holding.

Belongs here: writing down a verdict. Does not belong here: making one (``expectations``), what a held cell means (dbt).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.clock import Clock
from ingest.warehouse import registered, transaction

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_WARNING_COLUMNS = (
    "submission_id", "source_sheet", "source_cell", "severity", "rule", "reason", "observed", "expected",
    "region_code", "indicator_code", "measure", "reference_month",
)  # fmt: skip


@dataclass(frozen=True)
class Acceptance:
    """What ``record_acceptance`` decided in this run."""

    accepted: int
    waived: int
    held: int


def record_acceptance(
    con: duckdb.DuckDBPyConnection, clock: Clock, held_rows: Iterable[Mapping[str, Any]]
) -> Acceptance:
    """Write the gate's word on every undecided cell: accepted, held, or waived by a named person (rules 7 and 11).

    ``held_rows`` carry submission_id, source_sheet, source_cell, rule and reason. Undecided are cells without a word,
    cells held so far and cells that a waiver frees; an accepted cell stays accepted. A cell that several
    rules hold is free only when each of them is waived. Reads the waivers from ``raw.pack_waiver``.
    """
    names = ("submission_id", "source_sheet", "source_cell", "rule", "reason")
    held = _strings(names, sorted({tuple(str(row.get(name) or "") for name in names) for row in held_rows}))
    has_waivers = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = 'pack_waiver'"
    ).fetchone()
    waivers = "raw.pack_waiver" if has_waivers and has_waivers[0] else _NO_WAIVERS
    with transaction(con), registered(con, held, "held_row"):
        con.execute(_DECIDE.format(waivers=waivers), {"now": clock.now, "today": clock.today})
        con.execute("insert or replace into raw.acceptance by name select * from decided")
        counts = con.execute(
            "select count(*) filter (accepted_at is not null and waived_by is null),"
            " count(*) filter (waived_by is not null), count(*) filter (accepted_at is null) from decided"
        ).fetchone()
        con.execute("drop table decided")
    return Acceptance(*(counts or (0, 0, 0)))


def record_warnings(con: duckdb.DuckDBPyConnection, clock: Clock, rows: Iterable[Mapping[str, Any]]) -> int:
    """Keep what the gate tells without holding a cell, so that it becomes a finding; returns how many rows.

    A row names a cell or, without one, its file. The gate judges a cell until it has decided; what it says again of
    the same cell and rule replaces what it said before.
    """
    told = sorted({tuple(_text(row.get(name)) for name in _WARNING_COLUMNS) for row in rows}, key=str)
    table = _strings(_WARNING_COLUMNS, told)
    with transaction(con), registered(con, table, "told"):
        con.execute(_REPLACE_WARNINGS)
        con.execute(
            "insert into raw.gate_warning by name"
            " select * replace (cast(reference_month as date) as reference_month), $now::timestamptz as found_at"
            " from told",
            {"now": clock.now},
        )
    return len(told)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _strings(names: tuple[str, ...], rows: list[tuple[str | None, ...]]) -> pa.Table:
    """Rows of text as an arrow table, typed also when there is none."""
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return pa.table({name: pa.array(list(column), pa.string()) for name, column in zip(names, columns, strict=True)})


_REPLACE_WARNINGS = """
delete from raw.gate_warning as before where exists (
    select 1 from told
    where told.submission_id = before.submission_id and told.rule = before.rule
        and told.source_sheet is not distinct from before.source_sheet
        and told.source_cell is not distinct from before.source_cell
)
"""

_NO_WAIVERS = """(select null::varchar as rule, null::varchar as stem, null::varchar as region_code,
    null::varchar as indicator_code, null::varchar as measure, null::date as reference_month,
    null::varchar as waived_by, null::date as waived_until where false)"""

_DECIDE = """
create or replace temp table decided as
with valid_waiver as (
    select * from {waivers} where waived_until >= $today
),
undecided as (
    select c.*, a.decided_at as held_since, a.held_rule as held_before, a.accepted_at as accepted_before
    from raw.cell as c
    left join raw.acceptance as a using (submission_id, source_sheet, source_cell)
    where c.disposition in ('observation', 'published_rank')
        and (a.submission_id is null or a.accepted_at is null or a.waived_by is not null)
),
judged as (
    select u.submission_id, u.source_sheet, u.source_cell, u.held_since, u.held_before, u.accepted_before,
        h.rule, h.reason, min(w.waived_by) as waived_by
    from undecided as u
    left join held_row as h using (submission_id, source_sheet, source_cell)
    left join valid_waiver as w
        on w.rule = h.rule
        and coalesce(w.stem, u.stem) = u.stem
        and (w.region_code is null or w.region_code = u.region_code)
        and (w.indicator_code is null or w.indicator_code = u.indicator_code)
        and (w.measure is null or w.measure = u.measure)
        and (w.reference_month is null or w.reference_month = u.reference_month)
    group by all
),
worded as (
    select submission_id, source_sheet, source_cell,
        any_value(held_since) as held_since, any_value(held_before) as held_before,
        any_value(accepted_before) as accepted_before,
        coalesce(min(rule) filter (waived_by is null), min(rule)) as held_rule,
        coalesce(arg_min(reason, rule) filter (waived_by is null), arg_min(reason, rule)) as held_reason,
        min(waived_by) as waived_by,
        count(*) filter (rule is not null and waived_by is null) > 0 as is_held
    from judged
    group by submission_id, source_sheet, source_cell
)
select submission_id, source_sheet, source_cell,
    case when not is_held then coalesce(accepted_before, $now::timestamptz) end as accepted_at,
    held_rule, held_reason,
    case when not is_held then waived_by end as waived_by,
    case
        when is_held and accepted_before is null and held_rule = held_before then held_since
        when not is_held then coalesce(case when accepted_before is not null then held_since end, $now::timestamptz)
        else $now::timestamptz
    end as decided_at
from worded
order by submission_id, source_sheet, source_cell
"""
