"""A YAML file as data that still knows its lines.

Belongs here: composing, converting and locating. Does not belong here: what the data means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from ingest.pack.problems import PackProblem, Wording

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A record with the place it was read from; ``data`` is what the file says, also when it is no valid record."""

    record: T
    data: dict[str, Any]
    file: str
    node: yaml.Node
    at: tuple[str | int, ...] = ()

    def line(self, *loc: str | int) -> int:
        """Line (from 1) of the innermost part of ``loc`` that the file has."""
        return line_of(self.node, loc)


def line_of(node: yaml.Node, loc: Sequence[str | int]) -> int:
    """Walk down as far as the path goes and return the line of the key or item reached."""
    line: int = node.start_mark.line + 1
    for step in loc:
        inner: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, inner = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
            line = inner.start_mark.line + 1
        if inner is None:
            break
        node = inner
    return line


def compose(path: Path, file: str, problems: list[PackProblem]) -> yaml.Node | None:
    """The file's root node; None for an empty file and, with a problem noted, for one that is no YAML."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8-sig"))
        try:
            root: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        wording = Wording(
            f"不是正确的 YAML：{reason}。", "请检查缩进、引号和冒号。", f"Not valid YAML: {reason}.",
            "Check indent, quotes and colons.",
        )  # fmt: skip
        problems.append(wording.at(file, mark.line + 1 if mark else 1, ""))
        return None
    except (OSError, UnicodeDecodeError) as error:
        wording = Wording(f"无法读取：{error}。", "请存为 UTF-8。", f"Cannot be read: {error}.", "Save it as UTF-8.")
        problems.append(wording.at(file, 1, ""))
        return None
    if root is not None:
        problems.extend(_duplicate_keys(root, file, ""))
    return root


def _duplicate_keys(node: yaml.Node, file: str, path: str) -> Iterator[PackProblem]:
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield from _duplicate_keys(item, file, f"{path}[{position}]")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            inner = f"{path}.{name}" if path else name
            if name in seen:
                wording = Wording(
                    f"“{name}”写了两次。", "请只留一个。", f"Key '{name}' stands twice.", "Keep one of them."
                )
                yield wording.at(file, key.start_mark.line + 1, inner)
            seen.add(name)
            yield from _duplicate_keys(value, file, inner)


def plain(node: yaml.Node, file: str, problems: list[PackProblem]) -> Any:
    """The node as plain Python data; None, with a problem noted, where a value cannot be what it looks like."""
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None) or node.start_mark
        wording = Wording(
            f"有一个值无法读懂：{error}。", "请检查日期等写法。", f"A value cannot be read: {error}.",
            "Check how dates and the like are written.",
        )  # fmt: skip
        problems.append(wording.at(file, mark.line + 1, ""))
        return None
