"""A small invented district, written straight into raw tables: every rule of judgement has a case of its own here.

Belongs here: what was received and promised. Does not belong here: what should come out of it (the tests).
One warehouse holds all cases; each case has its own indicator, so that none disturbs another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb

CHINA = timezone(timedelta(hours=8))
TODAY = date(2024, 3, 10)
DISTRICT, CITY = "410503", "410500"
NAMES = {"410500": "安阳市", "410502": "文峰区", "410503": "北关区", "410505": "殷都区", "410506": "龙安区"}
UNITS = {
    "percent": ("%", "ratio", 1.0), "pp": ("个百分点", "points", 1.0), "index": ("指数", "index", 1.0),
    "wan_yuan": ("万元", "money_cny", 1e4), "yi_yuan": ("亿元", "money_cny", 1e8), "person": ("人", "people", 1.0),
    "enterprise": ("家", "enterprise", 1.0), "item": ("项", "item", 1.0), "wan_ton": ("万吨", "mass", 1e4),
    "place": ("位", "place", 1.0), "case": ("起", "case", 1.0),
}  # fmt: skip


def at(day: str) -> datetime:
    """Noon of a day in China."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=CHINA)


def month_end(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@dataclass
class Series:
    """Further figures that a promise needs: of another indicator or measure, region, basis or year."""

    indicator: str
    actuals: dict[date, Any]
    measure: str = "growth_ytd"
    region: str = DISTRICT
    growth_basis: str = "none"
    unit_code: str = "percent"
    declared: dict[str, Any] | None = field(default_factory=dict)  # columns of the measure; None = declared elsewhere


@dataclass
class Promise:
    """One target, its indicator and the figures that came for it; the district is the one measured unless said."""

    name: str
    effective_bound: str
    actuals: dict[int, Any] = field(default_factory=dict)  # month -> value, or a dict of cell columns
    measure: str = "growth_ytd"
    unit_code: str = "percent"
    direction: str = "higher"
    frequency: str = "monthly"
    first_month: int = 1
    due_days: int = 25
    decimals: int = 1
    plan_year: int = 2023
    target: dict[str, Any] = field(default_factory=dict)  # further columns of the target
    versions: list[dict[str, Any]] = field(default_factory=list)
    declared: dict[str, Any] = field(default_factory=dict)  # further columns of the measure
    series: list[Series] = field(default_factory=list)
    components: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)  # of a rank set with the promise's name
    path: dict[date, float] = field(default_factory=dict)

    @property
    def indicator(self) -> str:
        """The case's own indicator."""
        return f"i_{self.name}"


@dataclass
class Race:
    """One rank table: members with their figures of June 2023 (or by month)."""

    name: str
    values: dict[str, Any]  # region -> value of June, or a dict of cell columns
    months: dict[int, dict[str, Any]] = field(default_factory=dict)
    measure: str = "growth_ytd"
    unit_code: str = "percent"
    direction: str = "higher"
    decimals: int = 1
    ranks_raw_value: bool = False
    absent: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    parent: Any = None
    published: dict[str, int] = field(default_factory=dict)


