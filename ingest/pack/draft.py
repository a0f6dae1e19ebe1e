"""A pack as its files say it, before anyone has checked that the parts fit together.

Belongs here: which files a pack has, reading them into records, the places of records. Does not belong here:
cross-checks (``integrity.py``, ``validity.py``, ``meaning.py``, ``sources.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.pack import models, target
from ingest.pack.alerts import AlertChannel
from ingest.pack.calendar import CalendarEntry, SpecialDay
from ingest.pack.composites import Composite
from ingest.pack.document import Located, compose, line_of, plain
from ingest.pack.problems import PackProblem, Wording, describe

if TYPE_CHECKING:
    from ingest.spec import SourceSpec

M = TypeVar("M", bound=BaseModel)

UNITS_FILE = Path(__file__).parent.parent / "catalog" / "units.yaml"
LISTS: dict[str, type[BaseModel]] = {
    "parameters": models.Parameter,
    "regions": models.Region,
    "rank_sets": models.RankSet,
    "bureaus": models.Bureau,
    "indicators": models.Indicator,
    "targets": target.Target,
    "calendar": CalendarEntry,
    "working_days": SpecialDay,
    "plan_findings": models.PlanFinding,
    "corrections": models.Correction,
    "waivers": models.Waiver,
    "composites": Composite,
    "alerts": AlertChannel,
}
REQUIRED = ("pack", "regions", "bureaus", "indicators")


def show(loc: Iterable[str | int]) -> str:
    """A path of keys as people write it.

    >>> show((3, "measures", 0, "unit_code"))
    '[3].measures[0].unit_code'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).removeprefix(".")


@dataclass
class Draft:
    """Valid records with their places (``records``), and every item as written, valid or not (``written``)."""

    root: Path
    records: dict[str, list[Located[Any]]] = field(default_factory=dict)
    written: dict[str, list[Located[None]]] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)

    def known(self, name: str, *keys: str) -> set[Any]:
        """Keys that a file gives, from invalid records too, so that one fault is not reported many times."""
        found = {tuple(item.data.get(key) for key in keys) for item in self.written.get(name, [])}
        return {one[0] for one in found} if len(keys) == 1 else found

    def of(self, name: str) -> list[Located[Any]]:
        """The valid records of one file."""
        return self.records.get(name, [])

    def note(self, item: Located[Any], loc: tuple[str | int, ...], wording: Wording) -> PackProblem:
        """A problem at a part of an item."""
        return wording.at(item.file, item.line(*loc), show((*item.at, *loc)))


def read_draft(root: Path) -> Draft:
    """Read all files of a pack and the shared units."""
    draft = Draft(root)
    draft.problems.extend(_strange_files(root))
    _read_one(draft, "pack", root / "pack.yaml", "pack.yaml", models.PackInfo)
    for name, model in LISTS.items():
        _read_list(draft, name, root / f"{name}.yaml", f"{name}.yaml", model)
    _read_list(draft, "units", UNITS_FILE, "catalog/units.yaml", models.Unit)
    for path in sorted((root / "sources").glob("*.yaml")):
        _read_one(draft, "sources", path, f"sources/{path.name}", _source_model())
    return draft


def _source_model() -> type[SourceSpec]:
    from ingest.spec import SourceSpec

    return SourceSpec


def _strange_files(root: Path) -> Iterator[PackProblem]:
    expected = sorted({"pack", *LISTS})
    for path in sorted(root.glob("*.y*ml")):
        if path.suffix != ".yaml" or path.stem not in expected:
            wording = Wording(
                f"不认识的文件 {path.name}。", f"可用的文件：{'、'.join(expected)}（.yaml）。",
                f"Unknown file {path.name}.", f"A pack has {', '.join(expected)} (.yaml).",
            )  # fmt: skip
            yield wording.at(path.name, 1, "")


def _present(draft: Draft, name: str, path: Path, file: str) -> bool:
    if not path.is_file() and name in REQUIRED:
        wording = Wording(f"缺少文件 {file}。", "请补充。", f"File {file} is missing.", "Add it.")
        draft.problems.append(wording.at(file, 1, ""))
    return path.is_file()


def _read_one(draft: Draft, name: str, path: Path, file: str, model: type[BaseModel]) -> None:
    if not _present(draft, name, path, file):
        return
    before = len(draft.problems)
    node = compose(path, file, draft.problems)
    if node is None and len(draft.problems) == before:
        wording = Wording("文件是空的。", "请补充内容。", "The file is empty.", "Fill it in.")
        draft.problems.append(wording.at(file, 1, ""))
    if node is not None:
        _take(draft, name, node, file, (), model)


def _read_list(draft: Draft, name: str, path: Path, file: str, model: type[BaseModel]) -> None:
    if not _present(draft, name, path, file):
        return
    node = compose(path, file, draft.problems)
    if node is None or node.tag == "tag:yaml.org,2002:null":
        return
    if not isinstance(node, yaml.SequenceNode):
        wording = Wording(
            "文件应是一个列表。", "每条记录以“- ”开头。", "The file must be a list.", "Begin each record with '- '."
        )
        draft.problems.append(wording.at(file, node.start_mark.line + 1, ""))
        return
    for position, item in enumerate(node.value):
        _take(draft, name, item, file, (position,), model)


def _take(
    draft: Draft, name: str, node: yaml.Node, file: str, at: tuple[str | int, ...], model: type[BaseModel]
) -> None:
    data = plain(node, file, draft.problems)
    if data is None:
        return
    if not isinstance(data, dict):
        wording = Wording(
            "应是“字段: 值”的记录。", "请改正。", "This must be a record of 'field: value'.", "Correct it."
        )
        draft.problems.append(wording.at(file, node.start_mark.line + 1, show(at)))
        return
    draft.written.setdefault(name, []).append(Located(None, data, file, node, at))
    try:
        record = model.model_validate(data)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            place = line_of(node, error["loc"])
            draft.problems.append(describe(error, model).at(file, place, show((*at, *error["loc"]))))
        return
    draft.records.setdefault(name, []).append(Located(record, data, file, node, at))
