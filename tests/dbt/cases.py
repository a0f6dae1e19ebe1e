"""The whole invented district: the cases of attainment and ranking, and the odds and ends of what files bring."""

from __future__ import annotations

from datetime import date

from tests.dbt import cases_algebra, cases_attainment, cases_calendar, cases_forecast, cases_incidents, cases_ranking
from tests.dbt.world import TODAY, World, at, furnished

JUNE = date(2023, 6, 1)


def whole_world() -> World:
    """Every case in one warehouse."""
    world = furnished()
    for case in [*cases_attainment.CASES, *cases_algebra.CASES]:
        world.promise(case.promise)
    for ranked in cases_ranking.CASES:
        world.race(ranked.race)
    cases_forecast.add_cases(world)
    _moves(world)
    _recoveries(world)
    _vintages(world)
    _two_cells(world)
    _units_and_corrections(world)
    _calendar(world)
    cases_calendar.add_cases(world)
    cases_incidents.add_cases(world)
    _findings(world)
    return world


def _moves(world: World) -> None:
    """A rank table that comes in parts and is revised."""
    for code, day in cases_ranking.ARRIVALS.items():
        world.submission(code, day)
    world.race(cases_ranking.MOVES)
    name = cases_ranking.MOVES.name
    columns = dict(cases_ranking.REVISED)
    world.cell(name, "growth_ytd", date(2023, 5, 1), columns.pop("value"), unit_code="percent", **columns)


def _recoveries(world: World) -> None:
    """A held figure that came right, one that did not, a broken file that came again, a sheet full of slips."""
    for code, day in (("slip_may", "2023-06-10"), ("slip_again", "2023-06-20"), ("slip_sheet", "2023-06-11")):
        world.submission(code, day)
        world.add(
            "submission_table", submission_id=code, table_no=1, stem="tjj__yuebao", table_name="main",
            source_sheet="表1", reference_month=date(2023, 5, 1), cell_count=1,
        )  # fmt: skip
    for code in ("came_right", "stays_wrong", "slipped"):
        world.indicator(code, "growth_ytd")
    alone = {"held": "增速异常", "source_sheet": "表8"}
    held = {"held": "增速异常", "source_sheet": "表9"}
    world.cell("came_right", "growth_ytd", date(2023, 5, 1), 64.0, file="slip_may", **alone)
    world.cell("came_right", "growth_ytd", date(2023, 5, 1), 6.4, file="slip_again")
    world.cell("stays_wrong", "growth_ytd", date(2023, 5, 1), 64.0, file="slip_may", **alone)
    for month in range(1, 13):
        world.cell("slipped", "growth_ytd", date(2022, month, 1), 64.0, file="slip_sheet", **held)
    for code, outcome in (("broken_first", "quarantined"), ("broken_again", "read")):
        world.submission(code, f"2023-06-{12 + (outcome == 'read')}", file_name="财政.xlsx", outcome=outcome,
                         reason_code=None if outcome == "read" else "encrypted", reason="文件设有密码")  # fmt: skip


def _vintages(world: World) -> None:
    """What of several vintages is current (rules 5, 6, 7) and what is a revision."""
    for code in ("newest", "better", "real", "held_newer", "held_only", "blank_later", "reprinted", "published_late"):
        world.indicator(code, "growth_ytd")
    world.submission("july", "2023-07-10")
    world.submission("august", "2023-08-10")
    world.submission("city", "2023-07-20")
    world.submission("back", "2023-09-01", published_at=at("2023-07-01"))
    early, late = {"file": "july"}, {"file": "august"}
    world.cell("newest", "growth_ytd", JUNE, 6.0, **early)
    world.cell("newest", "growth_ytd", JUNE, 6.4, **late)
    world.cell("better", "growth_ytd", JUNE, 6.0, file="city", source_rank=1)
    world.cell("better", "growth_ytd", JUNE, 6.4, **late)
    world.cell("real", "growth_ytd", JUNE, 6.0, **early)
    world.cell("real", "growth_ytd", JUNE, 6.4, file="august", is_simulated=True)
    world.cell("held_newer", "growth_ytd", JUNE, 6.0, **early)
    world.cell("held_newer", "growth_ytd", JUNE, 64.0, file="august", held="增速异常")
    world.cell("held_only", "growth_ytd", JUNE, 64.0, file="july", held="增速异常。实际：64.0；应为：约 6.4。")
    world.cell("blank_later", "growth_ytd", JUNE, 6.0, **early)
    world.cell("blank_later", "growth_ytd", JUNE, None, file="august", obs_status="L")
    world.cell("reprinted", "growth_ytd", JUNE, 6.27, file="july", value_decimals=2)
    world.cell("reprinted", "growth_ytd", JUNE, 6.3, file="august", value_decimals=1)
    world.cell("published_late", "growth_ytd", JUNE, 6.0, **early)
    world.cell("published_late", "growth_ytd", JUNE, 5.0, file="back")


