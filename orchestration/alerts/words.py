"""The words of an alert: short enough for a phone, Chinese with English beside it.

Does not belong here: which incidents are told to whom.
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.alerts.incidents import SEVERITIES, Incident
from orchestration.alerts.ledger import Edges
from orchestration.releases.manifest import SIMULATED_NOTICE

SHOWN = 20
"""Incidents told one by one in a message; phones and chat robots cut longer ones."""
_QUESTION_LENGTH = 160
_SEVERITY = {"critical": "严重 critical", "warning": "提醒 warning", "info": "说明 info"}


def worded(place: str, edges: Edges) -> tuple[str, str]:
    """Title and body of one message."""
    counts = [
        f"{name} {len(incidents)}"
        for name, incidents in (("新问题 new", edges.opened), ("已恢复 recovered", edges.recovered),
                                ("仍未解决 still open", edges.reminded))
        if incidents
    ]  # fmt: skip
    parts = [
        *_section("新问题 new", edges.opened, with_question=True),
        *_section("已恢复 recovered", edges.recovered, with_question=False),
        *_section("仍未解决 still open", edges.reminded, with_question=True),
    ]
    if any(one.is_simulated for one in (*edges.opened, *edges.recovered, *edges.reminded)):
        parts.append(SIMULATED_NOTICE)
    return f"进度 Jindu · {place} · {'，'.join(counts)}", "\n".join(parts)


def _section(heading: str, incidents: list[Incident], *, with_question: bool) -> Iterator[str]:
    if not incidents:
        return
    yield f"{heading} ({len(incidents)})"
    for one in sorted(incidents, key=lambda one: (SEVERITIES.index(one.severity), one.bureau_name or ""))[:SHOWN]:
        places = f"（{one.places} 处 places）" if one.places > 1 else ""
        owner = f"{one.bureau_name}：" if one.bureau_name else ""
        yield f"· [{_SEVERITY[one.severity]}] {owner}{one.title}{places} / {one.title_en}"
        if with_question and one.question:
            yield f"  {_cut(one.question)}"
    if len(incidents) > SHOWN:
        yield f"· 另有 {len(incidents) - SHOWN} 项，见 jindu status / and {len(incidents) - SHOWN} more"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUESTION_LENGTH else f"{flat[: _QUESTION_LENGTH - 1]}…"
