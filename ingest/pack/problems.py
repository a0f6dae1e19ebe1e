"""What is wrong with a pack, said so that the person who wrote it can repair it.

Belongs here: the error of a pack and the wording of schema errors. Does not belong here: finding them.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails


UNREADABLE = ("Not valid YAML", "Cannot be read")
"""How the faults begin (in English) that leave a whole file unknown."""


@dataclass(frozen=True, order=True, slots=True)
class PackProblem:
    """One fault: where it stands (file relative to the pack, line from 1, path of keys), what it is, what to do."""

    file: str
    line: int
    path: str
    message: str
    advice: str
    message_en: str
    advice_en: str

    def __str__(self) -> str:
        """Both languages, place first."""
        where = f"{self.file}:{self.line}" + (f" {self.path}" if self.path else "")
        return f"{where}: {self.message}{self.advice} / {self.message_en} {self.advice_en}".rstrip()


class PackError(Exception):
    """A pack that cannot be used, with everything that is wrong with it."""

    def __init__(self, pack: str, errors: Sequence[PackProblem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.pack = pack
        self.errors = sorted(set(errors))
        lines = "\n".join(f"  {problem}" for problem in self.errors)
        super().__init__(
            f"数据包 {pack} 有 {len(self.errors)} 处错误 / pack {pack} has {len(self.errors)} errors\n{lines}"
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A fault without its place: message and advice in Chinese and English."""

    message: str
    advice: str
    message_en: str
    advice_en: str

    def at(self, file: str, line: int, path: str) -> PackProblem:
        """The fault at its place."""
        return PackProblem(file, line, path, self.message, self.advice, self.message_en, self.advice_en)


def _extra(key: str, model: type[BaseModel] | None) -> Wording:
    near = difflib.get_close_matches(key, list(model.model_fields) if model else [], 1)
    return Wording(
        f"没有名为“{key}”的字段。",
        f"是否应为“{near[0]}”？" if near else "请删除，或检查拼写和缩进。",
        f"There is no field '{key}'.",
        f"Is '{near[0]}' meant?" if near else "Remove it, or check its spelling and indent.",
    )


def _input(error: ErrorDetails) -> str:
    text = repr(error.get("input"))
    return text if len(text) <= 60 else text[:57] + "…"


def describe(error: ErrorDetails, model: type[BaseModel] | None) -> Wording:
    """Put one pydantic error into words."""
    kind, key, found = error["type"], str(error["loc"][-1]) if error["loc"] else "", _input(error)
    context: dict[str, Any] = error.get("ctx") or {}
    if kind == "extra_forbidden":
        return _extra(key, model if len(error["loc"]) == 1 else None)
    if kind == "missing":
        return Wording(f"缺少字段“{key}”。", "请补充。", f"Field '{key}' is missing.", "Add it.")
    if kind == "string_type":
        return Wording(
            f"“{key}”应为文字，现为 {found}。",
            "请加引号。",
            f"'{key}' must be text, found {found}.",
            "Put it in quotes.",
        )
    if kind == "literal_error":
        allowed = str(context.get("expected", "")).replace(" or ", ", ")
        return Wording(
            f"“{key}”不能是 {found}。", f"可用：{allowed}。", f"'{key}' cannot be {found}.", f"Allowed: {allowed}."
        )
    if kind == "string_pattern_mismatch":
        pattern = context.get("pattern", "")
        return Wording(
            f"“{key}”的写法不对：{found}。",
            f"应符合 {pattern}。",
            f"'{key}' is not written as it must be: {found}.",
            f"It must match {pattern}.",
        )
    return Wording(
        f"“{key}”的值不对：{found}（{error['msg']}）。",
        "请改正。",
        f"'{key}' has a wrong value {found}: {error['msg']}.",
        "Correct it.",
    )