def _two_cells(world: World) -> None:
    """Two cells of one submission for one key (rule 5)."""
    for code in ("same_print", "blank_beside", "two_values"):
        world.indicator(code, "level_ytd", unit_code="yi_yuan", display_decimals=2)
    wan = {"file": "july", "unit_code": "wan_yuan", "value_decimals": 0}
    yi = {"file": "july", "unit_code": "yi_yuan", "value_decimals": 2, "table_no": 2}
    world.cell("same_print", "level_ytd", JUNE, 94.86, **yi)
    world.cell("same_print", "level_ytd", JUNE, 948621.0, **wan)
    world.cell("blank_beside", "level_ytd", JUNE, None, **wan)
    world.cell("blank_beside", "level_ytd", JUNE, 94.86, **yi)
    world.cell("two_values", "level_ytd", JUNE, 94.86, table_precedence=2, **yi)
    world.cell("two_values", "level_ytd", JUNE, 939000.0, table_precedence=1, **wan)


def _units_and_corrections(world: World) -> None:
    """Units that cannot be, and a cell that the pack corrects."""
    for code in ("no_unit", "wrong_unit", "corrected", "undeclared_basis"):
        world.indicator(code, "level_ytd", unit_code="yi_yuan", display_decimals=2)
    world.cell("no_unit", "level_ytd", JUNE, 2688.0)
    world.cell("wrong_unit", "level_ytd", JUNE, 2688.0, unit_code="person", unit_printed="人")
    world.cell("corrected", "level_ytd", JUNE, 9486.0, unit_code="yi_yuan", value_decimals=0)
    world.add(
        "pack_correction", correction_code="C1", stem="tjj__yuebao", indicator_code="corrected",
        wrong_value="9486.0", action="replace",
        value="94.86", reason="小数点错位", decided_by="某人", decided_on=TODAY,
    )  # fmt: skip
    world.add(
        "pack_correction", correction_code="C2", stem="tjj__yuebao", indicator_code="never_sent",
        wrong_value="77777", action="replace",
        value="7", reason="从未出现", decided_by="某人", decided_on=TODAY,
    )  # fmt: skip
    world.indicator("fixed_since", "level_ytd", unit_code="yi_yuan", display_decimals=2)
    for file, unit in (("july", "万元"), ("august", "亿元")):
        code = {"万元": "wan_yuan", "亿元": "yi_yuan"}[unit]
        world.cell("fixed_since", "level_ytd", JUNE, 94.86, file=file, unit_code=code, unit_printed=unit)
    world.add(
        "pack_correction", correction_code="C3", stem="tjj__yuebao", indicator_code="fixed_since", wrong_unit="万元",
        action="replace_unit", unit_code="yi_yuan", reason="单位印错", decided_by="某人", decided_on=TODAY,
    )  # fmt: skip


def _calendar(world: World) -> None:
    """One report a month from June: on time, late, unreadable, twice, missing, not due, and one not expected."""
    world.add(
        "pack_calendar", stem="czj__yusuan", bureau_code="czj", frequency="monthly", first_month=1, due_days=10,
        lag_months=0, valid_from=date(2023, 6, 1), is_simulated=False,
    )  # fmt: skip
    world.add("pack_bureau", bureau_code="czj", bureau_name="财政局", bureau_name_en="Finance Bureau")
    world.add("pack_source", stem="czj__yusuan", title="预算", title_en="Budget", bureau_code="czj")
    arrivals = {
        "czj_05": (5, "2023-06-09"), "czj_06": (6, "2023-07-10"), "czj_07": (7, "2023-08-13"),
        "czj_09": (9, "2023-10-09"), "czj_09b": (9, "2023-10-20"),
    }  # fmt: skip
    for code, (month, day) in arrivals.items():
        world.submission(code, day, bureau_code="czj")
        world.add(
            "submission_table", submission_id=code, table_no=1, stem="czj__yusuan", table_name="main",
            source_sheet="表1", reference_month=date(2023, month, 1), cell_count=3,
        )  # fmt: skip
    world.indicator("resent", "growth_ytd")
    for code, month, value in (("czj_06", 6, 6.0), ("czj_07", 6, 6.3), ("czj_09", 9, 7.0), ("czj_09b", 9, 7.2)):
        world.cell("resent", "growth_ytd", date(2023, month, 1), value, file=code, stem="czj__yusuan")
    world.submission(
        "czj_08", "2023-09-09", bureau_code="czj", outcome="quarantined", reason_code="unreadable", reason="文件损坏",
        reason_en="broken",
    )  # fmt: skip


def _findings(world: World) -> None:
    """Findings of every kind, one of them waived."""
    world.add(
        "reader_finding", finding_no=1, submission_id="july", stem="tjj__yuebao", source_sheet="表1", source_cell="Z9",
        severity="warning", rule="stray_cell", observed="2688 万", expected=None, advice="请说明该单元格含义",
        advice_en="Say what the cell means", indicator_code="newest",
    )  # fmt: skip
    world.add(
        "pack_waiver", rule="jump", indicator_code="held_newer", waived_by="某人", waived_until=date(2024, 12, 31),
        reason="已电话核实",
    )  # fmt: skip
    world.add("pack_rank_set", rank_set_code="city_units", rank_set_name="全市", rank_set_name_en="City", sort_order=2,
              assumption="按九个县级单位计算。", assumption_en="Nine units.")  # fmt: skip
    world.add(
        "pack_plan_finding", finding_code="F1", severity="warning", rule="plan_conflict", description="两处不一致",
        description_en="Two wordings", observed="8500", expected="8550", owner_bureau_code="tjj",
        question="请确认哪个数？",
    )  # fmt: skip
