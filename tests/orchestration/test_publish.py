"""What is asked of a release that has been written aside, before readers are switched to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from orchestration.gate import GateError, Verdict
from orchestration.line import Line
from orchestration.releases.publish import judge


@dataclass
class Asked:
    """A line whose gate answers as told."""

    answer: list[Verdict]
    verdicts: list[Verdict] = field(default_factory=list)
    questions: list[tuple[str, Path]] = field(default_factory=list)

    @property
    def gate(self) -> Any:
        return self

    def validate(self, boundary: str, database: Path) -> list[Verdict]:
        self.questions.append((boundary, database))
        return self.answer


def verdict(passed: bool) -> Verdict:
    return Verdict("release", "mart_closed_verdict", "key_is_unique", "key_is_unique", "critical", passed, "", "")


def test_a_release_that_passes_is_let_through_and_its_checks_are_kept(tmp_path: Path) -> None:
    line = Asked([verdict(True)])
    judge(cast("Line", line), tmp_path)
    assert line.questions == [("release", tmp_path / "marts.duckdb")]
    assert line.verdicts == line.answer


def test_a_release_that_contradicts_itself_is_not_switched_to(tmp_path: Path) -> None:
    """The run then ends like any other that the gate holds back (exit 3): the verdict is kept and holds."""
    line = Asked([verdict(False)])
    with pytest.raises(GateError, match=r"mart_closed_verdict\.key_is_unique"):
        judge(cast("Line", line), tmp_path)
    assert [one.holds and one.boundary != "raw" for one in line.verdicts] == [True]
