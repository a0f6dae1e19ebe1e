"""The probe of one file: find its tables, understand them, propose a spec, read the file with it, correct, report.

Belongs here: the order of these steps. Does not belong here: the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ingest.grids import Grid, GridFile, read_grids
from ingest.interpret.labels import LabelReader
from ingest.interpret.periods import read_period
from ingest.pack import Pack
from ingest.pack.models import Indicator, RankSet, Region
from ingest.periods import Period
from ingest.probe.areas import Area, find_areas
from ingest.probe.catalogue import Catalogue
from ingest.probe.draft import Desk, Doubt, TableDraft
from ingest.probe.heads import title_period
from ingest.probe.regions import Regions
from ingest.probe.spec_file import PLACES, as_data, bureau_of, places_of
from ingest.probe.tables import draft_table, name_tables
from ingest.probe.trial import Trial, fit_places, try_reading
from ingest.text import normalise


@dataclass
class Probe:
    """What is known about a file nobody has described, and what is proposed for it."""

    file_name: str
    media_type: str
    spec: dict[str, Any] | None
    drafts: list[TableDraft]
    trial: Trial | None
    indicators: list[Indicator] = field(default_factory=list)
    more_measures: dict[str, Indicator] = field(default_factory=dict)
    regions: list[Region] = field(default_factory=list)
    rank_sets: list[RankSet] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    new_measures: set[tuple[str, str]] = field(default_factory=set)
    similar: dict[str, list[str]] = field(default_factory=dict)
    """Names of the catalogue that look like a proposed one."""
    pack: Pack | None = None
    """The pack with all that is proposed but the spec."""


def probe_file(path: Path, file_name: str, pack: Pack, today: date) -> Probe:
    """Probe one file with the vocabulary of a pack; raises ``GridError`` when it cannot be opened."""
    file = read_grids(path)
    labels = LabelReader(pack)
    areas = _areas(file, labels)
    bureau, is_named = bureau_of([normalise(t) for t in _texts(file)], pack)
    desk = Desk(file, pack, labels, Regions(pack, labels), Catalogue(pack, labels, bureau), areas)
    desk.regions.is_local = _is_local(desk, areas)
    year, report = _report(areas)
    drafts = [draft for area in areas if (draft := draft_table(desk, area, year, report)) is not None]
    if not is_named:
        desk.doubts.append(
            Doubt("", None, f"文件没有写报送单位，暂写 {bureau}", f"no bureau is named; {bureau} for now")
        )
    probe = Probe(file_name, file.media_type, None, drafts, None, doubts=desk.doubts)
    if drafts:
        name_tables(drafts)
        _propose(probe, desk, path, bureau, today, report)
    probe.doubts = [*desk.doubts, *(doubt for draft in probe.drafts for doubt in draft.doubts)]
    return probe


def _areas(file: GridFile, labels: LabelReader) -> list[Area]:
    areas: list[Area] = []
    for number, grid in enumerate(file.grids):
        if grid.is_visible:
            areas += find_areas(number, grid, labels, _lines_of_page(file, grid))
    return areas


def _lines_of_page(file: GridFile, grid: Grid) -> list[str]:
    """Texts of a page that may name a table: the lines above it, its caption, else the page's own."""
    if not file.is_page:
        return []
    above = list(reversed(grid.lines_above))
    return [*above, grid.name, *([] if above else file.page_lines[:20])]


def _texts(file: GridFile) -> list[str]:
    heads = [text for grid in file.grids if grid.is_visible for text in _head(grid)]
    return [*file.page_lines[:50], *heads]


def _head(grid: Grid) -> list[str]:
    return [grid.name, *(cell.text for row in range(10) for cell in grid.row_cells(row))]


def _is_local(desk: Desk, areas: list[Area]) -> bool:
    """Whether the file is about the pack's own place: most of the regions that it names are the pack's."""
    regions = desk.regions
    named: set[str] = set()
    for area in areas:
        labels = [cell.text for _, cell in area.labels()]
        heads = [area.header_parts(column)[-1].text for column in area.columns]
        for texts in (labels, heads):
            corner = area.corner is not None and texts is labels and regions.is_corner(area.corner.text)
            if corner or regions.share(texts) >= 0.6:
                named |= {normalise(text) for text in texts if not regions.is_relative(text)}
    if named:
        return 2 * sum(1 for text in named if desk.pack.region_by_label(text)) >= len(named)
    return any(desk.regions.named([cell.text for cell in area.titles]) for area in areas)


