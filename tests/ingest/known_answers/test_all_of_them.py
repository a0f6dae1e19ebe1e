"""Every row of the table of known answers is a test that names its number."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
_SPAN = re.compile(r"k(\d{3})(?:_to_k(\d{3}))?")


def span(first: str, last: str | None) -> set[int]:
    return set(range(int(first), int(last or first) + 1))


def numbers_tested() -> set[int]:
    """The numbers in the names of all tests, k003_to_k005 for three of them."""
    names = re.findall(
        r"^def (test_\w+)", "".join(f.read_text("utf-8") for f in TESTS.rglob("test_*.py")), re.MULTILINE
    )
    return {number for name in names for first, last in _SPAN.findall(name) for number in span(first, last or None)}


def test_every_known_answer_is_a_test(shared: Path) -> None:
    table = (shared / "realdata" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| K(\d{3})(?:[–-]K(\d{3}))? \|", table, re.MULTILINE)
    assert len(rows) > 10
    known = {number for first, last in rows for number in span(first, last or None)}
    assert not known - numbers_tested()