class World:
    """Collects rows and writes them in one go."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self._files: dict[str, int] = {}
        self._line: dict[str, int] = {}

    def add(self, table: str, **columns: Any) -> None:
        """Add one row."""
        self.rows.setdefault(table, []).append(columns)

    def submission(self, code: str, received: str = "2023-07-10", **columns: Any) -> str:
        """Add a file once and return its id."""
        if code not in self._files:
            self._files[code] = len(self._files) + 1
            row = {
                "submission_id": code, "sha256": f"sha-{code}", "file_name": f"{code}.xlsx",
                "source_path": f"{code}.xlsx", "byte_size": 1,
                "received_at": at(received), "bureau_code": "tjj", "is_simulated": False,
                "outcome": "read", "submission_order": self._files[code], "read_at": at("2024-03-10"),
            }  # fmt: skip
            self.add("submission", **(row | columns))
        return code

    def cell(self, indicator: str, measure: str, month: date, value: Any, file: str = "main", **columns: Any) -> None:
        """Add one cell and the gate's word on it (accepted on arrival unless `held`)."""
        held = columns.pop("held", None)
        self._line[file] = self._line.get(file, 0) + 1
        ytd = measure.endswith("_ytd")
        row = {
            "submission_id": file, "stem": "tjj__yuebao", "table_no": 1, "source_sheet": "表1",
            "source_cell": f"C{self._line[file]}", "disposition": "observation", "value_printed": str(value),
            "value_number": value, "value_qualifier": "=", "value_decimals": None, "unit_code": None,
            "region_code": DISTRICT, "indicator_code": indicator, "measure": measure, "growth_basis": "none",
            "period_start": date(month.year, 1, 1) if ytd else month, "reference_month": month,
            "obs_status": "A", "conf_status": "F", "is_break": False, "is_simulated": False, "source_rank": 2,
        } | columns  # fmt: skip
        self.submission(file)
        self.add("cell", **row)
        self.add(
            "acceptance", submission_id=file, source_sheet=row["source_sheet"], source_cell=row["source_cell"],
            accepted_at=None if held else at("2023-07-11"), held_rule="jump" if held else None, held_reason=held,
            decided_at=at("2023-07-11"),
        )  # fmt: skip

    def indicator(self, code: str, measure: str, **columns: Any) -> None:
        """Add an indicator with one measure."""
        if code not in {row["indicator_code"] for row in self.rows.get("pack_indicator", [])}:
            self.add(
                "pack_indicator", indicator_code=code, indicator_name=code, indicator_name_en=code,
                lead_bureau_code="tjj", sort_order=1,
            )  # fmt: skip
        row = {
            "unit_code": "percent", "direction": "higher", "frequency": "monthly", "first_month": 1, "due_days": 25,
            "lag_months": 0, "display_decimals": 1, "ranks_raw_value": False, "is_primary": True, "is_ranked": False,
            "is_additive": False, "is_derivable": False, "growth_basis": "none", "source_bureau_code": "tjj",
        }  # fmt: skip
        self.add("pack_indicator_measure", indicator_code=code, measure=measure, **(row | columns))

    def promise(self, case: Promise) -> None:
        """Add a target, its indicator and its figures."""
        self.indicator(
            case.indicator, case.measure, unit_code=case.unit_code, direction=case.direction, frequency=case.frequency,
            first_month=case.first_month, due_days=case.due_days, display_decimals=case.decimals, **case.declared,
        )  # fmt: skip
        self._surroundings(case)
        year = case.plan_year
        row = {
            "target_id": f"T_{case.name}", "target_version": 1, "plan_year": year, "region_code": DISTRICT,
            "measured_region_code": DISTRICT, "indicator_code": case.indicator, "measure": case.measure,
            "bound": case.effective_bound, "effective_bound": case.effective_bound, "unit_code": case.unit_code,
            "target_class": "expected", "commitment": "plan", "relation": "none", "lead_bureau_code": "tjj",
            "sort_order": 1, "is_headline": False, "wording": f"目标{case.name}", "plan_section": "二(三)",
            "approved_on": date(year, 1, 1), "valid_from": date(year, 1, 1), "close_on": date(year + 1, 3, 31),
            "is_judged": True, "judged_reason": "无区级数据。", "judged_reason_en": "No district series.",
        }  # fmt: skip
        for version in case.versions or [{}]:
            self.add("pack_target", **(row | case.target | version))
        for month, given in case.actuals.items():
            for cell in given if isinstance(given, list) else [given]:
                columns = dict(cell) if isinstance(cell, dict) else {"value": cell}
                columns.setdefault("unit_code", case.unit_code)
                self.cell(case.indicator, case.measure, date(year, month, 1), columns.pop("value"), **columns)

    def _surroundings(self, case: Promise) -> None:
        """What a promise is compared with, summed from, ranked among and led along."""
        for series in case.series:
            if series.declared is not None:
                self.indicator(
                    series.indicator, series.measure,
                    **({"unit_code": series.unit_code, "growth_basis": series.growth_basis} | series.declared),
                )  # fmt: skip
            for month, value in series.actuals.items():
                columns = dict(value) if isinstance(value, dict) else {"value": value}
                self.cell(
                    series.indicator, series.measure, month, columns.pop("value"), region_code=series.region,
                    unit_code=series.unit_code, growth_basis=series.growth_basis, **columns,
                )  # fmt: skip
        for code in case.components:
            self.add("pack_indicator_component", indicator_code=case.indicator, component_code=code)
        if case.members:
            self.add("pack_rank_set", rank_set_code=case.name, rank_set_name="全市", rank_set_name_en="", sort_order=1)
        for region in case.members:
            self.add("pack_rank_set_member", rank_set_code=case.name, region_code=region, valid_from=date(2003, 1, 1))
        for month, value in case.path.items():
            self.add(
                "pack_target_path",
                target_id=f"T_{case.name}",
                target_version=1,
                reference_month=month,
                path_value=value,
            )

    def race(self, case: Race) -> None:
        """Add a rank set, an indicator and the members' figures."""
        self.indicator(
            case.name, case.measure, unit_code=case.unit_code, direction=case.direction, is_ranked=True,
            display_decimals=case.decimals, ranks_raw_value=case.ranks_raw_value,
        )  # fmt: skip
        months = case.months or {6: case.values}
        members = list(dict.fromkeys([*(r for values in months.values() for r in values), *case.absent]))
        self.add("pack_rank_set", rank_set_code=case.name, rank_set_name=case.name, rank_set_name_en="", sort_order=1)
        for region in members:
            self.add("pack_rank_set_member", rank_set_code=case.name, region_code=region, valid_from=date(2003, 1, 1))
        for region in case.exceptions:
            self.add(
                "pack_rank_set_exception", rank_set_code=case.name, region_code=region, indicator_code=case.name,
                valid_from=date(2003, 1, 1), reason="并入市辖区",
            )  # fmt: skip
        for month, values in months.items():
            for region, given in (values | ({CITY: case.parent} if case.parent is not None else {})).items():
                for cell in given if isinstance(given, list) else [given]:
                    columns = dict(cell) if isinstance(cell, dict) else {"value": cell}
                    columns = {"unit_code": case.unit_code, "region_code": region} | columns
                    self.cell(case.name, case.measure, date(2023, month, 1), columns.pop("value"), **columns)
        for region, rank in case.published.items():
            self.cell(
                case.name, case.measure, date(2023, 6, 1), rank, region_code=region, rank_set_code=case.name,
                disposition="published_rank",
            )  # fmt: skip

    def write(self, path: Path, repo: Path) -> Path:
        """Create the warehouse file."""
        with duckdb.connect(str(path)) as con:
            con.execute("set timezone = 'Asia/Shanghai'")
            con.execute((repo / "ingest" / "raw.sql").read_text(encoding="utf-8"))
            con.execute((repo / "tests" / "dbt" / "pack.sql").read_text(encoding="utf-8"))
            con.execute((repo / "ingest" / "corrections.sql").read_text(encoding="utf-8"))
            for table, rows in self.rows.items():
                for row in rows:
                    names, marks = ", ".join(row), ", ".join("?" * len(row))
                    con.execute(f"insert into raw.{table} ({names}) values ({marks})", list(row.values()))
        return path


def furnished() -> World:
    """A world with the pack's fixed tables and no case yet."""
    world = World()
    world.add(
        "pack_info", name="tiny", title="小区", title_en="Tiny", region_code=DISTRICT, parent_region_code=CITY,
        timezone="Asia/Shanghai", first_month=date(2022, 1, 1), rule_version="1",
        holidays="china", due_shift="none",
    )  # fmt: skip
    world.add("run", run_id="r1", as_of=TODAY, run_at=at("2024-03-10"), pack="tiny")
    world.add("pack_bureau", bureau_code="tjj", bureau_name="统计局", bureau_name_en="Statistics Bureau")
    world.add("pack_source", stem="tjj__yuebao", title="月报", title_en="Monthly", bureau_code="tjj")
    for code, name in NAMES.items():
        world.add(
            "pack_region", region_code=code, region_name=name, region_name_en=name, parent_code=CITY,
            region_level="district", valid_from=date(2003, 1, 1),
        )  # fmt: skip
    for code, (name, dimension, factor) in UNITS.items():
        world.add("pack_unit", unit_code=code, unit_name=name, unit_name_en=code, dimension=dimension, factor=factor)
    return world
