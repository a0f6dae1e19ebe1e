"""What is known about one file while it is read: which cells are spoken for, what was found, the pack's vocabulary.

Belongs here: claims and the sentences of findings. Does not belong here: deciding what a cell means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ingest.footnotes import NO_FOOTNOTES, Footnotes
from ingest.grids import Cell, GridFile
from ingest.interpret.labels import LabelReader
from ingest.interpret.notes import SheetNotes
from ingest.interpret.result import CellReading, FindingReading, Severity
from ingest.interpret.units import UnitChooser
from ingest.spec import SourceSpec

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import IndicatorMeasure

# What to do about each fault, for the clerk and in English. A fault without a sentence here is a programming error.
ADVICE: dict[str, tuple[str, str]] = {
    "unknown_label": (
        "表内有未登记的指标名称；如为笔误请更正，如为新指标请联系统计部门登记。",
        "The row label is not registered: correct it if it is a slip, or have the new indicator added to the pack.",
    ),
    "unknown_region": (
        "表内有未登记的地区名称，请按规范名称填写。",
        "The region name is not registered: use a registered name or alias.",
    ),
    "unknown_column": (
        "表头有未登记的栏目，请核对表头或登记该栏目。",
        "The column header is not registered: check it or add it to the source spec.",
    ),
    "header_period_unclear": (
        "表头里的日期或数字看不出是哪个月（如 1-9 被变成了日期），该栏未采用；请改成文字，如 2025年9月、1-9月。",
        "The header holds a date or number that names no month for certain (1-9 turned into a date?), so the column "
        "was not read: write it as text, such as 2025年9月 or 1-9月.",
    ),
    "column_missing": ("应有的栏目没有出现，请核对表头。", "An expected column is absent: check the header."),
    "row_missing": ("应有的指标行没有出现，请补报。", "An expected row is absent: please send it."),
    "table_missing": (
        "应有的表没有出现，请核对是否漏报。",
        "An expected table is absent: check whether it was left out.",
    ),
    "region_missing": ("应报地区缺少一行，请补报。", "A region that must report has no row: please send it."),
    "region_duplicate": (
        "同一地区出现多行，无法判断以哪一行为准，请删除重复行。",
        "A region has several rows and none can be preferred: remove the repeated ones.",
    ),
    "indicator_duplicate": (
        "同一指标出现多行，无法判断以哪一行为准，请删除或注明重复行。",
        "An indicator has several rows and none can be preferred: remove or explain the repeated ones.",
    ),
    "two_units": (
        "同一数值标了两个不同的单位，请确认实际单位后更正。",
        "Two different units are printed for one value: state which is right.",
    ),
    "unit_mismatch": (
        "所标单位与该指标的计量不符，请核对单位。",
        "The printed unit does not fit what the indicator is counted in: check the unit.",
    ),
    "unit_missing": (
        "没有标明计量单位，请在表头或标题注明。",
        "No unit is printed: state it in the header or title.",
    ),
    "text_in_number": (
        "数值格内不是单一数字，请改填数字或本表约定的缺报符号。",
        "The cell should hold one number: enter a number or the agreed mark for a missing one.",
    ),
    "error_value": (
        "单元格是公式出错的结果，不是数；请修正公式或改填数值。",
        "The cell shows the error of a formula: mend the formula or enter the value.",
    ),
    "date_in_number": (
        "单元格是日期，可能是表格软件把 1-9 之类的输入变成了日期；请改为文本或数值重填。",
        "The cell holds a date, perhaps made by the program out of an input such as 1-9: enter the number again.",
    ),
    "rank_not_integer": ("排名应为正整数，请核对。", "A rank must be a whole number from 1: check it."),
    "percent_or_fraction": (
        "无法判断该数是百分数还是小数（相差一百倍），请写明百分号或统一格式。",
        "It cannot be told whether this is a percentage or a fraction, a hundredfold apart: print the % or one format.",
    ),
    "total_as_member": (
        "该地区的数恰为其余地区之和，可能是合计行误用了地区名称；请核对行名和数值。",
        "The region's figure is the sum of all the others, perhaps a total under a region's name: check the row.",
    ),
    "rank_of_outsider": (
        "合计、汇总行或不在排名范围内的地区不应有名次；请删除该名次或核对行名。",
        "A total or a region outside the rank set has no rank: remove it or check the row's name.",
    ),
    "key_contradiction": (
        "同一数值在文件中两处不一致，未登记以哪处为准，均未采用；请更正，或在数据源说明中登记 precedence。",
        "One figure is printed differently in two places and the pack names no winner, so neither is taken: "
        "correct one, or give the tables a precedence in the source spec.",
    ),
    "incomplete_meaning": (
        "无法确定该数值属于哪个地区、指标或排名范围，请核对行、列名称。",
        "It cannot be told which region, indicator or rank set the value belongs to: check its labels.",
    ),
    "undeclared_measure": (
        "指标目录中没有登记该指标的这一计量，请在 indicators.yaml 中登记。",
        "The pack does not declare this measure of the indicator: add it to indicators.yaml.",
    ),
    "unknown_measure": (
        "长表中的计量名称未登记，请核对。",
        "The measure named in the row is not registered: check it.",
    ),
    "stray_cell": (
        "单元格在表格之外或没有表头，可能是误留的草稿；请确认后删除或补上表头。",
        "The cell stands outside every table or under no header, perhaps a leftover: remove it or give it a header.",
    ),
    "stray_blank": (
        "表外单元格只含空格，请清除。",
        "A cell outside every table holds only spaces: clear it.",
    ),
    "table_incomplete": (
        "该表必须包含全部应报地区；缺少地区时整表暂不采用，请补齐后重报。",
        "The table must hold all of its regions: none of its figures is used until it is complete.",
    ),
    "repeated_row": (
        "有若干行与前面的行逐格相同，只读一次；请在下次报送时删除重复行。",
        "Some rows repeat earlier ones cell by cell and were read once: leave them out next time.",
    ),
    "period_duplicate": (
        "同一时期出现多行，无法判断以哪一行为准，请删除重复行。",
        "A period has several rows and none can be preferred: remove the repeated ones.",
    ),
    "unknown_sheet": (
        "该工作表没有一张可识别的表，整页未读取；请核对版式或登记该表。",
        "No known table was found on this sheet and none of it was read: check the layout or add it to the spec.",
    ),
    "hidden_sheet": (
        "隐藏的工作表没有读取；如需报送请取消隐藏。",
        "A hidden sheet was not read: show it if it is meant to be sent.",
    ),
    "period_unresolved": (
        "无法确定该表的时期，请写明年份和月份。",
        "The table's period cannot be told: state year and month.",
    ),
    "period_in_future": (
        "该表的时期尚未结束，请核对年份和月份。",
        "The table's period is not over yet: check year and month.",
    ),
    "period_contradiction": (
        "该表的时期与报告期不符，请核对是否贴错月份。",
        "The table's period contradicts the report's: check whether a wrong month was pasted.",
    ),
}  # fmt: skip
_CRITICAL = {
    "region_duplicate", "indicator_duplicate", "two_units", "unit_mismatch", "percent_or_fraction", "total_as_member",
    "key_contradiction", "period_duplicate", "table_incomplete",
    "period_unresolved", "period_in_future", "period_contradiction",
}  # fmt: skip
_INFO = {"stray_blank", "row_missing", "hidden_sheet", "repeated_row"}


def severity_of(rule: str) -> Severity:
    """How grave a reader's finding is: critical where a wrong figure could have come through."""
    return "critical" if rule in _CRITICAL else "info" if rule in _INFO else "warning"


