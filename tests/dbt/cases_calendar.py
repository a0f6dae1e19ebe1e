"""What is due from whom and when: holidays, agreed days, lag, cells by state, and forms instead of reports.

The bureau of the holidays is 工信局 (gxj); that of the forms 人社局 (rsj); 卫健委 (wjw) has no calendar at all.
"""

from __future__ import annotations

from datetime import date

from tests.dbt.world import CITY, World

FORM_FIGURES = ("form_jobs", "form_skills")


def add_cases(world: World) -> None:
    """All of them."""
    for code, name in (("gxj", "工信局"), ("rsj", "人社局"), ("wjw", "卫健委")):
        world.add("pack_bureau", bureau_code=code, bureau_name=name, bureau_name_en=code)
    _holidays(world)
    _lag(world)
    _cells(world)
    _forms(world)


def _report(world: World, stem: str, **columns: object) -> None:
    bureau = stem.partition("__")[0]
    row = {
        "bureau_code": bureau, "frequency": "monthly", "first_month": 1, "lag_months": 0, "is_simulated": False,
        "valid_from": date(2023, 6, 1), "valid_to": date(2023, 12, 1),
    }  # fmt: skip
    world.add("pack_calendar", stem=stem, **(row | columns))
    world.add("pack_source", stem=stem, title=stem, title_en=stem, bureau_code=bureau)


def _holidays(world: World) -> None:
    """国庆 2023: off from 29 September to 6 October, 7 and 8 October worked; nothing is known of 2024."""
    days = [(date(2023, 9, 29), False, "中秋节"), *((date(2023, 10, day), False, "国庆节") for day in range(1, 7))]
    days += [(date(2023, 10, 7), True, "国庆节"), (date(2023, 10, 8), True, "国庆节")]
    for day, is_working_day, name in days:
        world.add("pack_special_day", day=day, is_working_day=is_working_day, name=name, source="chinesecalendar")
    _report(world, "gxj__next", due_days=6, shift="next_working_day")
    _report(world, "gxj__previous", due_days=6, shift="previous_working_day")
    _report(world, "gxj__none", due_days=6, shift="none")
    _report(world, "gxj__as_the_pack", due_days=6)
    _report(world, "gxj__lagging", due_days=6, lag_months=1, shift="next_working_day")
    world.add(
        "pack_calendar_exception", stem="gxj__next", reference_month=date(2023, 11, 1), due_on=date(2023, 12, 23),
        why="与年报合并报送",
    )  # fmt: skip


def _lag(world: World) -> None:
    """上月数据: a figure is due with the report of the month after its own, and never before that report."""
    world.indicator("on_its_day", "growth_ytd", due_days=10, source_bureau_code="wjw")
    world.indicator("a_month_later", "growth_ytd", due_days=10, lag_months=1, source_bureau_code="wjw")
    world.indicator("in_the_report", "growth_ytd", due_days=1, source_bureau_code="gxj")
    world.add("pack_source_indicator", stem="gxj__next", indicator_code="in_the_report")
    for code in ("on_its_day", "a_month_later", "in_the_report"):
        world.cell(code, "growth_ytd", date(2023, 11, 1), 1.0, unit_code="percent")


def _cells(world: World) -> None:
    """A series without January: told, withheld by rule, held, absent and not due; and a quarterly one."""
    world.indicator("cell_states", "growth_ytd", first_month=2, due_days=25, source_bureau_code="wjw")
    month = date(2023, 9, 1)
    world.cell("cell_states", "growth_ytd", month, 1.0, unit_code="percent")
    world.cell("cell_states", "growth_ytd", month.replace(month=10), None, unit_code="percent", obs_status="L")
    world.cell("cell_states", "growth_ytd", month.replace(month=11), 9.0, unit_code="percent", held="跳变")
    world.indicator("cell_quarters", "growth_ytd", frequency="quarterly", source_bureau_code="wjw")
    world.cell("cell_quarters", "growth_ytd", month, 1.0, unit_code="percent", region_code=CITY)


def _forms(world: World) -> None:
    """June: all in one form. July: one figure only. August: the file, late, after the form. September: by two forms."""
    _report(world, "rsj__monthly", due_days=10, shift="none", valid_to=date(2023, 10, 1))
    world.add("pack_source", stem="rsj__form", title="填报表", title_en="Form", bureau_code="rsj")
    for code in FORM_FIGURES:
        world.indicator(code, "growth_ytd", due_days=10, source_bureau_code="rsj")
        world.add("pack_source_indicator", stem="rsj__monthly", indicator_code=code)
    given = {
        "rsj_06": (6, "2023-07-08", FORM_FIGURES), "rsj_07": (7, "2023-08-08", FORM_FIGURES[:1]),
        "rsj_08": (8, "2023-09-08", FORM_FIGURES), "rsj_09": (9, "2023-10-08", FORM_FIGURES[:1]),
        "rsj_09b": (9, "2023-10-12", FORM_FIGURES[1:]),
    }  # fmt: skip
    for code, (month, day, figures) in given.items():
        _arrives(world, code, "rsj__form", month, day)
        for figure in figures:
            world.cell(
                figure, "growth_ytd", date(2023, month, 1), 5.0, file=code, stem="rsj__form", unit_code="percent"
            )
    _arrives(world, "rsj_08_file", "rsj__monthly", 8, "2023-09-15")


def _arrives(world: World, code: str, stem: str, month: int, day: str) -> None:
    world.submission(code, day, bureau_code="rsj")
    world.add(
        "submission_table", submission_id=code, table_no=1, stem=stem, table_name="main", source_sheet="表1",
        reference_month=date(2023, month, 1), cell_count=2,
    )  # fmt: skip
