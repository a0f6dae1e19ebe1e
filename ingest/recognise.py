"""Which source spec a file belongs to, told from its content: exactly one, or a refusal that says what was missing.

Belongs here: the choice among specs. Does not belong here: reading tables. The file's name plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.grids import Grid, GridFile
from ingest.interpret.labels import LabelReader, matches
from ingest.interpret.locate import Locator, Place
from ingest.interpret.result import Refusal
from ingest.spec import SourceSpec
from ingest.text import normalise


@dataclass(frozen=True, slots=True)
class Recognised:
    """The one spec that fits, with its tables where they stand."""

    spec: SourceSpec
    places: list[Place]


@dataclass(frozen=True, slots=True)
class _Fit:
    spec: SourceSpec
    wanted: int
    missing: list[str]
    places: list[Place]

    @property
    def is_whole(self) -> bool:
        return not self.missing and bool(self.places)

    @property
    def share(self) -> float:
        """How much of what tells the source is there; that nothing forbidden is there tells nothing."""
        return 1 - sum(not one.startswith("≠") for one in self.missing) / self.wanted


def recognise(file: GridFile, specs: Sequence[SourceSpec], labels: LabelReader) -> Recognised | Refusal:
    """The spec whose texts, sheets and tables the file has; a refusal when there is none or more than one."""
    heads: dict[int, list[str]] = {}
    fits = [_fit(file, spec, labels, heads) for spec in specs]
    whole = [fit for fit in fits if fit.is_whole]
    if len(whole) > 1:
        most = max(_required_found(fit) for fit in whole)
        whole = [fit for fit in whole if _required_found(fit) == most]
    if len(whole) == 1:
        return Recognised(whole[0].spec, whole[0].places)
    return _ambiguous(whole) if whole else _unknown(file, fits)


def _fit(file: GridFile, spec: SourceSpec, labels: LabelReader, heads: dict[int, list[str]]) -> _Fit:
    wanted = spec.recognise
    rows = wanted.top_rows
    if rows not in heads:
        heads[rows] = _head_texts(file, rows)
    missing = [p for p in wanted.contains if not _stands_in(p, heads[rows], labels)]
    missing += [p for p in wanted.sheets if not any(matches((p,), labels(grid.name)) for grid in file.grids)]
    missing += [f"≠ {p}" for p in wanted.absent if _stands_in(p, heads[rows], labels)]
    places = Locator(spec, file, labels).places() if not missing else []
    return _Fit(spec, len(wanted.contains) + len(wanted.sheets), missing, places)


def _head_texts(file: GridFile, rows: int) -> list[str]:
    texts = [normalise(line) for line in file.page_lines]
    for grid in file.grids:
        if grid.is_visible:
            texts.append(normalise(grid.name))
            texts += [normalise(cell.text) for row in range(rows) for cell in grid.row_cells(row)]
    return texts


def _stands_in(pattern: str, texts: list[str], labels: LabelReader) -> bool:
    if pattern.startswith("~"):
        return any(matches((pattern,), labels(text)) for text in texts)
    part = normalise(pattern)
    return any(part in text for text in texts)


def _required_found(fit: _Fit) -> float:
    required = {table.name for table in fit.spec.tables if not table.optional}
    found = {place.spec.name for place in fit.places}
    return len(required & found) / len(required) if required else 0.5


def _ambiguous(fits: list[_Fit]) -> Refusal:
    names = "、".join(f"{fit.spec.title}（{fit.spec.stem}）" for fit in fits)
    names_en = ", ".join(f"{fit.spec.title_en} ({fit.spec.stem})" for fit in fits)
    return Refusal(
        "ambiguous_layout",
        f"文件同时符合 {len(fits)} 种登记版式，无法确定是哪一种。",
        f"The file fits {len(fits)} known layouts and it cannot be told which one it is.",
        found=names, found_en=names_en, expected="只符合一种登记版式", expected_en="exactly one known layout",
        advice="请联系统计部门补充版式的识别特征。",
        advice_en="Add a text to one of the source specs that tells them apart (recognise.contains or absent).",
    )  # fmt: skip


def _unknown(file: GridFile, fits: list[_Fit]) -> Refusal:
    near = sorted(fits, key=lambda fit: (-fit.share, fit.spec.stem))[:3]
    near = [fit for fit in near if fit.share > 0]
    lacks = "；".join(f"{fit.spec.title}（{fit.spec.stem}）缺：{_missing(fit, '没有一张可识别的表')}" for fit in near)
    lacks_en = "; ".join(
        f"{fit.spec.title_en} ({fit.spec.stem}) lacks: {_missing(fit, 'any table that is known')}" for fit in near
    )
    seen = "、".join(_first_texts(file.grids)) or "、".join(file.page_lines[:3])
    return Refusal(
        "unknown_layout",
        "文件内容与任何一种登记版式都不符。",
        "The content fits none of the known layouts.",
        found=seen, found_en=seen,
        expected=f"最接近的版式：{lacks}" if near else "一种登记的版式（没有相近的）",
        expected_en=f"nearest layouts: {lacks_en}" if near else "a known layout (none is near)",
        advice="请核对是否发错文件或改动了标题、表头；如为新版式，请联系统计部门登记（jindu probe 可拟出版式说明）。",
        advice_en="Check for a wrong file or changed titles and headers; jindu probe proposes a spec for a new layout.",
        sheet=file.grids[0].name if file.grids else None,
    )  # fmt: skip


def _missing(fit: _Fit, otherwise: str) -> str:
    return "、".join(fit.missing) or otherwise


def _first_texts(grids: list[Grid]) -> list[str]:
    for grid in grids:
        if grid.is_visible:
            return [cell.text.strip() for _, cell in zip(range(3), grid.cells(), strict=False)]
    return []
