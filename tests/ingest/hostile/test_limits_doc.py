"""The manual names each limit with its value, and each reason code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from ingest import limits
from ingest.interpret.result import RefusalCode

UNTOLD = {
    "MEBIBYTE",
    "RATIO_FREE_BYTES",
    "DIRECTORY_BYTES",
    "NAME_BYTES",
    "PATH_BYTES",
    "ROWS",
    "COLUMNS",
    "START_SECONDS",
}
"""Parts of other limits, and what no file has ever met."""


def told(repo: Path) -> dict[str, int]:
    text = (repo / "docs/operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .+ \| ([0-9, ]+)(MiB)?.* \| ((?:`[A-Z_]+`(?:, )?)+) \|$", text, re.MULTILINE)
    return {
        name: int(value) * (limits.MEBIBYTE if unit else 1)
        for values, unit, names in rows
        for value, name in zip(values.split(","), re.findall(r"[A-Z_]+", names), strict=True)
    }


def test_the_manual_gives_each_limit_its_value(repo: Path) -> None:
    set_here = {name: value for name, value in vars(limits).items() if name.isupper() and name not in UNTOLD}
    assert told(repo) == set_here


def test_the_manual_names_every_reason_code(repo: Path) -> None:
    text = (repo / "docs/operations.md").read_text(encoding="utf-8")
    reasons = "".join(
        (repo / "ingest" / name).read_text(encoding="utf-8") for name in ("intake/inbox.py", "intake/member_reasons.py")
    )
    codes = {*get_args(RefusalCode), *re.findall(r'Reason\(\s*"([a-z_]+)"', reasons)}
    assert {code for code in codes if f"| `{code}` |" not in text} == set()
