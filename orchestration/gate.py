"""The line's side of the gate: one helper process that imports Great Expectations while the line reads and builds.

The import alone costs seconds of processor time, so the process is started first and asked later. What the checks
are belongs in ``expectations``; what follows from a failure belongs to the asset that asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

Boundary = Literal["raw", "marts", "release"]


class GateError(RuntimeError):
    """The helper process died or answered with an error: no verdict, so nothing may be released."""


@dataclass(frozen=True)
class Verdict:
    """The outcome of one expectation over one table."""

    boundary: Boundary
    table: str
    check: str
    rule: str
    severity: Literal["critical", "warning", "info"]
    passed: bool
    description: str
    description_zh: str
    source: str = ""
    observed: str | None = None
    expected: str | None = None
    unexpected_count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether this failure is critical: a cell is held at the raw boundary, the release after it."""
        return not self.passed and self.severity == "critical"

    @classmethod
    def from_answer(cls, boundary: Boundary, answer: dict[str, Any]) -> Verdict:
        """The verdict from the worker's JSON; keys that a later worker may add are ignored."""
        known = {name: answer[name] for name in cls.__dataclass_fields__ if name in answer}
        return cls(**{**known, "boundary": boundary})


class Gate:
    """A running helper process; use it as a context manager so that it never outlives the run.

    Attributes:
        spent: what judging took at each boundary, as the worker says: ``seconds`` and ``cpu_seconds``.
    """

    def __init__(self) -> None:
        self.spent: dict[Boundary, dict[str, float]] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "expectations"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).resolve().parent.parent,
        )

    def validate(self, boundary: Boundary, database: Path) -> list[Verdict]:
        """Every expectation of one boundary over the database, which must not be open for writing here.

        Raises:
            GateError: the worker could not answer.
        """
        self.ask(boundary, database)
        return self.answer(boundary)

    def ask(self, boundary: Boundary, database: Path) -> None:
        """Put the question and come back at once; the database must stay closed for writing until the answer."""
        self._say({"boundary": boundary, "database": str(database)})

    def answer(self, boundary: Boundary) -> list[Verdict]:
        """Wait for the answer to the last question.

        Raises:
            GateError: the worker could not answer.
        """
        answer = self._hear()
        if "results" not in answer:
            raise GateError(str(answer.get("error", answer)))
        self.spent[boundary] = {"seconds": answer["seconds"], "cpu_seconds": answer["cpu_seconds"]}
        return [Verdict.from_answer(boundary, item) for item in answer["results"]]

    def costs(self, boundary: Boundary) -> dict[str, float]:
        """What judging at a boundary took, as metadata of the asset that rests on it; empty before it was asked."""
        return {f"gate_{name}": value for name, value in self.spent.get(boundary, {}).items()}

    def _say(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise GateError("the Great Expectations worker has ended") from error

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if not answer.get("ready"):
                return answer
        raise GateError(f"the Great Expectations worker ended with code {self._process.wait()}")

    def close(self) -> None:
        """End the worker. It holds nothing between two questions, so there is nothing to wait for."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Gate:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
