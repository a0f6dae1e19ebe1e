"""What a rule, an entry of a suite and the result of a check are: plain values, no library behind them.

Belongs here: the shapes that a suite is written in and that leave the gate. Does not belong here: any rule itself
(``vocabulary/``), which rules hold for which table (``raw/``, ``marts/``), or how they are run (``validate.py``).

A rule is a class; its docstring says in a statistician's words what must hold, ``zh`` says it in Chinese. It renders
to one SQL query over ``{batch}`` that returns the rows which break it, so an empty answer is a pass.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

Boundary = Literal["raw", "marts", "release"]
Severity = Literal["critical", "warning", "info"]

CELL_KEY = (
    "submission_id",
    "source_sheet",
    "source_cell",
    "region_code",
    "indicator_code",
    "measure",
    "reference_month",
)


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. Subclasses give ``zh`` and ``render``.

    ``generality`` orders rules that may name one row for one cause: a row is told by the most specific of them.
    """

    zh: ClassVar[str]
    generality: ClassVar[int] = 0

    @property
    def code(self) -> str:
        """Name of the rule in findings and waivers: the class name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def description(self) -> str:
        """First sentence of the docstring, with the rule's bounds filled in."""
        return _filled((type(self).__doc__ or "").split("\n\n")[0], self)

    @property
    def description_zh(self) -> str:
        """The same in Chinese."""
        return _filled(self.zh, self)

    def render(self, key: tuple[str, ...]) -> str:
        """SQL over ``{batch}``: the rows that break the rule, as key columns, ``observed`` and ``expected``."""
        raise NotImplementedError


@dataclass(frozen=True)
class RowRule(Rule):
    """A rule that one row breaks by itself; subclasses give a condition in SQL."""

    broken_if: ClassVar[str]
    observed: ClassVar[str] = "cast(null as varchar)"
    expected: ClassVar[str]

    def render(self, key: tuple[str, ...]) -> str:
        """Select the rows that meet ``broken_if``."""
        return (
            f"select {', '.join(key)}, {_filled(self.observed, self)} as observed, "
            f"{_filled(self.expected, self)} as expected from {{batch}} where {_filled(self.broken_if, self)}"
        )


@dataclass(frozen=True)
class QueryRule(Rule):
    """A rule that needs more than the row itself; subclasses give the whole query."""

    query: ClassVar[str]

    def render(self, key: tuple[str, ...]) -> str:
        """Fill the key columns and the rule's bounds into the query."""
        return _filled(
            self.query.replace("<judged key>", ", ".join(f"judged.{column}" for column in key)).replace(
                "<key>", ", ".join(key)
            ),
            self,
        )


@dataclass(frozen=True)
class Entry:
    """One line of a suite: the rule, how bad it is when broken, and where its bound comes from."""

    rule: Rule
    severity: Severity
    source: str
    name: str | None = None

    @property
    def check(self) -> str:
        """Name of the check, unique within its table."""
        return self.name or self.rule.code


@dataclass(frozen=True)
class Suite:
    """All that is expected of one table. ``frame`` is the relation that is judged, ``key`` what names a row."""

    table: str
    frame: str
    key: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class DeclaredCheck:
    """A check that will be run, known without importing Great Expectations."""

    boundary: Boundary
    table: str
    check: str
    rule: str
    severity: Severity
    description: str
    description_zh: str
    source: str


@dataclass(frozen=True)
class CheckResult:
    """What came of a check. ``error`` is set when the query itself failed; the check then counts as not passed."""

    table: str
    check: str
    rule: str
    severity: Severity
    passed: bool
    description: str
    description_zh: str
    source: str
    observed: str
    expected: str
    unexpected_count: int
    rows: list[dict[str, Any]]
    error: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The result as the worker writes it."""
        return asdict(self)


def _filled(text: str, rule: Rule) -> str:
    """Replace ``<name>`` by the rule's bound of that name; other angle brackets are SQL and stay."""
    for name, value in vars(rule).items():
        text = text.replace(f"<{name}>", str(value))
    return text
