"""The form for a bureau, with the last accepted figures of the current release beside the cells to fill.

Belongs here: bringing pack, month and release together. Does not belong here: what a form asks and how it looks
(``ingest.forms``).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.forms import FormError, LastValue, plan_form, write_form
from ingest.pack import load_pack
from ingest.periods import PeriodProblem, parse_period

if TYPE_CHECKING:
    from ingest.forms import Form

_LAST = """
select region_code, indicator_code, measure, growth_basis, reference_month, value, is_simulated
from fct_observation
where reference_month <= $month and value is not null and value_qualifier = '=' and not is_held
qualify row_number() over (
    partition by region_code, indicator_code, measure, growth_basis order by reference_month desc, period_start
) = 1
"""


def make_template(bureau: str, period: str, output: Path, pack: str, home: Path) -> Form:
    """Write the form that a bureau fills in for a period.

    Args:
        bureau: code or name.
        period: ``2023-06``, ``2023年1-6月``.
        output: the workbook to write; its folder must exist.
        pack: a shipped pack's name, or a folder.
        home: whose current release gives the last accepted figures; without a release there are none.

    Raises:
        FormError: the period, the bureau or the file's name will not do, or nothing is due.
        PackError: the pack is wrong.
    """
    found = parse_period(period, None)
    if isinstance(found, PeriodProblem):
        raise FormError(f"{found.reason} / {found.reason_en}", "请写成 2023-06 / write 2023-06")
    if output.suffix.lower() != ".xlsx":
        raise FormError(f"{output.name} 不是 .xlsx / {output.name} is not .xlsx", "请写成 / write: -o 文件名.xlsx")
    if not output.resolve().parent.is_dir():
        raise FormError(f"没有文件夹 {output.parent} / no folder {output.parent}", "请检查 -o / check -o")
    known = load_pack(pack)
    form = plan_form(known, bureau, found.month, last_values(home, known.info.name, found.month))
    try:
        write_form(form, known, output)
    except OSError as error:
        raise FormError(f"无法写入 {output} / cannot write {output}: {error}", "请检查 -o / check -o") from error
    return form


def last_values(home: Path, pack: str, month: date) -> list[LastValue]:
    """The last accepted figure of every key up to a month, from the home's current release; none without one."""
    import duckdb

    database = home.resolve() / "releases" / "current" / "marts.duckdb"
    if not database.is_file():
        return []
    with duckdb.connect(database, read_only=True) as connection:
        (owner,) = connection.execute("select pack from release").fetchone() or (None,)
        if owner != pack:
            raise FormError(
                f"{home} 属于数据包 {owner}，不是 {pack} / {home} belongs to pack {owner}, not {pack}",
                "请检查 --home 和 --pack / check --home and --pack",
            )
        return [LastValue(*row) for row in connection.execute(_LAST, {"month": month}).fetchall()]
