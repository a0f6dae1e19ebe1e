"""Findings that are one thing to ask about, and others that are not; each on a sheet of its own of one report."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.dbt.world import NAMES, World

MAY = date(2023, 5, 1)
FILE = "incidents_may"


def add_cases(world: World) -> None:
    """One report of May with several sheets."""
    world.add("pack_source", stem="hbj__yuebao", title="环保月报", title_en="Environment", bureau_code="hbj")
    world.add("pack_bureau", bureau_code="hbj", bureau_name="环保局", bureau_name_en="Environment Bureau")
    world.submission(FILE, "2023-06-10", bureau_code="hbj")
    world.add(
        "submission_table", submission_id=FILE, table_no=1, stem="hbj__yuebao", table_name="main",
        source_sheet="表1", reference_month=MAY, cell_count=1,
    )  # fmt: skip
    for code in ("two_rules", "two_alone", "a_column", "told_before", "waived_alone", "not_there"):
        world.indicator(code, "growth_ytd", source_bureau_code="hbj")
    _cell(world, "two_rules", "410502", "D1", "两条规则")
    _warning(world, "two_rules", "410502", "D1", "两条规则", rule="other_rule")
    for region, place in (("410502", "D1"), ("410503", "D2")):
        _cell(world, "two_alone", region, place, "两处")
    for region in ("410502", "410503"):
        _warning(world, "not_there", region, None, "空缺", rule="usual_figure_is_there")
    for number, region in enumerate(NAMES):
        _cell(world, "a_column", region, f"D{number}", "一列")
    for region, place in (("410502", "D1"), ("410503", "D2")):
        _cell(world, "told_before", region, place, "已告知")
    _cell(world, "waived_alone", "410502", "D1", "已豁免")
    world.add(
        "pack_waiver", rule="jump", indicator_code="waived_alone", waived_by="某人", waived_until=date(2024, 12, 31),
        reason="已电话核实",
    )  # fmt: skip


def _cell(world: World, indicator: str, region: str, place: str, sheet: str) -> None:
    world.cell(
        indicator, "growth_ytd", MAY, 64.0, file=FILE, stem="hbj__yuebao", region_code=region, source_cell=place,
        source_sheet=sheet, unit_code="percent", held="增速异常",
    )  # fmt: skip


def _warning(world: World, indicator: str, region: str, place: str | None, sheet: str, **columns: Any) -> None:
    world.add(
        "gate_warning", submission_id=FILE, source_sheet=sheet, source_cell=place, severity="warning",
        reason="另一条规则", region_code=region, indicator_code=indicator, measure="growth_ytd", reference_month=MAY,
        found_at=date(2023, 6, 10), **columns,
    )  # fmt: skip