def _report(areas: list[Area]) -> tuple[int | None, Period | None]:
    """The year and the period that the file is for: the latest that titles name, else headers, else sheets."""
    found: list[Period] = []
    for texts in (
        [period for area in areas if (period := title_period(area, None))],
        [p for a in areas for c in a.columns[:60] if (p := read_period(a.header(c), None))],
        [p for a in areas if (p := read_period(a.grid.name, None))],
    ):
        found = found or texts
    if not found:
        return None, None
    monthly = [period for period in found if period.kind != "year"] or found
    latest = max(monthly, key=lambda period: period.month)
    return latest.month.year, latest


def _propose(probe: Probe, desk: Desk, path: Path, bureau: str, today: date, report: Period | None) -> None:
    """Try the places where the period may stand, let tables lag where they print an earlier month, keep the best."""
    best: tuple[float, dict[str, Any], Trial] | None = None
    extended = desk.catalogue.extended(list(desk.regions.proposed.values()))
    _settle_places(probe, desk, bureau, extended)
    for places in places_of(probe.drafts, report) if probe.drafts else ():
        data = as_data(desk, probe.drafts, bureau, places)
        try:
            trial = try_reading(desk, path, probe.file_name, data, extended, today)
            if _let_lag(probe.drafts, trial):
                data = as_data(desk, probe.drafts, bureau, places)
                trial = try_reading(desk, path, probe.file_name, data, extended, today)
        except ValidationError as error:
            desk.doubts.append(
                Doubt("", None, f"建议不合规范：{error.errors()[0]['msg']}", "the proposal is not valid")
            )
            break
        if best is None or trial.read > best[2].read:
            best = (trial.share, data, trial)
        if trial.reading.refusal is None and trial.read:
            break
    if best is not None:
        probe.spec, probe.trial = best[1], best[2]
    _keep_additions(probe, desk, extended)


def _settle_places(probe: Probe, desk: Desk, bureau: str, extended: Pack) -> None:
    """Drop tables that the reader would find elsewhere: a wrong table is worse than none."""
    from ingest.spec import SourceSpec

    for _ in range(3):
        if not probe.drafts:
            return
        spec = SourceSpec.model_validate(as_data(desk, probe.drafts, bureau, PLACES[0]))
        lost = fit_places(desk, spec, probe.drafts, extended)
        if not lost:
            return
        for draft in lost:
            draft.doubt(
                None,
                f"表“{draft.title or draft.area.grid.name}”无法用标题和左上角唯一找到，未写入",
                "the table cannot be told by title and corner; not proposed",
            )
            desk.doubts += draft.doubts
        probe.drafts = [draft for draft in probe.drafts if draft not in lost]


def _let_lag(drafts: list[TableDraft], trial: Trial) -> bool:
    """Let tables lag that print an earlier month of the report's year; whether any does."""
    month = trial.reading.reference_month
    faults = {f.source_sheet for f in trial.reading.findings if f.rule == "period_contradiction"}
    changed = False
    for draft in drafts:
        table = next((t for t in trial.reading.tables if t.table_name == draft.name), None)
        if table is None or month is None or table.reference_month is None or draft.area.grid.name not in faults:
            continue
        behind = (month.year - table.reference_month.year) * 12 + month.month - table.reference_month.month
        if 0 < behind <= 12:
            draft.data["lag_months"] = behind
            draft.doubt(
                None, f"本表时期比报告期早 {behind} 个月，请确认是惯例", f"the table lags by {behind} (months); confirm"
            )
            changed = True
    return changed


def _keep_additions(probe: Probe, desk: Desk, extended: Pack) -> None:
    used = _used(probe.spec)
    catalogue = desk.catalogue
    probe.indicators = [one for one in catalogue.new_indicators() if one.indicator_code in used]
    probe.more_measures = {
        code: one for code in catalogue.measures
        if (one := extended.indicator(code)) is not None and desk.pack.indicator(code) is not None and code in used
    }  # fmt: skip
    read = {c.region_code for c in probe.trial.reading.cells} if probe.trial else set()
    ranked = {m.region_code for one in catalogue.rank_sets.values() for m in one.members}
    wanted = used | read | ranked
    probe.regions = [region for region in desk.regions.proposed.values() if region.region_code in wanted]
    probe.rank_sets = [one for one in catalogue.rank_sets.values() if one.rank_set_code in used]
    probe.new_measures = {(code, measure) for code, own in catalogue.measures.items() for measure in own}
    for region in probe.regions:
        probe.similar[region.region_name] = desk.regions.similar(region.region_name)[:3]
    for indicator in probe.indicators:
        topic = indicator.indicator_name.rpartition("：")[2]
        probe.similar[indicator.indicator_name] = catalogue.similar(topic)[:3]
    probe.pack = replace(extended, sources=[])


def _used(data: Any) -> set[str]:
    """Every text value in the spec."""
    if isinstance(data, dict):
        return {one for value in data.values() for one in _used(value)}
    if isinstance(data, list):
        return {one for value in data for one in _used(value)}
    return {data} if isinstance(data, str) else set()
