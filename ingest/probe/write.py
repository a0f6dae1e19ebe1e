"""The proposal as YAML that a person reads and corrects: the spec with remarks, the entries to add to the pack.

Belongs here: layout of the text. Does not belong here: what stands in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from ingest.probe.draft import Entry, TableDraft
from ingest.probe.probe import Probe

_SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "source-spec.json"


def spec_text(probe: Probe) -> str:
    """The proposed source spec, with remarks where a person has to decide."""
    if probe.spec is None:
        return ""
    head = {key: value for key, value in probe.spec.items() if key != "tables"}
    lines = _opening(probe)
    for key, value in head.items():
        remark = _HEAD_REMARKS.get(key)
        lines.append(_line(0, {key: value}) + (f"  # {remark}" if remark else ""))
    lines.append("tables:")
    for draft in probe.drafts:
        lines += _table(draft)
    return "\n".join(lines) + "\n"


_HEAD_REMARKS = {
    "stem": "待人确认：<单位>__<数据集>，文件应改为此名 / name it, and the file after it",
    "bureau_code": "待人确认 / confirm",
    "source_rank": "1 上级，2 本单位，3 估计，待人确认 / confirm",
    "marks": "符号的含义各单位不同，暂按空缺处理，待人确认 / what a mark means differs from office to office",
}


def additions_text(probe: Probe) -> str:
    """The entries to append to the pack's lists; empty when the catalogue knows everything."""
    parts: list[tuple[str, str, list[Any]]] = [
        ("regions", "追加到 regions.yaml；名称、级别、上级待人确认", list(probe.regions)),
        ("indicators", "追加到 indicators.yaml；名称、方向、口径、频率待人确认", list(probe.indicators)),
        ("rank_sets", "追加到 rank_sets.yaml", list(probe.rank_sets)),
    ]
    lines: list[str] = []
    for key, remark, records in parts:
        if records:
            lines += [f"{key}:  # {remark}", *(_record(record, probe) for record in records)]
    for code, indicator in probe.more_measures.items():
        new = [m for m in indicator.measures if m.direction == "none" and _is_new(probe, code, m.measure)]
        lines.append(f"# indicators.yaml 中的 {code}（{indicator.indicator_name}）还要增加 / add to its measures:")
        lines += [f"#   - {_flow(_plain(measure))}" for measure in new]
    return "\n".join(lines) + "\n" if lines else ""


def _is_new(probe: Probe, code: str, measure: str) -> bool:
    return (code, measure) in probe.new_measures


def _record(record: BaseModel, probe: Probe) -> str:
    similar = probe.similar.get(getattr(record, "indicator_name", "") or getattr(record, "region_name", ""), [])
    remark = f"  # 目录中相近的：{'、'.join(similar)}" if similar else ""
    return f"- {_flow(_plain(record))}{remark}"


def _plain(record: BaseModel) -> dict[str, Any]:
    data: dict[str, Any] = record.model_dump(mode="python", exclude_defaults=True)
    return data


def _opening(probe: Probe) -> list[str]:
    lines = []
    if _SCHEMA.is_file():
        lines.append("# yaml-language-server: $schema=../../../../docs/schema/source-spec.json")
    lines.append("# jindu probe 的建议，请核对后使用。Proposed by jindu probe: check it before use.")
    if probe.trial is not None:
        said = f"{probe.trial.read}/{probe.trial.figures}"
        lines.append(f"# 试读：{said} 个数字读出。Read with it as it stands: {said} figures.")
    lines += [f"# 待定：{doubt.said}" for doubt in probe.doubts if doubt.cell is None and not doubt.sheet]
    return lines


def _table(draft: TableDraft) -> list[str]:
    lines = [f"# {draft.area.grid.name}：{(draft.title or '').strip()}".replace("\n", " ")]
    lines.append(f"- name: {draft.name}")
    data: dict[str, Any] = {"find": draft.find, "orientation": draft.orientation, **draft.data}
    for key, value in data.items():
        remark = f"  # {draft.comment}" if key == "region" and draft.comment else ""
        lines.append(_line(2, {key: value}) + remark)
    for key, entries in (("columns", draft.columns), ("rows", draft.rows), ("blocks", draft.blocks)):
        if entries:
            lines.append(f"  {key}:")
            lines += [_entry(entry) for entry in entries]
    lines += [
        f"  # 待定{' ' + doubt.cell if doubt.cell else ''}：{doubt.said}".replace("\n", " ") for doubt in draft.doubts
    ]
    return lines


def _entry(entry: Entry) -> str:
    return f"  - {_flow(entry.data)}" + (f"  # {entry.comment}".replace("\n", " ") if entry.comment else "")


def _line(indent: int, data: dict[str, Any]) -> str:
    return " " * indent + _flow(data)[1:-1]


def _flow(data: dict[str, Any]) -> str:
    """One record on one line."""
    text: str = yaml.safe_dump(data, default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False)
    return text.strip()