@dataclass
class Book:
    """One file being read."""

    file: GridFile
    spec: SourceSpec
    pack: Pack
    today: date
    labels: LabelReader
    units: UnitChooser
    measures: dict[tuple[str, str], IndicatorMeasure]
    is_simulated: bool = False
    expected_period: str | None = None
    claims: dict[tuple[int, int, int], CellReading | None] = field(default_factory=dict)
    findings: list[FindingReading] = field(default_factory=list)
    advice: Mapping[str, tuple[str, str]] = field(default_factory=lambda: ADVICE)
    grave: Mapping[str, Severity] = field(default_factory=dict)
    """Severities of rules that a kind of file brings with it."""
    notes: dict[int, SheetNotes] = field(default_factory=dict)

    def footnotes(self, sheet: int) -> Footnotes:
        """What the foot of a sheet explains."""
        return self.notes[sheet].footnotes if sheet in self.notes else NO_FOOTNOTES

    def use(self, sheet: int, cell: Cell | None) -> None:
        """Mark a cell as a label that was used; a cell that already has a fate keeps it."""
        if cell is not None:
            self.claims.setdefault((sheet, cell.row, cell.column), None)

    def is_claimed(self, sheet: int, cell: Cell) -> bool:
        """Whether a cell already has a fate."""
        return (sheet, cell.row, cell.column) in self.claims

    def put(self, sheet: int, cell: Cell, reading: CellReading) -> None:
        """Give a cell its fate."""
        self.claims[(sheet, cell.row, cell.column)] = reading

    def reading(self, sheet: int, cell: Cell, table_no: int) -> CellReading:
        """A reading of a cell that is not decided yet."""
        return CellReading(
            table_no=table_no,
            source_sheet=self.file.grids[sheet].name,
            source_cell=cell.address,
            disposition="observation",
            value_printed=cell.text,
            is_simulated=self.is_simulated,
            source_rank=self.spec.source_rank,
        )

    def ignore(self, sheet: int, cell: Cell, table_no: int, rule: str, note: str | None = None) -> None:
        """Record that a cell is not read, by which rule and why."""
        reading = self.reading(sheet, cell, table_no)
        reading.disposition, reading.rule, reading.note = "ignored", rule, note
        self.put(sheet, cell, reading)

    def fault(
        self, sheet: int | None, cell: Cell | None, rule: str, observed: str | None = None, expected: str | None = None,
        reading: CellReading | None = None,
    ) -> None:  # fmt: skip
        """Record a finding; ``reading`` lends it region, indicator, measure and month."""
        advice, advice_en = self.advice[rule]
        self.findings.append(
            FindingReading(
                source_sheet=None if sheet is None else self.file.grids[sheet].name,
                source_cell=None if cell is None else cell.address,
                severity=self.grave.get(rule) or severity_of(rule),
                rule=rule,
                observed=cell.text if observed is None and cell is not None else observed,
                expected=expected,
                advice=advice,
                advice_en=advice_en,
                region_code=reading.region_code if reading else None,
                indicator_code=reading.indicator_code if reading else None,
                measure=reading.measure if reading else None,
                reference_month=reading.reference_month if reading else None,
            )
        )

    def doubt(
        self, sheet: int, cell: Cell, table_no: int, rule: str, *, report: bool = True,
        observed: str | None = None, expected: str | None = None,
    ) -> None:  # fmt: skip
        """Turn a cell into a finding; ``report=False`` when a finding on its label already says why."""
        reading = self.claims.get((sheet, cell.row, cell.column)) or self.reading(sheet, cell, table_no)
        reading.disposition, reading.rule = "finding", rule
        self.put(sheet, cell, reading)
        if report:
            self.fault(sheet, cell, rule, observed, expected, reading)
