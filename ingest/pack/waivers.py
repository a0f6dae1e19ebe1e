"""Has a waiver of ``waivers.yaml`` run out.

Does not belong here: what a waiver frees (``ingest/acceptance.py``), whether it covers anything (``audit_waivers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ingest.pack.draft import Draft
from ingest.pack.problems import PackProblem, Wording


def check(draft: Draft, today: date) -> Iterator[PackProblem]:
    """Every waiver that holds no longer."""
    for item in draft.of("waivers"):
        until = item.record.waived_until
        if until < today:
            yield draft.note(item, ("waived_until",), Wording(
                f"豁免已于 {until} 到期，所豁免的数据重新待核。", "仍属实的，由批准人写明新的期限；否则删除。",
                f"This waiver ran out on {until}: what it covered is held again.",
                "Whoever decides gives it a new day, or deletes it.",
            ))  # fmt: skip
